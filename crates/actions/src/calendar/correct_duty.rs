//! Corrects who owes a step in a fiscal year and when it is due: what ships with the program is our proposal, and the
//! province knows better.

use super::{follow::Whose, holidays_of};
use crate::{
    Error,
    act::{Done, Told, perform},
    ctx::Ctx,
    permission::authorise,
    steps::{Above, DutyRow, YEARS, duties_of, periods},
};
use domain::{
    duty::{Duty, DutyItem},
    duty_rule::{DueRule, DutyRule},
    ids::OrganisationId,
    issue::{Issue, Issues, Place},
    organisation::{Membership, Organisation, OrganisationText, is_province},
    permission::Act,
    provenance::{Certainty, Provenance},
    step::{Holder, StepState, needed},
    text::{clean, from_thai_digits},
    time::{FiscalYear, Moment, MonthDay},
};
use std::collections::{HashMap, HashSet};
use store::{Kept, New, Store, Tx};

/// What is corrected.
#[derive(Debug, Clone)]
pub struct CorrectDuty {
    /// In which province.
    pub province: String,
    /// For which fiscal year.
    pub year: FiscalYear,
    /// Which step.
    pub item: DutyItem,
    /// Day and month on which it is due, as typed; not asked of a step that is due after its period.
    pub day: String,
    /// The month: 1 to 12.
    pub month: String,
    /// Days after the period, as typed; not asked of a step that is due on a day.
    pub days_after: String,
    /// Who owes it.
    pub holders: Vec<Holder>,
    /// On what the correction rests, as typed: a resolution, a letter.
    pub source: String,
}

/// What the correction changed in what is still to be reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize)]
pub struct Corrected {
    /// Due days that moved.
    pub moved: usize,
    /// Duties that apply now.
    pub apply: usize,
    /// Duties that apply no longer.
    pub no_longer: usize,
}

/// The most days after a period: a year.
const MOST_DAYS: u16 = 366;

fn wrong(field: &str, code: &'static str) -> Issue {
    let at = Place::Field {
        field: field.to_owned(),
    };
    Issue::error(at, code)
}

/// Corrects a step of a fiscal year. It holds for what is still to be reported in that year, opened already or not; what
/// was reported, or is certified as not applicable, stays as it is.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::Invalid`] with everything that is wrong.
pub async fn correct_duty(
    store: &Store,
    ctx: &mut Ctx,
    new: CorrectDuty,
) -> Result<Corrected, Error> {
    let whose = Whose::of(store, Some(&new.province)).await?;
    perform(store, ctx, whose.trail(), async |tx, ctx, at| {
        let by = authorise(tx, ctx, Act::Configure, whose.on(), at).await?;
        let mut issues: Issues = Vec::new();
        if !is_province(&new.province) {
            issues.push(wrong("province", "step.no_such_province").with("found", &*new.province));
        }
        if !YEARS.contains(&new.year.0) {
            let found = i64::from(new.year.0);
            issues.push(wrong("year", "step.no_such_year").with("found", found));
        }
        let duties = duties_of(tx, &new.province, new.year).await?;
        let before = duties.of(new.item).cloned();
        let due = before.as_ref().and_then(|row| due(&new, row, &mut issues));
        if new.holders.is_empty() {
            issues.push(wrong("holders", "calendar.holders_needed"));
        }
        let source = needed(
            new.source.clone(),
            "source",
            "calendar.source_needed",
            &mut issues,
        );
        let (Some(before), Some(due), true) = (before, due, issues.is_empty()) else {
            return Err(Error::Invalid(issues));
        };
        let standing = store::calendar::duty_rules(tx, &new.province, new.year).await?;
        let known = standing.iter().find(|kept| kept.row.item == new.item);
        let known = known.map(|kept| kept.row.id);
        let row = DutyRule {
            id: known.unwrap_or_else(|| ctx.id()),
            province: new.province.clone(),
            year: new.year,
            item: new.item,
            holders: Holder::ALL
                .iter()
                .copied()
                .filter(|holder| new.holders.contains(holder))
                .collect(),
            due,
        };
        if (before.rule, &before.holders) == (row.due, &row.holders) {
            return Ok(Done {
                answer: Corrected::default(),
                event: None,
            });
        }
        let certainty = Certainty::Entered;
        let provenance = Provenance { source, certainty };
        let rule = New {
            version: ctx.id(),
            provenance: Some(provenance.clone()),
            row: row.clone(),
        };
        store::record(tx, at, [rule]).await?;
        let answer = apply(tx, ctx, at, &row, &provenance).await?;
        let event = Some(Told {
            by,
            act: "calendar.correct_duty",
            subject: ("duty_rule", row.id.to_string()),
            payload: serde_json::json!({
                "before": { "due": before.rule, "holders": before.holders },
                "after": row, "provenance": provenance, "corrected": answer,
            }),
        });
        Ok(Done { answer, event })
    })
    .await
}

/// When it is due from now on, read as the step is due: on a day, or after its period.
fn due(new: &CorrectDuty, row: &DutyRow, issues: &mut Issues) -> Option<DueRule> {
    let number = |typed: &str| from_thai_digits(&clean(typed).text).parse::<u16>().ok();
    let small = |typed: &str| number(typed).and_then(|number| i8::try_from(number).ok());
    let due = match row.rule {
        DueRule::On(_) => small(&new.month)
            .zip(small(&new.day))
            .and_then(|(month, day)| MonthDay::new(month, day))
            .map(DueRule::On)
            .ok_or_else(|| wrong("due", "calendar.no_such_day")),
        DueRule::After(_) => number(&new.days_after)
            .filter(|days| *days <= MOST_DAYS)
            .map(DueRule::After)
            .ok_or_else(|| {
                wrong("days_after", "calendar.days_range").with("most", i64::from(MOST_DAYS))
            }),
    };
    due.map_err(|issue| issues.push(issue)).ok()
}

/// Lets what is still to be reported follow the rule.
async fn apply(
    tx: &Tx,
    ctx: &mut Ctx,
    at: Moment,
    rule: &DutyRule,
    provenance: &Provenance,
) -> Result<Corrected, Error> {
    let holders = holders(tx, rule).await?;
    let holidays = holidays_of(tx, &rule.province).await?;
    let periods = periods(rule.year);
    let certified: HashSet<(OrganisationId, DutyItem, _)> = store::steps::records(tx, &periods)
        .await?
        .into_iter()
        .map(|kept| kept.row)
        .filter(|record| record.state == StepState::Certified && record.is_not_applicable())
        .map(|record| (record.organisation, record.item, record.period))
        .collect();
    let mut corrected = Corrected::default();
    let mut rows = Vec::new();
    for kept in store::steps::duties(tx, &periods).await? {
        let duty = kept.row;
        let Some(holder) = holders.get(&duty.organisation) else {
            continue;
        };
        if duty.item != rule.item || duty.reported_on.is_some() {
            continue;
        }
        // What an approver certified as not applicable no rule makes applicable again.
        let theirs = certified.contains(&(duty.organisation, duty.item, duty.period));
        let after = Duty {
            due: rule.due.due(duty.period, &holidays),
            applicable: rule.holders.contains(holder) && !theirs,
            ..duty
        };
        if after == duty {
            continue;
        }
        corrected.moved += usize::from(after.applicable && after.due != duty.due);
        corrected.apply += usize::from(after.applicable && !duty.applicable);
        corrected.no_longer += usize::from(!after.applicable && duty.applicable);
        rows.push(New {
            version: ctx.id(),
            provenance: Some(provenance.clone()),
            row: after,
        });
    }
    store::record(tx, at, rows).await?;
    Ok(corrected)
}

/// As what every organisation of the province stands at the end of the year.
async fn holders(tx: &Tx, rule: &DutyRule) -> Result<HashMap<OrganisationId, Holder>, Error> {
    let all: Vec<Kept<(Organisation, OrganisationText)>> = store::all(tx).await?;
    let memberships: Vec<Kept<Membership>> = store::all(tx).await?;
    let above = Above::on(&all, &memberships, rule.year.last_day());
    let here = all.iter().map(|kept| &kept.row);
    let here = here.filter(|(_, text)| text.province.as_deref() == Some(&*rule.province));
    let holder = |(organisation, text): &(Organisation, OrganisationText)| {
        let agency = above.an_agency(organisation.id);
        let holder = Holder::of(organisation.class, text.kind.as_deref(), agency)?;
        Some((organisation.id, holder))
    };
    Ok(here.filter_map(holder).collect())
}

//! Opens a fiscal year of the board: what every organisation of a province owes, by its class, with the days it is due.

use super::duties::{duties_of, periods};
use crate::{
    Error,
    act::{Done, Told, Trail, perform},
    calendar::holidays_of,
    ctx::Ctx,
    permission::{On, authorise},
};
use domain::{
    duty::{Duty, DutyItem},
    ids::OrganisationId,
    issue::{Issue, Place},
    organisation::{Axis, Class, Membership, Organisation, OrganisationText, is_province},
    permission::Act,
    step::Holder,
    time::{FiscalYear, Period},
};
use jiff::civil::Date;
use std::collections::{HashMap, HashSet};
use store::{Kept, New, Store};

/// Which year of which province.
#[derive(Debug, Clone)]
pub struct OpenYear {
    /// Two digits of กรมการปกครอง.
    pub province: String,
    /// The fiscal year.
    pub year: FiscalYear,
}

/// What was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize)]
pub struct Opened {
    /// Organisations that owe or could owe something.
    pub organisations: usize,
    /// Duties made.
    pub made: usize,
    /// Of these, how many apply.
    pub applicable: usize,
    /// Duties that stood already and were left as they are.
    pub stood: usize,
}

/// Years that can be opened: those of plans now in force and to come.
pub(crate) const YEARS: std::ops::RangeInclusive<i16> = 2560..=2600;

/// Makes the duties of a fiscal year. Doing it again adds what is missing, such as the duties of a school that was
/// imported since, and changes nothing that stands.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::Invalid`] for a province or year that does not exist.
pub async fn open_year(store: &Store, ctx: &mut Ctx, open: OpenYear) -> Result<Opened, Error> {
    let mut issues = Vec::new();
    let wrong = |field: &str, code| {
        let at = Place::Field {
            field: field.to_owned(),
        };
        Issue::error(at, code)
    };
    if !is_province(&open.province) {
        issues.push(wrong("province", "step.no_such_province").with("found", &*open.province));
    }
    if !YEARS.contains(&open.year.0) {
        issues.push(wrong("year", "step.no_such_year").with("found", i64::from(open.year.0)));
    }
    if !issues.is_empty() {
        return Err(Error::Invalid(issues));
    }
    let trail = Trail::Own(&open.province);
    perform(store, ctx, trail, async |tx, ctx, at| {
        let by = authorise(tx, ctx, Act::Configure, On::Province(&open.province), at).await?;
        let duties = duties_of(tx, &open.province, open.year).await?;
        let holidays = holidays_of(tx, &open.province).await?;
        let all: Vec<Kept<(Organisation, OrganisationText)>> = store::all(tx).await?;
        let memberships: Vec<Kept<Membership>> = store::all(tx).await?;
        let above = Above::on(&all, &memberships, open.year.last_day());
        let standing: HashSet<(OrganisationId, DutyItem, Period)> =
            store::steps::duties(tx, &periods(open.year))
                .await?
                .into_iter()
                .map(|kept| (kept.row.organisation, kept.row.item, kept.row.period))
                .collect();
        let mut opened = Opened::default();
        let mut rows = Vec::new();
        for Kept {
            row: (organisation, text),
            ..
        } in &all
        {
            let here = text.province.as_deref() == Some(&*open.province);
            if !here || !periods(open.year).iter().any(|it| owes(organisation, *it)) {
                continue;
            }
            let agency = above.an_agency(organisation.id);
            let Some(holder) = Holder::of(organisation.class, text.kind.as_deref(), agency) else {
                continue;
            };
            opened.organisations += 1;
            for row in duties.rows() {
                for period in row.periods(open.year) {
                    if !owes(organisation, period) {
                        continue;
                    }
                    if standing.contains(&(organisation.id, row.item, period)) {
                        opened.stood += 1;
                        continue;
                    }
                    let applicable = row.holders.contains(&holder);
                    opened.made += 1;
                    opened.applicable += usize::from(applicable);
                    rows.push(New {
                        version: ctx.id(),
                        provenance: Some(row.provenance.clone()),
                        row: Duty {
                            id: ctx.id(),
                            organisation: organisation.id,
                            item: row.item,
                            period,
                            due: row.due(period, &holidays),
                            applicable,
                            reported_on: None,
                        },
                    });
                }
            }
        }
        let event = (!rows.is_empty()).then(|| Told {
            by,
            act: "step.open_year",
            subject: ("fiscal_year", format!("{}/{}", open.province, open.year.0)),
            payload: serde_json::json!({ "opened": opened }),
        });
        store::record(tx, at, rows).await?;
        Ok(Done {
            answer: opened,
            event,
        })
    })
    .await
}

/// Whether an organisation owes anything for a period: it exists on its last day. What closes before that day hands its
/// duty on or lets it end, and must not get it back when the year is opened again.
fn owes(organisation: &Organisation, period: Period) -> bool {
    let last = period.last_day();
    let opened = organisation.opened.is_none_or(|day| day <= last);
    opened && organisation.closed.is_none_or(|day| day > last)
}

/// Who stands above whom by สังกัด on a day.
pub(crate) struct Above {
    parents: HashMap<OrganisationId, OrganisationId>,
    agencies: HashSet<OrganisationId>,
}

impl Above {
    /// As it is recorded.
    pub fn on(
        all: &[Kept<(Organisation, OrganisationText)>],
        memberships: &[Kept<Membership>],
        day: Date,
    ) -> Self {
        let places = memberships.iter().map(|kept| &kept.row);
        let places = places.filter(|row| row.axis == Axis::ReportsTo && row.holds_on(day));
        let agency = |class| matches!(class, Class::EducationAgency | Class::AgencyWithSchools);
        let organisations = all.iter().map(|kept| &kept.row.0);
        Self {
            parents: places.map(|row| (row.organisation, row.parent)).collect(),
            agencies: organisations
                .filter(|row| row.class.is_some_and(agency))
                .map(|row| row.id)
                .collect(),
        }
    }

    /// Whether an agency with a class stands anywhere above.
    pub fn an_agency(&self, organisation: OrganisationId) -> bool {
        self.line(organisation)
            .any(|above| self.agencies.contains(&above))
    }

    /// The nearest agency with a class above an organisation, with everything on the way to it, itself included.
    pub fn nearest_agency(
        &self,
        organisation: OrganisationId,
    ) -> Option<(OrganisationId, Vec<OrganisationId>)> {
        let mut way = Vec::new();
        for above in self.line(organisation) {
            way.push(above);
            if self.agencies.contains(&above) {
                return Some((above, way));
            }
        }
        None
    }

    /// Everything above an organisation, the nearest first.
    fn line(&self, organisation: OrganisationId) -> impl Iterator<Item = OrganisationId> {
        let up = |id: &OrganisationId| self.parents.get(id).copied();
        // No forest is as high as it has organisations: a damaged one with a cycle ends here, too.
        std::iter::successors(up(&organisation), up).take(self.parents.len())
    }
}

//! Waives what a rule finds at one thing: somebody answers for it, with a reason and an end.

use super::{of, standing};
use crate::{
    Error,
    act::{Done, Told, Trail, perform},
    ctx::Ctx,
};
use domain::{
    ids::WaiverId,
    issue::{Issue, Place},
    permission::Act,
    provenance::{Certainty, Provenance},
    subject::Subject,
    text::clean,
    waiver::Waiver,
};
use jiff::civil::Date;
use store::{New, Store};

/// A waiver that somebody gives.
#[derive(Debug, Clone)]
pub struct NewWaiver {
    /// Code of the rule, in any case.
    pub rule: String,
    /// The thing at which nothing need be repaired.
    pub subject: Subject,
    /// Why.
    pub reason: String,
    /// The last day on which it waives.
    pub until: Date,
    /// Number of the letter or resolution it rests on.
    pub letter: Option<String>,
}

/// Records a waiver in the name of the actor of `ctx`. One that is over is renewed under its id.
///
/// # Errors
/// [`Error::Invalid`] with everything that is wrong: no such rule, a rule over waivers, no reason, an end before today.
/// [`Error::NotFound`] when the thing does not stand; [`Error::Stale`] when a waiver is in force for it already.
pub async fn waive(store: &Store, ctx: &mut Ctx, new: NewWaiver) -> Result<WaiverId, Error> {
    let whose = of(store, new.subject).await?;
    perform(
        store,
        ctx,
        Trail::Own(whose.trail()),
        async |tx, ctx, moment| {
            let whose = of(tx, new.subject).await?;
            let by = whose.may(tx, ctx, Act::WaiveFinding, moment).await?;
            let (rule, mut issues) = match checks::find(new.rule.trim()) {
                Some(rule) => (rule.code.to_owned(), Vec::new()),
                None => (new.rule.clone(), vec![unknown_rule(&new.rule)]),
            };
            let today = moment.thai_day();
            let letter = new.letter.as_deref().map(|text| clean(text).text);
            let before = standing(tx, &rule, new.subject).await?.map(|kept| kept.row);
            let waiver = Waiver {
                id: before.as_ref().map_or_else(|| ctx.id(), |before| before.id),
                rule,
                subject: new.subject,
                reason: clean(&new.reason).text,
                granted_by: ctx.actor.clone(),
                until: new.until,
                letter: letter.filter(|text| !text.is_empty()),
            };
            issues.extend(waiver.problems(today));
            if !issues.is_empty() {
                return Err(Error::Invalid(issues));
            }
            if let Some(before) = before.as_ref().filter(|it| it.is_in_force(today)) {
                let stands = Issue::error(Place::Whole, "waiver.stands_already");
                return Err(Error::stale(
                    stands
                        .with("until", before.until)
                        .with("by", before.granted_by.as_str()),
                ));
            }
            let payload = serde_json::json!({ "before": before, "waiver": waiver });
            let id = waiver.id;
            let new = New {
                version: ctx.id(),
                provenance: Some(Provenance {
                    source: ctx.actor.clone(),
                    certainty: Certainty::Entered,
                }),
                row: waiver,
            };
            store::record(tx, moment, [new]).await?;
            let event = Some(Told {
                by,
                act: "finding.waive",
                subject: ("waiver", id.to_string()),
                payload,
            });
            Ok(Done { answer: id, event })
        },
    )
    .await
}

pub(super) fn unknown_rule(code: &str) -> Issue {
    let at = Place::Field {
        field: "rule".to_owned(),
    };
    Issue::error(at, "waiver.unknown_rule").with("rule", code)
}

//! Withdraws a waiver: what the rule finds at the thing counts again.

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
    subject::Subject,
    text::clean,
    waiver::Waiver,
};
use store::Store;

/// Ends the waiver of what a rule finds at a thing, in force or over. The code may be of a rule that is no more.
///
/// # Errors
/// [`Error::Invalid`] without a reason; [`Error::NotFound`] when the thing does not stand or nothing is waived at it.
pub async fn withdraw_waiver(
    store: &Store,
    ctx: &mut Ctx,
    (rule, subject): (&str, Subject),
    reason: &str,
) -> Result<WaiverId, Error> {
    let reason = clean(reason).text;
    let whose = of(store, subject).await?;
    perform(
        store,
        ctx,
        Trail::Own(whose.trail()),
        async |tx, ctx, moment| {
            let whose = of(tx, subject).await?;
            let by = whose.may(tx, ctx, Act::WaiveFinding, moment).await?;
            if reason.is_empty() {
                let field = "reason".to_owned();
                let issue = Issue::error(Place::Field { field }, "waiver.reason_needed");
                return Err(Error::Invalid(vec![issue]));
            }
            let code = checks::find(rule.trim()).map_or(rule.trim(), |rule| rule.code);
            let Some(kept) = standing(tx, code, subject).await? else {
                let none = Issue::error(Place::Whole, "waiver.none");
                return Err(Error::not_found(none.with("rule", code)));
            };
            let waiver = kept.row;
            store::end::<Waiver>(tx, moment, &[waiver.id]).await?;
            let payload = serde_json::json!({ "waiver": waiver, "reason": reason });
            let event = Some(Told {
                by,
                act: "finding.withdraw_waiver",
                subject: ("waiver", waiver.id.to_string()),
                payload,
            });
            Ok(Done {
                answer: waiver.id,
                event,
            })
        },
    )
    .await
}

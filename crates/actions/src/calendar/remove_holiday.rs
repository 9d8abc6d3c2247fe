//! Takes a public holiday out, with the reason; what had moved because of it moves back.

use super::follow::{Whose, follow};
use crate::{
    Error,
    act::{Done, Told, perform},
    ctx::Ctx,
    permission::authorise,
};
use domain::{
    holiday::Holiday,
    ids::HolidayId,
    issue::{Issue, Issues, Place},
    permission::Act,
    step::reason,
};
use store::Store;

/// A holiday to be taken out.
#[derive(Debug, Clone)]
pub struct RemoveHoliday {
    /// Which.
    pub holiday: HolidayId,
    /// Why, as typed.
    pub reason: String,
}

/// Takes a holiday out and gives how many due days moved. What it was stays in the history.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::Invalid`] without a reason; [`Error::Stale`] when it does not stand any more.
pub async fn remove_holiday(
    store: &Store,
    ctx: &mut Ctx,
    away: RemoveHoliday,
) -> Result<usize, Error> {
    let gone = || Error::stale(Issue::error(Place::Whole, "calendar.holiday_gone"));
    let found = store::get::<Holiday>(store, away.holiday).await?;
    let province = found.ok_or_else(gone)?.row.province;
    let whose = Whose::of(store, province.as_deref()).await?;
    perform(store, ctx, whose.trail(), async |tx, ctx, at| {
        let by = authorise(tx, ctx, Act::Configure, whose.on(), at).await?;
        let mut issues: Issues = Vec::new();
        let why = reason(away.reason.clone(), &mut issues);
        if !issues.is_empty() {
            return Err(Error::Invalid(issues));
        }
        let kept = store::get::<Holiday>(tx, away.holiday).await?;
        let before = kept.ok_or_else(gone)?.row;
        store::end::<Holiday>(tx, at, &[away.holiday]).await?;
        let moved = follow(tx, ctx, at, &whose).await?;
        let event = Some(Told {
            by,
            act: "calendar.remove_holiday",
            subject: ("holiday", before.id.to_string()),
            payload: serde_json::json!({ "before": before, "reason": why, "moved": moved }),
        });
        let answer = moved;
        Ok(Done { answer, event })
    })
    .await
}

//! Records that a step does not apply to one's own organisation, and why: out of N once it is certified.

use super::{
    enter::{Cell, enter, trail_of},
    record::{Proof, Recorded, say, spoken},
};
use crate::{
    Error,
    act::{Trail, perform},
    ctx::Ctx,
};
use domain::{
    permission::Act,
    step::{Outcome, check},
};
use store::Store;

/// What does not apply, and why.
#[derive(Debug, Clone)]
pub struct NotApplicable {
    /// Which cell.
    pub cell: Cell,
    /// Why, as typed.
    pub reason: String,
}

/// Records that the step does not apply. Like any record it counts only when the organisation's approver certifies it,
/// so that nobody leaves N alone.
///
/// # Errors
/// As [`super::record()`].
pub async fn not_applicable(
    store: &Store,
    ctx: &mut Ctx,
    new: NotApplicable,
) -> Result<Recorded, Error> {
    let cell = new.cell;
    let trail = trail_of(store, cell.organisation).await?;
    perform(store, ctx, Trail::Own(&trail), async |tx, ctx, at| {
        let entered = enter(tx, ctx, Act::RecordStep, cell, at).await?;
        let reason = new.reason.clone();
        let asked = entered.duties.asked(cell.item);
        let said = Outcome::NotApplicable { reason };
        let (outcome, issues) = check(said, asked, cell.period, entered.today);
        if !issues.is_empty() {
            return Err(Error::Invalid(issues));
        }
        let to = entered.whereto(ctx, &trail);
        let after = spoken(&entered, to.record, outcome)?;
        let proof = Proof::none(&to);
        say(tx, ctx, at, entered, after, proof, "step.not_applicable").await
    })
    .await
}

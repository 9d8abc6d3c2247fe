//! Records what was done in a step, for one's own organisation: it waits for the approver, who makes it count.

use super::{
    answer::answered_by_record,
    enter::{Cell, Entered, blocked, enter, put, trail_of},
    said::Said,
};
use crate::{
    Error,
    act::{Done, Told, Trail, perform},
    ctx::Ctx,
};
use domain::{
    ids::StepRecordId,
    permission::Act,
    step::{Outcome, StepRecord, StepState},
    time::Moment,
};
use store::{Store, Tx};

/// What is recorded.
#[derive(Debug, Clone)]
pub struct Record {
    /// In which cell.
    pub cell: Cell,
    /// What was done.
    pub said: Said,
}

/// Records what was done. A draft of the provincial office is taken over with its mark; what was sent back is recorded
/// again, and what more was asked about it is answered by that.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::Invalid`] with all problems; [`Error::NotFound`] where nothing is owed;
/// [`Error::Stale`] when the record changed since it was seen, or is certified.
pub async fn record(store: &Store, ctx: &mut Ctx, new: Record) -> Result<StepRecordId, Error> {
    let cell = new.cell;
    let trail = trail_of(store, cell.organisation).await?;
    perform(store, ctx, Trail::Own(&trail), async |tx, ctx, at| {
        let entered = enter(tx, ctx, Act::RecordStep, cell, at).await?;
        entered.opened()?;
        let asked = entered.duties.asked(cell.item);
        let outcome = new.said.read(asked, cell.period, entered.today);
        let outcome = outcome.map_err(Error::Invalid)?;
        say(tx, ctx, at, cell, entered, outcome, "step.record").await
    })
    .await
}

/// Puts what the organisation itself says in the place of what stands.
pub(super) async fn say(
    tx: &Tx,
    ctx: &mut Ctx,
    at: Moment,
    cell: Cell,
    entered: Entered,
    outcome: Outcome,
    act: &'static str,
) -> Result<Done<StepRecordId>, Error> {
    let after = match &entered.record {
        Some(before) => before.recorded(outcome).map_err(blocked)?,
        None => StepRecord {
            id: ctx.id(),
            organisation: cell.organisation,
            item: cell.item,
            period: cell.period,
            state: StepState::Recorded,
            outcome,
            on_behalf: None,
            returned: None,
        },
    };
    let id = after.id;
    put(tx, ctx, at, after.clone()).await?;
    let inquiry = answered_by_record(tx, ctx, at, id).await?;
    let event = Some(Told {
        by: entered.by,
        act,
        subject: ("step_record", id.to_string()),
        payload: serde_json::json!({ "before": entered.record, "after": after, "answers": inquiry }),
    });
    Ok(Done { answer: id, event })
}

//! Certifies a record: from then on it counts in n, or takes its duty out of N.

use super::enter::{Cell, blocked, enter, put, put_duty, standing, trail_of};
use crate::{
    Error,
    act::{Done, Told, Trail, perform},
    ctx::Ctx,
};
use domain::{duty::Duty, ids::StepRecordId, permission::Act};
use store::Store;

/// Certifies what the organisation recorded. Only its own approver may, whoever drafted it.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::Stale`] when the record changed since it was seen, is a draft of the provincial
/// office, was sent back or is certified already.
pub async fn certify(store: &Store, ctx: &mut Ctx, cell: Cell) -> Result<StepRecordId, Error> {
    let trail = trail_of(store, cell.organisation).await?;
    perform(store, ctx, Trail::Own(&trail), async |tx, ctx, at| {
        let entered = enter(tx, ctx, Act::Certify, cell, at).await?;
        let before = standing(entered.record)?;
        let after = before.certified().map_err(blocked)?;
        let duty = match after.is_not_applicable() {
            true => Duty {
                applicable: false,
                ..entered.duty.row
            },
            false => Duty {
                reported_on: Some(entered.today),
                ..entered.duty.row
            },
        };
        put(tx, ctx, at, after.clone()).await?;
        put_duty(tx, ctx, at, &entered.duty, duty).await?;
        let event = Some(Told {
            by: entered.by,
            act: "step.certify",
            subject: ("step_record", after.id.to_string()),
            payload: serde_json::json!({ "before": before, "after": after, "duty": duty }),
        });
        Ok(Done {
            answer: after.id,
            event,
        })
    })
    .await
}

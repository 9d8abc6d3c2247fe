//! Sends a record back to whoever recorded it (ส่งกลับแก้ไข), with the reason.

use super::enter::{Cell, blocked, enter, put, put_duty, standing, trail_of};
use crate::{
    Error,
    act::{Done, Told, Trail, perform},
    ctx::Ctx,
};
use domain::{duty::Duty, ids::StepRecordId, permission::Act, step::reason};
use store::Store;

/// Sends a record back inside its organisation. A certified one loses its certification and counts no longer; what it
/// was stays in the history.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::Invalid`] without a reason; [`Error::Stale`] when the record changed since it was
/// seen, or there is nothing to send back.
pub async fn return_(
    store: &Store,
    ctx: &mut Ctx,
    cell: Cell,
    why: &str,
) -> Result<StepRecordId, Error> {
    let trail = trail_of(store, cell.organisation).await?;
    perform(store, ctx, Trail::Own(&trail), async |tx, ctx, at| {
        let entered = enter(tx, ctx, Act::Certify, cell, at).await?;
        let mut issues = Vec::new();
        let why = reason(why.to_owned(), &mut issues);
        if !issues.is_empty() {
            return Err(Error::Invalid(issues));
        }
        let before = standing(entered.record)?;
        let after = before.returned(why).map_err(blocked)?;
        let duty = Duty {
            applicable: true,
            reported_on: None,
            ..entered.duty.row
        };
        put(tx, ctx, at, after.clone()).await?;
        put_duty(tx, ctx, at, &entered.duty, duty).await?;
        let event = Some(Told {
            by: entered.by,
            act: "step.return",
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

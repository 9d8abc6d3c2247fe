//! Takes a file away from a record; its content stays in the history.

use super::enter::{Cell, blocked, enter, standing, trail_of};
use crate::{
    Error,
    act::{Done, Told, Trail, perform},
    ctx::Ctx,
};
use domain::{
    ids::FileId,
    issue::{Issue, Place},
    permission::Act,
    step::StepFile,
};
use store::Store;

/// Takes a file away from the record of a cell.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::Stale`] when the file is not attached to it any more, or the record is certified.
pub async fn detach(store: &Store, ctx: &mut Ctx, cell: Cell, file: FileId) -> Result<(), Error> {
    let trail = trail_of(store, cell.organisation).await?;
    perform(store, ctx, Trail::Own(&trail), async |tx, ctx, at| {
        let state = enter(tx, ctx, Act::RecordStep, cell, at).await?;
        let record = standing(state.record)?;
        record.open().map_err(blocked)?;
        let attached = store::of::<StepFile, _>(tx, &[record.id]).await?;
        if !attached.iter().any(|kept| kept.row.file == file) {
            let issue = Issue::error(Place::Whole, "step.file_gone");
            return Err(Error::stale(issue));
        }
        store::end::<StepFile>(tx, at, &[file]).await?;
        let event = Some(Told {
            by: state.by,
            act: "step.detach",
            subject: ("step_record", record.id.to_string()),
            payload: serde_json::json!({ "file": file }),
        });
        Ok(Done { answer: (), event })
    })
    .await
}

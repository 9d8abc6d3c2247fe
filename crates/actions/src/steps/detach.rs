//! Takes a file away from a record; its content stays in the history.

use super::enter::{Cell, blocked, enter, put, standing, trail_of};
use crate::{
    Error,
    act::{Done, Told, Trail, perform},
    ctx::Ctx,
};
use domain::{
    ids::FileId,
    issue::{Issue, Place},
    permission::Act,
    step::{Blocked, StepFile, StepRecord, StepState},
};
use store::Store;
use uuid::Uuid;

/// A file that is to be taken away.
#[derive(Debug, Clone, Copy)]
pub struct Detach {
    /// From the record of which cell.
    pub cell: Cell,
    /// The record is a draft on behalf of the agency, and who drafted it takes the file away.
    pub on_behalf: bool,
    /// Which file.
    pub file: FileId,
}

/// Takes a file away from the record of a cell, and gives the version of the record without it.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::Stale`] when the file is not attached to it any more, or the record changed or is
/// certified.
pub async fn detach(store: &Store, ctx: &mut Ctx, away: Detach) -> Result<Uuid, Error> {
    let Detach { cell, file, .. } = away;
    let trail = trail_of(store, cell.organisation).await?;
    perform(store, ctx, Trail::Own(&trail), async |tx, ctx, at| {
        let state = enter(tx, ctx, right(away.on_behalf), cell, at).await?;
        let record = standing(state.record)?;
        open(&record, away.on_behalf)?;
        let attached = store::of::<StepFile, _>(tx, &[record.id]).await?;
        let proves = |row: &StepFile| row.file == file && row.inquiry.is_none();
        if !attached.iter().any(|kept| proves(&kept.row)) {
            let issue = Issue::error(Place::Whole, "step.file_gone");
            return Err(Error::stale(issue));
        }
        store::end::<StepFile>(tx, at, &[file]).await?;
        let id = record.id.to_string();
        let answer = put(tx, ctx, at, record).await?;
        let event = Some(Told {
            by: state.by,
            act: "step.detach",
            subject: ("step_record", id),
            payload: serde_json::json!({ "file": file }),
        });
        Ok(Done { answer, event })
    })
    .await
}

/// By which right evidence is changed: the organisation's own, or that of the office over its own draft.
const fn right(on_behalf: bool) -> Act {
    match on_behalf {
        true => Act::DraftOnBehalf,
        false => Act::RecordStep,
    }
}

/// Whether evidence may be changed: not under a certification, and by the office in its own draft alone.
fn open(record: &StepRecord, on_behalf: bool) -> Result<(), Error> {
    record.open().map_err(blocked)?;
    match on_behalf && record.state != StepState::Drafted {
        true => Err(blocked(Blocked::OwnRecord)),
        false => Ok(()),
    }
}

//! Attaches a file to a record as evidence: known by its content, kept under its digest.

use super::{
    enter::{Cell, blocked, enter, put, standing, trail_of},
    files::{NewFile, Whereto, keep, told},
};
use crate::{
    Error,
    act::{Done, Told, Trail, perform},
    ctx::Ctx,
};
use domain::{
    ids::FileId,
    permission::Act,
    step::{Blocked, StepRecord, StepState},
};
use store::Store;
use uuid::Uuid;

/// A file that somebody sends as evidence.
#[derive(Debug, Clone)]
pub struct Attach {
    /// To the record of which cell.
    pub cell: Cell,
    /// The record is a draft on behalf of the agency, and the file comes from who drafted it.
    pub on_behalf: bool,
    /// The file.
    pub file: NewFile,
}

/// What an attached file is known by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attached {
    /// The file.
    pub file: FileId,
    /// The version of the record that has it.
    pub seen: Uuid,
}

/// Keeps a file and attaches it to the record of a cell. The record becomes a new version of itself: whoever certifies
/// certifies the files, too, and must have seen them.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::Invalid`] for an empty or too large file, for a type that is not kept, for the same
/// content twice, for too many and for more than the organisation may keep; [`Error::Stale`] when there is no record,
/// it changed or is certified.
pub async fn attach(store: &Store, ctx: &mut Ctx, new: Attach) -> Result<Attached, Error> {
    let cell = new.cell;
    let trail = trail_of(store, cell.organisation).await?;
    let act = right(new.on_behalf);
    perform(store, ctx, Trail::Own(&trail), async |tx, ctx, at| {
        let state = enter(tx, ctx, act, cell, at).await?;
        let record = standing(state.record)?;
        open(&record, new.on_behalf)?;
        let to = Whereto {
            record: &record,
            inquiry: None,
            province: &trail,
        };
        let files = keep(tx, ctx, at, to, std::slice::from_ref(&new.file)).await?;
        let id = record.id.to_string();
        let seen = put(tx, ctx, at, record).await?;
        let event = Some(Told {
            by: state.by,
            act: "step.attach",
            subject: ("step_record", id),
            payload: told(&files).pop().unwrap_or_default(),
        });
        // As many are kept as were sent.
        let file = files[0].id;
        let answer = Attached { file, seen };
        Ok(Done { answer, event })
    })
    .await
}

/// By which right evidence is changed: the organisation's own, or that of the office over its own draft.
pub(super) const fn right(on_behalf: bool) -> Act {
    match on_behalf {
        true => Act::DraftOnBehalf,
        false => Act::RecordStep,
    }
}

/// Whether evidence may be changed: not under a certification, and by the office in its own draft alone.
pub(super) fn open(record: &StepRecord, on_behalf: bool) -> Result<(), Error> {
    record.open().map_err(blocked)?;
    match on_behalf && record.state != StepState::Drafted {
        true => Err(blocked(Blocked::OwnRecord)),
        false => Ok(()),
    }
}

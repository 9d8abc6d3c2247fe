//! Records what was done in a step, for one's own organisation: it waits for the approver, who makes it count.

use super::{
    answer::answered_by_record,
    enter::{Cell, Entered, blocked, enter, put, trail_of},
    files::{NewFile, Whereto, judged, keep, told},
    said::Said,
};
use crate::{
    Error,
    act::{Done, Told, Trail, perform},
    ctx::Ctx,
};
use domain::{
    file::File,
    ids::{FileId, StepRecordId},
    permission::Act,
    step::{Outcome, StepRecord, StepState},
    time::Moment,
};
use store::{Store, Tx};
use uuid::Uuid;

/// What is recorded.
#[derive(Debug, Clone)]
pub struct Record {
    /// In which cell.
    pub cell: Cell,
    /// What was done.
    pub said: Said,
    /// Files that prove it, beside those that are attached already.
    pub files: Vec<NewFile>,
}

impl Record {
    /// Words alone.
    pub fn new(cell: Cell, said: Said) -> Self {
        let files = Vec::new();
        Self { cell, said, files }
    }
}

/// A record as it stands after an act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// The record.
    pub record: StepRecordId,
    /// Its version.
    pub seen: Uuid,
    /// The files that came with the act, in the order in which they were sent.
    pub files: Vec<FileId>,
}

/// Records what was done, with its files, or nothing of both. A draft of the provincial office is taken over with its
/// mark; what was sent back is recorded again, and what more was asked about it is answered by that. What says the same
/// as what stands changes nothing.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::Invalid`] with all problems of words and files; [`Error::NotFound`] where nothing is
/// owed; [`Error::Stale`] when the record changed since it was seen, or is certified.
pub async fn record(store: &Store, ctx: &mut Ctx, new: Record) -> Result<Recorded, Error> {
    let cell = new.cell;
    let trail = trail_of(store, cell.organisation).await?;
    perform(store, ctx, Trail::Own(&trail), async |tx, ctx, at| {
        let entered = enter(tx, ctx, Act::RecordStep, cell, at).await?;
        entered.opened()?;
        let asked = entered.duties.asked(cell.item);
        let (outcome, mut issues) = new.said.read(asked, cell.period, entered.today);
        let to = entered.whereto(ctx, &trail);
        let files = judged(tx, ctx, &to, &new.files, &mut issues).await?;
        if !issues.is_empty() {
            return Err(Error::Invalid(issues));
        }
        let after = spoken(&entered, to.record, outcome)?;
        let proof = Proof {
            to: &to,
            files,
            sent: &new.files,
        };
        say(tx, ctx, at, entered, after, proof, "step.record").await
    })
    .await
}

/// The record after its organisation said what became of the step.
pub(super) fn spoken(
    entered: &Entered,
    id: StepRecordId,
    outcome: Outcome,
) -> Result<StepRecord, Error> {
    match &entered.record {
        Some(before) => before.recorded(outcome).map_err(blocked),
        None => Ok(entered.first(id, StepState::Recorded, outcome, None)),
    }
}

/// Files that come with a record.
pub(super) struct Proof<'a> {
    pub to: &'a Whereto<'a>,
    /// As they were judged, in the order of what was sent.
    pub files: Vec<File>,
    pub sent: &'a [NewFile],
}

impl<'a> Proof<'a> {
    /// No files.
    pub fn none(to: &'a Whereto<'a>) -> Self {
        let (files, sent) = (Vec::new(), &[] as &[NewFile]);
        Self { to, files, sent }
    }
}

/// Puts what is said now, with its files, in the place of what stands.
pub(super) async fn say(
    tx: &Tx,
    ctx: &mut Ctx,
    at: Moment,
    entered: Entered,
    after: StepRecord,
    proof: Proof<'_>,
    act: &'static str,
) -> Result<Done<Recorded>, Error> {
    let record = after.id;
    let answers = match after.state {
        StepState::Recorded => answered_by_record(tx, ctx, at, record).await?,
        _ => None,
    };
    let same = entered.record.as_ref() == Some(&after);
    if let (true, true, None, Some(seen)) = (same, proof.files.is_empty(), answers, entered.seen) {
        let files = Vec::new();
        let answer = Recorded {
            record,
            seen,
            files,
        };
        return Ok(Done {
            answer,
            event: None,
        });
    }
    let seen = put(tx, ctx, at, after.clone()).await?;
    keep(tx, ctx, at, proof.to, &proof.files, proof.sent).await?;
    let mut payload = serde_json::json!({ "before": entered.record, "after": after });
    if let Some(inquiry) = answers {
        payload["answers"] = inquiry.to_string().into();
    }
    if !proof.files.is_empty() {
        payload["files"] = told(&proof.files).into();
    }
    let event = Some(Told {
        by: entered.by,
        act,
        subject: ("step_record", record.to_string()),
        payload,
    });
    let files = proof.files.iter().map(|file| file.id).collect();
    let answer = Recorded {
        record,
        seen,
        files,
    };
    Ok(Done { answer, event })
}

//! Answers what more was asked about a step record: in words, by files, or by recording again.

use super::{
    ask_for_more::{blocked, open_about},
    enter::{put, trail_of},
    files::{NewFile, Whereto, judged, keep, told},
};
use crate::{
    Error,
    act::{Done, Told, Trail, perform},
    ctx::Ctx,
    permission::{On, authorise},
};
use domain::{
    ids::{InquiryId, OrganisationId, StepRecordId},
    inquiry::{Inquiry, InquiryState},
    issue::{Issue, Issues, Place},
    permission::Act,
    step::{StepRecord, optional},
    time::Moment,
};
use store::{Read, Store, Tx};
use uuid::Uuid;

/// An answer.
#[derive(Debug, Clone)]
pub struct Answer {
    /// To which inquiry.
    pub inquiry: InquiryId,
    /// The version of it that was seen.
    pub seen: Uuid,
    /// In words; empty where the files say it.
    pub words: String,
    /// Files that come with it. They are no part of what was certified.
    pub files: Vec<NewFile>,
}

/// Answers an inquiry for one's own organisation. The record stays as it is, certified or not.
///
/// # Errors
/// [`Error::Forbidden`], also for what does not exist; [`Error::Invalid`] without words and files, and for files that
/// are not kept; [`Error::Stale`] when the inquiry changed since it was seen, or is answered or closed.
pub async fn answer(store: &Store, ctx: &mut Ctx, new: Answer) -> Result<(), Error> {
    let organisation = asked_of(store, new.inquiry).await?;
    let trail = trail_of(store, organisation).await?;
    perform(store, ctx, Trail::Own(&trail), async |tx, ctx, at| {
        let on = On::Organisation(organisation);
        let by = authorise(tx, ctx, Act::RecordStep, on, at).await?;
        let before = seen(tx, new.inquiry, new.seen).await?;
        let mut issues: Issues = Vec::new();
        let words = optional(new.words.clone(), "answer", &mut issues);
        if words.is_none() && new.files.is_empty() {
            let field = "answer".to_owned();
            issues.push(Issue::error(Place::Field { field }, "step.answer_needed"));
        }
        let after = before.answered(words).map_err(blocked)?;
        let record = store::get::<StepRecord>(tx, before.record).await?;
        let Some(record) = record.map(|kept| kept.row) else {
            return Err(changed());
        };
        let to = Whereto {
            record: record.id,
            organisation,
            inquiry: Some(before.id),
            province: &trail,
        };
        let files = judged(tx, ctx, &to, &new.files, &mut issues).await?;
        if !issues.is_empty() {
            return Err(Error::Invalid(issues));
        }
        keep(tx, ctx, at, &to, &files, &new.files).await?;
        put(tx, ctx, at, after.clone()).await?;
        let event = Some(Told {
            by,
            act: "step.answer",
            subject: ("step_record", record.id.to_string()),
            payload: serde_json::json!({ "before": before, "after": after, "files": told(&files) }),
        });
        Ok(Done { answer: (), event })
    })
    .await
}

/// Whose record an inquiry is about; of one that does not exist, nobody's.
pub(super) async fn asked_of(
    read: &impl Read,
    inquiry: InquiryId,
) -> Result<OrganisationId, Error> {
    let inquiry = store::get::<Inquiry>(read, inquiry).await?;
    let record = match inquiry {
        Some(kept) => store::get::<StepRecord>(read, kept.row.record).await?,
        None => None,
    };
    let nobody = OrganisationId(Uuid::nil());
    Ok(record.map_or(nobody, |kept| kept.row.organisation))
}

/// The inquiry as it stands, where it is the one that was seen.
pub(super) async fn seen(
    read: &impl Read,
    inquiry: InquiryId,
    version: Uuid,
) -> Result<Inquiry, Error> {
    let kept = store::get::<Inquiry>(read, inquiry).await?;
    kept.filter(|kept| kept.stamp.version == version)
        .map(|kept| kept.row)
        .ok_or_else(changed)
}

fn changed() -> Error {
    Error::stale(Issue::error(Place::Whole, "step.inquiry_changed"))
}

/// Recording again answers what more was asked about the record; gives the inquiry that it answers.
pub(super) async fn answered_by_record(
    tx: &Tx,
    ctx: &mut Ctx,
    at: Moment,
    record: StepRecordId,
) -> Result<Option<InquiryId>, Error> {
    let open = open_about(tx, record).await?.map(|kept| kept.row);
    let Some(open) = open.filter(|open| open.state == InquiryState::Asked) else {
        return Ok(None);
    };
    let after = open.answered(None).map_err(blocked)?;
    put(tx, ctx, at, after).await?;
    Ok(Some(open.id))
}

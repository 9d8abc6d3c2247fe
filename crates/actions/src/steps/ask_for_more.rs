//! Asks for more about a step record (ขอข้อมูลเพิ่มเติม): it rejects nothing, and the record keeps its state and counts.

use super::{
    enter::{Cell, enter, put, standing, trail_of},
    said::day,
};
use crate::{
    Error,
    act::{Done, Told, Trail, perform},
    calendar::holidays_of,
    ctx::Ctx,
};
use domain::{
    ids::{InquiryId, StepRecordId},
    inquiry::{Blocked, Inquiry, InquiryState, check_due},
    issue::{Issue, Issues, Place},
    permission::Act,
    step::needed,
    text::clean,
};
use store::{Kept, Read, Store};

/// What is asked.
#[derive(Debug, Clone)]
pub struct AskForMore {
    /// About the record of which cell.
    pub cell: Cell,
    /// What is wanted.
    pub wanted: String,
    /// Until when, as typed; empty = no day is named.
    pub due: String,
}

/// Asks for more about what an organisation recorded. After an answer, the office that asked may ask again.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::Invalid`] without words, and for a day that is past or too far; [`Error::Stale`] when
/// the record changed since it was seen, is no word of the organisation's own, or an inquiry about it is open; and for
/// one's own organisation.
pub async fn ask_for_more(
    store: &Store,
    ctx: &mut Ctx,
    new: AskForMore,
) -> Result<InquiryId, Error> {
    let cell = new.cell;
    let trail = trail_of(store, cell.organisation).await?;
    perform(store, ctx, Trail::Own(&trail), async |tx, ctx, at| {
        let entered = enter(tx, ctx, Act::AskForMore, cell, at).await?;
        let from = entered.by.from();
        if from == Some(cell.organisation) {
            return Err(blocked(Blocked::Own));
        }
        let record = standing(entered.record)?;
        Inquiry::may_ask(record.state).map_err(blocked)?;
        let mut issues: Issues = Vec::new();
        let wanted = needed(
            new.wanted.clone(),
            "wanted",
            "step.wanted_needed",
            &mut issues,
        );
        let due = match clean(&new.due).text.is_empty() {
            true => None,
            false => day(&new.due, "due", &mut issues),
        };
        let holidays = holidays_of(tx, &trail).await?;
        let due = due.map(|due| check_due(due, entered.today, &holidays, &mut issues));
        let before = open_about(tx, record.id).await?.map(|kept| kept.row);
        if !issues.is_empty() {
            return Err(Error::Invalid(issues));
        }
        let after = match &before {
            Some(open) if open.from == from => open.again(wanted, due).map_err(blocked)?,
            // Another office asks already: one inquiry at a time, so that nobody answers twice.
            Some(_) => return Err(blocked(Blocked::Open)),
            None => Inquiry {
                id: ctx.id(),
                record: record.id,
                from,
                state: InquiryState::Asked,
                wanted,
                due,
                answer: None,
            },
        };
        let answer = after.id;
        put(tx, ctx, at, after.clone()).await?;
        let event = Some(Told {
            by: entered.by,
            act: "step.ask_for_more",
            subject: ("step_record", record.id.to_string()),
            payload: serde_json::json!({ "before": before, "after": after }),
        });
        Ok(Done { answer, event })
    })
    .await
}

/// The inquiry about a record that waits for somebody.
pub(super) async fn open_about(
    read: &impl Read,
    record: StepRecordId,
) -> Result<Option<Kept<Inquiry>>, Error> {
    let all = store::of::<Inquiry, _>(read, &[record]).await?;
    Ok(all.into_iter().find(|kept| kept.row.is_open()))
}

/// A step of the inquiry that its state does not allow.
pub(super) fn blocked(blocked: Blocked) -> Error {
    Error::stale(Issue::error(Place::Whole, blocked.code()))
}

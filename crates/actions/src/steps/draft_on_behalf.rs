//! Drafts a record for an agency on the strength of its letter (ศธจ. บันทึกแทนหน่วยงาน): the agency takes it over and certifies.

use super::{
    enter::{Cell, blocked, enter, put, trail_of},
    said::{Said, letter},
};
use crate::{
    Error,
    act::{Done, Told, Trail, perform},
    ctx::Ctx,
};
use domain::{
    ids::StepRecordId,
    organisation::{Organisation, OrganisationText},
    permission::Act,
    step::{StepRecord, StepState},
};
use store::Store;

/// What is drafted.
#[derive(Debug, Clone)]
pub struct Draft {
    /// In which cell.
    pub cell: Cell,
    /// What was done.
    pub said: Said,
    /// Number of the letter it rests on, as typed.
    pub letter_number: String,
    /// Its date, as typed.
    pub letter_date: String,
}

/// Drafts a record for an agency that the person's office coordinates. It counts nowhere until the agency records it
/// itself and certifies it; the mark and the letter stay.
///
/// # Errors
/// [`Error::Forbidden`], for one's own line as well: there one records; [`Error::Invalid`] with all problems, a missing
/// letter among them; [`Error::Stale`] when the agency has recorded something itself, or the draft changed.
pub async fn draft_on_behalf(
    store: &Store,
    ctx: &mut Ctx,
    new: Draft,
) -> Result<StepRecordId, Error> {
    let cell = new.cell;
    let trail = trail_of(store, cell.organisation).await?;
    let before = ctx.on_behalf_of.take();
    let outcome = perform(store, ctx, Trail::Own(&trail), async |tx, ctx, at| {
        let entered = enter(tx, ctx, Act::DraftOnBehalf, cell, at).await?;
        entered.opened()?;
        let asked = entered.duties.asked(cell.item);
        let said = new.said.read(asked, cell.period, entered.today);
        let mut issues = said.as_ref().err().cloned().unwrap_or_default();
        let letter = letter(
            &new.letter_number,
            &new.letter_date,
            cell.period,
            entered.today,
            &mut issues,
        );
        let said = match said {
            Ok(said) if issues.is_empty() => said,
            _ => return Err(Error::Invalid(issues)),
        };
        let agency = store::get::<(Organisation, OrganisationText)>(tx, cell.organisation).await?;
        let agency = agency.map(|kept| kept.row.1.code).unwrap_or_default();
        ctx.on_behalf_of = Some(format!("{agency} ({} {})", letter.number, letter.date));
        let after = match &entered.record {
            Some(standing) => standing.drafted(said, letter).map_err(blocked)?,
            None => StepRecord {
                id: ctx.id(),
                organisation: cell.organisation,
                item: cell.item,
                period: cell.period,
                state: StepState::Drafted,
                outcome: said,
                on_behalf: Some(letter),
                returned: None,
            },
        };
        let id = after.id;
        put(tx, ctx, at, after.clone()).await?;
        let event = Some(Told {
            by: entered.by,
            act: "step.draft_on_behalf",
            subject: ("step_record", id.to_string()),
            payload: serde_json::json!({ "before": entered.record, "after": after }),
        });
        Ok(Done { answer: id, event })
    })
    .await;
    ctx.on_behalf_of = before;
    outcome
}

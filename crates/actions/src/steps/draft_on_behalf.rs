//! Drafts a record for an agency on the strength of its letter (ศธจ. บันทึกแทนหน่วยงาน): the agency takes it over and certifies.

use super::{
    enter::{Cell, blocked, enter, trail_of},
    files::{NewFile, judged},
    record::{Proof, Recorded, say},
    said::{Said, letter},
};
use crate::{
    Error,
    act::{Trail, perform},
    ctx::Ctx,
};
use domain::{
    organisation::{Organisation, OrganisationText},
    permission::Act,
    step::StepState,
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
    /// Files that prove it, beside those that are attached already.
    pub files: Vec<NewFile>,
}

/// Drafts a record, with its files, for an agency that the person's office coordinates. It counts nowhere until the agency records it
/// itself and certifies it; the mark and the letter stay.
///
/// # Errors
/// [`Error::Forbidden`], for one's own line as well: there one records; [`Error::Invalid`] with all problems, a missing
/// letter among them; [`Error::Stale`] when the agency has recorded something itself, or the draft changed.
pub async fn draft_on_behalf(store: &Store, ctx: &mut Ctx, new: Draft) -> Result<Recorded, Error> {
    let cell = new.cell;
    let trail = trail_of(store, cell.organisation).await?;
    let before = ctx.on_behalf_of.take();
    let outcome = perform(store, ctx, Trail::Own(&trail), async |tx, ctx, at| {
        let entered = enter(tx, ctx, Act::DraftOnBehalf, cell, at).await?;
        entered.opened()?;
        let asked = entered.duties.asked(cell.item);
        let (said, mut issues) = new.said.read(asked, cell.period, entered.today);
        let letter = letter(
            &new.letter_number,
            &new.letter_date,
            cell.period,
            entered.today,
            &mut issues,
        );
        let to = entered.whereto(ctx, &trail);
        let files = judged(tx, ctx, &to, &new.files, &mut issues).await?;
        if !issues.is_empty() {
            return Err(Error::Invalid(issues));
        }
        let agency = store::get::<(Organisation, OrganisationText)>(tx, cell.organisation).await?;
        let agency = agency.map(|kept| kept.row.1.code).unwrap_or_default();
        ctx.on_behalf_of = Some(format!("{agency} ({} {})", letter.number, letter.date));
        let after = match &entered.record {
            Some(standing) => standing.drafted(said, letter).map_err(blocked)?,
            None => entered.first(to.record, StepState::Drafted, said, Some(letter)),
        };
        let proof = Proof {
            to: &to,
            files,
            sent: &new.files,
        };
        say(tx, ctx, at, entered, after, proof, "step.draft_on_behalf").await
    })
    .await;
    ctx.on_behalf_of = before;
    outcome
}

//! Acts on what the rules find.

mod waive;
mod withdraw_waiver;

pub use waive::{NewWaiver, waive};
pub use withdraw_waiver::withdraw_waiver;

use crate::{
    Error,
    whose::{Whose, whose},
};
use domain::{
    issue::{Issue, Place},
    subject::Subject,
    waiver::Waiver,
};
use store::{Kept, Read, Tx};

/// Whose the thing is that a waiver speaks of: it must stand.
async fn of(read: &impl Read, subject: Subject) -> Result<Whose, Error> {
    let found = whose(read, subject).await?;
    found.ok_or_else(|| Error::not_found(Issue::error(Place::Whole, "waiver.unknown_subject")))
}

/// The waiver that stands for a rule at a thing, in force or over.
async fn standing(tx: &Tx, rule: &str, subject: Subject) -> Result<Option<Kept<Waiver>>, Error> {
    let all: Vec<Kept<Waiver>> = store::all(tx).await?;
    Ok(all
        .into_iter()
        .find(|kept| kept.row.is_about(rule, subject)))
}

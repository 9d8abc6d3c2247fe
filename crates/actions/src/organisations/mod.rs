//! Acts on organisations: their words and codes, their places in both forests, and how they go on in one another.
//!
//! Every act looks at the whole register, changes it in memory and records what differs at the end; a preview is the same
//! without recording. Nothing is dated before the quarter of the act, so that no quarter that has ended ever changes
//! (docs/decisions/0015-reorganisations.md).

mod add;
mod check;
mod close;
mod desk;
mod duties;
mod import;
#[cfg(test)]
mod laws;
mod merge;
mod move_to;
mod recode;
mod register;
mod rename;
mod reopen;
mod rows;
mod split;
mod undo;

pub use add::{NewOrganisation, add};
pub use check::earliest;
pub use close::{Close, close};
pub use desk::{Asks, Change, Consequences, RecordAt, preview, run};
pub use import::{
    Difference, FieldChange, Line, Outcome as LineOutcome, SchoolsImport, import, preview_import,
};
pub use merge::{Into, Merge, merge};
pub use move_to::{MoveTo, move_to};
pub use recode::{Recode, recode};
pub use rename::{Rename, rename};
pub use reopen::{Reopen, reopen};
pub use split::{Part, Split, split};
pub use undo::{Undo, preview_undo, undo_merge};

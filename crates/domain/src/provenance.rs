//! Where a row comes from and how sure we are of it.

use serde::{Deserialize, Serialize};

coded! {
    /// How sure a restated fact is.
    pub enum Certainty {
        /// The text was read in the named source.
        Seen = "seen",
        /// Well known, but an administrator confirms it before it is shown as official.
        Recalled = "recalled",
        /// Our own suggestion.
        Proposal = "proposal",
        /// Entered by a person of the office through the product.
        Entered = "entered",
    }
}

/// Source and certainty of a row: kept beside every fact that ships or is imported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provenance {
    /// Where it was read: a document, a page, a file and row.
    pub source: String,
    /// How sure it is.
    pub certainty: Certainty,
}

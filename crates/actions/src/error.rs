//! Why an act was not done.

use domain::{
    issue::{Issue, Issues},
    permission::{Act, Refusal},
};

/// Why an act was not done. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// What the act speaks of does not exist.
    #[error("not found: {}", .0.code)]
    NotFound(Box<Issue>),
    /// The input is wrong: all problems at once.
    #[error("{} problems in the input", .0.len())]
    Invalid(Issues),
    /// Somebody else changed the same thing in the meantime, or it no longer is in the state the act needs.
    #[error("the thing has changed: {}", .0.code)]
    Stale(Box<Issue>),
    /// The person may not do this, and why.
    #[error("not allowed: {act}, {}", .refusal.key())]
    Forbidden {
        /// What they wanted to do.
        act: Act,
        /// Why not.
        refusal: Refusal,
    },
    /// A password could not be worked on: the program is ending, or there is no memory for it.
    #[error("the password could not be checked")]
    Hashing,
    /// The database.
    #[error(transparent)]
    Store(#[from] store::Error),
    /// A catalogue that ships with the program cannot be read.
    #[error(transparent)]
    Catalogue(#[from] crate::catalogue::CatalogueError),
}

impl Error {
    pub(crate) fn not_found(issue: Issue) -> Self {
        Error::NotFound(Box::new(issue))
    }

    pub(crate) fn stale(issue: Issue) -> Self {
        Error::Stale(Box::new(issue))
    }
}

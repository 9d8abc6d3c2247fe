//! What invitations and resets share: how a link is refused, and what is handed to whoever made it.

use super::token::Token;
use crate::Error;
use domain::{
    issue::{Issue, Place},
    time::Moment,
};
use store::accounts::Standing;

/// Where an invitation is taken up; its token follows.
pub const INVITATION_PATH: &str = "/invitation/";
/// Where a new password is set by a link; its token follows.
pub const RESET_PATH: &str = "/reset/";

/// A one-time link that was made: its token is shown once, and kept nowhere.
#[derive(Debug, Clone)]
pub struct Link {
    /// What goes into the address.
    pub token: Token,
    /// From when on it is of no use.
    pub expires_at: Moment,
}

/// The token belongs to no link: changed, made up, of another installation or of another kind.
pub(super) fn unknown() -> Error {
    Error::not_found(Issue::error(Place::Whole, "account.link_unknown"))
}

/// Goes on only with a link that is open.
pub(super) fn open(standing: Standing) -> Result<(), Error> {
    let code = match standing {
        Standing::Open => return Ok(()),
        Standing::Used => "account.link_used",
        Standing::Revoked => "account.link_revoked",
        Standing::Expired => "account.link_expired",
    };
    Err(Error::stale(Issue::error(Place::Whole, code)))
}

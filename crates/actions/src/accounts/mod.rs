//! Accounts: how people come in and prove who they are. Passwords, second factor, sessions, one-time links, throttle.
//!
//! For pages: [`sign_in()`] gives a token for the cookie, [`session()`] finds who holds it, [`sign_out`] ends it. Tokens,
//! passwords, codes and secrets are shown to one person once; the database holds digests, the trail nothing of them.
//!
//! | page | functions |
//! |---|---|
//! | sign in | [`sign_in()`] → [`SignedIn::Whole`], or [`SignedIn::AskCode`] → [`give_code`] or [`use_recovery_code`] |
//! | first start, invitation | [`look_at_invitation`] → [`accept_invitation`] → sign in |
//! | forgotten password | [`look_at_reset`] → [`use_reset`] → sign in |
//! | my account | [`change_password`], [`begin_totp`] → [`confirm_totp`], [`disable_totp`], [`new_recovery_codes`], [`list_sessions`], [`revoke_session`], [`revoke_all`] |
//! | people | [`invite()`], [`list_invitations`], [`revoke_invitation`], [`reset_by_administrator`] |
//!
//! While [`Session::must_enrol`] is true only `begin_totp`, `confirm_totp`, `change_password` and `sign_out` are for
//! that person; the doors of the pages hold it.

mod accept;
mod agent;
mod confirm;
mod create;
pub(crate) mod fields;
mod init;
mod invite;
mod links;
pub(crate) mod manage;
mod password;
mod people;
mod policy;
mod qr;
mod recovery;
mod reset;
pub(crate) mod roles;
mod schedule;
mod second_factor;
mod session;
mod sign_in;
mod throttle;
mod token;
mod totp;

pub use accept::{Acceptance, accept_invitation, look_at_invitation};
pub use confirm::change_password;
pub use create::{Created, NewAccount, create_with_password};
pub use init::{has_administrator, init, init_link};
pub use invite::{Invited, NewInvitation, Open, invite, list_invitations, revoke_invitation};
pub use links::{INVITATION_PATH, Link, RESET_PATH};
pub use password::{Cost, LONGEST, SHORTEST};
pub use policy::{Policy, ProvincePolicy, set_policy, set_province_policy, without_second_factor};
pub use qr::{qr_svg, qr_text};
pub use recovery::{new_recovery_codes, use_recovery_code};
pub use reset::{look_at_reset, reset_by_administrator, use_reset};
pub use roles::Given;
pub use second_factor::{
    Enrolled, Enrolment, SettingUp, begin_totp, confirm_totp, disable_totp, give_code,
    may_do_without, setting_up,
};
pub use session::{Session, list_sessions, revoke_all, revoke_session, session, sign_out};
pub use sign_in::{Opened, SignIn, SignedIn, sign_in};
pub use store::accounts::Session as OneSession;
pub use token::{NotAToken, Token};

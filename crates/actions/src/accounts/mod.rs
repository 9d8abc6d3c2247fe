//! Accounts: how people come in and prove who they are. Passwords, second factor, sessions, one-time links, throttle.
//!
//! For pages: [`sign_in`] gives a token for the cookie, [`session`] finds who holds it, [`sign_out`] ends it. Tokens,
//! passwords, codes and secrets are shown to one person once; the database holds digests, the trail nothing of them.

mod agent;
mod create;
mod fields;
mod manage;
mod password;
mod people;
mod policy;
mod qr;
mod roles;
mod schedule;
mod session;
mod sign_in;
mod throttle;
mod token;
mod totp;

pub use create::{Created, NewAccount, create_with_password};
pub use password::{Cost, LONGEST, SHORTEST};
pub use policy::{Policy, set_policy};
pub use qr::{qr_svg, qr_text};
pub use roles::Given;
pub use session::{Session, list_sessions, revoke_all, revoke_session, session, sign_out};
pub use sign_in::{Opened, SignIn, SignedIn, sign_in};
pub use store::accounts::Session as OneSession;
pub use token::{NotAToken, Token};

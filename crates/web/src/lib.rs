//! What is shown: pages, components, public portal.
//!
//! A page is a function that takes a [`Viewer`] and returns a [`Page`]; components are typed functions in [`ui`].
//! Only this room speaks HTTP.

pub mod address;
pub mod app;
pub mod assets;
mod data;
pub mod doors;
mod error;
pub mod form;
mod found;
mod layers;
mod limits;
mod opening;
mod page;
mod pages;
pub mod places;
mod reach;
mod readings;
mod router;
mod secrets;
mod serve;
mod served;
pub mod session;
mod tls;
pub mod ui;
mod viewer;
mod whence;

pub use app::{App, Province, Safety};
pub use assets::Assets;
pub use error::{Error, Refused};
pub use limits::{Limits, Rate};
pub use page::{Group, Page, Script};
pub use router::{addresses, router};
pub use serve::{Patience, serve};
pub use tls::{Tls, TlsError};
pub use viewer::{ACTS_AT_ONCE, Viewer};

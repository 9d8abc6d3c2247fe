//! Laws of `domain` that need the catalogues of the project: the sources of `domain` read no file.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod catalogues;
mod normalisation;
mod permission;
mod repair;

//! The commands as a person types them, on the plan that ships with the product.
#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on stops"
)]

mod accounts;
mod demo;
mod findings;
mod reach;
mod refused;
mod roles;
mod story;
mod sudden_end;
mod terminal;
mod trouble;
mod two_processes;

//! Every law of the store, on both engines.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

mod doctor;
mod facts;
mod make;
mod migrate;
mod past;
mod rows;
mod search;
mod texts;
mod trail;

//! A project: its thread on the two rails, what should be looked at, what may fit, and its facts.

pub mod edit;
mod explorer;
mod facts;
mod lanes;
mod lines;
pub mod link;
pub mod show;
pub mod suggestions;
mod words;

//! One file per command: read the arguments, ask the rooms, print.

pub mod check;
pub mod coverage;
mod coverage_organisations;
pub mod demo;
mod demo_people;
pub mod doctor;
#[cfg(debug_assertions)]
pub mod drill;
pub mod import;
pub mod import_schools;
pub mod init;
pub mod link;
pub mod migrate;
pub mod roles;
pub mod rule;
pub mod serve;
pub mod trace;
mod trace_words;
pub mod trail;
pub mod user;
pub mod waive;
pub mod why;

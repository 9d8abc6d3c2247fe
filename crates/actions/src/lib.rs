//! What a person does: one function per act. Each changes what it is for and records one event in the trail, in one
//! transaction. An import is an act like any other. Every act first asks [`permission`], inside its
//! transaction; whoever works at the computer's shell may do every act.

pub mod accounts;
mod act;
pub mod alignments;
pub mod calendar;
pub mod catalogue;
mod ctx;
pub mod demo;
pub mod derived;
mod error;
pub mod findings;
mod joints;
pub mod links;
pub mod live;
pub mod organisations;
pub mod people;
pub mod permission;
pub mod plans;
mod reconcile;
pub mod steps;
pub mod texts;
pub mod wanted;
mod whose;

pub use act::NATIONAL;
pub use ctx::{Ctx, Who};
pub use error::Error;
pub use reconcile::{Outcome, Tally};

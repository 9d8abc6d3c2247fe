//! The heart: the value chain as a graph in memory. Build from facts, apply a change, trace, coverage, roll-up, why.
//!
//! Facts go in ([`domain::facts::Facts`], then one [`domain::facts::Change`] after another); answers come out without
//! touching a database. Pure and deterministic: the order of rows never matters, and a snapshot that has followed
//! changes answers exactly like one that is built afresh from the facts after them.

pub mod attribution;
pub mod board;
pub mod duties;
pub mod fault;
pub mod figures;
pub mod index;
pub mod ledger;
pub mod links;
pub mod listing;
pub mod observations;
pub mod organisations;
pub mod plans;
mod pool;
mod posted;
pub mod rollup;
pub mod seats;
pub mod snapshot;
mod table;
pub mod targets;
pub mod trace;
pub mod why;
pub mod why_node;

pub use fault::Fault;
pub use figures::{Figures, Measure};
pub use index::{OrgIx, ProjectIx};
pub use snapshot::Snapshot;

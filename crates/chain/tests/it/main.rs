//! Laws of the heart, against slow and obvious reference implementations.

mod book;
mod generate;
mod ledger_faults;
mod ledger_laws;
mod ledger_traps;
mod ledger_world;
mod reading_traps;
mod reference;
mod thread_example_world;
mod thread_examples;
mod thread_laws;
mod thread_reference;
mod thread_traces;
mod thread_world;

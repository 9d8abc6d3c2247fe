//! Laws of the heart, against slow and obvious reference implementations.

mod book;
mod generate;
mod ledger_laws;
mod reference;

//! Every law of the store, on both engines.

mod doctor;
mod facts;
mod make;
mod migrate;
mod rows;
mod search;
mod texts;
mod trail;

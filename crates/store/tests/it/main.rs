//! Every law of the store, on both engines.

mod facts;
mod make;
mod migrate;
mod rows;
mod trail;

//! Indicators: all of them by target, and one with what it measures and what the province has of it.

mod facts;
pub mod list;
mod series;
pub mod show;

//! Organisations of the province: all of them, and one of them.

pub mod list;
pub mod show;

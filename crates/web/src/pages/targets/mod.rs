//! The ten targets of SDG 4: all of them, and one with everything that is known of it.

pub mod list;
mod parts;
pub mod show;

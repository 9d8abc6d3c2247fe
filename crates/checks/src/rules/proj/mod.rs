//! Rules over projects and activities.

pub mod duplicate_project;

//! The screens, one file each.

pub mod about;
pub mod accessibility;
pub mod errors;
#[cfg(debug_assertions)]
pub mod gallery;
pub mod glossary;
pub mod home;
pub mod plans;
pub mod projects;
pub mod search;
pub mod steps;

//! The screens, one file each.

pub mod about;
pub mod accessibility;
pub mod accounts;
pub mod board;
pub mod catalogue;
pub mod coverage;
mod edit_text;
pub mod editor;
pub mod errors;
pub mod findings;
#[cfg(debug_assertions)]
pub mod gallery;
mod glance;
pub mod glossary;
pub mod home;
pub mod indicators;
mod joints;
pub mod links;
pub mod organisations;
pub mod overview;
pub mod people;
pub mod plans;
pub mod projects;
pub mod recorded;
pub mod roles;
mod rule_page;
pub mod rules;
pub mod search;
pub mod settings;
pub mod sign_in_policy;
pub mod steps;
pub mod targets;
pub mod trail;
pub mod waive;
pub mod work;

/// The most that any form takes: a record with its files.
pub const LARGEST_FORM: usize = board::record::FORM_BYTES;

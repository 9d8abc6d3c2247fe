//! The screens, one file each.

pub mod about;
pub mod accessibility;
pub mod accounts;
pub mod board;
pub mod catalogue;
pub mod coverage;
pub mod editor;
pub mod errors;
pub mod findings;
#[cfg(debug_assertions)]
pub mod gallery;
pub mod glossary;
pub mod home;
pub mod indicators;
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

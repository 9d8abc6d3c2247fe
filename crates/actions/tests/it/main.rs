//! Acts as short stories, on both engines, over the plan that ships with the product.
#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on stops"
)]

mod accounts;
mod aligning;
mod at_once;
mod calendar;
mod catalogues;
mod changing;
mod corrected_again;
mod editing;
mod folder;
mod importing;
mod linking;
mod links_again;
mod living;
mod neighbours;
mod office;
mod organisations;
mod people;
mod plan_words;
mod projects_again;
mod sitting;
mod steps;
mod waiving;

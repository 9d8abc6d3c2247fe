//! The pages as a browser gets them: status, place, main content, policy, languages, files.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on stops"
)]

mod aligning;
mod asking;
mod assets;
mod at_once;
mod board;
mod board_office;
mod care;
mod demo;
mod desk;
mod doors;
mod editing;
mod editor;
mod fence;
mod indicators;
mod joints;
mod limits;
mod log;
mod pages;
mod people;
mod plan_words;
mod policy;
mod portal;
mod province;
mod register;
mod school_lists;
mod serving;
mod settings;
mod threads;
mod uploads;

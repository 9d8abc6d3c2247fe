//! What is true: the types and laws of the SDG 4 value chain of a Thai province, without any IO.
//!
//! Names follow the words of the field. Nothing here reads a clock, a file or a random number.

#[macro_use]
mod codes;

pub mod duty;
pub mod duty_rule;
pub mod facts;
pub mod file;
pub mod holiday;
pub mod ids;
pub mod indicator;
pub mod inquiry;
pub mod issue;
pub mod joint;
pub mod link;
pub mod locale;
pub mod money;
pub mod names;
pub mod organisation;
pub mod people;
pub mod permission;
pub mod plan;
pub mod project;
pub mod provenance;
pub mod register;
pub mod reminder;
pub mod share;
pub mod step;
pub mod subject;
pub mod text;
pub mod time;
pub mod waiver;

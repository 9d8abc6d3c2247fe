//! CSV and Excel in and out: plan folders and workbooks as offices really have them.
//!
//! [`read_plan`] reads a folder of CSV files or a workbook into a [`plan::PlanFile`] and says everything that is wrong
//! at once. It compares nothing with what is kept and writes nothing: importing is an act of its own.
//! The format is described in `docs/import-format.md`.

pub mod evidence;
pub mod plan;
pub mod tables;

mod activities;
mod assemble;
mod decode;
mod delimited;
mod headings;
mod indicators;
mod nearest;
mod open;
mod projects;
mod reading;
mod record;
mod refer;
mod report;
mod rows;
mod scalar;
pub mod schools;
mod sheets;
mod table;
mod tree;
mod words;
mod workbook;
mod years;

pub use reading::{ReadError, ReadOptions, Reading, read_plan};

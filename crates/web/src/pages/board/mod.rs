//! The eight-step board: the whole, one cell, the forms of its acts, its files and its workbook; what is asked and reminded.

pub mod asking;
pub mod cell;
pub mod evidence;
pub mod excel;
pub mod file;
mod found;
mod kept;
mod load;
pub mod record;
pub mod remind;
pub mod show;
mod story;
pub mod tasks;
mod totals;
pub mod words;

pub use kept::of_organisation as kept_records;
pub use load::district;
pub use totals::{Totals, totals};

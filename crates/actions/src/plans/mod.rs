//! Acts on plans.

mod check;
mod import;
mod known;
mod translate;

pub use check::check;
pub use import::{Imported, Whence, import};
pub use known::Known;

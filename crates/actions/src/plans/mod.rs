//! Acts on plans.

mod import;
mod translate;

pub use import::{Imported, import};

//! Acts on projects: their words.

mod edit_text;
mod words;

pub use edit_text::{EditText, edit_text};
pub use words::{Standing, Words, standing};

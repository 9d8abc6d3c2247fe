//! Thai text in strengths: `clean` for what is stored, `search_key` for what is compared, a sort key for order.
//!
//! Each strength does only what it can do with certainty: [`clean()`] never needs to know a word, [`search_key`] may
//! throw away what people do not type, and [`repair`] knows words and therefore only *suggests*.

mod clean;
mod digits;
pub mod repair;
mod search;
mod sort;
mod thai;
mod width;

pub use clean::{Clean, clean};
pub use digits::{from_thai_digits, to_thai_digits};
pub use search::search_key;
pub use sort::{COLLATION_VERSION, sort_key};
pub use width::{display_width, pad, pad_start};

//! Acts on the descriptive text of projects, elements of plans and editions. Code, owner, year and money are no
//! description and are not here.

mod edit;
mod field;
mod standing;

pub use edit::{EditText, edit_text};
pub use field::{Field, Shape};
pub use standing::{Standing, standing};

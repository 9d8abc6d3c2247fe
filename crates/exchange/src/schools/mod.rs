//! Lists of schools, as CSV or Excel: the reader, the rows, and an empty workbook to fill in.

mod read;
mod template;

pub use read::{SchoolList, SchoolReading, SchoolRow, read_schools};
pub use template::schools_template;

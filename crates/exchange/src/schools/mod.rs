//! Lists of schools, as CSV or Excel: the reader, the rows, and an empty workbook to fill in.

mod columns;
mod read;
mod template;

pub(crate) use columns::SCHOOLS;
pub use read::{SchoolList, SchoolReading, SchoolRow, read_schools};
pub use template::schools_template;

//! Acts on the eight-step board: open a fiscal year, record what was done, certify it, send it back, prove it by files.

mod attach;
mod certify;
mod demo;
mod detach;
mod draft_on_behalf;
mod duties;
mod enter;
mod not_applicable;
mod open_year;
mod record;
mod return_;
mod said;

pub use attach::{Attach, MAX_FILES, attach};
pub use certify::certify;
pub use demo::demo;
pub use detach::detach;
pub use draft_on_behalf::{Draft, draft_on_behalf};
pub use duties::{Duties, DutyRow, duties, periods};
pub use enter::Cell;
pub use not_applicable::{NotApplicable, not_applicable};
pub use open_year::{OpenYear, Opened, open_year};
pub use record::{Record, record};
pub use return_::return_;
pub use said::Said;

//! Acts on the eight-step board: open a fiscal year, record what was done, certify it, send it back, prove it by files, ask
//! for more and answer, remind of what is due.

mod answer;
mod ask_for_more;
mod certify;
mod close_inquiry;
mod detach;
mod draft_on_behalf;
mod duties;
mod enter;
mod files;
mod not_applicable;
mod open_year;
mod quota;
mod record;
mod remind;
mod return_;
mod said;

pub use answer::{Answer, answer};
pub use ask_for_more::{AskForMore, ask_for_more};
pub use certify::certify;
pub use close_inquiry::close_inquiry;
pub use detach::{Detach, detach};
pub use draft_on_behalf::{Draft, draft_on_behalf};
pub use duties::{Duties, DutyRow, duties, duties_of, periods};
pub use enter::Cell;
pub use files::{MAX_FILES, NewFile};
pub use not_applicable::{NotApplicable, not_applicable};
pub(crate) use open_year::{Above, YEARS};
pub use open_year::{OpenYear, Opened, open_year};
pub use quota::{QUOTA_MB, quota, set_quota};
pub use record::{Record, Recorded, record};
pub use remind::{Addressed, Remind, Reminded, Whom, preview_remind, remind};
pub use return_::return_;
pub use said::Said;
pub(crate) use said::day;

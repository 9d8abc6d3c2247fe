//! The calendar of a province: public holidays, and on which days its steps are due. What changes here moves the due days
//! of what is still to be reported, in the same act; what was reported keeps its day.

mod add_holiday;
mod catalogue;
mod correct_duty;
mod follow;
mod remove_holiday;

pub use add_holiday::{AddHoliday, Added, add_holiday};
pub(crate) use catalogue::record_catalogue;
pub use correct_duty::{CorrectDuty, Corrected, correct_duty};
pub use remove_holiday::{RemoveHoliday, remove_holiday};

use crate::Error;
use domain::{holiday::Holiday, time::Holidays};
use store::Read;

/// The holidays that move due days in a province: those of the nation and its own.
///
/// # Errors
/// When the database cannot be read.
pub async fn holidays_of(read: &impl Read, province: &str) -> Result<Holidays, Error> {
    let all = store::calendar::holidays(read, province).await?;
    Ok(Holiday::of_province(
        all.iter().map(|kept| &kept.row),
        province,
    ))
}

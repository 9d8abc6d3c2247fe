//! Queries of the calendar: public holidays, and what provinces corrected in the duties of a year.

use crate::{
    Error,
    entities::{duty_rule, holiday},
    row::{Kept, standing, versions},
    tx::Read,
};
use domain::{duty_rule::DutyRule, holiday::Holiday, time::FiscalYear};
use sea_orm::{ColumnTrait, Condition};

/// The holidays that stand for a province: those of the nation and its own, with those that it does not keep.
pub async fn holidays(read: &impl Read, province: &str) -> Result<Vec<Kept<Holiday>>, Error> {
    let here = Condition::any()
        .add(holiday::Column::Province.is_null())
        .add(holiday::Column::Province.eq(province));
    standing(read, here).await
}

/// Every version of every holiday of the nation, also of those that were taken out.
pub async fn national_holidays_ever(read: &impl Read) -> Result<Vec<Kept<Holiday>>, Error> {
    versions(
        read,
        Condition::all().add(holiday::Column::Province.is_null()),
    )
    .await
}

/// What a province corrected in the duties of a fiscal year.
pub async fn duty_rules(
    read: &impl Read,
    province: &str,
    year: FiscalYear,
) -> Result<Vec<Kept<DutyRule>>, Error> {
    let condition = Condition::all()
        .add(duty_rule::Column::Province.eq(province))
        .add(duty_rule::Column::Year.eq(year.0));
    standing(read, condition).await
}

//! Queries of the eight-step board: duties and step records of periods, what was asked about them and who was reminded.

use crate::{
    Error,
    entities::{duty, inquiry, reminder, step_file, step_record},
    row::{Kept, standing, versions},
    tx::Read,
};
use domain::{
    duty::{Duty, DutyItem},
    ids::{OrganisationId, StepRecordId},
    inquiry::{Inquiry, InquiryState},
    reminder::Reminder,
    step::{StepFile, StepRecord},
    time::Period,
};
use sea_orm::{ColumnTrait, Condition};

fn packed(periods: &[Period]) -> impl Iterator<Item = i32> {
    periods.iter().map(|period| period.packed() as i32)
}

/// All standing step records of periods.
pub async fn records(read: &impl Read, periods: &[Period]) -> Result<Vec<Kept<StepRecord>>, Error> {
    let condition = Condition::all().add(step_record::Column::Period.is_in(packed(periods)));
    standing(read, condition).await
}

/// The standing record of one organisation, item and period.
pub async fn record(
    read: &impl Read,
    organisation: OrganisationId,
    item: DutyItem,
    period: Period,
) -> Result<Option<Kept<StepRecord>>, Error> {
    let condition = Condition::all()
        .add(step_record::Column::Organisation.eq(organisation.0))
        .add(step_record::Column::Item.eq(item.code()))
        .add(step_record::Column::Period.is_in(packed(&[period])));
    Ok(standing(read, condition).await?.pop())
}

/// All standing duties of periods.
pub async fn duties(read: &impl Read, periods: &[Period]) -> Result<Vec<Kept<Duty>>, Error> {
    let condition = Condition::all().add(duty::Column::Period.is_in(packed(periods)));
    standing(read, condition).await
}

/// The standing duty of one organisation, item and period.
pub async fn duty(
    read: &impl Read,
    organisation: OrganisationId,
    item: DutyItem,
    period: Period,
) -> Result<Option<Kept<Duty>>, Error> {
    let condition = Condition::all()
        .add(duty::Column::Organisation.eq(organisation.0))
        .add(duty::Column::Item.eq(item.code()))
        .add(duty::Column::Period.is_in(packed(&[period])));
    Ok(standing(read, condition).await?.pop())
}

/// All duties that stand and were not reported, of every period.
pub async fn open_duties(read: &impl Read) -> Result<Vec<Kept<Duty>>, Error> {
    let condition = Condition::all().add(duty::Column::ReportedOn.is_null());
    standing(read, condition).await
}

/// All inquiries that wait for somebody.
pub async fn open_inquiries(read: &impl Read) -> Result<Vec<Kept<Inquiry>>, Error> {
    let condition = Condition::all().add(inquiry::Column::State.ne(InquiryState::Closed.code()));
    standing(read, condition).await
}

/// All reminders about periods, in the order in which they were sent.
pub async fn reminders(read: &impl Read, periods: &[Period]) -> Result<Vec<Kept<Reminder>>, Error> {
    let condition = Condition::all().add(reminder::Column::Period.is_in(packed(periods)));
    standing(read, condition).await
}

/// Every file that was ever attached to a record or came with an answer about it, in the order in which they came.
pub async fn files_ever(
    read: &impl Read,
    record: StepRecordId,
) -> Result<Vec<Kept<StepFile>>, Error> {
    let condition = Condition::all().add(step_file::Column::Record.eq(record.0));
    versions(read, condition).await
}

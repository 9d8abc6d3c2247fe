//! How every act on a cell begins: permission, the duty, the record that stands, and whether it is the one that was seen.

use super::duties::{Duties, duties};
use super::files::Whereto;
use crate::{
    Error,
    act::NATIONAL,
    ctx::Ctx,
    permission::{Allowed, On, authorise},
};
use domain::{
    duty::{Duty, DutyItem},
    ids::{OrganisationId, StepRecordId},
    issue::{Issue, Place},
    organisation::{Organisation, OrganisationText},
    permission::Act,
    provenance::{Certainty, Provenance},
    step::{Blocked, Letter, Outcome, StepRecord, StepState},
    time::{Moment, Period},
};
use jiff::civil::Date;
use store::{Kept, New, Row, Store, Tx};
use uuid::Uuid;

/// One cell of the board, as somebody looked at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    /// Whose.
    pub organisation: OrganisationId,
    /// Which step.
    pub item: DutyItem,
    /// Of which fiscal year or quarter.
    pub period: Period,
    /// The version of the record that they saw; `None` = there was none. Files make a new version, so that nobody
    /// certifies evidence that they did not see.
    pub seen: Option<Uuid>,
}

/// What an act on a cell works with.
pub(super) struct Entered {
    pub by: Allowed,
    pub duty: Kept<Duty>,
    pub record: Option<StepRecord>,
    /// The version of the record that stands.
    pub seen: Option<Uuid>,
    cell: Cell,
    pub duties: Duties,
    pub today: Date,
}

impl Entered {
    /// Refuses to report what cannot be reported yet: of a period that has not ended nobody knows the whole.
    pub fn opened(&self) -> Result<(), Error> {
        let opens = self.duty.row.opens();
        if opens <= self.today {
            return Ok(());
        }
        let issue = Issue::error(Place::Whole, "step.not_open").with("opens", opens);
        Err(Error::Invalid(vec![issue]))
    }

    /// Where files of the record go: of the one that stands, or of the one to come.
    pub fn whereto<'a>(&self, ctx: &mut Ctx, province: &'a str) -> Whereto<'a> {
        let standing = self.record.as_ref().map(|record| record.id);
        Whereto {
            record: standing.unwrap_or_else(|| ctx.id()),
            organisation: self.cell.organisation,
            inquiry: None,
            province,
        }
    }

    /// The first record of a cell.
    pub fn first(
        &self,
        id: StepRecordId,
        state: StepState,
        outcome: Outcome,
        on_behalf: Option<Letter>,
    ) -> StepRecord {
        StepRecord {
            id,
            organisation: self.cell.organisation,
            item: self.cell.item,
            period: self.cell.period,
            state,
            outcome,
            on_behalf,
            returned: None,
        }
    }
}

/// Asks for permission, finds the duty and the record, and refuses what somebody else changed in the meantime.
pub(super) async fn enter(
    tx: &Tx,
    ctx: &Ctx,
    act: Act,
    cell: Cell,
    at: Moment,
) -> Result<Entered, Error> {
    let on = On::Organisation(cell.organisation);
    let by = authorise(tx, ctx, act, on, at).await?;
    let (organisation, item, period) = (cell.organisation, cell.item, cell.period);
    let duty = store::steps::duty(tx, organisation, item, period).await?;
    let duty = duty.ok_or_else(|| Error::not_found(Issue::error(Place::Whole, "step.no_duty")))?;
    let record = store::steps::record(tx, organisation, item, period).await?;
    if record.as_ref().map(|kept| kept.stamp.version) != cell.seen {
        return Err(Error::stale(Issue::error(Place::Whole, "step.changed")));
    }
    let seen = cell.seen;
    let record = record.map(|kept| kept.row);
    // What does not apply by the class of the organisation has no record that could make it apply.
    if !duty.row.applicable && record.is_none() {
        let issue = Issue::error(Place::Whole, "step.not_owed");
        return Err(Error::stale(issue));
    }
    Ok(Entered {
        by,
        duty,
        record,
        seen,
        cell,
        duties: duties()?,
        today: at.thai_day(),
    })
}

/// The trail that tells of an organisation: that of its province.
pub(super) async fn trail_of(store: &Store, organisation: OrganisationId) -> Result<String, Error> {
    let kept = store::get::<(Organisation, OrganisationText)>(store, organisation).await?;
    let province = kept.and_then(|kept| kept.row.1.province);
    Ok(province.unwrap_or_else(|| NATIONAL.to_owned()))
}

/// The record that an act needs.
pub(super) fn standing(record: Option<StepRecord>) -> Result<StepRecord, Error> {
    record.ok_or_else(|| Error::stale(Issue::error(Place::Whole, "step.nothing_recorded")))
}

/// A step of the record that its state does not allow.
pub(super) fn blocked(blocked: Blocked) -> Error {
    Error::stale(Issue::error(Place::Whole, blocked.code()))
}

/// Records the next version of a row, in the name of who acts, and gives its version.
pub(super) async fn put<R: Row>(tx: &Tx, ctx: &mut Ctx, at: Moment, row: R) -> Result<Uuid, Error> {
    let version = ctx.id();
    let new = New {
        version,
        provenance: Some(entered(ctx)),
        row,
    };
    store::record(tx, at, [new]).await?;
    Ok(version)
}

/// Records a duty that counts differently now.
pub(super) async fn put_duty(
    tx: &Tx,
    ctx: &mut Ctx,
    at: Moment,
    before: &Kept<Duty>,
    after: Duty,
) -> Result<(), Error> {
    if before.row == after {
        return Ok(());
    }
    let new = New {
        version: ctx.id(),
        provenance: before.stamp.provenance.clone(),
        row: after,
    };
    store::record(tx, at, [new]).await?;
    Ok(())
}

pub(super) fn entered(ctx: &Ctx) -> Provenance {
    Provenance {
        source: ctx.actor.clone(),
        certainty: Certainty::Entered,
    }
}

//! Duties: the coverage of organisation × step, with N from what has to be reported and nothing else.

use crate::{
    fault::Fault,
    index::{Index, OrgIx},
    ledger::is_a_period,
    organisations::{Organisations, Replanted},
    posted::Posted,
    seats::Day,
    snapshot::Snapshot,
};
use domain::{
    duty::{Duty, DutyItem, DutyState},
    facts::{Change, Fact, Facts, Key},
    ids::{DutyId, OrganisationId},
    organisation::Axis,
    time::Period,
};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Everything that has to be reported.
#[derive(Debug, Clone, Default)]
pub struct Duties {
    index: Index<DutyId>,
    rows: Vec<Option<Duty>>,
    /// The duties of one item and period: one per organisation, where it sat on the last day of the period.
    posted: BTreeMap<(DutyItem, Period), Posted>,
}

/// How far something is reported below an organisation. The four are different things and never look alike.
///
/// "Reported n of N" is [`Coverage::n`] of [`Coverage::of`]; an organisation without a duty is in none of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Coverage {
    /// รายงานแล้ว.
    pub reported: u32,
    /// ยังไม่รายงาน: due and missing.
    pub missing: u32,
    /// ยังไม่ถึงกำหนด: in N, not missing.
    pub not_yet_due: u32,
    /// ไม่เกี่ยวข้อง: not in N.
    pub not_applicable: u32,
}

impl Coverage {
    /// n: how many have reported.
    pub const fn n(&self) -> u32 {
        self.reported
    }

    /// N: how many have to report, whether it is due already or not.
    pub const fn of(&self) -> u32 {
        self.reported + self.missing + self.not_yet_due
    }

    /// Adds one organisation in a state.
    pub const fn count(&mut self, state: DutyState) {
        match state {
            DutyState::Reported => self.reported += 1,
            DutyState::Missing => self.missing += 1,
            DutyState::NotYetDue => self.not_yet_due += 1,
            DutyState::NotApplicable => self.not_applicable += 1,
        }
    }
}

impl Duties {
    pub(crate) fn build(
        facts: &Facts,
        organisations: &Organisations,
        faults: &mut Vec<Fault>,
    ) -> Self {
        let mut these = Self {
            index: Index::with_capacity(facts.duties.len()),
            ..Self::default()
        };
        let mut asked = BTreeMap::<_, Vec<_>>::new();
        for row in &facts.duties {
            let number = these.index.number(row.id);
            if number as usize != these.rows.len() {
                let row = Key::Duty(row.id);
                faults.push(Fault::Duplicate { row });
                continue;
            }
            these.rows.push(Some(*row));
            match check_duty(row, organisations) {
                Ok(organisation) => asked
                    .entry((row.item, row.period))
                    .or_default()
                    .push((organisation.0, number)),
                Err(fault) => faults.push(fault),
            }
        }
        for (key, rows) in &mut asked {
            rows.sort_unstable();
            for pair in rows.windows(2) {
                if pair[0].0 == pair[1].0 {
                    faults.push(these.asked_twice(pair[0].1, pair[1].1));
                }
            }
            let posted = Posted::new(Day::of(key.1.last_day()), rows, organisations);
            these.posted.insert(*key, posted);
        }
        these
    }

    /// Whether the change can be applied to duties.
    pub(crate) fn check(
        &self,
        change: &Change,
        organisations: &Organisations,
    ) -> Result<(), Fault> {
        match change {
            Change::Recorded(Fact::Duty(row)) => {
                let organisation = check_duty(row, organisations)?;
                let posted = self.posted.get(&(row.item, row.period));
                let other = posted.and_then(|posted| posted.row_of(organisation, organisations));
                match other {
                    Some(other) if self.index.id(other) != row.id => Err(Fault::AskedTwice {
                        first: Key::Duty(row.id.min(self.index.id(other))),
                        second: Key::Duty(row.id.max(self.index.id(other))),
                    }),
                    _ => Ok(()),
                }
            }
            Change::Ended(row @ Key::Duty(id)) => match self.duty(*id) {
                Some(_) => Ok(()),
                None => Err(Fault::NotStanding { row: *row }),
            },
            Change::Ended(row @ Key::Organisation(id)) => {
                let duties = self.rows.iter().flatten();
                let named = duties.filter(|duty| duty.organisation == *id);
                match named.map(|duty| duty.id).min() {
                    Some(duty) => Err(Fault::StillNamed {
                        row: *row,
                        by: Key::Duty(duty),
                    }),
                    None => Ok(()),
                }
            }
            _ => Ok(()),
        }
    }

    /// Applies a change that every module accepted. The organisations have it already.
    pub(crate) fn apply(
        &mut self,
        change: &Change,
        organisations: &Organisations,
        replanted: &[Replanted],
    ) {
        for replanted in replanted {
            for posted in self.posted.values_mut() {
                posted.replant(replanted, organisations);
            }
        }
        match change {
            Change::Recorded(Fact::Duty(row)) => {
                self.take(row.id, organisations);
                let number = self.index.number(row.id);
                self.rows.resize(self.index.len(), None);
                self.rows[number as usize] = Some(*row);
                if let Some(organisation) = organisations.number(row.organisation) {
                    self.posted
                        .entry((row.item, row.period))
                        .or_insert_with(|| {
                            Posted::new(Day::of(row.period.last_day()), &[], organisations)
                        })
                        .post(organisation, number, organisations);
                }
            }
            Change::Ended(Key::Duty(id)) => self.take(*id, organisations),
            _ => {}
        }
    }

    /// The duty, when it stands.
    pub fn duty(&self, id: DutyId) -> Option<&Duty> {
        self.rows.get(self.index.get(id)? as usize)?.as_ref()
    }

    /// The items and periods for which anything has to be reported.
    pub fn asked(&self) -> impl Iterator<Item = (DutyItem, Period)> + '_ {
        self.posted.keys().copied()
    }

    fn take(&mut self, id: DutyId, organisations: &Organisations) {
        let Some(number) = self.index.get(id) else {
            return;
        };
        if let Some(old) = self.rows[number as usize].take()
            && let Some(organisation) = organisations.number(old.organisation)
            && let Some(posted) = self.posted.get_mut(&(old.item, old.period))
        {
            posted.take(organisation, organisations);
            if posted.is_empty() {
                self.posted.remove(&(old.item, old.period));
            }
        }
    }

    fn asked_twice(&self, one: u32, other: u32) -> Fault {
        let (one, other) = (self.index.id(one), self.index.id(other));
        Fault::AskedTwice {
            first: Key::Duty(one.min(other)),
            second: Key::Duty(one.max(other)),
        }
    }
}

impl Snapshot {
    /// How far one item of one period is reported below an organisation (itself included) on `today`: the organisations
    /// that sat below it on the last day of the period. `None` when the organisation does not stand.
    pub fn coverage(
        &self,
        axis: Axis,
        organisation: OrganisationId,
        item: DutyItem,
        period: Period,
        today: Date,
    ) -> Option<Coverage> {
        let mut coverage = Coverage::default();
        for duty in self.duties_below(axis, organisation, item, period)? {
            coverage.count(duty.state(today));
        }
        Some(coverage)
    }

    /// The duties behind [`Snapshot::coverage`], in pre-order.
    pub fn duties_below(
        &self,
        axis: Axis,
        organisation: OrganisationId,
        item: DutyItem,
        period: Period,
    ) -> Option<impl Iterator<Item = &Duty>> {
        let organisation = self.organisations.number(organisation)?;
        let posted = self.duties.posted.get(&(item, period));
        let below = posted.map(|posted| posted.below(axis, organisation, &self.organisations));
        let rows = below.unwrap_or(&[]).iter();
        Some(rows.filter_map(|(_, row)| self.duties.rows[*row as usize].as_ref()))
    }

    /// The duties of one item and period, in the pre-order of the reporting line.
    pub fn duties_of(&self, item: DutyItem, period: Period) -> impl Iterator<Item = &Duty> {
        let posted = self.duties.posted.get(&(item, period));
        let rows = posted.map(Posted::all).unwrap_or(&[]).iter();
        rows.filter_map(|(_, row)| self.duties.rows[*row as usize].as_ref())
    }

    /// The state of one organisation's own duty; `None` when nothing is asked of it.
    pub fn duty_state(
        &self,
        organisation: OrganisationId,
        item: DutyItem,
        period: Period,
        today: Date,
    ) -> Option<DutyState> {
        let organisation = self.organisations.number(organisation)?;
        let posted = self.duties.posted.get(&(item, period))?;
        let row = posted.row_of(organisation, &self.organisations)?;
        let duty = self.duties.rows[row as usize].as_ref()?;
        Some(duty.state(today))
    }
}

/// What is wrong with a duty by itself; else who has it.
fn check_duty(row: &Duty, organisations: &Organisations) -> Result<OrgIx, Fault> {
    let by = Key::Duty(row.id);
    if !is_a_period(row.period) {
        return Err(Fault::Period { row: by });
    }
    match organisations.number(row.organisation) {
        Some(organisation) => Ok(organisation),
        None => Err(Fault::Unknown {
            by,
            what: Key::Organisation(row.organisation),
        }),
    }
}

//! Changes of readings.

use super::{Kept, Observations, later};
use crate::{
    fault::Fault,
    index::OrgIx,
    ledger::is_a_period,
    organisations::{Organisations, Replanted},
    posted::Posted,
    seats::{Day, NONE},
};
use domain::{
    facts::{Change, Fact, Key},
    ids::{NodeId, OrganisationId},
    indicator::Observation,
    time::Period,
};

impl Observations {
    /// Whether the change can be applied to indicators and readings.
    pub(crate) fn check(
        &self,
        change: &Change,
        organisations: &Organisations,
    ) -> Result<(), Fault> {
        match change {
            Change::Recorded(Fact::Observation(row)) => self.check_reading(row, organisations),
            Change::Ended(row @ Key::Indicator(node)) => {
                self.check_indicator_ends(*row, *node, organisations)
            }
            Change::Ended(row @ Key::Organisation(id)) => {
                self.check_organisation_ends(*row, *id, organisations)
            }
            Change::Ended(
                row @ Key::Observation {
                    indicator,
                    organisation,
                    period,
                    as_of,
                },
            ) => {
                let head = organisations
                    .number(*organisation)
                    .and_then(|organisation| {
                        let series = self.series_of(*indicator)?;
                        let (_, posted) = series.iter().find(|(found, _)| found == period)?;
                        posted.row_of(organisation, organisations)
                    });
                let mut chain = head.into_iter().flat_map(|head| self.chain(head));
                match chain.any(|(_, kept)| kept.as_of == Day::of(*as_of)) {
                    true => Ok(()),
                    false => Err(Fault::NotStanding { row: *row }),
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
            for (_, posted) in self.series.iter_mut().flatten() {
                posted.replant(replanted, organisations);
            }
        }
        match change {
            Change::Recorded(Fact::Indicator(row)) => {
                let number = self.index.number(row.node) as usize;
                self.stands.resize(self.index.len(), false);
                self.series.resize_with(self.index.len(), Vec::new);
                self.stands[number] = true;
            }
            Change::Recorded(Fact::Observation(row)) => {
                if let Some(organisation) = organisations.number(row.organisation)
                    && let Some(number) = self.index.get(row.indicator)
                {
                    let kept = Kept::new(organisation.0, row.as_of, row.reading);
                    self.unread(number, organisation, row.period, kept.as_of, organisations);
                    self.record(number, organisation, row.period, kept, organisations);
                }
            }
            Change::Ended(Key::Indicator(node)) => {
                if let Some(number) = self.index.get(*node) {
                    self.stands[number as usize] = false;
                }
            }
            Change::Ended(Key::Observation {
                indicator,
                organisation,
                period,
                as_of,
            }) => {
                if let Some(organisation) = organisations.number(*organisation)
                    && let Some(number) = self.index.get(*indicator)
                {
                    let as_of = Day::of(*as_of);
                    self.unread(number, organisation, *period, as_of, organisations);
                }
            }
            _ => {}
        }
    }

    /// Puts a reading among those of its organisation and period; none has its as-of day.
    fn record(
        &mut self,
        indicator: u32,
        organisation: OrgIx,
        period: Period,
        mut kept: Kept,
        organisations: &Organisations,
    ) {
        let series = &mut self.series[indicator as usize];
        let found = series.binary_search_by_key(&later(period), |(found, _)| later(*found));
        let at = found.unwrap_or_else(|at| {
            let posted = Posted::new(Day::of(period.last_day()), &[], organisations);
            series.insert(at, (period, posted));
            at
        });
        let posted = &mut series[at].1;
        let place = self.free.pop().unwrap_or(self.readings.len() as u32);
        let head = posted.row_of(organisation, organisations).unwrap_or(NONE);
        let (mut newer, mut older) = (NONE, head);
        while older != NONE && self.readings[older as usize].as_of > kept.as_of {
            newer = older;
            older = self.readings[older as usize].older;
        }
        kept.older = older;
        match newer {
            NONE => posted.post(organisation, place, organisations),
            newer => self.readings[newer as usize].older = place,
        }
        match self.readings.get_mut(place as usize) {
            Some(free) => *free = kept,
            None => self.readings.push(kept),
        }
    }

    /// Takes the reading of one as-of day away, if there is one.
    fn unread(
        &mut self,
        indicator: u32,
        organisation: OrgIx,
        period: Period,
        as_of: Day,
        organisations: &Organisations,
    ) {
        let series = &mut self.series[indicator as usize];
        let Ok(at) = series.binary_search_by_key(&later(period), |(found, _)| later(*found)) else {
            return;
        };
        let posted = &mut series[at].1;
        let mut place = posted.row_of(organisation, organisations).unwrap_or(NONE);
        let mut newer = NONE;
        while place != NONE && self.readings[place as usize].as_of != as_of {
            newer = place;
            place = self.readings[place as usize].older;
        }
        if place == NONE {
            return;
        }
        let older = self.readings[place as usize].older;
        match (newer, older) {
            (NONE, NONE) => posted.take(organisation, organisations),
            (NONE, older) => posted.post(organisation, older, organisations),
            (newer, older) => self.readings[newer as usize].older = older,
        }
        if posted.is_empty() {
            series.remove(at);
        }
        self.free.push(place);
    }

    /// What is wrong with a reading by itself.
    fn check_reading(&self, row: &Observation, organisations: &Organisations) -> Result<(), Fault> {
        let by = Key::Observation {
            indicator: row.indicator,
            organisation: row.organisation,
            period: row.period,
            as_of: row.as_of,
        };
        if !is_a_period(row.period) {
            return Err(Fault::Period { row: by });
        }
        let what = match (
            organisations.number(row.organisation),
            self.series_of(row.indicator),
        ) {
            (Some(_), Some(_)) => return Ok(()),
            (None, _) => Key::Organisation(row.organisation),
            _ => Key::Indicator(row.indicator),
        };
        Err(Fault::Unknown { by, what })
    }

    fn check_indicator_ends(
        &self,
        row: Key,
        node: NodeId,
        organisations: &Organisations,
    ) -> Result<(), Fault> {
        let Some(series) = self.series_of(node) else {
            return Err(Fault::NotStanding { row });
        };
        let any = series.iter().find_map(|(period, posted)| {
            let kept = &self.readings[posted.any()? as usize];
            Some(Key::Observation {
                indicator: node,
                organisation: organisations.id(OrgIx(kept.organisation)),
                period: *period,
                as_of: kept.as_of.date()?,
            })
        });
        any.map_or(Ok(()), |by| Err(Fault::StillNamed { row, by }))
    }

    fn check_organisation_ends(
        &self,
        row: Key,
        id: OrganisationId,
        organisations: &Organisations,
    ) -> Result<(), Fault> {
        let Some(organisation) = organisations.number(id) else {
            return Ok(());
        };
        for (number, series) in self.series.iter().enumerate() {
            for (period, posted) in series {
                if let Some(head) = posted.row_of(organisation, organisations)
                    && let Some(as_of) = self.readings[head as usize].as_of.date()
                {
                    let by = Key::Observation {
                        indicator: self.index.id(number as u32),
                        organisation: id,
                        period: *period,
                        as_of,
                    };
                    return Err(Fault::StillNamed { row, by });
                }
            }
        }
        Ok(())
    }
}

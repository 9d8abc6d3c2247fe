//! Everything that was read for indicators. The indicators themselves are nodes of plans and stand in `plans`.
//!
//! Several readings of one period live side by side, one per as-of day. What they say of a subtree is in [`latest`].

mod change;
pub mod latest;

use crate::{
    fault::Fault,
    index::{Index, OrgIx},
    ledger::is_a_period,
    organisations::Organisations,
    posted::Posted,
    seats::{Day, NONE},
};
use domain::{
    facts::{Facts, Key, ObservationRow},
    ids::NodeId,
    indicator::{Quantity, Reading},
    organisation::Axis,
    time::{Period, PeriodKind},
};
use jiff::civil::Date;

/// All readings.
#[derive(Debug, Clone, Default)]
pub struct Observations {
    index: Index<NodeId>,
    /// Which indicators stand; one that ended keeps its number.
    stands: Vec<bool>,
    /// The readings; those of one organisation, indicator and period hang together, the latest first.
    readings: Vec<Kept>,
    /// Places in `readings` that are free.
    free: Vec<u32>,
    /// Per indicator its periods in the order of [`later`], the latest last.
    series: Vec<Vec<(Period, Posted)>>,
}

/// A reading in 32 bytes.
#[derive(Debug, Clone, Copy)]
struct Kept {
    organisation: u32,
    /// The reading of the same organisation, indicator and period with the as-of day before.
    older: u32,
    as_of: Day,
    kind: Kind,
    first: Quantity,
    second: Quantity,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Ratio,
    Count,
    Printed,
}

impl Kept {
    fn new(organisation: u32, as_of: Date, reading: Reading) -> Self {
        let (kind, first, second) = match reading {
            Reading::Ratio {
                numerator,
                denominator,
            } => (Kind::Ratio, numerator, denominator),
            Reading::Count { value } => (Kind::Count, value, Quantity(0)),
            Reading::Printed { value } => (Kind::Printed, value, Quantity(0)),
        };
        Self {
            organisation,
            older: NONE,
            as_of: Day::of(as_of),
            kind,
            first,
            second,
        }
    }

    fn reading(&self) -> Reading {
        match self.kind {
            Kind::Ratio => Reading::Ratio {
                numerator: self.first,
                denominator: self.second,
            },
            Kind::Count => Reading::Count { value: self.first },
            Kind::Printed => Reading::Printed { value: self.first },
        }
    }
}

/// Periods in the order in which they end; of those that end on the same day a quarter comes before the whole year.
/// The greatest is the latest.
pub fn later(period: Period) -> (Date, bool, PeriodKind) {
    (period.last_day(), period.quarter.is_none(), period.kind)
}

impl Observations {
    pub(crate) fn build(
        facts: &Facts,
        organisations: &Organisations,
        faults: &mut Vec<Fault>,
    ) -> Self {
        let mut these = Self {
            index: Index::with_capacity(facts.indicators.len()),
            ..Self::default()
        };
        for (position, row) in facts.indicators.iter().enumerate() {
            if these.index.number(row.node) as usize != position {
                let row = Key::Indicator(row.node);
                faults.push(Fault::Duplicate { row });
                // Keeps positions and numbers together for the lists that name indicators by position.
                these.index.number(NodeId::from_u128(!(position as u128)));
            }
        }
        these.stands = vec![true; facts.indicators.len()];
        these.series = vec![Vec::new(); facts.indicators.len()];
        these.read(facts, organisations, faults);
        these
    }

    /// Takes in the readings. Of two with the same key the one recorded later stands.
    fn read(&mut self, facts: &Facts, organisations: &Organisations, faults: &mut Vec<Fault>) {
        // (indicator, period, row): one number, because a million of them are sorted.
        let mut order: Vec<u128> = Vec::with_capacity(facts.observations.len());
        for (n, row) in facts.observations.iter().enumerate() {
            let known = [
                (row.organisation, facts.organisations.len()),
                (row.indicator, facts.indicators.len()),
            ];
            let beyond = known.iter().find(|(at, len)| *at as usize >= *len);
            if let Some((position, _)) = beyond {
                faults.push(Fault::Position {
                    list: "observations",
                    row: n,
                    position: *position,
                });
            } else if is_a_period(row.period) {
                let series = u128::from(row.indicator) << 32 | u128::from(row.period.packed());
                order.push(series << 32 | n as u128);
            } else {
                let row = self.key_of(row, organisations);
                faults.push(Fault::Period { row });
            }
        }
        order.sort_unstable();
        self.readings.reserve(order.len());
        for series in order.chunk_by(|one, other| one >> 32 == other >> 32) {
            let rows = series.iter().map(|packed| *packed as u32 as usize);
            let rows: Vec<_> = rows.map(|n| &facts.observations[n]).collect();
            self.read_series(rows, organisations, faults);
        }
        for series in &mut self.series {
            series.sort_by_key(|(period, _)| later(*period));
        }
    }

    /// Takes in the readings of one indicator and period.
    fn read_series(
        &mut self,
        rows: Vec<&ObservationRow>,
        organisations: &Organisations,
        faults: &mut Vec<Fault>,
    ) {
        let Some((indicator, period)) = rows.first().map(|row| (row.indicator, row.period)) else {
            return;
        };
        let day = Day::of(period.last_day());
        let forest = organisations.forest(Axis::CoordinatedBy);
        // In pre-order, because that is how they are asked for; then by as-of day.
        let mut rows: Vec<_> = rows
            .into_iter()
            .map(|row| (forest.seat_on(OrgIx(row.organisation), day), row))
            .collect();
        rows.sort_unstable_by_key(|(seat, row)| {
            (*seat, row.organisation, row.as_of, row.recorded_at)
        });
        let mut heads: Vec<(u32, u32)> = Vec::new();
        let mut last: Option<&ObservationRow> = None;
        for (_, row) in rows {
            let mut kept = Kept::new(row.organisation, row.as_of, row.reading);
            let same_key = last
                .filter(|last| (last.organisation, last.as_of) == (row.organisation, row.as_of));
            if let Some(last) = same_key
                && last.recorded_at == row.recorded_at
                && last.reading != row.reading
            {
                // Neither is the later one.
                let row = self.key_of(row, organisations);
                faults.push(Fault::Duplicate { row });
            }
            last = Some(row);
            let place = self.readings.len() as u32;
            match heads.last_mut() {
                Some((organisation, head)) if *organisation == row.organisation => {
                    let before = &mut self.readings[*head as usize];
                    if same_key.is_some() {
                        kept.older = before.older;
                        *before = kept;
                        continue;
                    }
                    kept.older = *head;
                    *head = place;
                }
                _ => heads.push((row.organisation, place)),
            }
            self.readings.push(kept);
        }
        let posted = Posted::new(day, &heads, organisations);
        self.series[indicator as usize].push((period, posted));
    }

    fn key_of(&self, row: &ObservationRow, organisations: &Organisations) -> Key {
        Key::Observation {
            indicator: self.index.id(row.indicator),
            organisation: organisations.id(OrgIx(row.organisation)),
            period: row.period,
            as_of: row.as_of,
        }
    }

    /// The periods of which anything was read for an indicator, the earliest first.
    pub fn periods(&self, node: NodeId) -> Vec<Period> {
        let series = self.series_of(node).unwrap_or(&[]);
        series.iter().map(|(period, _)| *period).collect()
    }

    fn series_of(&self, node: NodeId) -> Option<&[(Period, Posted)]> {
        let number = self.index.get(node)? as usize;
        self.stands[number].then(|| self.series[number].as_slice())
    }

    fn chain(&self, head: u32) -> impl Iterator<Item = (u32, &Kept)> {
        let next = move |at: u32| self.readings.get(at as usize).map(|kept| (at, kept));
        std::iter::successors(next(head), move |(_, kept)| next(kept.older))
    }
}

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
        let mut order: Vec<(u32, u32)> = Vec::with_capacity(facts.observations.len());
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
                order.push((row.indicator, n as u32));
            } else {
                let row = self.key_of(row, organisations);
                faults.push(Fault::Period { row });
            }
        }
        let row = |n: u32| &facts.observations[n as usize];
        let forest = organisations.forest(domain::organisation::Axis::CoordinatedBy);
        // In the order in which they are asked for: by indicator, period and seat; then by as-of day.
        order.sort_unstable_by_key(|(indicator, n)| {
            let row = row(*n);
            (
                *indicator,
                later(row.period),
                row.organisation,
                row.as_of,
                row.recorded_at,
            )
        });
        let same_series =
            |a: &(u32, u32), b: &(u32, u32)| a.0 == b.0 && row(a.1).period == row(b.1).period;
        self.readings.reserve(order.len());
        for series in order.chunk_by_mut(same_series) {
            let (indicator, first) = series[0];
            let period = row(first).period;
            let day = Day::of(period.last_day());
            series.sort_by_key(|(_, n)| forest.seat_on(OrgIx(row(*n).organisation), day));
            let mut heads: Vec<(u32, u32)> = Vec::new();
            for (_, n) in series.iter() {
                let row = row(*n);
                let mut kept = Kept::new(row.organisation, row.as_of, row.reading);
                if let Some((organisation, head)) = heads.last_mut()
                    && *organisation == row.organisation
                {
                    let before = &mut self.readings[*head as usize];
                    if before.as_of == kept.as_of {
                        kept.older = before.older;
                        *before = kept;
                        continue;
                    }
                    kept.older = *head;
                    *head = self.readings.len() as u32;
                } else {
                    heads.push((row.organisation, self.readings.len() as u32));
                }
                self.readings.push(kept);
            }
            heads.sort_unstable();
            let posted = Posted::new(day, &heads, organisations);
            self.series[indicator as usize].push((period, posted));
        }
        self.find_undecided(facts, &order, organisations, faults);
    }

    /// Readings with the same key, recorded at the same moment, that differ: neither is the later one.
    fn find_undecided(
        &self,
        facts: &Facts,
        order: &[(u32, u32)],
        organisations: &Organisations,
        faults: &mut Vec<Fault>,
    ) {
        for pair in order.windows(2) {
            let [one, other] = [pair[0].1, pair[1].1].map(|n| &facts.observations[n as usize]);
            if self.key_of(one, organisations) == self.key_of(other, organisations)
                && one.recorded_at == other.recorded_at
                && one.reading != other.reading
            {
                let row = self.key_of(one, organisations);
                faults.push(Fault::Duplicate { row });
            }
        }
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

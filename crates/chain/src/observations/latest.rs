//! The latest reading of any subtree: topmost wins, nothing is added twice, nothing printed is ever added.

use super::{Kept, Kind};
use crate::{index::OrgIx, seats::Day, snapshot::Snapshot};
use domain::{
    ids::{NodeId, OrganisationId},
    indicator::{Quantity, Reading},
    organisation::Axis,
    time::Period,
};
use jiff::civil::Date;

/// What was last read of an indicator below an organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Latest {
    /// The latest period of which anything below the organisation was read.
    pub period: Period,
    /// The earliest and the latest as-of day among the readings that are in the sum.
    pub as_of: (Date, Date),
    /// n: how many organisations contribute a reading.
    pub organisations: u32,
    /// What they say together.
    pub sum: Sum,
}

/// Readings of disjoint subtrees together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sum {
    /// All numerators and all denominators, each added.
    Ratio {
        /// Above the line.
        numerator: Quantity,
        /// Below the line; may be zero, then there is no rate.
        denominator: Quantity,
    },
    /// All counts, added.
    Count {
        /// How many.
        value: Quantity,
    },
    /// The organisation's own printed value.
    Printed {
        /// As printed.
        value: Quantity,
    },
    /// Printed values of organisations below: they are neither added nor averaged.
    NotSummable,
    /// Readings of different kinds: they cannot be added to each other.
    Mixed {
        /// How many organisations read a ratio.
        ratios: u32,
        /// How many read a count.
        counts: u32,
        /// How many printed a value.
        printed: u32,
    },
    /// The sum is greater than any quantity.
    TooLarge,
}

impl Sum {
    /// Numerator over denominator in hundredths (per cent), rounded to the nearest millionth of a per cent, halves away
    /// from zero. `None` when this is no ratio, when the denominator is zero (0 of 0 is not 0 per cent), or when the
    /// rate is greater than any quantity.
    pub fn per_cent(&self) -> Option<Quantity> {
        let Sum::Ratio {
            numerator,
            denominator,
        } = self
        else {
            return None;
        };
        let (above, below) = (i128::from(numerator.0), i128::from(denominator.0));
        if below == 0 {
            return None;
        }
        let (above, below) = (above * below.signum() * 100_000_000, below.abs());
        let rounded = (2 * above.abs() + below) / (2 * below) * above.signum();
        i64::try_from(rounded).ok().map(Quantity)
    }
}

/// One reading behind a [`Latest`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Contributed {
    /// About which organisation: it speaks for everything below it.
    pub organisation: OrgIx,
    /// As of which day.
    pub as_of: Date,
    /// What was read.
    pub reading: Reading,
}

impl Snapshot {
    /// What was last read of an indicator below an organisation (itself included) on an axis:
    ///
    /// - the latest period ([`super::later`]) of which any organisation that sat below on its last day has a reading;
    /// - per organisation the reading of that period with the latest as-of day;
    /// - an organisation's own reading stands for everything below it, whatever was read there: never both;
    /// - ratios add numerators and denominators, counts add; printed values are never added, so one is only shown when
    ///   it is the organisation's own.
    ///
    /// `None` when nothing was read, or when the organisation or the indicator does not stand.
    pub fn latest(
        &self,
        axis: Axis,
        organisation: OrganisationId,
        indicator: NodeId,
    ) -> Option<Latest> {
        let organisation = self.organisations.number(organisation)?;
        let (period, tops) = self.tops(axis, organisation, indicator)?;
        let mut sum = Adding::default();
        let mut own = None;
        tops.for_each(|kept| {
            sum.add(kept);
            if kept.organisation == organisation.0 {
                own = Some(kept.first);
            }
        });
        sum.latest(period, own)
    }

    /// The readings behind [`Snapshot::latest`], in pre-order; empty when there is none.
    pub fn why_latest(
        &self,
        axis: Axis,
        organisation: OrganisationId,
        indicator: NodeId,
    ) -> Vec<Contributed> {
        let number = self.organisations.number(organisation);
        let tops = number.and_then(|number| self.tops(axis, number, indicator));
        let Some((_, tops)) = tops else {
            return Vec::new();
        };
        tops.filter_map(|kept| {
            Some(Contributed {
                organisation: OrgIx(kept.organisation),
                as_of: kept.as_of.date()?,
                reading: kept.reading(),
            })
        })
        .collect()
    }

    /// All readings of one organisation itself for one period, the latest as-of day first.
    pub fn readings(
        &self,
        organisation: OrganisationId,
        indicator: NodeId,
        period: Period,
    ) -> Vec<(Date, Reading)> {
        let head = || {
            let organisation = self.organisations.number(organisation)?;
            let series = self.observations.series_of(indicator)?;
            let (_, posted) = series.iter().find(|(found, _)| *found == period)?;
            posted.row_of(organisation, &self.organisations)
        };
        let chain = head().into_iter();
        chain
            .flat_map(|head| self.observations.chain(head))
            .filter_map(|(_, kept)| Some((kept.as_of.date()?, kept.reading())))
            .collect()
    }

    /// What was read of an indicator for one period below any of several organisations together: the rules of
    /// [`Snapshot::latest`], with every reading counted once even where one of the organisations lies below another.
    /// A printed value is shown only where it is the only reading and one of the organisations' own.
    ///
    /// `None` when nothing was read of that period.
    pub fn read_together(
        &self,
        axis: Axis,
        organisations: &[OrganisationId],
        indicator: NodeId,
        period: Period,
    ) -> Option<Latest> {
        let series = self.observations.series_of(indicator)?;
        let (_, posted) = series.iter().find(|(found, _)| *found == period)?;
        let forest = self.organisations.forest(axis);
        let known = organisations
            .iter()
            .filter_map(|id| self.organisations.number(*id));
        let mut rows: Vec<(u32, u32)> = known
            .clone()
            .flat_map(|top| posted.below(axis, top, &self.organisations))
            .copied()
            .collect();
        rows.sort_unstable();
        rows.dedup();
        let (mut sum, mut own, mut spoken_for) = (Adding::default(), None, 0);
        for (seat, head) in rows {
            if seat < spoken_for {
                continue;
            }
            spoken_for = forest.seats()[seat as usize].end;
            let kept = &self.observations.readings[head as usize];
            own = (sum.is_empty() && known.clone().any(|top| top.0 == kept.organisation))
                .then_some(kept.first);
            sum.add(kept);
        }
        sum.latest(period, own)
    }

    /// The latest period with a reading in the subtree, and its topmost readings in pre-order.
    fn tops(
        &self,
        axis: Axis,
        organisation: OrgIx,
        indicator: NodeId,
    ) -> Option<(Period, impl Iterator<Item = &Kept>)> {
        let series = self.observations.series_of(indicator)?.iter().rev();
        let (period, rows) = series
            .map(|(period, posted)| {
                let rows = posted.below(axis, organisation, &self.organisations);
                (*period, rows)
            })
            .find(|(_, rows)| !rows.is_empty())?;
        let seats = self.organisations.forest(axis).seats();
        let mut spoken_for = 0;
        let tops = rows.iter().filter_map(move |(seat, head)| {
            if *seat < spoken_for {
                return None;
            }
            spoken_for = seats[*seat as usize].end;
            Some(&self.observations.readings[*head as usize])
        });
        Some((period, tops))
    }
}

/// Sums that cannot overflow, by kind of reading.
#[derive(Default)]
struct Adding {
    ratios: u32,
    counts: u32,
    printed: u32,
    first: i128,
    second: i128,
    as_of: Option<(Day, Day)>,
}

impl Adding {
    fn is_empty(&self) -> bool {
        self.as_of.is_none()
    }

    fn add(&mut self, kept: &Kept) {
        match kept.kind {
            Kind::Ratio => self.ratios += 1,
            Kind::Count => self.counts += 1,
            Kind::Printed => self.printed += 1,
        }
        self.first += i128::from(kept.first.0);
        self.second += i128::from(kept.second.0);
        self.as_of = Some(match self.as_of {
            None => (kept.as_of, kept.as_of),
            Some((first, last)) => (first.min(kept.as_of), last.max(kept.as_of)),
        });
    }

    fn latest(self, period: Period, own: Option<Quantity>) -> Option<Latest> {
        let (first, last) = self.as_of?;
        let whole = |sum: i128| i64::try_from(sum).ok().map(Quantity);
        let sum = match (self.ratios, self.counts, self.printed) {
            (_, 0, 0) => match (whole(self.first), whole(self.second)) {
                (Some(numerator), Some(denominator)) => Sum::Ratio {
                    numerator,
                    denominator,
                },
                _ => Sum::TooLarge,
            },
            (0, _, 0) => whole(self.first).map_or(Sum::TooLarge, |value| Sum::Count { value }),
            (0, 0, _) => own.map_or(Sum::NotSummable, |value| Sum::Printed { value }),
            (ratios, counts, printed) => Sum::Mixed {
                ratios,
                counts,
                printed,
            },
        };
        Some(Latest {
            period,
            as_of: (first.date()?, last.date()?),
            organisations: self.ratios + self.counts + self.printed,
            sum,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::observations::later;

    fn ratio(numerator: i64, denominator: i64) -> Sum {
        Sum::Ratio {
            numerator: Quantity::whole(numerator),
            denominator: Quantity::whole(denominator),
        }
    }

    #[test]
    fn nothing_of_nothing_is_no_rate_and_nothing_of_something_is_a_true_zero() {
        assert_eq!(ratio(0, 0).per_cent(), None);
        assert_eq!(ratio(5, 0).per_cent(), None);
        assert_eq!(ratio(0, 7).per_cent(), Some(Quantity(0)));
    }

    #[test]
    fn a_rate_is_rounded_once_and_may_exceed_a_hundred() {
        assert_eq!(ratio(2, 3).per_cent(), Some(Quantity(66_666_667)));
        assert_eq!(ratio(-2, 3).per_cent(), Some(Quantity(-66_666_667)));
        assert_eq!(
            ratio(12_267, 10_000).per_cent(),
            Some(Quantity(122_670_000))
        );
    }

    #[test]
    fn later_periods_end_later_and_a_year_comes_after_its_last_quarter() {
        let period = |kind, year, quarter| Period {
            kind,
            year,
            quarter,
        };
        use domain::time::{PeriodKind::*, Quarter::*};
        let order = [
            period(Calendar, 2568, None),
            period(Academic, 2568, None),
            period(Fiscal, 2569, Some(Q3)),
            period(Fiscal, 2569, Some(Q4)),
            period(Fiscal, 2569, None),
            period(Fiscal, 2570, Some(Q1)),
            period(Calendar, 2569, None),
        ];
        for pair in order.windows(2) {
            assert!(later(pair[0]) < later(pair[1]), "{pair:?}");
        }
    }
}

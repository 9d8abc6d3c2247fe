//! Seats: the time-unfolded forest of one axis, numbered in pre-order so that a subtree is a range.
//!
//! A *seat* is an organisation in an interval of days in which all its ancestors stand still. The parent of a seat is
//! the seat that the parent organisation has in that interval; so the seats of one axis form one forest, although the
//! memberships behind them change over time. An organisation has one seat or more, and exactly one on any day.
//! Moving and merging open new seats; the old ones, and what sits in them, stay where they were.

use crate::{index::OrgIx, pool::Pool};
use domain::time::FiscalPeriod;
use jiff::civil::Date;

/// "No such seat", "no such organisation".
pub(crate) const NONE: u32 = u32::MAX;

/// A day as one number that orders like the day: the first and the last stand for "since ever" and "until further
/// notice".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Day(i32);

impl Day {
    /// Before every day: since ever.
    pub const EVER: Day = Day(i32::MIN);
    /// After every day: until further notice.
    pub const NEVER: Day = Day(i32::MAX);

    /// A day of the calendar.
    pub fn of(date: Date) -> Self {
        Self(i32::from(date.year()) * 512 + i32::from(date.month()) * 32 + i32::from(date.day()))
    }

    /// The last day of a period.
    pub fn end_of(period: FiscalPeriod) -> Self {
        Self::of(period.last_day())
    }

    /// The day of the calendar; `None` for "since ever" and "until further notice".
    pub fn date(self) -> Option<Date> {
        if self == Self::EVER || self == Self::NEVER {
            return None;
        }
        let (year, month, day) = (self.0 >> 9, (self.0 >> 5) & 15, self.0 & 31);
        Date::new(year as i16, month as i8, day as i8).ok()
    }
}

/// One dated place: under whom, from which day, until the day before which.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    pub(crate) from: Day,
    pub(crate) to: Day,
    pub(crate) parent: u32,
}

/// An organisation in an interval in which all its ancestors stand still.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Seat {
    pub(crate) organisation: u32,
    /// The seat above; `NONE` at the top.
    pub(crate) parent: u32,
    /// The number after the last seat below this one.
    pub(crate) end: u32,
    pub(crate) from: Day,
    pub(crate) to: Day,
}

/// All seats of one axis, in pre-order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Forest {
    seats: Vec<Seat>,
    /// Where the seats of each organisation start in `of_organisation`; one more than there are organisations.
    starts: Vec<u32>,
    /// Seat numbers, grouped by organisation, in the order of time.
    of_organisation: Vec<u32>,
}

impl Forest {
    /// Unfolds the places of the organisations that stand. `places` holds for each organisation its places in the order
    /// of time, which do not overlap; without a place an organisation is at the top.
    ///
    /// Where organisations stand above themselves, no seat is reached from the top: [`Forest::holes`] finds those days.
    pub(crate) fn unfold(stands: &[bool], places: &Pool<Place>) -> Self {
        let organisations = stands.len();
        let below = Pool::group(
            organisations,
            (0..organisations as u32).flat_map(|organisation| {
                places.list(organisation).iter().map(move |place| {
                    let child = (organisation, place.from, place.to);
                    (place.parent, child)
                })
            }),
        );
        let mut seats: Vec<Seat> = Vec::with_capacity(organisations + organisations / 8);
        let mut open: Vec<(u32, Day, Day, u32)> = Vec::new();
        for top in (0..organisations as u32).filter(|top| stands[*top as usize]) {
            for_each_gap(places.list(top), |from, to| {
                open.push((top, from, to, NONE))
            });
            while let Some((organisation, from, to, parent)) = open.pop() {
                let number = seats.len() as u32;
                seats.push(Seat {
                    organisation,
                    parent,
                    end: number + 1,
                    from,
                    to,
                });
                for (child, child_from, child_to) in below.list(organisation).iter().rev() {
                    let (from, to) = (from.max(*child_from), to.min(*child_to));
                    if from < to {
                        open.push((*child, from, to, number));
                    }
                }
            }
        }
        for number in (0..seats.len()).rev() {
            let Seat { parent, end, .. } = seats[number];
            if parent != NONE {
                let above = &mut seats[parent as usize];
                above.end = above.end.max(end);
            }
        }
        let mut starts = vec![0u32; organisations + 1];
        for seat in &seats {
            starts[seat.organisation as usize + 1] += 1;
        }
        for organisation in 0..organisations {
            starts[organisation + 1] += starts[organisation];
        }
        let mut next = starts.clone();
        let mut of_organisation = vec![0u32; seats.len()];
        for (number, seat) in seats.iter().enumerate() {
            let place = &mut next[seat.organisation as usize];
            of_organisation[*place as usize] = number as u32;
            *place += 1;
        }
        for organisation in 0..organisations {
            let own = &mut of_organisation
                [starts[organisation] as usize..starts[organisation + 1] as usize];
            if own.len() > 1 {
                own.sort_unstable_by_key(|number| seats[*number as usize].from);
            }
        }
        Self {
            seats,
            starts,
            of_organisation,
        }
    }

    /// The days on which organisations that stand have no seat, because they stand above themselves or under such.
    pub(crate) fn holes(&self, stands: &[bool]) -> Vec<(OrgIx, Day, Day)> {
        let mut holes = Vec::new();
        for organisation in (0..stands.len() as u32).filter(|ix| stands[*ix as usize]) {
            let mut day = Day::EVER;
            for number in self.seats_of(OrgIx(organisation)) {
                let seat = &self.seats[*number as usize];
                if day < seat.from {
                    holes.push((OrgIx(organisation), day, seat.from));
                }
                day = seat.to;
            }
            if day < Day::NEVER {
                holes.push((OrgIx(organisation), day, Day::NEVER));
            }
        }
        holes
    }

    /// How many seats there are.
    pub fn len(&self) -> usize {
        self.seats.len()
    }

    /// Whether there is no seat at all.
    pub fn is_empty(&self) -> bool {
        self.seats.is_empty()
    }

    pub(crate) fn seats(&self) -> &[Seat] {
        &self.seats
    }

    /// The seats of an organisation, in the order of time.
    pub(crate) fn seats_of(&self, organisation: OrgIx) -> &[u32] {
        match self.starts.get(organisation.at()..organisation.at() + 2) {
            Some([start, end]) => &self.of_organisation[*start as usize..*end as usize],
            _ => &[],
        }
    }

    /// The seat of an organisation on a day; `NONE` when the organisation has none.
    pub(crate) fn seat_on(&self, organisation: OrgIx, day: Day) -> u32 {
        match self.seats_of(organisation) {
            [] => NONE,
            [only] => *only,
            seats => {
                let after = seats.partition_point(|seat| self.seats[*seat as usize].from <= day);
                seats[after.saturating_sub(1)]
            }
        }
    }

    /// The subtrees of all seats of an organisation, as ranges of seat numbers. They never overlap.
    pub(crate) fn subtrees(&self, organisation: OrgIx) -> impl Iterator<Item = (u32, u32)> + '_ {
        self.seats_of(organisation)
            .iter()
            .map(|seat| (*seat, self.seats[*seat as usize].end))
    }

    /// Whether a seat lies in the subtree of any seat of an organisation.
    pub(crate) fn covers(&self, organisation: OrgIx, seat: u32) -> bool {
        self.subtrees(organisation)
            .any(|(start, end)| (start..end).contains(&seat))
    }

    /// Whether an organisation has the same seats, interval by interval, in both forests (their numbers may differ).
    pub(crate) fn same_seats(&self, other: &Forest, organisation: OrgIx) -> bool {
        let (ours, theirs) = (self.seats_of(organisation), other.seats_of(organisation));
        ours.len() == theirs.len()
            && ours.iter().zip(theirs).all(|(our, their)| {
                let (our, their) = (&self.seats[*our as usize], &other.seats[*their as usize]);
                (our.from, our.to) == (their.from, their.to)
            })
    }
}

/// The intervals that places, in the order of time, leave open.
fn for_each_gap(places: &[Place], mut gap: impl FnMut(Day, Day)) {
    let mut day = Day::EVER;
    for place in places {
        if day < place.from {
            gap(day, place.from);
        }
        day = day.max(place.to);
    }
    if day < Day::NEVER {
        gap(day, Day::NEVER);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn place(parent: u32, from: Day, to: Day) -> Place {
        Place { from, to, parent }
    }

    #[test]
    fn a_day_survives_packing_and_keeps_its_order() {
        let days = [
            date(-1, 12, 31),
            date(1, 1, 1),
            date(2026, 9, 30),
            date(2026, 10, 1),
            date(9999, 12, 31),
        ];
        for pair in days.windows(2) {
            assert!(Day::of(pair[0]) < Day::of(pair[1]));
        }
        for day in days {
            assert_eq!(Day::of(day).date(), Some(day));
            assert!(Day::EVER < Day::of(day) && Day::of(day) < Day::NEVER);
        }
    }

    #[test]
    fn a_school_under_an_office_that_moves_gets_two_seats() {
        // 0 ministry, 1 region, 2 office (under the ministry, then under the region), 3 school under the office.
        let (ever, moved, never) = (Day::EVER, Day::of(date(2026, 4, 1)), Day::NEVER);
        let places = Pool::group(
            4,
            [
                (1, place(0, ever, never)),
                (2, place(0, ever, moved)),
                (2, place(1, moved, never)),
                (3, place(2, ever, never)),
            ]
            .into_iter(),
        );
        let forest = Forest::unfold(&[true; 4], &places);
        assert_eq!(forest.holes(&[true; 4]), []);
        assert_eq!(forest.len(), 6);
        let before = forest.seat_on(OrgIx(3), Day::of(date(2026, 3, 31)));
        let after = forest.seat_on(OrgIx(3), moved);
        assert_ne!(before, after);
        assert!(!forest.covers(OrgIx(1), before));
        assert!(forest.covers(OrgIx(1), after));
        assert!(forest.covers(OrgIx(0), before) && forest.covers(OrgIx(0), after));
        assert!(forest.covers(OrgIx(2), before) && forest.covers(OrgIx(2), after));
    }

    #[test]
    fn organisations_that_stand_above_themselves_for_a_while_have_no_seat_then() {
        let (from, to) = (Day::of(date(2026, 1, 1)), Day::of(date(2026, 2, 1)));
        let places = Pool::group(
            3,
            [
                (0, place(1, from, Day::NEVER)),
                (1, place(0, Day::EVER, to)),
                (2, place(1, Day::EVER, Day::NEVER)),
            ]
            .into_iter(),
        );
        let forest = Forest::unfold(&[true; 3], &places);
        let holes = [0, 1, 2].map(|ix| (OrgIx(ix), from, to));
        assert_eq!(forest.holes(&[true; 3]), holes);
    }
}

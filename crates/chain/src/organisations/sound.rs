//! What makes memberships impossible: days without a place, two places on one day, organisations above themselves.

use super::Organisations;
use crate::{
    fault::Fault,
    index::OrgIx,
    pool::Pool,
    seats::{Day, Place},
};
use domain::{
    facts::Key,
    ids::MembershipId,
    organisation::{Axis, Membership},
};
use std::collections::BTreeSet;

impl Organisations {
    /// What is wrong with a membership by itself.
    pub(super) fn check_names(&self, row: &Membership) -> Vec<Fault> {
        let mut faults: Vec<_> = [row.organisation, row.parent]
            .into_iter()
            .filter(|id| self.number(*id).is_none())
            .map(|id| Fault::Unknown {
                by: Key::Membership(row.id),
                what: Key::Organisation(id),
            })
            .collect();
        if let (Some(from), Some(to)) = (row.valid_from, row.valid_to)
            && from >= to
        {
            faults.push(Fault::NoDay(row.id));
        }
        faults
    }

    pub(super) fn check_membership(&self, row: &Membership) -> Result<(), Fault> {
        if let Some(fault) = self.check_names(row).into_iter().next() {
            return Err(fault);
        }
        let place = self.place_of(row);
        let (Some(child), replaced) =
            (self.number(row.organisation), self.memberships.get(&row.id))
        else {
            return Ok(());
        };
        let ignored = replaced
            .filter(|old| old.axis == row.axis)
            .and_then(|old| Some((self.number(old.organisation)?.0, self.place_of(old))));
        let places = self.places[row.axis as usize].list(child.0);
        let overlapping = places.iter().find(|other| {
            ignored != Some((child.0, **other)) && place.from < other.to && other.from < place.to
        });
        if let Some(other) = overlapping {
            return Err(self.overlap(row.axis, child, *other, row.id));
        }
        match self.climb(row.axis, child.0, place, ignored) {
            Some((path, on)) => Err(self.cycle(row.axis, path, on)),
            None => Ok(()),
        }
    }

    /// Whether `child`, put at `place`, is met on the way up from there: then the way from `child` up to the one below
    /// it that closes the cycle, and the first day on which it is closed. The place `ignored` is about to go.
    fn climb(
        &self,
        axis: Axis,
        child: u32,
        place: Place,
        ignored: Option<(u32, Place)>,
    ) -> Option<(Vec<u32>, Day)> {
        // Who was reached, on which days under which parent, and from which earlier step.
        let mut steps = vec![(child, place, 0)];
        let mut done = 0;
        while let Some((_, Place { from, to, parent }, _)) = steps.get(done).copied() {
            if parent == child {
                let mut path = Vec::new();
                let mut step = done;
                while step > 0 {
                    path.push(steps[step].0);
                    step = steps[step].2;
                }
                path.push(child);
                path.reverse();
                return Some((path, from));
            }
            for above in self.places[axis as usize].list(parent) {
                let (from, to) = (from.max(above.from), to.min(above.to));
                if from < to && ignored != Some((parent, *above)) {
                    steps.push((parent, Place { from, to, ..*above }, done));
                }
            }
            done += 1;
        }
        None
    }

    fn overlap(&self, axis: Axis, child: OrgIx, other: Place, row: MembershipId) -> Fault {
        let other = self
            .memberships
            .values()
            .filter(|m| m.axis == axis && m.id != row && m.organisation == self.id(child))
            .find(|m| self.place_of(m) == other)
            .map_or(row, |m| m.id);
        Fault::Overlap {
            first: row.min(other),
            second: row.max(other),
        }
    }

    pub(super) fn find_overlaps(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        for (axis, places) in Axis::ALL.iter().zip(&self.places) {
            let crowded = (0..self.rows.len() as u32).filter(|organisation| {
                let mut pairs = places.list(*organisation).windows(2);
                pairs.any(|pair| pair[1].from < pair[0].to)
            });
            let crowded: BTreeSet<_> = crowded.map(|ix| self.id(OrgIx(ix))).collect();
            if crowded.is_empty() {
                continue;
            }
            let rows: Vec<_> = self
                .memberships
                .values()
                .filter(|row| row.axis == *axis && crowded.contains(&row.organisation))
                .map(|row| (row, self.place_of(row)))
                .collect();
            for (n, (first, one)) in rows.iter().enumerate() {
                for (second, other) in &rows[n + 1..] {
                    if first.organisation == second.organisation
                        && one.from < other.to
                        && other.from < one.to
                    {
                        faults.push(Fault::Overlap {
                            first: first.id,
                            second: second.id,
                        });
                    }
                }
            }
        }
        faults
    }

    /// Names every cycle once, however many organisations hang below it.
    pub(super) fn find_cycles(&self, axis: Axis, faults: &mut Vec<Fault>) {
        let places = &self.places[axis as usize];
        let mut seen = BTreeSet::new();
        for (organisation, mut day, end) in self.forest(axis).holes(&self.stands()) {
            while day < end {
                // Up from here on this day: the first organisation met twice closes the cycle.
                let mut path = vec![organisation.0];
                let (mut from, mut to) = (Day::EVER, end);
                let start = loop {
                    let last = path[path.len() - 1];
                    let above = places
                        .list(last)
                        .iter()
                        .find(|place| place.from <= day && day < place.to);
                    let Some(above) = above else { break path.len() };
                    from = from.max(above.from);
                    to = to.min(above.to);
                    match path.iter().position(|met| *met == above.parent) {
                        Some(position) => break position,
                        None => path.push(above.parent),
                    }
                };
                let cycle = path.split_off(start);
                if !cycle.is_empty() {
                    let on = self.first_day(places, &cycle, day);
                    let fault = self.cycle(axis, cycle, on);
                    if seen.insert(format!("{fault:?}")) {
                        faults.push(fault);
                    }
                }
                day = to;
            }
        }
    }

    /// The first of the days around `day` on which all of the cycle's places hold.
    fn first_day(&self, places: &Pool<Place>, cycle: &[u32], day: Day) -> Day {
        let froms = cycle.iter().filter_map(|member| {
            let mut list = places.list(*member).iter();
            list.find(|place| place.from <= day && day < place.to)
                .map(|place| place.from)
        });
        froms.max().unwrap_or(Day::EVER)
    }

    fn cycle(&self, axis: Axis, path: Vec<u32>, on: Day) -> Fault {
        let mut organisations: Vec<_> = path.into_iter().map(|ix| self.id(OrgIx(ix))).collect();
        let smallest = (0..organisations.len()).min_by_key(|n| organisations[*n]);
        organisations.rotate_left(smallest.unwrap_or(0));
        Fault::Cycle {
            axis,
            organisations,
            on: on.date(),
        }
    }
}

//! Rows of one period, posted at the seats their organisations had on its last day, in pre-order on both axes.

use crate::{
    index::OrgIx,
    organisations::{Organisations, Replanted},
    seats::{Day, NONE},
};
use domain::organisation::Axis;

/// At most one row number per organisation, found by seat: what lies in a subtree is a slice.
#[derive(Debug, Clone)]
pub(crate) struct Posted {
    /// The day that decides where everything here sits.
    day: Day,
    /// (seat, row) in the order of seats, per axis.
    rows: [Vec<(u32, u32)>; 2],
}

impl Posted {
    /// Posts rows of (organisation, row); each organisation comes once.
    pub(crate) fn new(day: Day, rows: &[(u32, u32)], organisations: &Organisations) -> Self {
        let post = |axis: Axis| {
            let forest = organisations.forest(axis);
            let mut posted: Vec<_> = rows
                .iter()
                .map(|(organisation, row)| (forest.seat_on(OrgIx(*organisation), day), *row))
                .collect();
            posted.sort_unstable();
            posted
        };
        Self {
            day,
            rows: [post(Axis::ReportsTo), post(Axis::CoordinatedBy)],
        }
    }

    /// Whether nothing is posted.
    pub(crate) fn is_empty(&self) -> bool {
        self.rows[0].is_empty()
    }

    /// Any row that is posted.
    pub(crate) fn any(&self) -> Option<u32> {
        self.rows[0].first().map(|(_, row)| *row)
    }

    /// Everything that is posted, as (seat, row) in the pre-order of the reporting line.
    pub(crate) fn all(&self) -> &[(u32, u32)] {
        &self.rows[Axis::ReportsTo as usize]
    }

    /// What is posted in the subtree of an organisation (itself included), as (seat, row) in pre-order.
    pub(crate) fn below(
        &self,
        axis: Axis,
        organisation: OrgIx,
        organisations: &Organisations,
    ) -> &[(u32, u32)] {
        let forest = organisations.forest(axis);
        let top = forest.seat_on(organisation, self.day);
        if top == NONE {
            return &[];
        }
        let rows = &self.rows[axis as usize];
        let start = rows.partition_point(|(seat, _)| *seat < top);
        let end = forest.seats()[top as usize].end;
        let length = rows[start..].partition_point(|(seat, _)| *seat < end);
        &rows[start..start + length]
    }

    /// The row posted for an organisation.
    pub(crate) fn row_of(&self, organisation: OrgIx, organisations: &Organisations) -> Option<u32> {
        let seat = organisations
            .forest(Axis::ReportsTo)
            .seat_on(organisation, self.day);
        let rows = &self.rows[Axis::ReportsTo as usize];
        let found = rows.binary_search_by_key(&seat, |(seat, _)| *seat).ok()?;
        Some(rows[found].1)
    }

    /// Posts a row for an organisation, in the place of the one before.
    pub(crate) fn post(&mut self, organisation: OrgIx, row: u32, organisations: &Organisations) {
        for axis in Axis::ALL {
            let seat = organisations.forest(*axis).seat_on(organisation, self.day);
            let rows = &mut self.rows[*axis as usize];
            match rows.binary_search_by_key(&seat, |(seat, _)| *seat) {
                Ok(found) => rows[found].1 = row,
                Err(place) => rows.insert(place, (seat, row)),
            }
        }
    }

    /// Takes away what is posted for an organisation.
    pub(crate) fn take(&mut self, organisation: OrgIx, organisations: &Organisations) {
        for axis in Axis::ALL {
            let seat = organisations.forest(*axis).seat_on(organisation, self.day);
            let rows = &mut self.rows[*axis as usize];
            if let Ok(found) = rows.binary_search_by_key(&seat, |(seat, _)| *seat) {
                rows.remove(found);
            }
        }
    }

    /// Follows one forest into its new numbering.
    pub(crate) fn replant(&mut self, replanted: &Replanted, organisations: &Organisations) {
        let forest = organisations.forest(replanted.axis);
        let before = replanted.before.seats();
        let rows = &mut self.rows[replanted.axis as usize];
        for (seat, _) in rows.iter_mut() {
            let organisation = OrgIx(before[*seat as usize].organisation);
            *seat = forest.seat_on(organisation, self.day);
        }
        // The stable sort finds the few long runs that a move leaves.
        rows.sort_by_key(|(seat, _)| *seat);
    }
}

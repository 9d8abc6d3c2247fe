//! Roll-up by owner on a named axis.
//!
//! The figures of an organisation in a fiscal year are the sum of everything that sits in the subtrees of all its
//! seats: what was its own or below it *at the time*. Seats are disjoint, so nothing is counted twice; what happened
//! before a move stays with the organisations above at that time.

use crate::{figures::Figures, index::OrgIx, seats::NONE, snapshot::Snapshot};
use domain::{ids::OrganisationId, organisation::Axis, time::FiscalYear};

/// The figures of every organisation on one axis in one fiscal year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RollUp {
    /// One place per dense number of an organisation.
    figures: Vec<Figures>,
}

impl RollUp {
    /// The figures of one organisation with everything below it.
    pub fn of(&self, organisation: OrgIx) -> Figures {
        let found = self.figures.get(organisation.at());
        found.copied().unwrap_or(Figures::NONE)
    }
}

impl Snapshot {
    /// The figures of one organisation with everything below it; `None` when it does not stand.
    pub fn figures(
        &self,
        axis: Axis,
        organisation: OrganisationId,
        year: FiscalYear,
    ) -> Option<Figures> {
        let organisation = self.organisations.number(organisation)?;
        let mut sum = Figures::NONE;
        if let Some(column) = self.ledger.column(axis, year) {
            for (start, end) in self.organisations.forest(axis).subtrees(organisation) {
                for seat in &column[start as usize..end as usize] {
                    sum.add(seat);
                }
            }
        }
        Some(sum)
    }

    /// The figures of what one organisation owns itself, without what is below it; `None` when it does not stand.
    pub fn own_figures(&self, organisation: OrganisationId, year: FiscalYear) -> Option<Figures> {
        let organisation = self.organisations.number(organisation)?;
        let mut sum = Figures::NONE;
        if let Some(column) = self.ledger.column(Axis::ReportsTo, year) {
            let forest = self.organisations.forest(Axis::ReportsTo);
            for seat in forest.seats_of(organisation) {
                sum.add(&column[*seat as usize]);
            }
        }
        Some(sum)
    }

    /// The figures of every organisation at once: one pass from the last seat to the first.
    pub fn roll_up(&self, axis: Axis, year: FiscalYear) -> RollUp {
        let mut figures = vec![Figures::NONE; self.organisations.len()];
        if let Some(column) = self.ledger.column(axis, year) {
            let seats = self.organisations.forest(axis).seats();
            let mut sums = column.to_vec();
            for (number, seat) in seats.iter().enumerate().rev() {
                let sum = sums[number];
                figures[seat.organisation as usize].add(&sum);
                if seat.parent != NONE {
                    sums[seat.parent as usize].add(&sum);
                }
            }
        }
        RollUp { figures }
    }
}

//! What sits in every seat itself: one vector per axis and fiscal year.

use super::Ledger;
use crate::{
    figures::Figures,
    index::{OrgIx, ProjectIx},
    organisations::Organisations,
    seats::{Forest, NONE},
};
use domain::{organisation::Axis, time::FiscalYear};

/// The figures that sit in each seat itself, without what sits below it.
#[derive(Debug, Clone, Default)]
pub(super) struct Columns {
    axes: [Years; 2],
}

/// One column per fiscal year for which anything was said, in the order of years.
type Years = Vec<(FiscalYear, Vec<Figures>)>;

impl Columns {
    /// Everything in its seat. The two axes know nothing of each other: each has its own thread.
    pub(super) fn of(ledger: &Ledger, organisations: &Organisations) -> Self {
        let fill = |axis: Axis| {
            let mut years = Years::new();
            let forest = organisations.forest(axis);
            // In the order of projects: what one project contributes mostly sits in one seat.
            for project in ledger.all() {
                place(&mut years, ledger, forest, project);
            }
            years
        };
        let axes = std::thread::scope(|scope| {
            let other = scope.spawn(|| fill(Axis::CoordinatedBy));
            let one = fill(Axis::ReportsTo);
            match other.join() {
                Ok(other) => [one, other],
                Err(reason) => std::panic::resume_unwind(reason),
            }
        });
        Self { axes }
    }

    /// The column of one year; `None` when nothing was said about it.
    pub(super) fn column(&self, axis: Axis, year: FiscalYear) -> Option<&[Figures]> {
        let years = &self.axes[axis as usize];
        let (_, column) = years.iter().find(|(found, _)| *found == year)?;
        Some(column)
    }

    /// The fiscal years about which anything was ever said.
    pub(super) fn years(&self) -> impl Iterator<Item = FiscalYear> + '_ {
        self.axes[0].iter().map(|(year, _)| *year)
    }

    /// Puts all pieces of a project into their seats.
    pub(super) fn place(&mut self, ledger: &Ledger, orgs: &Organisations, project: ProjectIx) {
        for axis in Axis::ALL {
            let years = &mut self.axes[*axis as usize];
            place(years, ledger, orgs.forest(*axis), project);
        }
    }

    /// Takes all pieces of a project out of their seats.
    pub(super) fn take(&mut self, ledger: &Ledger, orgs: &Organisations, project: ProjectIx) {
        let Some(owner) = ledger.owner(project) else {
            return;
        };
        for axis in Axis::ALL {
            let forest = orgs.forest(*axis);
            let years = &mut self.axes[*axis as usize];
            ledger.pieces(project, |piece| {
                let seat = forest.seat_on(owner, piece.day);
                if seat != NONE {
                    piece.take_from(&mut column_of(years, piece.year, forest)[seat as usize]);
                }
            });
        }
    }

    /// Follows one forest into its new numbering: what an organisation has in seats that are still the same moves with
    /// them; the projects of the others are put into their new seats.
    pub(super) fn replant(
        &mut self,
        axis: Axis,
        before: &Forest,
        ledger: &Ledger,
        organisations: &Organisations,
    ) {
        let forest = organisations.forest(axis);
        let years = &mut self.axes[axis as usize];
        let mut source = vec![NONE; forest.len()];
        let mut changed = Vec::new();
        for organisation in (0..organisations.len() as u32).map(OrgIx) {
            if forest.same_seats(before, organisation) {
                let seats = forest.seats_of(organisation).iter();
                for (new, old) in seats.zip(before.seats_of(organisation)) {
                    source[*new as usize] = *old;
                }
            } else {
                changed.push(organisation);
            }
        }
        let mut spare = Vec::with_capacity(source.len());
        for (_, column) in years.iter_mut() {
            spare.extend(source.iter().map(|old| match old {
                &NONE => Figures::NONE,
                old => column[*old as usize],
            }));
            std::mem::swap(column, &mut spare);
            spare.clear();
        }
        for organisation in changed {
            for project in ledger.owned_by(organisation) {
                place(years, ledger, forest, project);
            }
        }
    }
}

fn place(years: &mut Years, ledger: &Ledger, forest: &Forest, project: ProjectIx) {
    let Some(owner) = ledger.owner(project) else {
        return;
    };
    ledger.pieces(project, |piece| {
        let seat = forest.seat_on(owner, piece.day);
        if seat != NONE {
            piece.add_to(&mut column_of(years, piece.year, forest)[seat as usize]);
        }
    });
}

fn column_of<'a>(years: &'a mut Years, year: FiscalYear, forest: &Forest) -> &'a mut [Figures] {
    let at = match years.iter().position(|(found, _)| *found >= year) {
        Some(at) if years[at].0 == year => at,
        at => {
            let at = at.unwrap_or(years.len());
            years.insert(at, (year, vec![Figures::NONE; forest.len()]));
            at
        }
    };
    &mut years[at].1
}

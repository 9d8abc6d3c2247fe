//! The contributions behind any figure of an organisation.

use crate::{
    figures::{Figures, Measure},
    index::{OrgIx, ProjectIx},
    ledger::What,
    snapshot::Snapshot,
};
use domain::{
    ids::OrganisationId,
    organisation::Axis,
    time::{FiscalPeriod, FiscalYear},
};

/// One part of a figure, as small as it was recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Contribution {
    /// Whose it is.
    pub project: ProjectIx,
    /// Who owns the project.
    pub owner: OrgIx,
    /// The quarter or year of the amount or the running total; `None` where projects are counted.
    pub period: Option<FiscalPeriod>,
    /// Satang, people, or 1 for a project.
    pub amount: i64,
}

impl Snapshot {
    /// The contributions whose sum is exactly [`Snapshot::figures`] of the measure, ordered by the ids of projects, then
    /// by period. `None` when the organisation does not stand. An empty list is a figure for which nothing was reported.
    pub fn why(
        &self,
        axis: Axis,
        organisation: OrganisationId,
        year: FiscalYear,
        measure: Measure,
    ) -> Option<Vec<Contribution>> {
        let organisation = self.organisations.number(organisation)?;
        let forest = self.organisations.forest(axis);
        let column = self.ledger.column(axis, year).unwrap_or(&[]);
        let mut contributions = Vec::new();
        let mut visit = |owner: OrgIx, seat: u32| {
            for project in self.ledger.owned_by(owner) {
                self.ledger.pieces(project, |piece| {
                    let amount = match (piece.what, measure) {
                        (What::Project { .. }, Measure::Projects) => 1,
                        (What::Money(of, satang), Measure::Money(stage)) if of == stage => satang.0,
                        (What::People(people), Measure::People) => i64::from(people),
                        _ => return,
                    };
                    if piece.year == year && forest.seat_on(owner, piece.day) == seat {
                        contributions.push(Contribution {
                            project,
                            owner,
                            period: piece.period,
                            amount,
                        });
                    }
                });
            }
        };
        for (start, end) in forest.subtrees(organisation) {
            for seat in start..end {
                // Most seats hold nothing of the year: their projects need not be asked.
                if column
                    .get(seat as usize)
                    .is_some_and(|own| *own != Figures::NONE)
                {
                    visit(OrgIx(forest.seats()[seat as usize].organisation), seat);
                }
            }
        }
        contributions.sort_by_key(|part| (self.ledger.id(part.project), part.period));
        Some(contributions)
    }
}

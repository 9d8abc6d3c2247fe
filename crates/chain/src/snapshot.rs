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
}

impl Snapshot {
    /// Builds from facts whose rows may come in any order.
    ///
    /// # Errors
    /// All structural faults at once, in an order that does not depend on the order of rows.
    pub fn build(facts: &Facts) -> Result<Self, Vec<Fault>> {
        let mut faults = Vec::new();
        let organisations = Organisations::build(facts, &mut faults);
        // Projects know nothing of readings, duties and plans: they are taken in at the same time.
        let orgs = &organisations;
        let (ledger, observations, duties, plans) = std::thread::scope(|scope| {
            let others = scope.spawn(|| {
                let mut faults = Vec::new();
                let observations = Observations::build(facts, orgs, &mut faults);
                let duties = Duties::build(facts, orgs, &mut faults);
                let plans = Plans::build(facts, orgs, &mut faults);
                (observations, duties, plans, faults)
            });
            let ledger = Ledger::build(facts, orgs, &mut faults);
            match others.join() {
                Ok((observations, duties, plans, more)) => {
                    faults.extend(more);
                    (ledger, observations, duties, plans)
                }
                Err(reason) => std::panic::resume_unwind(reason),
            }
        });
        let ground = Ground {
            organisations: &organisations,
            ledger: &ledger,
        };
        let links = Links::build(facts, &ground, &plans, &mut faults);
        if faults.is_empty() {
            return Ok(Self {
                organisations,
                ledger,
                observations,
                duties,
                plans,
                links,
            });
        }
        faults.sort_by_cached_key(|fault| format!("{fault:?}"));
        faults.dedup();
        Err(faults)
    }

    /// Applies one change: first every part is asked whether it can, then all of them do.
    ///
    /// # Errors
    /// The fault that makes it impossible; the snapshot is then as it was.
    pub fn apply(&mut self, change: &Change) -> Result<(), Fault> {
        let ground = Ground {
            organisations: &self.organisations,
            ledger: &self.ledger,
        };
        self.organisations.check(change)?;
        self.ledger.check(change, &self.organisations)?;
        self.observations.check(change, &self.organisations)?;
        self.duties.check(change, &self.organisations)?;
        self.plans.check(change, &ground)?;
        self.links.check(change, &ground, &self.plans)?;

        let replanted = self.organisations.apply(change);
        let organisations = &self.organisations;
        self.ledger.apply(change, organisations, &replanted);
        self.observations.apply(change, organisations, &replanted);
        self.duties.apply(change, organisations, &replanted);
        let ground = Ground {
            organisations,
            ledger: &self.ledger,
        };
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

    /// The indicators and what was read for them.
    pub fn observations(&self) -> &Observations {
        &self.observations
    }

    /// What has to be reported.
    pub fn duties(&self) -> &Duties {
        &self.duties
    }

    /// Whether the project's seat lies in the subtree of the organisation on this axis (the organisation itself is in
    /// it): the seat its owner had on [`domain::project::Project::seated_on`]. False when either does not stand.
    pub fn within(&self, axis: Axis, organisation: OrganisationId, project: ProjectIx) -> bool {
        let forest = self.organisations.forest(axis);
        let owner = self.ledger.owner(project);
        let home = self.ledger.seated_on(project);
        match (self.organisations.number(organisation), owner, home) {
            (Some(organisation), Some(owner), Some(home)) => {
                forest.covers(organisation, forest.seat_on(owner, home))
            }
            _ => false,
        }
    }
}

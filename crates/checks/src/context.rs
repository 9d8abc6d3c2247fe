//! What a rule sees: the snapshot, and which plans and projects it is asked about.

use crate::{Subject, beside::Beside};
use chain::Snapshot;
use domain::{
    duty::Duty,
    ids::{EditionId, NodeId, OrganisationId, ProjectId},
    link::LinkState,
    plan::{Alignment, Edition, Level},
    project::Project,
};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// What is to be checked, and for which day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    /// Only these editions and the projects listed in them; `None` = every plan that is not superseded, and every
    /// project but those listed in superseded editions alone. What is superseded is history that nobody repairs, so
    /// it is checked only when it is named.
    pub editions: Option<Vec<EditionId>>,
    /// Only what these organisations owe; `None` = what every one owes where every plan is looked at, and nothing else.
    pub organisations: Option<Vec<OrganisationId>>,
    /// The day for which is looked.
    pub today: Date,
}

/// What a rule sees.
pub struct Context<'a> {
    /// Everything that is true.
    pub snapshot: &'a Snapshot,
    /// The day for which is looked.
    pub today: Date,
    /// Names, waivers and codes that no framework has.
    pub beside: Beside<'a>,
    /// `None` = everything that is not superseded.
    named: Option<BTreeSet<EditionId>>,
    /// `None` = every one.
    organisations: Option<BTreeSet<OrganisationId>>,
    plans: Vec<Edition>,
    projects: Vec<ProjectId>,
}

impl<'a> Context<'a> {
    pub(crate) fn new(snapshot: &'a Snapshot, scope: &Scope, beside: Beside<'a>) -> Self {
        let named = scope.editions.as_ref();
        let mut context = Self {
            snapshot,
            today: scope.today,
            beside,
            named: named.map(|all| all.iter().copied().collect()),
            organisations: match (&scope.organisations, named) {
                (Some(some), _) => Some(some.iter().copied().collect()),
                (None, None) => None,
                (None, Some(_)) => Some(BTreeSet::new()),
            },
            plans: Vec::new(),
            projects: Vec::new(),
        };
        let plans = snapshot.plans().editions().into_iter().copied();
        context.plans = plans
            .filter(|edition| context.is_asked(edition.id) && !edition.level.is_framework())
            .collect();
        context.projects = snapshot
            .projects()
            .map(|project| project.id)
            .filter(|project| context.is_project_asked(*project))
            .collect();
        context.projects.sort_unstable();
        context
    }

    fn is_asked(&self, edition: EditionId) -> bool {
        match &self.named {
            Some(named) => named.contains(&edition),
            None => !self.snapshot.plans().superseded(edition),
        }
    }

    fn is_project_asked(&self, project: ProjectId) -> bool {
        let is_listed = self.snapshot.listings_of(project).next().is_some();
        match is_listed {
            true => self.edition_of(Subject::Project(project)).is_some(),
            false => self.named.is_none(),
        }
    }

    /// Whether a thing is looked at. What no longer stands is, when everything is.
    pub(crate) fn is_in_scope(&self, subject: Subject) -> bool {
        let plans = self.snapshot.plans();
        let edition = match subject {
            Subject::Project(id) if self.snapshot.project(id).is_some() => {
                return self.projects.binary_search(&id).is_ok();
            }
            Subject::Project(_) => None,
            Subject::Organisation(id) => {
                let asked = self.organisations.as_ref();
                return asked.is_none_or(|asked| asked.contains(&id));
            }
            Subject::Edition(id) => plans.edition(id),
            Subject::Node(id) => plans.edition_of_node(id),
        };
        match edition {
            Some(edition) => self.plans.iter().any(|asked| asked.id == edition.id),
            None => self.named.is_none(),
        }
    }

    /// Every project that is not history alone: also outside of the scope, for rules that compare.
    pub(crate) fn standing_projects(&self) -> impl Iterator<Item = Project> + '_ {
        let plans = self.snapshot.plans();
        let is_history = |project: &Project| {
            let mut editions = self
                .snapshot
                .listings_of(project.id)
                .filter_map(|listing| plans.edition_of_node(listing.node))
                .peekable();
            editions.peek().is_some() && editions.all(|edition| plans.superseded(edition.id))
        };
        self.snapshot
            .projects()
            .filter(move |project| !is_history(project))
    }

    /// The edition in which a thing stands: of a project, the first in scope in which it is listed.
    pub(crate) fn edition_of(&self, subject: Subject) -> Option<EditionId> {
        let of_node = |node| Some(self.snapshot.plans().edition_of_node(node)?.id);
        match subject {
            Subject::Edition(id) => self.snapshot.plans().edition(id).map(|edition| edition.id),
            Subject::Node(id) => of_node(id),
            Subject::Organisation(_) => None,
            Subject::Project(id) => {
                let mut listings = self.snapshot.listings_of(id);
                listings.find_map(|l| of_node(l.node).filter(|id| self.is_asked(*id)))
            }
        }
    }

    /// The edition in which a project is listed, in scope or not: the first that is not superseded.
    pub(crate) fn any_edition_of(&self, project: ProjectId) -> Option<EditionId> {
        let plans = self.snapshot.plans();
        let mut listings = self.snapshot.listings_of(project);
        listings.find_map(|listing| {
            let edition = plans.edition_of_node(listing.node)?;
            (!plans.superseded(edition.id)).then_some(edition.id)
        })
    }

    /// The editions of plans in scope, by id. Frameworks (SDG 4 and the national plans) are not ours to repair: no rule
    /// looks for faults in them.
    pub fn plans(&self) -> &[Edition] {
        &self.plans
    }

    /// The projects in scope, by id.
    pub fn projects(&self) -> impl Iterator<Item = Project> + '_ {
        let row = |id: &ProjectId| self.snapshot.project(*id);
        self.projects.iter().filter_map(row)
    }

    /// What the organisations in scope owe.
    pub fn duties(&self) -> impl Iterator<Item = &Duty> {
        let asked = self.snapshot.duties().asked();
        let all = asked.flat_map(|(item, period)| self.snapshot.duties_of(item, period));
        all.filter(|duty| {
            let asked = self.organisations.as_ref();
            asked.is_none_or(|asked| asked.contains(&duty.organisation))
        })
    }

    /// The level of the plan in which a node stands.
    pub fn level_of(&self, node: NodeId) -> Option<Level> {
        let edition = self.snapshot.plans().edition_of_node(node)?;
        Some(edition.level)
    }

    /// Whether an alignment carries attribution: it is approved and leads to an upper level.
    pub fn carries(&self, alignment: &Alignment) -> bool {
        let levels = self
            .level_of(alignment.from)
            .zip(self.level_of(alignment.to));
        alignment.state == LinkState::Approved
            && levels.is_some_and(|(lower, upper)| lower.may_align_to(upper))
    }
}

//! What a rule sees: the snapshot, and which plans and projects it is asked about.

use crate::finding::Subject;
use chain::Snapshot;
use domain::{
    ids::{EditionId, NodeId, ProjectId},
    plan::{Edition, Level},
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
    /// The day for which is looked.
    pub today: Date,
}

/// What a rule sees.
pub struct Context<'a> {
    /// Everything that is true.
    pub snapshot: &'a Snapshot,
    /// The day for which is looked.
    pub today: Date,
    /// `None` = everything that is not superseded.
    named: Option<BTreeSet<EditionId>>,
    plans: Vec<Edition>,
    projects: Vec<Project>,
}

impl<'a> Context<'a> {
    pub(crate) fn new(snapshot: &'a Snapshot, scope: &Scope) -> Self {
        let named = scope.editions.as_ref();
        let mut context = Self {
            snapshot,
            today: scope.today,
            named: named.map(|all| all.iter().copied().collect()),
            plans: Vec::new(),
            projects: Vec::new(),
        };
        let plans = snapshot.plans().editions().into_iter().copied();
        context.plans = plans
            .filter(|edition| context.is_asked(edition.id) && !edition.level.is_framework())
            .collect();
        context.projects = snapshot
            .projects()
            .filter(|project| context.is_project_asked(project.id))
            .collect();
        context.projects.sort_unstable_by_key(|project| project.id);
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

    /// The edition in which a thing stands: of a project, the first in scope in which it is listed.
    pub(crate) fn edition_of(&self, subject: Subject) -> Option<EditionId> {
        let of_node = |node| Some(self.snapshot.plans().edition_of_node(node)?.id);
        match subject {
            Subject::Edition(id) => Some(id),
            Subject::Node(id) => of_node(id),
            Subject::Project(id) => {
                let mut listings = self.snapshot.listings_of(id);
                listings.find_map(|l| of_node(l.node).filter(|id| self.is_asked(*id)))
            }
        }
    }

    /// The editions of plans in scope, by id. Frameworks (SDG 4 and the national plans) are not ours to repair: no rule
    /// looks for faults in them.
    pub fn plans(&self) -> &[Edition] {
        &self.plans
    }

    /// The projects in scope, by id.
    pub fn projects(&self) -> &[Project] {
        &self.projects
    }

    /// The level of the plan in which a node stands.
    pub fn level_of(&self, node: NodeId) -> Option<Level> {
        self.snapshot
            .plans()
            .edition_of_node(node)
            .map(|edition| edition.level)
    }
}

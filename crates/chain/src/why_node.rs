//! The contributions of single projects behind the figure of a node.

use crate::{
    Measure, Snapshot,
    attribution::{How, Part, Towards, WHOLE},
    index::ProjectIx,
    ledger::What,
    plans::NodeIx,
};
use domain::{
    ids::{NodeId, OrganisationId, ProjectId},
    link::LinkState,
    project::Stage,
    time::FiscalYear,
};

/// How a project came to count at a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Because {
    /// It is listed under the node or below it.
    ListedHere,
    /// It is attributed to the node or to nodes below it, by this rule.
    Attributed(How),
}

/// What one project contributes to a figure of a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NodeContribution {
    /// The project.
    pub project: ProjectId,
    /// Who owns it.
    pub owner: OrganisationId,
    /// Satang, people, or 1 for the project itself.
    pub value: i64,
    /// How much of the project the node gets, in parts of [`WHOLE`].
    pub parts: u64,
    /// By which rule.
    pub because: Because,
}

impl Snapshot {
    /// The contributions of projects, by their ids, whose sum is exactly the figure of a node with everything below it.
    ///
    /// At a node of a framework ([`domain::plan::Level::is_framework`]) it is what is attributed to it: the figure of
    /// [`Snapshot::targets`] of everybody. At a node of any other plan it is what is listed under it: the figure of
    /// [`Snapshot::listed_under`]. `None` when the node does not stand; an empty list when nothing was reported.
    pub fn why_node(
        &self,
        node: NodeId,
        year: FiscalYear,
        measure: Measure,
    ) -> Option<Vec<NodeContribution>> {
        let node = self.plans.node_number(node)?;
        let mut rows = match self.plans.level_of(node).is_framework() {
            true => self.why_attributed(node, year, measure),
            false => self.why_listed(node, year, measure),
        };
        rows.sort_unstable_by_key(|row| row.project);
        Some(rows)
    }

    fn why_listed(
        &self,
        node: NodeIx,
        year: FiscalYear,
        measure: Measure,
    ) -> Vec<NodeContribution> {
        let listings = self
            .plans
            .below(node)
            .flat_map(|node| self.links.listings.to(node.0));
        let rows = listings.filter_map(|edge| {
            let project = ProjectIx(edge.from);
            let value = self.ledger.of_project(project, year).of(measure)?;
            self.contribution(project, measure, value, WHOLE, Because::ListedHere)
        });
        rows.collect()
    }

    fn why_attributed(
        &self,
        node: NodeIx,
        year: FiscalYear,
        measure: Measure,
    ) -> Vec<NodeContribution> {
        let mut towards = Towards::new(self, self.plans.edition_of(node));
        let first = self.plans.place(node);
        let here = first..first + self.plans.below(node).len() as u32;
        let (mut rows, mut parts) = (Vec::new(), Vec::new());
        for project in self.projects_that_may_serve(node) {
            let whole = self.ledger.of_project(project, year);
            let Some(whole) = whole.of(measure) else {
                continue;
            };
            let how = towards.project(project, &mut parts);
            let inside = |at: &NodeIx| here.contains(&self.plans.place(*at));
            let serves = parts.iter().filter(|(at, _)| inside(at));
            if serves.clone().next().is_none() {
                continue;
            }
            let share = serves.map(|(_, part)| part).sum();
            let value = match measure {
                Measure::Projects | Measure::People => whole,
                Measure::Money(stage) => self.money_at(project, year, stage, &parts, inside),
            };
            let because = Because::Attributed(how);
            rows.extend(self.contribution(project, measure, value, share, because));
        }
        rows
    }

    /// The satang of a project's amounts that its parts inside a node get, each amount split by itself.
    fn money_at(
        &self,
        project: ProjectIx,
        year: FiscalYear,
        stage: Stage,
        parts: &[Part],
        inside: impl Fn(&NodeIx) -> bool,
    ) -> i64 {
        let weights: Vec<u64> = parts.iter().map(|(_, part)| *part).collect();
        let mut value = 0;
        self.ledger.pieces(project, |piece| match piece.what {
            What::Money(of, satang) if of == stage && piece.year == year => {
                let given = parts.iter().zip(satang.split(&weights, WHOLE));
                let given = given.filter(|((at, _), _)| inside(at));
                value += given.map(|(_, satang)| satang.0).sum::<i64>();
            }
            _ => {}
        });
        value
    }

    fn contribution(
        &self,
        project: ProjectIx,
        measure: Measure,
        value: i64,
        parts: u64,
        because: Because,
    ) -> Option<NodeContribution> {
        // A project of another year is no part of the number of projects.
        if measure == Measure::Projects && value == 0 {
            return None;
        }
        Some(NodeContribution {
            project: self.ledger.id(project),
            owner: self.organisations.id(self.ledger.owner(project)?),
            value,
            parts,
            because,
        })
    }

    /// The projects that approved links, or approved alignments upwards from where they are listed, may lead to a node
    /// or below it, each once. Whether they do is for the rules of attribution to say.
    fn projects_that_may_serve(&self, node: NodeIx) -> Vec<ProjectIx> {
        let mut open: Vec<NodeIx> = self.plans.below(node).collect();
        let mut seen = vec![false; self.plans.node_numbers()];
        open.iter().for_each(|node| seen[node.at()] = true);
        let mut projects = Vec::new();
        while let Some(node) = open.pop() {
            let linked = self.links.links.to(node.0);
            let approved = linked.filter(|edge| edge.payload.state == LinkState::Approved);
            projects.extend(approved.map(|edge| ProjectIx(edge.from)));
            let listed = self.links.listings.to(node.0);
            projects.extend(listed.map(|edge| ProjectIx(edge.from)));
            for edge in self.plans.alignments.to(node.0) {
                if edge.payload.state == LinkState::Approved {
                    let below = self.plans.below(NodeIx(edge.from));
                    open.extend(
                        below.filter(|lower| !std::mem::replace(&mut seen[lower.at()], true)),
                    );
                }
            }
        }
        projects.sort_unstable();
        projects.dedup();
        projects
    }
}

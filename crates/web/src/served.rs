//! What the plans of the province list, and which of it serves a target: the figures of the pages about targets.

use std::collections::BTreeSet;
use std::sync::Arc;

use actions::derived::Question;
use actions::live::Now;
use chain::Measure;
use chain::why_node::NodeContribution;
use domain::ids::{EditionId, NodeId, OrganisationId, ProjectId};
use domain::link::LinkState;
use domain::money::Satang;
use domain::plan::NodeKind;
use domain::project::Stage;
use domain::time::FiscalYear;

use crate::data::is_of_province;
use crate::{Error, Viewer};

/// The plan code of the framework that the pages about targets speak of.
pub const SDG4: &str = "SDG4";

/// The projects that the plans of the province list for one fiscal year.
#[derive(Debug, Clone, Default)]
pub struct Listed {
    /// The editions of its plans that stand.
    pub editions: Vec<EditionId>,
    /// The projects of the year, each once.
    pub projects: BTreeSet<ProjectId>,
    /// The latest year of any project; `None` where no project is listed.
    pub year: Option<FiscalYear>,
    /// Whose plans these are, as กรมการปกครอง knows the province.
    province: Option<&'static str>,
}

/// What the plans of a province list.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct ListedIn(Option<&'static str>);

impl Question for ListedIn {
    type Answer = Listed;
    const MOST: usize = 100;
}

/// What the plans of the province of the address list for their latest year.
pub fn listed(v: &Viewer, now: &Now) -> Arc<Listed> {
    let question = ListedIn(v.province.dopa());
    now.derived.answer(&question, || list(v, now))
}

fn list(v: &Viewer, now: &Now) -> Listed {
    let own = |plan: &&domain::plan::Plan| plan.province.is_some() && is_of_province(v, plan);
    let plans = now.plans().into_iter().filter(own);
    let editions: Vec<EditionId> = plans.filter_map(|plan| now.edition_of(plan.id)).collect();
    let nodes = editions
        .iter()
        .flat_map(|edition| now.snapshot.plans().nodes_of(*edition));
    let all: BTreeSet<ProjectId> = nodes
        .flat_map(|node| now.snapshot.projects_listed(node.id))
        .collect();
    let year_of = |id: &ProjectId| {
        now.snapshot
            .project(*id)
            .map(|project| project.year.fiscal())
    };
    let year = all.iter().filter_map(year_of).max();
    let projects = all.into_iter().filter(|id| year_of(id) == year).collect();
    Listed {
        editions,
        projects,
        year,
        province: v.province.dopa(),
    }
}

impl Listed {
    /// Money allotted to all of it; `None` where none was reported.
    pub fn allotted(&self, now: &Now) -> Option<Satang> {
        let (ledger, year) = (now.snapshot.ledger(), self.year?);
        let amounts = self.projects.iter().filter_map(|id| {
            ledger
                .of_project(ledger.project(*id)?, year)
                .money(Stage::Allotted)
        });
        total(amounts.map(|amount| amount.0))
    }

    /// Who owns the projects, each once.
    pub fn owners(&self, now: &Now) -> BTreeSet<OrganisationId> {
        self.projects
            .iter()
            .filter_map(|id| now.snapshot.project(*id))
            .map(|project| project.owner)
            .collect()
    }
}

fn total(amounts: impl Iterator<Item = i64>) -> Option<Satang> {
    amounts
        .fold(None, |sum: Option<i64>, amount| {
            Some(sum.unwrap_or(0) + amount)
        })
        .map(Satang)
}

/// The framework of the pages about targets: its edition.
///
/// # Errors
/// `NotFound` where the catalogue of frameworks was never recorded.
pub fn framework(now: &Now) -> Result<EditionId, Error> {
    now.plan(SDG4)
        .and_then(|plan| now.edition_of(plan.id))
        .ok_or(Error::NotFound)
}

/// Its ten targets in order, below the goal.
pub fn targets(now: &Now, framework: EditionId) -> Vec<NodeId> {
    let nodes = now.snapshot.plans().nodes_of(framework);
    nodes
        .filter(|node| node.kind == NodeKind::Target && node.parent.is_some())
        .map(|node| node.id)
        .collect()
}

/// How the projects of the province serve one node of a framework, with everything below it.
#[derive(Debug, Clone)]
pub struct Served {
    /// Projects attributed to it over approved links, each once.
    pub approved: Vec<NodeContribution>,
    /// The allotted money attributed to it: what each project gives, which totals exactly [`Self::allotted`].
    pub money: Vec<NodeContribution>,
    /// Projects with a proposed link to it that are not among `approved`: counted apart, never in totals.
    pub proposed: Vec<ProjectId>,
}

impl Served {
    /// Allotted money attributed to it; `None` where nothing is attributed or nothing was reported.
    pub fn allotted(&self) -> Option<Satang> {
        total(self.money.iter().map(|row| row.value))
    }

    /// Every project of it, approved ones first.
    pub fn projects(&self) -> impl Iterator<Item = ProjectId> + '_ {
        self.approved
            .iter()
            .map(|row| row.project)
            .chain(self.proposed.iter().copied())
    }
}

/// What each listed project contributes to a figure of a node; `None` where no project is listed or the node does not
/// stand. Projects of other provinces contribute to a framework, too, and are left out.
pub fn contributions(
    now: &Now,
    listed: &Listed,
    node: NodeId,
    measure: Measure,
) -> Option<Vec<NodeContribution>> {
    let mut rows = now.snapshot.why_node(node, listed.year?, measure)?;
    rows.retain(|row| listed.projects.contains(&row.project));
    Some(rows)
}

/// How the projects of a province serve a node.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct ServedIn(Option<&'static str>, NodeId);

impl Question for ServedIn {
    type Answer = Served;
    const MOST: usize = 2_000;
}

/// How the listed projects serve a node.
pub fn served(now: &Now, listed: &Listed, node: NodeId) -> Arc<Served> {
    let question = ServedIn(listed.province, node);
    now.derived.answer(&question, || serve(now, listed, node))
}

fn serve(now: &Now, listed: &Listed, node: NodeId) -> Served {
    let why = |measure| contributions(now, listed, node, measure);
    let approved: Vec<NodeContribution> = why(Measure::Projects).unwrap_or_default();
    let counted: BTreeSet<ProjectId> = approved.iter().map(|row| row.project).collect();
    let below = now.snapshot.plans().subtree(node);
    let links = below.flat_map(|node| now.snapshot.links_to(node.id));
    let proposed: BTreeSet<ProjectId> = links
        .filter(|link| link.state == LinkState::Proposed)
        .map(|link| link.project)
        .filter(|project| listed.projects.contains(project) && !counted.contains(project))
        .collect();
    Served {
        approved,
        money: why(Measure::Money(Stage::Allotted)).unwrap_or_default(),
        proposed: proposed.into_iter().collect(),
    }
}

/// Allotted money of the listed projects that no node of the framework gets; `None` where none was reported at all.
pub fn unattributed(now: &Now, listed: &Listed, framework: EditionId) -> Option<Satang> {
    let tops = now
        .snapshot
        .plans()
        .nodes_of(framework)
        .filter(|node| node.parent.is_none());
    let given: i64 = tops
        .filter_map(|node| served(now, listed, node.id).allotted())
        .map(|sum| sum.0)
        .sum();
    listed.allotted(now).map(|all| Satang(all.0 - given))
}

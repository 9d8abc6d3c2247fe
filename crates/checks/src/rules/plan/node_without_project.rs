//! PLAN-001: a part of a plan that should be carried by projects has none.

use crate::{
    Context, Findings, Rule, Subject,
    walk::{Known, reaches},
};
use domain::{
    ids::{EditionId, NodeId},
    issue::Severity,
    link::LinkState,
    plan::{Node, NodeKind},
};
use std::collections::HashSet;

/// Found at the node; below a node that was found nothing more is found.
pub static RULE: Rule = Rule {
    code: "PLAN-001",
    slug: "node-without-project",
    severity: Severity::Warning,
    check,
    page: include_str!("node_without_project.md"),
};

fn check(context: &Context<'_>, findings: &mut Findings) {
    let mut known = Known::new();
    for edition in context.plans() {
        check_edition(context, edition.id, &mut known, findings);
    }
}

fn check_edition(
    context: &Context<'_>,
    edition: EditionId,
    known: &mut Known,
    findings: &mut Findings,
) {
    let nodes: Vec<Node> = context
        .snapshot
        .plans()
        .nodes_of(edition)
        .filter(|node| !node.kind.is_indicator())
        .collect();
    // Nodes come parents first, so that what is true above is known below.
    let mut settled: HashSet<NodeId> = HashSet::new();
    let carrying = carrying_kinds(context, &nodes, known);
    for node in &nodes {
        let is_settled = node.parent.is_some_and(|parent| settled.contains(&parent));
        if is_settled || carries_itself(context, node.id, known) {
            // Projects are kept at this level or above: what lies below is served with it.
            settled.insert(node.id);
        } else if carrying.contains(&node.kind) && !is_served(context, node.id, known) {
            findings.about(Subject::Node(node.id));
            settled.insert(node.id);
        }
    }
}

/// The kinds of nodes through which this edition reaches its projects: a plan that lists its projects under strategies
/// says nothing about objectives, which stand beside them. While it has no project at all, the kinds at its top.
fn carrying_kinds(context: &Context<'_>, nodes: &[Node], known: &mut Known) -> HashSet<NodeKind> {
    let served = nodes
        .iter()
        .filter(|node| is_served(context, node.id, known));
    let kinds: HashSet<NodeKind> = served.map(|node| node.kind).collect();
    if !kinds.is_empty() {
        return kinds;
    }
    nodes
        .iter()
        .filter(|node| node.parent.is_none())
        .map(|node| node.kind)
        .collect()
}

/// Whether a project serves the node or anything below it.
fn is_served(context: &Context<'_>, node: NodeId, known: &mut Known) -> bool {
    let steps = |node| {
        let below = context
            .snapshot
            .plans()
            .children(node)
            .map(|child| child.id);
        below.chain(aligned_to(context, node)).collect()
    };
    reaches(node, known, |node| has_project(context, node), steps)
}

/// Whether the node is served by itself, not only through what stands below it.
fn carries_itself(context: &Context<'_>, node: NodeId, known: &mut Known) -> bool {
    let mut aligned = aligned_to(context, node).into_iter();
    has_project(context, node) || aligned.any(|lower| is_served(context, lower, known))
}

/// Whether a project is listed at exactly this node or has an approved link to it.
fn has_project(context: &Context<'_>, node: NodeId) -> bool {
    let links = context.snapshot.links_to(node);
    !context.snapshot.projects_listed(node).is_empty()
        || links.iter().any(|link| link.state == LinkState::Approved)
}

/// The nodes of lower plans that serve a node. What a superseded edition planned serves no longer.
fn aligned_to(context: &Context<'_>, node: NodeId) -> Vec<NodeId> {
    let plans = context.snapshot.plans();
    let in_force = |id| {
        let edition = plans.edition_of_node(id);
        edition.is_some_and(|edition| !plans.superseded(edition.id))
    };
    let all = plans.alignments_to(node).into_iter();
    all.filter(|alignment| context.carries(alignment) && in_force(alignment.from))
        .map(|alignment| alignment.from)
        .collect()
}

//! PLAN-001: a part of a plan that should be carried by projects has none.

use crate::{Context, Findings, Rule, Subject};
use domain::{
    ids::{EditionId, NodeId},
    issue::Severity,
    link::LinkState,
    plan::{Node, NodeKind},
};
use std::collections::{HashMap, HashSet};

/// Found at the node; below a node that was found nothing more is found.
pub static RULE: Rule = Rule {
    code: "PLAN-001",
    slug: "node-without-project",
    severity: Severity::Warning,
    check,
    page: include_str!("node_without_project.md"),
};

fn check(context: &Context<'_>, findings: &mut Findings) {
    let mut known = HashMap::new();
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

/// What was found out about nodes: plans above plans meet the same nodes again and again.
type Known = HashMap<NodeId, bool>;

/// Whether a project serves the node or anything below it.
fn is_served(context: &Context<'_>, node: NodeId, known: &mut Known) -> bool {
    let below: Vec<NodeId> = context
        .snapshot
        .plans()
        .subtree(node)
        .map(|node| node.id)
        .collect();
    below
        .into_iter()
        .any(|node| carries_itself(context, node, known))
}

/// Whether a project is listed at exactly this node or linked to it, or a served node of a lower plan is aligned to it.
/// Ends because the thread has no cycles: a snapshot with one cannot be built.
fn carries_itself(context: &Context<'_>, node: NodeId, known: &mut Known) -> bool {
    if let Some(carries) = known.get(&node) {
        return *carries;
    }
    let (snapshot, plans) = (context.snapshot, context.snapshot.plans());
    let in_force = |id| {
        plans
            .edition_of_node(id)
            .is_some_and(|edition| !plans.superseded(edition.id))
    };
    let carries = !snapshot.projects_listed(node).is_empty()
        || snapshot
            .links_to(node)
            .iter()
            .any(|link| link.state == LinkState::Approved)
        || plans.alignments_to(node).iter().any(|alignment| {
            alignment.state == LinkState::Approved
                && in_force(alignment.from)
                && is_served(context, alignment.from, known)
        });
    known.insert(node, carries);
    carries
}

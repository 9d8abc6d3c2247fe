//! LINK-003: a link or an alignment leads to a superseded edition.

use crate::{Context, Findings, Rule, Subject, Value};
use domain::{
    ids::{EditionId, NodeId},
    issue::Severity,
    link::LinkState,
    plan::Relation,
};
use std::collections::BTreeSet;

/// Found at the project, or at the node whose alignment it is; once per node that it leads to.
pub static RULE: Rule = Rule {
    code: "LINK-003",
    slug: "link-to-superseded-edition",
    severity: Severity::Warning,
    check,
    page: include_str!("link_to_superseded_edition.md"),
};

fn check(context: &Context<'_>, findings: &mut Findings) {
    let plans = context.snapshot.plans();
    for project in context.projects() {
        for link in context
            .snapshot
            .links_of(project.id)
            .filter(|link| stands(link.state))
        {
            report(context, findings, Subject::Project(project.id), link.node);
        }
    }
    for edition in context.plans() {
        for node in plans.nodes_of(edition.id) {
            for alignment in plans
                .alignments_from(node.id)
                .filter(|alignment| stands(alignment.state))
            {
                report(context, findings, Subject::Node(node.id), alignment.to);
            }
        }
    }
}

/// A rejected one is kept for the record: there is nothing to carry forward.
fn stands(state: LinkState) -> bool {
    state != LinkState::Rejected
}

fn report(context: &Context<'_>, findings: &mut Findings, subject: Subject, old: NodeId) {
    let plans = context.snapshot.plans();
    let Some(edition) = plans
        .edition_of_node(old)
        .filter(|edition| plans.superseded(edition.id))
    else {
        return;
    };
    findings
        .about(subject)
        .with("old", Value::Nodes(vec![(edition.id, old)]))
        .with("successor", successor(context, old));
}

/// What the approved rows of the crosswalks make of a node, followed until editions are reached that are not
/// superseded. `Related` joins different frameworks and is no succession.
fn successor(context: &Context<'_>, old: NodeId) -> Value {
    let plans = context.snapshot.plans();
    let (mut open, mut seen) = (vec![old], BTreeSet::from([old]));
    let mut found: BTreeSet<(EditionId, NodeId)> = BTreeSet::new();
    let (mut ended, mut unconfirmed) = (false, false);
    while let Some(node) = open.pop() {
        let rows = plans.crosswalks_from(node);
        for row in rows.filter(|row| row.relation != Relation::Related) {
            match (row.state, row.to) {
                (LinkState::Rejected, _) => {}
                (LinkState::Proposed, _) => unconfirmed = true,
                (LinkState::Approved, None) => ended = true,
                (LinkState::Approved, Some(next)) => {
                    let edition = plans.edition_of_node(next).map(|edition| edition.id);
                    if let Some(edition) = edition.filter(|id| !plans.superseded(*id)) {
                        found.insert((edition, next));
                    } else if seen.insert(next) {
                        open.push(next);
                    }
                }
            }
        }
    }
    if !found.is_empty() {
        Value::Nodes(found.into_iter().collect())
    } else if unconfirmed {
        Value::Word("issue.LINK-003.unconfirmed")
    } else if ended {
        Value::Word("issue.LINK-003.ended")
    } else {
        Value::Word("issue.LINK-003.unmapped")
    }
}

//! LINK-001: no approved thread leads from a project to SDG 4.

use crate::{
    Context, Findings, Rule, Subject, Value,
    walk::{Known, reaches},
};
use domain::{
    ids::{NodeId, ProjectId},
    issue::Severity,
    link::LinkState,
    plan::Level,
};

/// Found at the project.
pub static RULE: Rule = Rule {
    code: "LINK-001",
    slug: "no-approved-sdg4-link",
    severity: Severity::Warning,
    check,
    page: include_str!("no_approved_sdg4_link.md"),
};

fn check(context: &Context<'_>, findings: &mut Findings) {
    let mut known = Known::new();
    for project in context.projects() {
        if is_connected(context, project.id, &mut known) {
            continue;
        }
        let links = context.snapshot.links_of(project.id);
        let proposed = links
            .filter(|link| link.state == LinkState::Proposed && is_sdg(context, link.node))
            .count();
        findings
            .about(Subject::Project(project.id))
            .with("proposed", Value::Number(proposed as i64));
    }
}

fn is_sdg(context: &Context<'_>, node: NodeId) -> bool {
    context.level_of(node) == Some(Level::Sdg)
}

/// Whether approved links lead the project up to SDG 4, or approved alignments from where it is listed.
fn is_connected(context: &Context<'_>, project: ProjectId, known: &mut Known) -> bool {
    let approved = context
        .snapshot
        .links_of(project)
        .filter(|link| link.state == LinkState::Approved);
    let listed = context
        .snapshot
        .listings_of(project)
        .map(|listing| listing.node);
    approved
        .map(|link| link.node)
        .chain(listed)
        .any(|node| leads_to_sdg(context, node, known))
}

/// Whether approved alignments lead from a node up to SDG 4. What serves a node serves what that node stands under.
fn leads_to_sdg(context: &Context<'_>, node: NodeId, known: &mut Known) -> bool {
    let plans = context.snapshot.plans();
    let steps = |node| {
        let aligned = plans.alignments_from(node);
        let aligned = aligned.filter(|alignment| context.carries(alignment));
        let above = plans.parent(node).map(|parent| parent.id);
        aligned.map(|alignment| alignment.to).chain(above).collect()
    };
    reaches(node, known, |node| is_sdg(context, node), steps)
}

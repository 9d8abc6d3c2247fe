//! LINK-004: a link or an alignment leaves out a level between the two plans, or does not lead upwards.

use crate::{Context, Findings, Rule, Subject, Value};
use domain::{
    ids::NodeId,
    issue::Severity,
    link::LinkState,
    plan::{Alignment, Level},
};

/// Found at the node whose alignment it is, or at the project; once per node that it leads to.
pub static RULE: Rule = Rule {
    code: "LINK-004",
    slug: "wrong-level-jump",
    severity: Severity::Warning,
    check,
    page: include_str!("wrong_level_jump.md"),
};

fn check(context: &Context<'_>, findings: &mut Findings) {
    let plans = context.snapshot.plans();
    for edition in context.plans() {
        for node in plans.nodes_of(edition.id) {
            for alignment in standing(context, node.id) {
                let Some(to) = context.level_of(alignment.to) else {
                    continue;
                };
                let fault = match edition.level.may_align_to(to) {
                    false => Some("issue.LINK-004.not_upwards"),
                    true => left_out(edition.level, to, |level| serves(context, node.id, level)),
                };
                if let Some(fault) = fault {
                    report(
                        context,
                        findings,
                        Subject::Node(node.id),
                        alignment.to,
                        fault,
                    );
                }
            }
        }
    }
    for project in context.projects() {
        let links = || {
            let links = context.snapshot.links_of(project.id);
            links.filter(|link| link.state != LinkState::Rejected)
        };
        // Projects are linked to SDG 4 and to goals of plans of levels 2 and 3; level 1 is served through level 2.
        let serves_level_2 = links().any(|link| context.level_of(link.node) == Some(Level::Level2));
        for link in links() {
            if context.level_of(link.node) == Some(Level::Level1) && !serves_level_2 {
                let subject = Subject::Project(project.id);
                report(
                    context,
                    findings,
                    subject,
                    link.node,
                    "issue.LINK-004.skips_level2",
                );
            }
        }
    }
}

fn report(
    context: &Context<'_>,
    findings: &mut Findings,
    subject: Subject,
    to: NodeId,
    fault: &'static str,
) {
    if let Some(edition) = context.snapshot.plans().edition_of_node(to) {
        findings
            .about(subject)
            .with("to", Value::Nodes(vec![(edition.id, to)]))
            .with("fault", Value::Word(fault));
    }
}

/// The alignments of a node that nobody rejected.
fn standing(context: &Context<'_>, node: NodeId) -> impl Iterator<Item = Alignment> {
    let alignments = context.snapshot.plans().alignments_from(node);
    alignments.filter(|alignment| alignment.state != LinkState::Rejected)
}

/// The step of the two documents of the province.
const PROVINCE: u8 = 4;

/// Where a level stands on the way up: a plan of the province meets both rails, and all plans of agencies are one step,
/// because one document often is several of them.
const fn step(level: Level) -> u8 {
    match level {
        Level::Sdg | Level::Level1 => 1,
        Level::Level2 => 2,
        Level::Level3 => 3,
        Level::ProvincialRoadmap | Level::ProvincialPlan => PROVINCE,
        Level::EducationType | Level::FiveYear | Level::Annual => 5,
    }
}

/// What lies right above the lower plan and is passed over, unless it is served, too: from there it is for those who
/// write that plan to lead on. Between SDG 4 and the documents of the province is no plan.
fn left_out(from: Level, to: Level, serves: impl Fn(u8) -> bool) -> Option<&'static str> {
    let next = step(from) - 1;
    let jumps = step(to) < next && !(to == Level::Sdg && next < PROVINCE);
    (jumps && !serves(next)).then_some(match next {
        PROVINCE => "issue.LINK-004.skips_province",
        _ => "issue.LINK-004.skips_level3",
    })
}

/// Whether a node, or what it stands under, is aligned to a plan of a step.
fn serves(context: &Context<'_>, node: NodeId, at: u8) -> bool {
    let plans = context.snapshot.plans();
    let mut ancestors = std::iter::successors(Some(node), |node| Some(plans.parent(*node)?.id));
    ancestors.any(|node| {
        standing(context, node).any(|alignment| {
            let level = context.level_of(alignment.to);
            level.is_some_and(|level| level != Level::Sdg && step(level) == at)
        })
    })
}

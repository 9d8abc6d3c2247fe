//! DATA-001: an indicator of a plan has no baseline.

use crate::{Context, Findings, Rule, Subject};
use domain::{ids::NodeId, indicator::TargetShape, issue::Severity};

/// Found at the indicator.
pub static RULE: Rule = Rule {
    code: "DATA-001",
    slug: "indicator-without-baseline",
    severity: Severity::Warning,
    check,
    page: include_str!("indicator_without_baseline.md"),
};

fn check(context: &Context<'_>, findings: &mut Findings) {
    let plans = context.snapshot.plans();
    for edition in context.plans() {
        for node in plans
            .nodes_of(edition.id)
            .filter(|node| node.kind.is_indicator())
        {
            if plans.baselines_of(node.id).next().is_none()
                && !only_reached_or_not(context, node.id)
            {
                findings.about(Subject::Node(node.id));
            }
        }
    }
}

/// Whether all that is wanted of the indicator is that something be reached: it starts from "not yet", not from a value.
fn only_reached_or_not(context: &Context<'_>, node: NodeId) -> bool {
    let mut targets = context.snapshot.plans().targets_of(node).peekable();
    targets.peek().is_some() && targets.all(|target| target.shape == TargetShape::Reached)
}

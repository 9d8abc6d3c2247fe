//! OWNER-001: nobody answers for an indicator of a plan.

use crate::{Context, Findings, Rule, Subject};
use domain::issue::Severity;

/// Found at the indicator.
pub static RULE: Rule = Rule {
    code: "OWNER-001",
    slug: "indicator-without-owner",
    severity: Severity::Warning,
    check,
    page: include_str!("indicator_without_owner.md"),
};

fn check(context: &Context<'_>, findings: &mut Findings) {
    let plans = context.snapshot.plans();
    for edition in context.plans() {
        let nodes = plans.nodes_of(edition.id);
        for node in nodes.filter(|node| node.kind.is_indicator()) {
            let owner = plans.indicator(node.id).and_then(|it| it.owner);
            if owner.is_none() {
                findings.about(Subject::Node(node.id));
            }
        }
    }
}

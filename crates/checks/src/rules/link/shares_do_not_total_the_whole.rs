//! LINK-002: the shares of a project's approved links to one framework do not total the whole.

use crate::{Context, Findings, Rule, Subject, Value};
use domain::{ids::EditionId, issue::Severity, link::LinkState, share::Share};
use std::collections::BTreeMap;

/// Found at the project, once per edition of a framework.
pub static RULE: Rule = Rule {
    code: "LINK-002",
    slug: "shares-do-not-total-the-whole",
    severity: Severity::Error,
    check,
    page: include_str!("shares_do_not_total_the_whole.md"),
};

fn check(context: &Context<'_>, findings: &mut Findings) {
    let plans = context.snapshot.plans();
    for project in context.projects() {
        let mut totals: BTreeMap<EditionId, u32> = BTreeMap::new();
        for link in context.snapshot.links_of(project.id) {
            let Some(edition) = plans.edition_of_node(link.node) else {
                continue;
            };
            // Links to a superseded edition are to be carried forward (LINK-003), not balanced.
            if link.state == LinkState::Approved
                && edition.level.is_framework()
                && !plans.superseded(edition.id)
            {
                *totals.entry(edition.id).or_default() += u32::from(link.share.parts());
            }
        }
        for (edition, total) in totals {
            if total != u32::from(Share::WHOLE.parts()) {
                let finding = findings.about(Subject::Project(project.id));
                finding
                    .with("framework", Value::Edition(edition))
                    .with("total", Value::Share(total));
            }
        }
    }
}

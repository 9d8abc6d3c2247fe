//! MONEY-002: the total that the list of projects prints is not the sum of the project's lines of money.

use super::in_own_year;
use crate::{Context, Findings, Rule, Subject, Value};
use domain::{issue::Severity, project::Stage};

/// Found at the project.
pub static RULE: Rule = Rule {
    code: "MONEY-002",
    slug: "budget-not-sum-of-lines",
    severity: Severity::Error,
    check,
    page: include_str!("budget_not_sum_of_lines.md"),
};

fn check(context: &Context<'_>, findings: &mut Findings) {
    for project in context.projects() {
        let lines = in_own_year(context, &project, Stage::Allotted);
        let Some((stated, lines)) = project.stated_budget.zip(lines) else {
            continue;
        };
        if stated != lines {
            findings
                .about(Subject::Project(project.id))
                .with("stated", Value::Money(stated))
                .with("lines", Value::Money(lines));
        }
    }
}

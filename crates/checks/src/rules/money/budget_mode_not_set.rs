//! MONEY-001: a project without money does not say why.

use super::in_own_year;
use crate::{Context, Findings, Rule, Subject, Value};
use domain::{
    issue::Severity,
    money::Satang,
    project::{Project, Stage},
};

/// Found at the project.
pub static RULE: Rule = Rule {
    code: "MONEY-001",
    slug: "budget-mode-not-set",
    severity: Severity::Error,
    check,
    page: include_str!("budget_mode_not_set.md"),
};

fn check(context: &Context<'_>, findings: &mut Findings) {
    for project in context.projects() {
        // Its money is inside the project it is part of: that says where the money comes from.
        if project.budget_mode.is_some() || project.part_of.is_some() {
            continue;
        }
        let amount = match stated(context, &project) {
            Some(Satang::ZERO) => "issue.MONEY-001.zero",
            None => "issue.MONEY-001.missing",
            Some(_) => continue,
        };
        findings
            .about(Subject::Project(project.id))
            .with("amount", Value::Word(amount));
    }
}

/// What the project states in its own year: what it was allotted; before the allocation, the most it states at any
/// other stage. `None` = nothing is stated, which is not zero.
fn stated(context: &Context<'_>, project: &Project) -> Option<Satang> {
    let at = |stage| in_own_year(context, project, stage);
    at(Stage::Allotted).or_else(|| Stage::ALL.iter().filter_map(|stage| at(*stage)).max())
}

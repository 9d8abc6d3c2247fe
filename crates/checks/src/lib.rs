//! The linter for plans: one rule, one page that is its documentation, its fixture and its expectation.
//!
//! A rule is a `.rs` and a `.md` of the same name in `src/rules/<family>/` and a line in [`rules::RULES`]. The page
//! describes small plans and says what the rule finds in them; the tests read it and hold the rule to it.
//! Findings carry ids; [`Report`] puts them into words with the [`domain::names::Names`] of the caller.

mod beside;
mod context;
mod finding;
mod order;
mod report;
mod rule;
pub mod rules;
pub mod sarif;
mod walk;

pub use beside::Beside;
pub use context::{Context, Scope};
pub use domain::subject::Subject;
pub use finding::{Finding, Findings, Value};
pub use report::{
    Both, Counts, Report, Row, RuleRow, SubjectRow, WaivedRow, WaiverRow, severity_word,
};
pub use rule::Rule;
pub use rules::{find, pages, rules};

use chain::Snapshot;

/// Everything that the rules find within the scope: by rule, then by thing. What is waived today is there and says by
/// which waiver. The same facts give the same findings.
pub fn run(snapshot: &Snapshot, scope: &Scope, beside: Beside<'_>) -> Vec<Finding> {
    run_only(&rules(), snapshot, scope, beside)
}

/// What some of the rules find within the scope.
pub fn run_only(
    rules: &[&'static Rule],
    snapshot: &Snapshot,
    scope: &Scope,
    beside: Beside<'_>,
) -> Vec<Finding> {
    let context = Context::new(snapshot, scope, beside);
    let mut all = Vec::new();
    for rule in rules {
        let mut findings = Findings::of(rule);
        (rule.check)(&context, &mut findings);
        all.append(&mut findings.into_found(&context));
    }
    all.sort();
    all
}

//! WAIVE-001: a waiver waives nothing, or is over.

use crate::{Context, Findings, Rule, Subject, Value};
use domain::{issue::Severity, waiver::is_over_waivers};
use std::collections::{HashMap, HashSet};

/// Found at the thing that the waiver speaks of, once per waiver.
pub static RULE: Rule = Rule {
    code: "WAIVE-001",
    slug: "waiver-to-clear-away",
    severity: Severity::Warning,
    check,
    page: include_str!("waiver_to_clear_away.md"),
};

fn check(context: &Context<'_>, findings: &mut Findings) {
    // Each rule that anything is waived of is asked once, whichever rules the caller asked for.
    let mut known: HashMap<&str, HashSet<Subject>> = HashMap::new();
    for waiver in context.beside.waivers {
        if !context.is_in_scope(waiver.subject) {
            continue;
        }
        let found = known
            .entry(waiver.rule.as_str())
            .or_insert_with(|| subjects(context, &waiver.rule));
        let what = match (
            found.contains(&waiver.subject),
            waiver.is_in_force(context.today),
        ) {
            (true, true) => continue,
            (true, false) => "issue.WAIVE-001.over",
            (false, true) => "issue.WAIVE-001.unused",
            (false, false) => "issue.WAIVE-001.over_and_unused",
        };
        findings
            .about(waiver.subject)
            .with("rule", Value::Text(waiver.rule.clone()))
            .with("until", Value::Day(waiver.until))
            .with("what", Value::Word(what));
    }
}

/// About which things a rule finds anything; about none where there is no such rule any more.
fn subjects(context: &Context<'_>, rule: &str) -> HashSet<Subject> {
    let rule = super::super::find(rule).filter(|rule| !is_over_waivers(rule.code));
    let Some(rule) = rule else {
        return HashSet::new();
    };
    let mut findings = Findings::of(rule);
    (rule.check)(context, &mut findings);
    findings.subjects().collect()
}

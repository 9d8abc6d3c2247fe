//! OWNER-003: an organisation answers for projects, indicators or duties, and nobody who still works here can do that work.

use crate::{Context, Findings, Rule, Subject, Value};
use domain::{ids::OrganisationId, issue::Severity};
use std::collections::BTreeMap;

/// Found at the organisation, once, however much waits.
pub static RULE: Rule = Rule {
    code: "OWNER-003",
    slug: "organisation-without-people",
    severity: Severity::Advice,
    check,
    page: include_str!("organisation_without_people.md"),
};

/// What an organisation answers for.
#[derive(Default)]
struct Work {
    projects: i64,
    indicators: i64,
    duties: i64,
}

fn check(context: &Context<'_>, findings: &mut Findings) {
    if context.beside.unattended.is_empty() {
        return;
    }
    let work = work(context);
    let organisations = context.snapshot.organisations();
    for id in context.beside.unattended {
        let Some(work) = work.get(id) else {
            continue;
        };
        // Who closes is another question: OWNER-002.
        let row = organisations
            .number(*id)
            .and_then(|ix| organisations.row(ix));
        if row.is_none_or(|row| row.closed.is_some_and(|closed| closed <= context.today)) {
            continue;
        }
        findings
            .about(Subject::Organisation(*id))
            .with("projects", Value::Number(work.projects))
            .with("indicators", Value::Number(work.indicators))
            .with("duties", Value::Number(work.duties));
    }
}

fn work(context: &Context<'_>) -> BTreeMap<OrganisationId, Work> {
    let mut work: BTreeMap<OrganisationId, Work> = BTreeMap::new();
    for project in context.projects() {
        work.entry(project.owner).or_default().projects += 1;
    }
    let plans = context.snapshot.plans();
    for edition in context.plans() {
        for node in plans.nodes_of(edition.id) {
            if let Some(owner) = plans.indicator(node.id).and_then(|it| it.owner) {
                work.entry(owner).or_default().indicators += 1;
            }
        }
    }
    for duty in context.duties() {
        if duty.applicable && duty.reported_on.is_none() {
            work.entry(duty.organisation).or_default().duties += 1;
        }
    }
    work
}

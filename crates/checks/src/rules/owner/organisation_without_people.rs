//! OWNER-003: an organisation answers for projects, indicators or duties, and nobody who still works here can record it, or nobody can certify it.

use crate::{Context, Findings, Rule, Subject, Value};
use domain::{ids::OrganisationId, issue::Severity, organisation::Axis};
use std::collections::BTreeMap;

/// Found at the organisation, once, however much waits; what waits at a school counts at the agency above it, where that
/// has nobody either: whoever is invited there does both.
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

/// What waits, by the organisation at which it is found.
fn work(context: &Context<'_>) -> BTreeMap<OrganisationId, Work> {
    let mut work: BTreeMap<OrganisationId, Work> = BTreeMap::new();
    let mut add = |organisation, count: fn(&mut Work) -> &mut i64| {
        *count(work.entry(top(context, organisation)).or_default()) += 1;
    };
    for project in context.projects() {
        add(project.owner, |work| &mut work.projects);
    }
    let plans = context.snapshot.plans();
    for edition in context.plans() {
        for node in plans.nodes_of(edition.id) {
            if let Some(owner) = plans.indicator(node.id).and_then(|it| it.owner) {
                add(owner, |work| &mut work.indicators);
            }
        }
    }
    for duty in context.duties() {
        if duty.applicable && duty.reported_on.is_none() {
            add(duty.organisation, |work| &mut work.duties);
        }
    }
    work
}

/// The highest organisation above it by สังกัด up to which nobody works.
fn top(context: &Context<'_>, organisation: OrganisationId) -> OrganisationId {
    let organisations = context.snapshot.organisations();
    let nobody = |id: &OrganisationId| context.beside.unattended.contains(id);
    let up = |id: &OrganisationId| {
        let ix = organisations.number(*id)?;
        let parent = organisations.parent_on(Axis::ReportsTo, ix, context.today)?;
        Some(organisations.id(parent)).filter(nobody)
    };
    // A damaged forest ends the climb.
    let climb = std::iter::successors(Some(organisation), up).take(organisations.len());
    climb.last().unwrap_or(organisation)
}

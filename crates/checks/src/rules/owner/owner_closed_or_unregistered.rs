//! OWNER-002: the organisation that owns a project did not exist in its year, or is not one that the office whose plan
//! it is coordinates.

use crate::{Context, Findings, Rule, Subject, Value};
use chain::OrgIx;
use domain::{
    issue::Severity,
    organisation::Axis,
    project::{Project, ProjectYear},
};
use jiff::civil::Date;
use std::collections::HashSet;

/// Found at the project.
pub static RULE: Rule = Rule {
    code: "OWNER-002",
    slug: "owner-closed-or-unregistered",
    severity: Severity::Error,
    check,
    page: include_str!("owner_closed_or_unregistered.md"),
};

fn check(context: &Context<'_>, findings: &mut Findings) {
    for project in context.projects() {
        if let Some(why) = wrong(context, &project) {
            findings
                .about(Subject::Project(project.id))
                .with("why", Value::Word(why));
        }
    }
}

fn wrong(context: &Context<'_>, project: &Project) -> Option<&'static str> {
    let organisations = context.snapshot.organisations();
    let owner = organisations.number(project.owner)?;
    let row = organisations.row(owner)?;
    let (first, last) = match project.year {
        ProjectYear::Fiscal(year) => (year.first_day(), year.last_day()),
        ProjectYear::Academic(year) => (year.first_day(), year.last_day()),
    };
    // One day of the year is enough: what becomes of its projects when it closes is another question.
    if row.closed.is_some_and(|closed| closed <= first) {
        Some("issue.OWNER-002.closed")
    } else if row.opened.is_some_and(|opened| opened > last) {
        Some("issue.OWNER-002.not_open_yet")
    } else if is_unregistered(context, project, owner) {
        Some("issue.OWNER-002.unregistered")
    } else {
        None
    }
}

/// Whether offices that keep a register list the project in their plans, and the owner is in none of these registers. An
/// office that coordinates nobody keeps none.
fn is_unregistered(context: &Context<'_>, project: &Project, owner: OrgIx) -> bool {
    let organisations = context.snapshot.organisations();
    let plans = context.snapshot.plans();
    let day = project.seated_on();
    let mut registers = context
        .snapshot
        .listings_of(project.id)
        .filter_map(|listing| plans.edition_of_node(listing.node))
        .filter(|edition| !edition.level.is_framework())
        .filter_map(|edition| organisations.number(edition.owner?))
        .filter(|office| {
            let below = organisations.subtree_on(Axis::CoordinatedBy, *office, day);
            below.len() > 1
        })
        .peekable();
    let above = above(context, owner, day);
    registers.peek().is_some() && !registers.any(|office| above.contains(&office))
}

/// The organisation and everybody above it in either forest: a school is known through its agency.
fn above(context: &Context<'_>, owner: OrgIx, day: Date) -> HashSet<OrgIx> {
    let organisations = context.snapshot.organisations();
    let mut seen = HashSet::from([owner]);
    let mut open = vec![owner];
    while let Some(at) = open.pop() {
        let parents = Axis::ALL
            .iter()
            .filter_map(|axis| organisations.parent_on(*axis, at, day));
        open.extend(parents.filter(|parent| seen.insert(*parent)));
    }
    seen
}

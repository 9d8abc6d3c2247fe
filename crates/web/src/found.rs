//! What the rules found about the plans of the province, with the way to each thing.

use std::collections::HashMap;

use actions::live::Now;
use checks::{Report, Scope, Subject};
use domain::names::Names;
use domain::time::Moment;
use jiff::civil::Date;
use jiff::tz::Offset;
use maud::{Markup, html};

use crate::Viewer;
use crate::data::{node_address, project_address};
use crate::served::Listed;
use crate::ui::{FindingRow, flow, name_of};

/// The findings of the province's plans.
pub struct Found {
    /// Each with its thing.
    pub rows: Vec<(Subject, checks::Row)>,
}

/// The day of a moment on a calendar in Thailand.
pub fn day_of(now: Moment) -> Date {
    let stamp = jiff::Timestamp::from_microsecond(now.0).unwrap_or_default();
    Offset::constant(7).to_datetime(stamp).date()
}

impl Found {
    /// Asks every rule about the editions of `listed`. Titles name the projects.
    pub fn of(v: &Viewer, now: &Now, listed: &Listed, titles: &Names) -> Self {
        if listed.editions.is_empty() {
            return Self { rows: Vec::new() };
        }
        let today = day_of(v.app().now());
        let scope = Scope {
            editions: Some(listed.editions.clone()),
            today,
        };
        let found = checks::run(&now.snapshot, &scope);
        let subjects: HashMap<(&str, String), Subject> = found
            .iter()
            .map(|finding| {
                (
                    (finding.subject.kind(), finding.subject.id()),
                    finding.subject,
                )
            })
            .collect();
        let names = Names {
            projects: titles.projects.clone(),
            ..now.names.clone()
        };
        let report = Report::new(today, &checks::rules(), &found, &names);
        let with_subject = |row: checks::Row| {
            let subject = subjects.get(&(row.subject.kind, row.subject.id.clone()))?;
            Some((*subject, row))
        };
        Self {
            rows: report
                .findings
                .into_iter()
                .filter_map(with_subject)
                .collect(),
        }
    }

    /// Keeps those about some things.
    pub fn retain(&mut self, keep: impl Fn(Subject) -> bool) {
        self.rows.retain(|(subject, _)| keep(*subject));
    }
}

/// The page of the thing that a finding is about.
fn address(v: &Viewer, now: &Now, titles: &Names, subject: Subject) -> Option<String> {
    match subject {
        Subject::Project(id) => project_address(v, now, titles.projects.get(&id)?, id),
        Subject::Node(id) => node_address(v, now, id),
        Subject::Edition(id) => now.plan_of(id).map(|plan| v.to_plan(&plan.code)),
    }
}

/// Findings, each with its rule's page and the page of its thing. Organisations are not named: this is public.
pub fn show(v: &Viewer, now: &Now, titles: &Names, all: &[(Subject, checks::Row)]) -> Markup {
    let hrefs: Vec<String> = all.iter().map(|(_, row)| v.to_rule(row.code)).collect();
    let rows: Vec<FindingRow<'_>> = all
        .iter()
        .zip(&hrefs)
        .map(|((subject, row), rule)| {
            let name = match subject {
                Subject::Project(id) => titles.projects.get(id),
                other => other.name(&now.names),
            };
            let label = format!("{} {}", row.subject.label_th.as_deref().unwrap_or_default(), row.subject.code);
            let thing = html! { (flow(label.trim())) " " @if let Some(name) = name { (name_of(v.locale, name)) } };
            FindingRow {
                severity: row.severity,
                rule: row.code,
                rule_href: Some(rule),
                what: flow(row.sentence.text(v.locale)),
                why: html! {
                    @match address(v, now, titles, *subject) { Some(href) => a href=(href) { (thing) }, None => (thing) }
                    @if let Some(hint) = &row.hint { br; (flow(hint.text(v.locale))) }
                },
                next: Vec::new(),
            }
        })
        .collect();
    FindingRow::show_all(v.locale, &rows)
}

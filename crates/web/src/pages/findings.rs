//! Everything in the plans of the province that should be looked at, with filters that stand in the address.

use axum::extract::Query;
use axum::extract::rejection::QueryRejection;
use checks::Subject;
use domain::issue::{Issue, Place as At, Severity};
use domain::text::search_key;
use maud::html;
use serde::Deserialize;

use crate::found::{self, Found};
use crate::served::listed;
use crate::ui::{Card, Empty, Filters, Icon, Place, button, count, flow, heading, pagination};
use crate::{Error, Page, Viewer};

const PER_PAGE: usize = 50;
/// The value of `severity` that asks for what is waived.
const WAIVED: &str = "waived";

/// The question of the address.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    rule: String,
    severity: String,
    plan: String,
    q: String,
    page: String,
}

impl Asked {
    fn fits(&self, row: &checks::Row) -> bool {
        let plan = row
            .subject
            .plan
            .as_deref()
            .or(Some(row.subject.code.as_str()))
            .unwrap_or_default();
        let severity = self.severity.is_empty() || self.is_for_waived();
        (self.rule.is_empty() || row.code == self.rule)
            && (severity || row.severity.code() == self.severity)
            && (self.plan.is_empty() || plan.starts_with(self.plan.as_str()))
            && self.holds(row)
    }

    /// Whether only what is waived is asked for: it has its place among the severities, because it has none that counts.
    fn is_for_waived(&self) -> bool {
        self.severity == WAIVED
    }

    fn holds(&self, row: &checks::Row) -> bool {
        let subject = &row.subject;
        let text = [
            row.code,
            &subject.code,
            subject.name_th.as_deref().unwrap_or_default(),
            &row.sentence.th,
            &row.sentence.en,
        ]
        .join(" ");
        let text = search_key(&text);
        self.q
            .split_whitespace()
            .all(|word| text.contains(&search_key(word)))
    }
}

/// `GET /findings`, `GET /findings?rule=…&severity=…&plan=…&q=…`.
///
/// # Errors
/// `BadRequest` where the question cannot be read.
pub async fn show(
    viewer: Viewer,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Page, Error> {
    let v = &viewer;
    let Query(asked) = asked.map_err(|_| {
        let at = At::Field {
            field: "q".to_owned(),
        };
        Error::BadRequest(vec![Issue::error(at, "ui.unreadable_question")])
    })?;
    let live = v.live()?;
    let listed = live.read(|now| listed(v, now));
    let found = Found::of_province(v, live).await?;
    let titles = &found.titles;
    let plans: Vec<(String, String)> = live.read(|now| {
        let plans = listed
            .editions
            .iter()
            .filter_map(|id| now.plan_of(*id))
            .map(|plan| (plan.code.clone(), plan.code.clone()));
        plans.collect()
    });
    let total = found.rows.len();
    let of_severity = |severity: Severity| {
        found
            .rows
            .iter()
            .filter(|(_, row)| row.severity == severity)
            .count() as u64
    };
    let rule = |rule: &&'static checks::Rule| {
        let n = found
            .rows
            .iter()
            .filter(|(_, row)| row.code == rule.code)
            .count();
        (
            rule.code.to_owned(),
            format!(
                "{} {} ({})",
                rule.code,
                rule.title(v.locale),
                count(n as u64)
            ),
        )
    };
    let all = || (String::new(), v.say("page.findings.every").into_owned());
    let rules: Vec<_> = std::iter::once(all())
        .chain(checks::rules().iter().map(rule))
        .collect();
    let plans: Vec<_> = std::iter::once(all()).chain(plans).collect();
    let words = [Severity::Error, Severity::Warning, Severity::Advice]
        .map(|s| (s, checks::severity_word(s, v.locale)));
    let every = v.say("page.findings.every");
    let waived_word = v.say("waiver.waived");
    let chips: Vec<(&str, &str, u64)> = std::iter::once(("", &*every, total as u64))
        .chain(
            words
                .iter()
                .map(|(severity, word)| (severity.code(), word.as_str(), of_severity(*severity))),
        )
        .chain((!found.waived.is_empty()).then_some((
            WAIVED,
            &*waived_word,
            found.waived.len() as u64,
        )))
        .collect();
    let (by_rule, by_plan, by_text) = (
        v.say("page.findings.rule"),
        v.say("page.plan"),
        v.say("ui.search"),
    );
    let filters = Filters::new(v.to("/findings"))
        .chips(
            v,
            "severity",
            &v.say("page.findings.severity"),
            &chips,
            &asked.severity,
        )
        .choose("rule", &by_rule, rules, &asked.rule)
        .choose("plan", &by_plan, plans, &asked.plan)
        .write("q", &by_text, &asked.q);
    let fitting: Vec<(Subject, checks::Row)> = found
        .rows
        .iter()
        .filter(|(_, row)| asked.fits(row))
        .cloned()
        .collect();
    let waived: Vec<_> = found
        .waived
        .iter()
        .filter(|(_, waived)| asked.fits(&waived.row))
        .cloned()
        .collect();
    let fitting = if asked.is_for_waived() {
        Vec::new()
    } else {
        fitting
    };
    let pages = fitting.len().div_ceil(PER_PAGE).max(1);
    let page = asked.page.parse::<usize>().unwrap_or(1).clamp(1, pages);
    let title = v.say("page.findings.title");
    let shown = v.say_with(
        "page.findings.shown",
        &[
            ("n", count(fitting.len() as u64).into()),
            ("of", count(total as u64).into()),
        ],
    );
    let waived_list = live.read(|now| found::show_waived(v, now, titles, &waived));
    let waived_title = v.say_with(
        "page.findings.waived",
        &[("n", count(waived.len() as u64).into())],
    );
    let list = live.read(|now| {
        found::show(
            v,
            now,
            titles,
            fitting
                .get((page - 1) * PER_PAGE..)
                .map(|rest| &rest[..rest.len().min(PER_PAGE)])
                .unwrap_or_default(),
        )
    });
    Ok(Page::new(v, title.clone()).at(Place::Findings).described(v.say("page.findings.lead")).body(html! {
        (heading(flow(&title), flow(&v.say("page.findings.lead")), &[
            button(&v.to("/rules"), Some(Icon::Book), &v.say("page.rules.title"), false),
        ]))
        // Without anything to be looked at, counts of nothing would read like zeros.
        @if total > 0 || !waived.is_empty() { (filters.show(v)) }
        @if !asked.is_for_waived() {
        (Card::new(if total == 0 { &title } else { &shown }).flush().show(html! {
            @if total == 0 {
                (Empty::NoData.show(&v.say(if listed.year.is_none() { "page.findings.unchecked" } else { "page.findings.none" }), &v.say(if listed.year.is_none() { "page.target.no_plan.why" } else { "page.findings.none.why" }), Some(button(&v.to("/plans"), None, &v.say("page.plans.title"), false))))
            } @else if fitting.is_empty() {
                (Empty::NoMatch.show(&v.say("page.findings.no_match"), &v.say("page.findings.no_match.why"), Some(button(&v.to("/findings"), None, &v.say("page.findings.all"), false))))
            } @else { (list) }
        }))
        (pagination(v, page as u64, PER_PAGE as u64, fitting.len() as u64))
        }
        @if !waived.is_empty() {
            (Card::new(&waived_title).line(flow(&v.say("page.findings.waived.line"))).flush().show(html! { (waived_list) }))
        } @else if asked.is_for_waived() {
            (Empty::NoMatch.show(&v.say("page.findings.no_match"), &v.say("page.findings.no_match.why"), Some(button(&v.to("/findings"), None, &v.say("page.findings.all"), false))))
        }
    }))
}

//! What is known of a project: its facts, its money by stage, its links with their reasons.

use actions::live::Now;
use chain::trace::{Gap, GapKind, Rail, Thread};
use checks::Subject;
use domain::issue::Severity;
use domain::locale::Locale;
use domain::project::{Project, ProjectText, ProjectYear, Stage};
use maud::{Markup, html};
use store::Kept;

use super::words;
use crate::Viewer;
use crate::data::{money_or_missing, node_address, node_label, node_name, organisation_name};
use crate::found::{Found, waive, withdraw};
use crate::pages::joints::Refused;
use crate::pages::joints::desk::Desk;
use crate::pages::joints::lower::Standing;
use crate::pages::joints::row::{May, list, row};
use crate::ui::{
    Card, Column, Empty, FindingRow, Icon, Row, Table, Tone, button, certainty, code, count_badge,
    definitions, flow, foreign, note, rows,
};

/// "ปีงบประมาณ 2569" or "ปีการศึกษา 2569".
pub(super) fn year(v: &Viewer, year: ProjectYear) -> String {
    let (key, year) = match year {
        ProjectYear::Fiscal(year) => ("page.fiscal_year", year.0),
        ProjectYear::Academic(year) => ("page.academic_year", year.0),
    };
    v.say_with(key, &[("year", year.to_string().into())])
}

/// Whether each rail is connected.
pub(super) fn completeness(v: &Viewer, thread: &Thread) -> Markup {
    Card::new(&v.say("page.completeness")).show(html! {
        div.stack-s {
            @for rail in &thread.rails {
                p { (flow(&words::rail(v, rail.rail))) br; (words::status(v, rail.status)) }
            }
        }
    })
}

/// What is missing on the thread and what the rules found, with the next thing to do first.
pub(super) fn review(
    v: &Viewer,
    now: &Now,
    project: &Project,
    found: &Found,
    thread: &Thread,
) -> Markup {
    let mut gaps: Vec<(&Gap, Option<Rail>)> = thread.gaps.iter().map(|gap| (gap, None)).collect();
    for rail in &thread.rails {
        for gap in &rail.gaps {
            // Both rails ask for the same plans below the province.
            let both = |there: &Gap| there == gap && gap.kind != GapKind::NoLink;
            match gaps.iter_mut().find(|(there, _)| both(there)) {
                Some((_, of)) => *of = None,
                None => gaps.push((gap, Some(rail.rail))),
            }
        }
    }
    gaps.sort_by_key(|(gap, _)| gap.severity);
    let ours = Subject::Project(project.id);
    let rules = found.rows.iter().filter(|(subject, _)| *subject == ours);
    let rules: Vec<&checks::Row> = rules.map(|(_, row)| row).collect();
    let waived = found.waived.iter().filter(|(subject, _)| *subject == ours);
    let waived: Vec<&checks::WaivedRow> = waived.map(|(_, waived)| waived).collect();
    let total = rules.len() + gaps.len();
    let urgent = gaps
        .iter()
        .find(|(gap, _)| gap.severity != Severity::Advice);
    let next = urgent.and_then(|(gap, _)| words::next(v, gap));
    let pages: Vec<String> = rules.iter().map(|row| v.to_rule(row.code)).collect();
    let found = rules.iter().zip(&pages).map(|(row, page)| FindingRow {
        severity: row.severity,
        rule: row.code,
        rule_href: Some(page),
        what: flow(row.sentence.text(v.locale)),
        why: row
            .hint
            .as_ref()
            .map(|hint| flow(hint.text(v.locale)))
            .unwrap_or_default(),
        next: Vec::from_iter(waive(v, now, row, ours)),
    });
    let waived_pages: Vec<String> = waived
        .iter()
        .map(|waived| v.to_rule(waived.row.code))
        .collect();
    // Waived ones stand last, with their reason and end, and count for nothing.
    let waived = waived
        .iter()
        .zip(&waived_pages)
        .map(|(waived, page)| FindingRow {
            severity: waived.row.severity,
            rule: waived.row.code,
            rule_href: Some(page),
            what: flow(waived.row.sentence.text(v.locale)),
            why: html! { b { (flow(&waived.waiver.sentence(v.locale))) } },
            next: Vec::from_iter(withdraw(v, now, waived.row.code, ours)),
        });
    let found: Vec<FindingRow<'_>> = found.chain(waived).collect();
    Card::new(&v.say("page.review")).aside(count_badge(total as u64)).flush().show(html! {
        @if let Some(next) = next {
            div.card-b { (note(Tone::Below, Icon::Arrow, html! { b { (flow(&v.say("page.next"))) } " " (flow(&next)) })) }
        }
        @if total == 0 { (Empty::NoData.show(&v.say("page.review.none"), &v.say("page.review.none.why"), None)) }
        (FindingRow::show_all(v.locale, &found))
        @if !gaps.is_empty() {
            (rows(gaps.iter().map(|(gap, rail)| Row {
                mark: Some(crate::ui::icon(if gap.severity == Severity::Advice { Icon::Info } else { Icon::Unlink })),
                title: flow(&words::gap(v, now, gap)),
                href: None,
                line: Some(html! {
                    @if let Some(rail) = rail { (flow(&words::rail(v, *rail))) br; }
                    @if let Some(next) = words::next(v, gap) { (flow(&next)) }
                }),
                aside: None,
            })))
        }
    })
}

/// Links with state, share, reason and decision; and for who may, the ways to propose, to change and to decide.
pub(super) fn links(
    v: &Viewer,
    now: &Now,
    desk: &Desk,
    links: &[Standing],
    (may, refused): (May, Option<Refused<'_>>),
) -> Markup {
    let title = v.say("page.links");
    let card = Card::new(&title)
        .aside(count_badge(links.len() as u64))
        .flush();
    let card = match may.propose {
        true => card.foot(button(
            &desk.to_new(),
            Some(Icon::Plus),
            &v.say("page.link.propose"),
            false,
        )),
        false => card,
    };
    let list = match links.is_empty() {
        true => Empty::NoData.show(
            &v.say("page.links.none"),
            &v.say("page.links.none.why"),
            None,
        ),
        false => list(
            links
                .iter()
                .map(|one| row(v, now, desk, one, (may, refused))),
        ),
    };
    html! { div id="joints" { (card.show(list)) } }
}

/// Money by stage: what nobody reported is missing, never zero.
pub(super) fn money(v: &Viewer, now: &Now, project: &Project) -> Markup {
    let ledger = now.snapshot.ledger();
    let figures = ledger
        .project(project.id)
        .map(|ix| ledger.of_project(ix, project.year.fiscal()));
    let title = v.say("page.money");
    let rows = Stage::ALL.iter().map(|stage| {
        let amount = figures.and_then(|figures| figures.money(*stage));
        [
            flow(&v.say(&format!("page.stage.{stage}"))),
            money_or_missing(v, amount),
        ]
    });
    let table = Table::new(
        &title,
        [
            Column::text(&v.say("page.money.stage")),
            Column::figure(&v.say("page.money.amount")),
        ],
    )
    .rows(rows)
    .show();
    Card::new(&title)
        .line(flow(&year(v, project.year)))
        .flush()
        .show(table)
}

/// Facts, source and certainty.
pub(super) fn details(
    v: &Viewer,
    now: &Now,
    kept: &Kept<(Project, ProjectText)>,
    source: Option<&str>,
) -> Markup {
    let (project, text) = &kept.row;
    let thai = |text: &str| {
        if v.locale == Locale::Th {
            flow(text)
        } else {
            foreign(Locale::Th, text)
        }
    };
    let term = |key: &str| flow(&v.say(key));
    let mut facts = vec![
        (term("page.code"), code(&text.code)),
        (term("page.owner"), organisation_name(v, now, project.owner)),
        (term("page.year"), flow(&year(v, project.year))),
    ];
    for listing in now.snapshot.listings_of(project.id) {
        let words = html! { (flow(&node_label(v, now, listing.node))) " " (node_name(v, now, listing.node)) };
        let linked = match node_address(v, now, listing.node) {
            Some(href) => html! { a href=(href) { (words) } },
            None => words,
        };
        facts.push((term("page.listed_in"), linked));
    }
    if let Some(group) = &text.target_group {
        facts.push((term("page.target_group"), thai(group)));
    }
    let mode = project
        .budget_mode
        .map(|mode| v.say(&format!("page.mode.{mode}")).into_owned());
    facts.push((
        term("page.mode"),
        flow(&mode.unwrap_or_else(|| v.say("page.mode.unset").into_owned())),
    ));
    if let Some(remark) = &text.note {
        facts.push((term("page.note"), thai(remark)));
    }
    facts.extend(source.map(|source| (term("page.source"), flow(source))));
    if let Some(known) = &kept.stamp.provenance {
        facts.push((term("page.certainty"), certainty(v.locale, known.certainty)));
    }
    Card::new(&v.say("page.details")).show(definitions(facts))
}

//! What is known of a project: its facts, its money by stage, its links with their reasons.

use actions::live::Now;
use chain::trace::{Gap, GapKind, Rail, Thread};
use checks::Subject;
use domain::ids::NodeId;
use domain::issue::{Issue, Severity};
use domain::link::{Link, LinkState};
use domain::locale::Locale;
use domain::project::{Project, ProjectText, ProjectYear, Stage};
use maud::{Markup, html};
use store::{Kept, Reason};

use super::words;
use crate::Viewer;
use crate::data::{money_or_missing, node_address, node_label, node_name, organisation_name};
use crate::form::Fields;
use crate::found::{Found, waive};
use crate::ui::{
    Card, Column, Empty, FindingRow, Form, Icon, Row, Table, Tone, certainty, code, count_badge,
    definitions, flow, foreign, link_state, name, note, rows, secret, share,
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
        next: Vec::from_iter(waive(v, now, row.code, ours)),
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
            next: Vec::new(),
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

/// Links with state, share, reason and decision; and for who may, the form to decide on each.
pub(super) fn links(
    v: &Viewer,
    now: &Now,
    links: &[Kept<(Link, Reason)>],
    deciding: &Deciding<'_>,
) -> Markup {
    let title = v.say("page.links");
    Card::new(&title)
        .aside(count_badge(links.len() as u64))
        .flush()
        .show(html! {
            @if links.is_empty() {
                (Empty::NoData.show(&v.say("page.links.none"), &v.say("page.links.none.why"), None))
            } @else {
                (rows(links.iter().map(|kept| link(v, now, kept, deciding))))
            }
        })
}

/// What the reader may do to the project.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct May {
    pub edit: bool,
    pub decide: bool,
}

/// The forms that decide on links.
pub(super) struct Deciding<'a> {
    /// Whether the reader may.
    pub may: bool,
    /// Address of the project's page.
    pub page: String,
    /// What was just tried and not done: at which node, what was typed, and what stands against it.
    pub refused: Option<(NodeId, &'a Fields, &'a [Issue])>,
}

/// Approving and rejecting one link with a reason; the decision that stands already is not offered.
fn decide(v: &Viewer, link: &Link, deciding: &Deciding<'_>) -> Markup {
    let empty = Fields::default();
    let (fields, issues) = match deciding.refused {
        Some((node, fields, issues)) if node == link.node => (fields, issues),
        _ => (&empty, &[][..]),
    };
    let form = Form::new(v, "page.decide", fields, issues);
    let to = format!("{}/links/{}", deciding.page, link.node);
    // The summary of what is wrong leads to the field of this one form.
    let field = match issues {
        [] => format!("r-{}", link.node),
        _ => "f-reason".to_owned(),
    };
    let offered = |state: LinkState| link.state != state;
    html! {
        details open[!issues.is_empty()] {
            summary { (flow(&v.say("page.decide.open"))) }
            form.stack method="post" action=(to) novalidate {
                (form.summary())
                (secret(v))
                (form.hidden("seen", link.state.code()))
                div.f {
                    label for=(field) { (flow(&v.say("page.decide.reason"))) }
                    input.in id=(field) name="reason" type="text" value=(fields.text("reason"));
                }
                div.row {
                    @if offered(LinkState::Rejected) { button.btn.btn-s type="submit" name="decision" value="reject" { (flow(&v.say("page.decide.reject"))) } }
                    @if offered(LinkState::Approved) { button.btn.btn-s.btn-p type="submit" name="decision" value="approve" { (flow(&v.say("page.decide.approve"))) } }
                }
            }
        }
    }
}

fn link(v: &Viewer, now: &Now, kept: &Kept<(Link, Reason)>, deciding: &Deciding<'_>) -> Row {
    let (link, reason) = &kept.row;
    let parts = u64::from(link.share.parts());
    let part = v.say_with(
        "page.links.share",
        &[(
            "share",
            share(v.locale, parts, 10_000).unwrap_or_default().into(),
        )],
    );
    let why = name(
        v.locale,
        reason.reason_th.as_deref().unwrap_or_default(),
        reason.reason_en.as_deref(),
    );
    Row {
        mark: None,
        title: html! { (flow(&words::short(now, link.node))) " " (node_name(v, now, link.node)) },
        href: node_address(v, now, link.node),
        line: Some(html! {
            (link_state(v.locale, link.state)) br;
            (why) br;
            (flow(&part))
            @if let (Some(by), Some(decided)) = (&reason.decided_by, &reason.decided_why) {
                " · " (flow(&v.say_with("page.links.decided", &[("by", by.as_str().into())]))) " " (flow(decided))
            }
            @if let Some(source) = &kept.stamp.provenance { " " (certainty(v.locale, source.certainty)) }
            @if deciding.may { (decide(v, link, deciding)) }
        }),
        aside: None,
    }
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
pub(super) fn details(v: &Viewer, now: &Now, kept: &Kept<(Project, ProjectText)>) -> Markup {
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
    if let Some(source) = &kept.stamp.provenance {
        facts.push((term("page.source"), flow(&source.source)));
        facts.push((
            term("page.certainty"),
            certainty(v.locale, source.certainty),
        ));
    }
    Card::new(&v.say("page.details")).show(definitions(facts))
}

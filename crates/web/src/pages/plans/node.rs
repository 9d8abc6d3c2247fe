//! One element of a plan or framework: where it stands, its figures and why they are so, its source.

use actions::live::Now;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query};
use chain::targets::Scope;
use chain::{Figures, Measure};
use domain::ids::{EditionId, NodeId, ProjectId};
use domain::indicator::{Indicator, IndicatorText};
use domain::issue::{Issue, Place as At};
use domain::link::LinkState;
use domain::names::Names;
use domain::plan::{Node, NodeText, Plan};
use domain::project::Stage;
use domain::time::FiscalYear;
use maud::{Markup, html};
use serde::Deserialize;
use std::collections::HashMap;
use store::Kept;

use super::why;
use crate::data::{
    edition, edition_label, node_address, node_label, node_name, project_cell, year_of,
};
use crate::ui::{
    Card, Place, Row, Stat, ValueState, certainty, count, count_badge, crumbs, definitions, flow,
    foreign, heading, link_state, rows, stats,
};
use crate::{Error, Page, Viewer};

/// Which figure is to be explained.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    figure: Option<String>,
}

/// What the element shows, as the snapshot has it.
pub(super) struct Shown {
    pub plan: Plan,
    pub edition: EditionId,
    pub node: Node,
    pub year: Option<FiscalYear>,
    pub measure: Measure,
    /// `None` where no project speaks of the year.
    pub figures: Option<Figures>,
    /// Projects with an approved way to it, and with a proposed link only; frameworks alone.
    pub linked: Option<(u32, u32)>,
}

/// `GET /plans/{plan}/nodes/{code}`, `GET /plans/{plan}/nodes/{code}?figure=disbursed`.
///
/// # Errors
/// `NotFound` where the plan has no such element; `BadRequest` where the figure is not known.
pub async fn show(
    viewer: Viewer,
    Path(parts): Path<HashMap<String, String>>,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Page, Error> {
    let v = &viewer;
    let measure = asked
        .ok()
        .and_then(|Query(asked)| why::measure(asked.figure.as_deref()));
    let measure = measure.ok_or_else(|| {
        let at = At::Field {
            field: "figure".to_owned(),
        };
        Error::BadRequest(vec![Issue::error(at, "ui.unreadable_question")])
    })?;
    let (plan, code) = parts
        .get("plan")
        .zip(parts.get("code"))
        .ok_or(Error::NotFound)?;
    let live = v.live()?;
    let (shown, projects) = live.read(|now| {
        let shown = look(v, now, plan, code, measure)?;
        let projects = projects_named(now, &shown);
        Ok::<_, Error>((shown, projects))
    })?;
    let titles = live.titles(&projects).await?;
    let words = store::get::<(Node, NodeText)>(live.store(), shown.node.id).await?;
    let indicator = store::get::<(Indicator, IndicatorText)>(live.store(), shown.node.id).await?;
    Ok(live.read(|now| page(v, now, &shown, &titles, words.as_ref(), indicator.as_ref())))
}

fn look(v: &Viewer, now: &Now, plan: &str, code: &str, measure: Measure) -> Result<Shown, Error> {
    let (plan, edition) = edition(v, now, plan, None)?;
    let id = now.node(edition, code).ok_or(Error::NotFound)?;
    let node = now.snapshot.plans().node(id).ok_or(Error::NotFound)?;
    let year = year_of(now, edition);
    let (mut figures, mut linked) = (None, None);
    if let Some(year) = year {
        if plan.level.is_framework() {
            let targets = now.snapshot.targets(edition, Scope::All, year);
            let row =
                targets.and_then(|targets| targets.rows.into_iter().find(|row| row.node == id));
            figures = row.map(|row| row.figures);
            linked = row.map(|row| (row.approved, row.proposed));
        } else {
            figures = now.snapshot.listed_under(id, year);
        }
    }
    Ok(Shown {
        plan,
        edition,
        node,
        year,
        measure,
        figures,
        linked,
    })
}

/// The projects that the page names.
fn projects_named(now: &Now, shown: &Shown) -> Vec<ProjectId> {
    let id = shown.node.id;
    let mut projects = now.snapshot.projects_listed_under(id);
    let below = now.snapshot.plans().subtree(id).map(|node| node.id);
    projects.extend(
        below
            .flat_map(|node| now.snapshot.links_to(node))
            .map(|link| link.project),
    );
    if let Some(year) = shown.year {
        let why = now
            .snapshot
            .why_node(id, year, shown.measure)
            .unwrap_or_default();
        projects.extend(why.into_iter().map(|row| row.project));
    }
    projects.sort_unstable();
    projects.dedup();
    projects
}

fn page(
    v: &Viewer,
    now: &Now,
    shown: &Shown,
    titles: &Names,
    words: Option<&Kept<(Node, NodeText)>>,
    indicator: Option<&Kept<(Indicator, IndicatorText)>>,
) -> Page {
    let id = shown.node.id;
    let label = node_label(v, now, id);
    let above: Vec<(Markup, String)> =
        [
            (flow(&v.say("page.plans.title")), v.to("/plans")),
            (html! { (shown.plan.code) }, v.to_plan(&shown.plan.code)),
        ]
        .into_iter()
        .chain(parents(now, id).into_iter().rev().filter_map(|node| {
            Some((flow(&node_label(v, now, node)), node_address(v, now, node)?))
        }))
        .collect();
    let context =
        html! { (flow(&label)) " · " (flow(&v.say(&format!("page.level.{}", shown.plan.level)))) };
    Page::new(v, format!("{label} · {}", shown.plan.code))
        .at(Place::Plans)
        .body(html! {
            (crumbs(v, &above, flow(&label)))
            (heading(node_name(v, now, id), context, &[]))
            (figures(v, shown))
            (why::card(v, now, shown, titles))
            (links(v, now, id, titles))
            (children(v, now, id))
            (source(v, now, shown, words, indicator))
        })
}

/// The parents of a node, the nearest first.
fn parents(now: &Now, node: NodeId) -> Vec<NodeId> {
    let plans = now.snapshot.plans();
    std::iter::successors(plans.parent(node), |node| plans.parent(node.id))
        .map(|node| node.id)
        .collect()
}

fn figures(v: &Viewer, shown: &Shown) -> Markup {
    let (Some(year), Some(figures)) = (shown.year, &shown.figures) else {
        return html! {};
    };
    let year = flow(&v.say_with("page.fiscal_year", &[("year", year.0.to_string().into())]));
    let unit = v.say("page.unit.projects");
    let amount = |stage: Stage| {
        let word = v.say(match stage {
            Stage::Disbursed => "page.figure.disbursed",
            _ => "page.figure.allotted",
        });
        match figures.money(stage) {
            Some(sum) => {
                Stat::figure(&word, &sum.grouped(), &v.say("page.unit.baht")).show(v.locale)
            }
            // Where nothing is attributed there is nothing that could have been reported.
            None if shown.linked == Some((0, 0)) || figures.projects == 0 => {
                Stat::without(v.locale, &word, ValueState::NotApplicable).show(v.locale)
            }
            None => Stat::without(v.locale, &word, ValueState::Missing).show(v.locale),
        }
    };
    let (approved, proposed) = (v.say("page.figure.approved"), v.say("page.figure.proposed"));
    let projects = v.say("page.figure.projects");
    let counted = match shown.linked {
        Some((n, waiting)) => vec![
            Stat::figure(&approved, &count(u64::from(n)), &unit)
                .note(year)
                .show(v.locale),
            Stat::figure(&proposed, &count(u64::from(waiting)), &unit)
                .note(flow(&v.say("page.figure.proposed.note")))
                .show(v.locale),
        ],
        None => vec![
            Stat::figure(&projects, &count(u64::from(figures.projects)), &unit)
                .note(year)
                .show(v.locale),
        ],
    };
    stats(
        counted
            .into_iter()
            .chain([amount(Stage::Allotted), amount(Stage::Disbursed)]),
    )
}

/// Links of projects to this element or below it, each with its state.
fn links(v: &Viewer, now: &Now, id: NodeId, titles: &Names) -> Markup {
    let below = now.snapshot.plans().subtree(id).map(|node| node.id);
    let mut links: Vec<_> = below.flat_map(|node| now.snapshot.links_to(node)).collect();
    links.sort_by_cached_key(|link| {
        let code = titles
            .projects
            .get(&link.project)
            .map(|name| domain::text::sort_key(&name.code));
        (
            link.state != LinkState::Approved,
            link.state != LinkState::Proposed,
            code,
        )
    });
    if links.is_empty() {
        return html! {};
    }
    let title = v.say("page.node.links");
    let list = rows(links.iter().map(|link| Row {
        mark: None,
        title: project_cell(v, now, titles, link.project),
        href: None,
        line: (link.node != id).then(|| flow(&node_label(v, now, link.node))),
        aside: Some(link_state(v.locale, link.state)),
    }));
    Card::new(&title)
        .aside(count_badge(links.len() as u64))
        .flush()
        .show(list)
}

fn children(v: &Viewer, now: &Now, id: NodeId) -> Markup {
    let mut below: Vec<Node> = now.snapshot.plans().children(id).collect();
    below.sort_by_key(|node| node.position);
    if below.is_empty() {
        return html! {};
    }
    let list = rows(below.iter().map(|node| Row {
        mark: None,
        title: node_name(v, now, node.id),
        href: node_address(v, now, node.id),
        line: Some(flow(&node_label(v, now, node.id))),
        aside: None,
    }));
    Card::new(&v.say("page.node.below"))
        .aside(count_badge(below.len() as u64))
        .flush()
        .show(list)
}

fn source(
    v: &Viewer,
    now: &Now,
    shown: &Shown,
    words: Option<&Kept<(Node, NodeText)>>,
    indicator: Option<&Kept<(Indicator, IndicatorText)>>,
) -> Markup {
    let plan = html! { a href=(v.to_plan(&shown.plan.code)) { (shown.plan.code) } " " (edition_label(now, shown.edition)) };
    let mut facts: Vec<(String, Markup)> = vec![(v.say("page.plan").into_owned(), plan)];
    let mut fact = |key: &str, value: &Option<String>| {
        if let Some(value) = value.as_ref().filter(|value| !value.is_empty()) {
            let thai = value.chars().any(|c| ('\u{e00}'..='\u{e7f}').contains(&c));
            let language = if thai {
                domain::locale::Locale::Th
            } else {
                domain::locale::Locale::En
            };
            let text = if language == v.locale {
                flow(value)
            } else {
                foreign(language, value)
            };
            facts.push((v.say(key).into_owned(), text));
        }
    };
    if let Some(Kept { row: (_, text), .. }) = indicator {
        fact("page.indicator.unit", &text.unit);
        fact("page.indicator.numerator", &text.numerator);
        fact("page.indicator.denominator", &text.denominator);
        fact("page.indicator.disaggregation", &text.disaggregation);
        fact("page.indicator.success", &text.success_th);
        fact("page.indicator.series", &text.series_codes);
    }
    if let Some(kept) = words.and_then(|words| words.stamp.provenance.as_ref()) {
        fact("page.source", &Some(kept.source.clone()));
        facts.push((
            v.say("page.certainty").into_owned(),
            certainty(v.locale, kept.certainty),
        ));
    }
    Card::new(&v.say("page.details")).show(definitions(
        facts.into_iter().map(|(term, what)| (flow(&term), what)),
    ))
}

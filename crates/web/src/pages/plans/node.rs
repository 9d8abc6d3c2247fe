//! One element of a plan or framework: where it stands, its figures and why they are so, its source.

use actions::live::Now;
use actions::permission::On;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query};
use chain::Measure;
use chain::why_node::NodeContribution;
use domain::ids::{EditionId, NodeId, ProjectId};
use domain::issue::{Issue, Place as At};
use domain::link::LinkState;
use domain::money::Satang;
use domain::names::Names;
use domain::permission::Act;
use domain::plan::{Node, NodeKind, Plan};
use domain::project::Stage;
use domain::subject::Subject;
use domain::time::FiscalYear;
use maud::{Markup, html};
use serde::Deserialize;
use std::collections::HashMap;
use std::sync::Arc;

use super::alignments::Alignments;
use super::{source, why};
use crate::data::{
    Element, element, node_address, node_label, node_name, project_cell, shows_project, year_of,
};
use crate::found::owner;
use crate::pages::joints::Refused;
use crate::served::{Listed, contributions, listed, served};
use crate::ui::{
    Card, Icon, Place, Row, Stat, ValueState, button, count, count_badge, crumbs, flow, heading,
    link_state, rows, stats,
};
use crate::{Error, Page, Viewer};

/// Which figure is to be explained, and of which edition.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    figure: Option<String>,
    edition: Option<String>,
}

/// The figure that is explained where none is asked for.
pub(super) const USUAL: Measure = Measure::Money(Stage::Allotted);

/// What the element shows, as the snapshot has it.
pub(super) struct Shown {
    pub plan: Plan,
    pub edition: EditionId,
    pub node: Node,
    pub year: Option<FiscalYear>,
    pub measure: Measure,
    /// Of a framework, what the projects of the province contribute to it; `None` for a plan, which counts what it
    /// lists.
    pub listed: Option<Arc<Listed>>,
    /// `None` where no project speaks of the year.
    pub figures: Option<Figures>,
}

/// The figures of an element.
pub(super) struct Figures {
    /// Projects listed, or attributed over approved links.
    projects: u64,
    /// Projects with a proposed link only; frameworks alone.
    proposed: Option<u64>,
    allotted: Option<Satang>,
    disbursed: Option<Satang>,
}

impl Figures {
    /// How many projects are proposed where none is approved.
    pub fn only_proposed(&self) -> Option<u64> {
        self.proposed.filter(|n| self.projects == 0 && *n > 0)
    }
}

impl Shown {
    /// The contributions to a figure: to a framework only those of the province's own projects.
    pub fn contributions(&self, now: &Now, measure: Measure) -> Option<Vec<NodeContribution>> {
        match &self.listed {
            Some(listed) => contributions(now, listed, self.node.id, measure),
            None => now.snapshot.why_node(self.node.id, self.year?, measure),
        }
    }
}

/// `GET /plans/{plan}/nodes/{code}`, `…?figure=disbursed`, `…?edition=…`.
///
/// # Errors
/// `NotFound` where the plan has no such element; `BadRequest` where the figure is not known.
pub async fn show(
    viewer: Viewer,
    Path(parts): Path<HashMap<String, String>>,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Page, Error> {
    let v = &viewer;
    let asked = asked.ok().map(|Query(asked)| asked);
    let measure = asked
        .as_ref()
        .and_then(|asked| why::measure(asked.figure.as_deref()));
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
    let label = asked.and_then(|asked| asked.edition);
    let of = v
        .live()?
        .read(|now| element(v, now, plan, code, label.as_deref()))?;
    page_of(v, &of, measure, None).await
}

/// The page of an element, with what stands against a decision on one of its alignments that was just tried.
pub(super) async fn page_of(
    v: &Viewer,
    of: &Element,
    measure: Measure,
    refused: Option<Refused<'_>>,
) -> Result<Page, Error> {
    let live = v.live()?;
    let (shown, projects) = live.read(|now| {
        let shown = look(v, now, of, measure);
        let projects = projects_named(now, &shown);
        (shown, projects)
    });
    let titles = live.titles(&projects).await?;
    let (owner, province) = live.read(|now| {
        let (owner, province) = owner(now, Subject::Node(of.node.id));
        (owner, province.map(str::to_owned))
    });
    let whose = On::owned(owner, province.as_deref());
    let source = source::Source::of(v, of.node.id, whose).await?;
    let alignments = Alignments::of(v, of).await?;
    let edit = v.allows(Act::EditText, whose).await.is_ok();
    Ok(live.read(|now| {
        let joints = alignments.show(v, now, refused);
        page(v, now, of, &shown, &titles, edit, joints, &source)
    }))
}

fn look(v: &Viewer, now: &Now, of: &Element, measure: Measure) -> Shown {
    let listed = of.plan.level.is_framework().then(|| listed(v, now));
    let year = match &listed {
        Some(listed) => listed.year,
        None => year_of(v, now, of.edition),
    };
    let mut shown = Shown {
        plan: of.plan.clone(),
        edition: of.edition,
        node: of.node,
        year,
        measure,
        listed,
        figures: None,
    };
    shown.figures = figures_of(now, &shown);
    shown
}

fn figures_of(now: &Now, shown: &Shown) -> Option<Figures> {
    let year = shown.year?;
    let Some(listed) = &shown.listed else {
        let figures = now.snapshot.listed_under(shown.node.id, year)?;
        return Some(Figures {
            projects: u64::from(figures.projects),
            proposed: None,
            allotted: figures.money(Stage::Allotted),
            disbursed: figures.money(Stage::Disbursed),
        });
    };
    let served = served(now, listed, shown.node.id);
    let disbursed = shown.contributions(now, Measure::Money(Stage::Disbursed));
    let disbursed = disbursed.filter(|rows| !rows.is_empty());
    Some(Figures {
        projects: served.approved.len() as u64,
        proposed: Some(served.proposed.len() as u64),
        allotted: served.allotted(),
        disbursed: disbursed.map(|rows| Satang(rows.iter().map(|row| row.value).sum())),
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
    let why = shown.contributions(now, shown.measure).unwrap_or_default();
    projects.extend(why.into_iter().map(|row| row.project));
    projects.sort_unstable();
    projects.dedup();
    projects
}

#[expect(clippy::too_many_arguments, reason = "what the page is made of")]
fn page(
    v: &Viewer,
    now: &Now,
    of: &Element,
    shown: &Shown,
    titles: &Names,
    edit: bool,
    alignments: Markup,
    source: &source::Source,
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
    let mut actions = own_page(v, now, shown);
    if edit {
        let to = of.below(v, "/edit");
        actions.push(button(
            &to,
            Some(Icon::Pen),
            &v.say("page.edit.open"),
            false,
        ));
    }
    Page::new(v, format!("{label} · {}", shown.plan.code))
        .at(Place::Plans)
        .body(html! {
            (crumbs(v, &above, flow(&label)))
            (heading(node_name(v, now, id), context, &actions))
            (figures(v, shown))
            (alignments)
            (why::card(v, now, &of.below(v, ""), shown, titles))
            (links(v, now, id, titles))
            (children(v, now, id))
            (source.show(v, now, shown))
        })
}

/// The way to the page of a target or indicator, where the element is one.
fn own_page(v: &Viewer, now: &Now, shown: &Shown) -> Vec<Markup> {
    let (word, drawing) = match shown.node.kind {
        NodeKind::Target => ("page.node.target", Icon::Thread),
        kind if kind.is_indicator() => ("page.node.indicator", Icon::Chart),
        _ => return Vec::new(),
    };
    // Only elements in force have one.
    let here = now.edition_of(shown.plan.id) == Some(shown.edition);
    let page = node_address(v, now, shown.node.id).filter(|_| here);
    let there = |href: String| button(&href, Some(drawing), &v.say(word), false);
    page.map(there).into_iter().collect()
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
        let sum = match stage {
            Stage::Disbursed => figures.disbursed,
            _ => figures.allotted,
        };
        match sum {
            Some(sum) => {
                Stat::figure(&word, &sum.grouped(), &v.say("page.unit.baht")).show(v.locale)
            }
            // Where nothing is attributed there is nothing that could have been reported.
            None if figures.projects == 0 => {
                Stat::without(v.locale, &word, ValueState::NotApplicable).show(v.locale)
            }
            None => Stat::without(v.locale, &word, ValueState::Missing).show(v.locale),
        }
    };
    let (approved, proposed) = (v.say("page.figure.approved"), v.say("page.figure.proposed"));
    let projects = v.say("page.figure.projects");
    let counted = match figures.proposed {
        Some(waiting) => vec![
            Stat::figure(&approved, &count(figures.projects), &unit)
                .note(year)
                .show(v.locale),
            Stat::figure(&proposed, &count(waiting), &unit)
                .note(flow(&v.say("page.figure.proposed.note")))
                .show(v.locale),
        ],
        None => vec![
            Stat::figure(&projects, &count(figures.projects), &unit)
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
    links.retain(|link| shows_project(v, now, link.project));
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

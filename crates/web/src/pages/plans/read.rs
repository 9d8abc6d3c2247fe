//! A plan with its tree: every element with what is listed under it, and the projects of the plan.

use actions::live::Now;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query};
use chain::Figures;
use chain::listing::Listed;
use domain::ids::{EditionId, NodeId, ProjectId};
use domain::issue::{Issue, Place as At};
use domain::names::Names;
use domain::permission::Act;
use domain::plan::{Level, Node, NodeKind, Plan};
use domain::project::Stage;
use domain::subject::Subject;
use domain::time::FiscalYear;
use maud::{Markup, html};
use serde::Deserialize;
use std::collections::HashMap;

use crate::address::changed;
use crate::data::{
    allotted, edition, edition_label, kind_label, money_or_missing, node_address, node_name,
    organisation_name, project_cell, so_many_projects, year_of,
};
use crate::found::owner;
use crate::reach::reaches;
use crate::ui::{
    Branch, Card, Choice, Column, Coverage, Empty, Icon, Place, Stat, Table, ValueState, button,
    count, count_badge, crumbs, edition_state, flow, heading, link_state, name, segments, stats,
    tree, year_range,
};
use crate::{Error, Group, Page, Viewer};

/// Which edition is asked for.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    edition: Option<String>,
}

/// `GET /plans/{plan}`, `GET /plans/{plan}?edition=…`.
///
/// # Errors
/// `NotFound` where the province has no such plan or edition; `BadRequest` where the question cannot be read.
pub async fn show(
    viewer: Viewer,
    Path(parts): Path<HashMap<String, String>>,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Page, Error> {
    let v = &viewer;
    let Query(asked) = asked.map_err(|_| {
        let at = At::Field {
            field: "edition".to_owned(),
        };
        Error::BadRequest(vec![Issue::error(at, "ui.unreadable_question")])
    })?;
    let code = parts.get("plan").ok_or(Error::NotFound)?;
    let live = v.live()?;
    let (plan, id, projects) = live.read(|now| {
        let (plan, id) = edition(v, now, code, asked.edition.as_deref())?;
        Ok::<_, Error>((plan, id, projects_of(now, id)))
    })?;
    let titles = live.titles(&projects).await?;
    let body = live.read(|now| body(v, now, &plan, id, &titles));
    let title = name(v.locale, &plan.name_th, plan.name_en.as_deref());
    let plain = if v.locale == domain::locale::Locale::En {
        plan.name_en.as_ref()
    } else {
        None
    };
    let may = live.read(|now| {
        let (owner, province) = owner(now, Subject::Edition(id));
        reaches(v, now, Act::EditText, owner, province)
    });
    let edit = may.then(|| {
        let query = changed("", "edition", asked.edition.as_deref().unwrap_or_default());
        let to = format!("{}/edit{query}", v.to_plan(&plan.code));
        button(&to, Some(Icon::Pen), &v.say("page.edit.open"), false)
    });
    let actions = Vec::from_iter(edit);
    Ok(Page::new(v, plain.unwrap_or(&plan.name_th))
        .at(Place::Plans)
        .group(Group::Tree)
        .body(html! {
            (crumbs(v, &[(flow(&v.say("page.plans.title")), v.to("/plans"))], &plan.code))
            (heading(title, flow(&v.say(&format!("page.level.{}", plan.level))), &actions))
            (body)
        }))
}

/// The projects listed in an edition, by id.
fn projects_of(now: &Now, edition: EditionId) -> Vec<ProjectId> {
    let nodes = now.snapshot.plans().nodes_of(edition);
    nodes
        .flat_map(|node| now.snapshot.projects_listed(node.id))
        .collect()
}

fn body(v: &Viewer, now: &Now, plan: &Plan, id: EditionId, titles: &Names) -> Markup {
    let year = year_of(v, now, id);
    let listed = year.and_then(|year| now.snapshot.listed(id, year));
    html! {
        (editions(v, now, plan, id))
        @if let (Some(year), Some(listed)) = (year, &listed) && listed.total.projects > 0 {
            (totals(v, year, &listed.total))
        }
        (elements(v, now, id, listed.as_ref()))
        @if !plan.level.is_framework() { (projects(v, now, id, titles)) }
    }
}

/// The editions of the plan, the one shown marked, and what it is.
fn editions(v: &Viewer, now: &Now, plan: &Plan, shown: EditionId) -> Markup {
    let plans = now.snapshot.plans();
    let Some(edition) = plans.edition(shown) else {
        return html! {};
    };
    let mut all: Vec<_> = plans.editions_of(plan.id).collect();
    all.sort_by_key(|edition| {
        (
            std::cmp::Reverse(edition.to_year),
            edition_label(now, edition.id),
        )
    });
    let in_force = now.edition_of(plan.id);
    let choices: Vec<Choice> = all
        .iter()
        .map(|edition| {
            let label = edition_label(now, edition.id);
            let query = changed("", "edition", label);
            let query = if in_force == Some(edition.id) {
                String::new()
            } else {
                query
            };
            Choice::new(
                label,
                format!("{}{query}", v.to_plan(&plan.code)),
                edition.id == shown,
            )
        })
        .collect();
    html! {
        div.row {
            (edition_state(v.locale, edition.state))
            @if let Some((from, to)) = edition.from_year.zip(edition.to_year) { span { (year_range(v.locale, from, to)) } }
            @if let Some(owner) = edition.owner.or(plan.owner) { span { (organisation_name(v, now, owner)) } }
            @if choices.len() > 1 { (segments(&v.say("page.editions"), &choices)) }
        }
    }
}

fn totals(v: &Viewer, year: FiscalYear, total: &Figures) -> Markup {
    let of_year = v.say_with("page.fiscal_year", &[("year", year.0.to_string().into())]);
    let (of_projects, projects) = (v.say("page.of_projects"), v.say("page.figure.projects"));
    let n_of = |n: u32| Coverage {
        n: u64::from(n),
        of: u64::from(total.projects),
    };
    let amount = |stage: Stage| {
        let word = v.say(match stage {
            Stage::Disbursed => "page.figure.disbursed",
            _ => "page.figure.allotted",
        });
        match total.money(stage) {
            Some(sum) => Stat::figure(&word, &sum.grouped(), &v.say("page.unit.baht"))
                .covered(n_of(total.reported[stage as usize]), &of_projects)
                .show(v.locale),
            None => Stat::without(v.locale, &word, ValueState::Missing).show(v.locale),
        }
    };
    stats([
        Stat::figure(
            &projects,
            &count(u64::from(total.projects)),
            &v.say("page.unit.projects"),
        )
        .note(flow(&of_year))
        .show(v.locale),
        amount(Stage::Allotted),
        amount(Stage::Disbursed),
    ])
}

fn elements(v: &Viewer, now: &Now, id: EditionId, listed: Option<&Listed>) -> Markup {
    let nodes: Vec<Node> = now.snapshot.plans().nodes_of(id).collect();
    let figures: HashMap<NodeId, Figures> = listed
        .iter()
        .flat_map(|listed| listed.rows.iter().copied())
        .collect();
    let title = v.say("page.plan.elements");
    Card::new(&title).aside(count_badge(nodes.len() as u64)).show(html! {
        @if nodes.is_empty() {
            (Empty::NoData.show(&v.say("page.plan.no_elements"), &v.say("page.plan.no_elements.why"), None))
        } @else {
            (tree(v.locale, &branches(v, now, &nodes, None, &figures)))
        }
    })
}

fn branches(
    v: &Viewer,
    now: &Now,
    nodes: &[Node],
    parent: Option<NodeId>,
    figures: &HashMap<NodeId, Figures>,
) -> Vec<Branch> {
    let below = nodes.iter().filter(|node| node.parent == parent);
    let mut branches: Vec<(u32, Branch)> = below
        .map(|node| {
            let printed = now.names.nodes.get(&node.id);
            let code = printed.map(|name| name.code.clone()).unwrap_or_default();
            let tail = figures
                .get(&node.id)
                .filter(|figures| figures.projects > 0)
                .map(|figures| flow(&so_many_projects(v, u64::from(figures.projects))));
            let branch = Branch {
                label: kind_label(v, node.kind, printed),
                href: tree_address(v, now, node),
                code,
                name: node_name(v, now, node.id),
                tail,
                open: parent.is_none(),
                here: false,
                below: branches(v, now, nodes, Some(node.id), figures),
            };
            (node.position, branch)
        })
        .collect();
    branches.sort_by_key(|(position, _)| *position);
    branches.into_iter().map(|(_, branch)| branch).collect()
}

/// Where an element of the tree leads: within the plan, also of a target, which has a page of its own besides.
fn tree_address(v: &Viewer, now: &Now, node: &Node) -> Option<String> {
    let there = node_address(v, now, node.id)?;
    let (plan, name) = (now.plan_of_node(node.id)?, now.names.nodes.get(&node.id)?);
    let target = plan.level == Level::Sdg && node.kind == NodeKind::Target;
    Some(
        match target && now.edition_of(plan.id) == Some(node.edition) {
            true => v.to_node(&plan.code, &name.code),
            false => there,
        },
    )
}

fn projects(v: &Viewer, now: &Now, id: EditionId, titles: &Names) -> Markup {
    let mut all = projects_of(now, id);
    all.sort_by_cached_key(|id| {
        titles
            .projects
            .get(id)
            .map(|name| domain::text::sort_key(&name.code))
    });
    let title = v.say("page.plan.projects");
    let rows = all.iter().filter_map(|id| {
        let project = now.snapshot.project(*id)?;
        let mut states: Vec<_> = now.snapshot.links_of(*id).map(|link| link.state).collect();
        states.sort_by_key(|state| *state != domain::link::LinkState::Approved);
        Some([
            project_cell(v, now, titles, *id),
            organisation_name(v, now, project.owner),
            money_or_missing(v, allotted(now, *id)),
            match states.first() {
                Some(state) => link_state(v.locale, *state),
                None => flow(&v.say("page.link.none")),
            },
        ])
    });
    Card::new(&title).aside(count_badge(all.len() as u64)).flush().show(html! {
        @if all.is_empty() {
            (Empty::NoData.show(&v.say("page.plan.no_projects"), &v.say("page.plan.no_projects.why"), None))
        } @else {
            (Table::new(&title, [
                Column::text(&v.say("page.project")).wide(),
                Column::text(&v.say("page.owner")),
                Column::figure(&v.say("page.figure.allotted")),
                Column::text(&v.say("page.link")),
            ]).rows(rows).show())
        }
    })
}

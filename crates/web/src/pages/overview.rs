//! What the home page says of the province's data: its targets, its thread, its latest plans.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use actions::live::Now;
use domain::ids::{NodeId, OrganisationId, ProjectId};
use domain::link::LinkState;
use domain::locale::Locale;
use domain::names::Name;
use domain::organisation::{Organisation, OrganisationText};
use maud::{Markup, html};
use store::Kept;

use super::targets::list::tiles;
use crate::data::{edition_label, is_of_province, kind_label};
use crate::served::{Listed, framework, listed, targets};
use crate::ui::{
    Chart, Column, Empty, Flow, FlowState, Row, SankeyNode, Table, button, code, count,
    edition_state, flow, name, of, rows, sankey_data, section,
};
use crate::{Error, Viewer};

/// How many organisations have a place of their own in the picture.
const ORGANISATIONS: usize = 10;

/// Short names (สพป.นธ.1) of the organisations that have a place of their own in the picture, where they have one.
///
/// # Errors
/// A read that failed.
pub async fn short_names(v: &Viewer) -> Result<ShortNames, Error> {
    let live = v.live()?;
    let shown = live.read(|now| largest(now, &listed(v, now)));
    let shown: Vec<OrganisationId> = shown.into_iter().collect();
    let all: Vec<Kept<(Organisation, OrganisationText)>> =
        store::get_many(live.store(), &shown).await?;
    let short = |kept: Kept<(Organisation, OrganisationText)>| {
        let (organisation, text) = kept.row;
        Some((organisation.id, text.short_name_th?))
    };
    Ok(all.into_iter().filter_map(short).collect())
}

/// What organisations are called where there is little room.
pub type ShortNames = HashMap<OrganisationId, String>;

/// The sections about data, below the goal and above the steps.
///
/// # Errors
/// `NotFound` where SDG 4 was never recorded.
pub fn sections(v: &Viewer, now: &Now, short: &ShortNames) -> Result<Markup, Error> {
    let listed = listed(v, now);
    let matrix = button(
        &v.to("/coverage"),
        None,
        &v.say("page.coverage.title"),
        false,
    );
    let tiles = tiles(v, now, &listed)?;
    Ok(html! {
        (section("targets", &v.say("page.target.all"), &v.say("page.home.targets.lead"), Some(matrix), tiles))
        (section("thread", &v.say("page.home.thread"), &v.say("page.home.thread.lead"), None, thread(v, now, &listed, short)?))
        (section("plans", &v.say("page.home.plans"), "", None, plans(v, now, &listed)))
    })
}

/// The plans of the province: what stands, or what is to be done first.
fn plans(v: &Viewer, now: &Now, listed: &Listed) -> Markup {
    let own = now
        .plans()
        .into_iter()
        .filter(|plan| plan.province.is_some() && is_of_province(v, plan));
    let all: Vec<Row> = own
        .map(|plan| {
            let id = now.edition_of(plan.id);
            let edition = id.and_then(|id| now.snapshot.plans().edition(id));
            Row {
                mark: Some(code(&plan.code)),
                title: name(v.locale, &plan.name_th, plan.name_en.as_deref()),
                href: id.map(|_| v.to_plan(&plan.code)),
                line: id.map(|id| {
                    flow(&v.say_with("page.edition", &[("label", edition_label(now, id).into())]))
                }),
                aside: edition.map(|edition| edition_state(v.locale, edition.state)),
            }
        })
        .collect();
    let action = || {
        Some(button(
            &v.to("/plans"),
            None,
            &v.say("page.plans.title"),
            false,
        ))
    };
    html! {
        @if all.is_empty() { (Empty::NoData.show(&v.say("page.home.no_plan"), &v.say("page.home.no_plan.why"), action())) }
        @else {
            div.card { (rows(all)) }
            @if listed.year.is_none() { p.dim { (flow(&v.say("page.target.no_plan.why"))) } }
        }
    }
}

/// What flows between two columns: approved and proposed projects.
type Flows = BTreeMap<(String, String), (u64, u64)>;

/// The thread as it is: target → strategy of the plan → organisation, by projects.
struct Thread {
    nodes: BTreeMap<String, SankeyNode>,
    flows: Flows,
    unlinked: u64,
}

impl Thread {
    fn node(&mut self, id: &str, name: String, layer: u8, missing: bool) {
        let node = SankeyNode {
            id: id.to_owned(),
            name,
            layer,
            goal: layer == 0 && !missing,
            missing,
        };
        self.nodes.entry(id.to_owned()).or_insert(node);
    }

    fn add(&mut self, from: &str, to: &str, approved: bool) {
        let flow = self
            .flows
            .entry((from.to_owned(), to.to_owned()))
            .or_default();
        if approved { flow.0 += 1 } else { flow.1 += 1 }
    }
}

fn thread(v: &Viewer, now: &Now, listed: &Listed, short: &ShortNames) -> Result<Markup, Error> {
    if listed.projects.is_empty() {
        let action = button(&v.to("/plans"), None, &v.say("page.plans.title"), false);
        return Ok(Empty::NoData.show(
            &v.say("page.home.no_thread"),
            &v.say("page.target.no_plan.why"),
            Some(action),
        ));
    }
    let thread = gather(v, now, listed, short)?;
    let n = listed.projects.len() as u64;
    let title = v.say("page.home.thread");
    let counts = [
        ("n", count(n).into()),
        ("linked", of(n - thread.unlinked, n).into()),
        ("unlinked", count(thread.unlinked).into()),
        (
            "year",
            listed
                .year
                .map(|year| year.0.to_string())
                .unwrap_or_default()
                .into(),
        ),
    ];
    let flows = thread
        .flows
        .iter()
        .flat_map(|((from, to), (approved, proposed))| {
            let missing = from == "none";
            let flow = |value, state| Flow {
                from: from.clone(),
                to: to.clone(),
                value,
                state,
            };
            let weak = if missing {
                FlowState::Missing
            } else {
                FlowState::Proposed
            };
            [flow(*approved, FlowState::Approved), flow(*proposed, weak)]
                .into_iter()
                .filter(|flow| flow.value > 0)
        });
    let flows: Vec<Flow> = flows.collect();
    let nodes: Vec<SankeyNode> = thread.nodes.values().cloned().collect();
    let unit = v.say("page.unit.projects");
    Ok(Chart {
        id: "thread-picture",
        title: &title,
        line: &v.say_with("page.home.thread.line", &counts),
        summary: &v.say_with("page.home.thread.summary", &counts),
        data: sankey_data(&title, &unit, &nodes, &flows),
        aside: None,
        table: table(v, &thread),
    }
    .show(v.locale))
}

fn plain(v: &Viewer, name: Option<&Name>) -> String {
    name.map(|name| match v.locale {
        Locale::En => name.name_en.clone().unwrap_or_else(|| name.name_th.clone()),
        Locale::Th => name.name_th.clone(),
    })
    .unwrap_or_default()
}

fn gather(v: &Viewer, now: &Now, listed: &Listed, short: &ShortNames) -> Result<Thread, Error> {
    let plans = now.snapshot.plans();
    let targets: BTreeSet<NodeId> = targets(now, framework(now)?).into_iter().collect();
    let mut thread = Thread {
        nodes: BTreeMap::new(),
        flows: Flows::new(),
        unlinked: 0,
    };
    let shown = largest(now, listed);
    for project in &listed.projects {
        let Some(strategy) = strategy(now, listed, *project) else {
            continue;
        };
        let Some(owner) = now.snapshot.project(*project).map(|project| project.owner) else {
            continue;
        };
        let printed = now.names.nodes.get(&strategy);
        let middle = format!("s:{strategy}");
        let kind = plans.node(strategy).map(|node| node.kind);
        let label = kind.zip(printed).map(|(kind, name)| {
            let label = kind_label(v, kind, Some(name));
            format!("{label} {}", name.code)
        });
        let label = label.unwrap_or_default();
        thread.node(&middle, label.trim().to_owned(), 1, false);
        let last = if shown.contains(&owner) {
            format!("o:{owner}")
        } else {
            "others".to_owned()
        };
        let who = match shown.contains(&owner) {
            true => match short.get(&owner) {
                Some(name) => name.clone(),
                None => plain(v, now.names.organisations.get(&owner)),
            },
            false => v.say("page.home.others").into_owned(),
        };
        thread.node(&last, who, 2, false);
        // A project may serve several targets: it flows from each of them, but to its organisation once.
        let mut reached: BTreeMap<NodeId, bool> = BTreeMap::new();
        for link in now
            .snapshot
            .links_of(*project)
            .filter(|link| link.state != LinkState::Rejected)
        {
            let mut up = std::iter::successors(plans.node(link.node), |node| plans.parent(node.id));
            if let Some(target) = up.find(|node| targets.contains(&node.id)) {
                *reached.entry(target.id).or_default() |= link.state == LinkState::Approved;
            }
        }
        for (target, approved) in &reached {
            let code = now
                .names
                .nodes
                .get(target)
                .map(|name| name.code.clone())
                .unwrap_or_default();
            let id = format!("t:{code}");
            thread.node(&id, code, 0, false);
            thread.add(&id, &middle, *approved);
        }
        if reached.is_empty() {
            thread.unlinked += 1;
            thread.node("none", v.say("page.link.none").into_owned(), 0, true);
            thread.add("none", &middle, false);
        }
        thread.add(&middle, &last, reached.values().any(|approved| *approved));
    }
    Ok(thread)
}

/// The top node of the plan under which a project is listed.
fn strategy(now: &Now, listed: &Listed, project: ProjectId) -> Option<NodeId> {
    let plans = now.snapshot.plans();
    let here = |node: NodeId| {
        plans
            .edition_of_node(node)
            .is_some_and(|edition| listed.editions.contains(&edition.id))
    };
    let listing = now
        .snapshot
        .listings_of(project)
        .find(|listing| here(listing.node))?;
    std::iter::successors(Some(listing.node), |node| {
        plans.parent(*node).map(|node| node.id)
    })
    .last()
}

/// The organisations with the most projects, which have a place of their own: nothing else follows from it.
fn largest(now: &Now, listed: &Listed) -> BTreeSet<OrganisationId> {
    let mut counts: BTreeMap<OrganisationId, usize> = BTreeMap::new();
    for project in listed
        .projects
        .iter()
        .filter_map(|id| now.snapshot.project(*id))
    {
        *counts.entry(project.owner).or_default() += 1;
    }
    let mut all: Vec<_> = counts.into_iter().collect();
    all.sort_by_key(|(id, n)| (std::cmp::Reverse(*n), *id));
    all.into_iter()
        .take(ORGANISATIONS)
        .map(|(id, _)| id)
        .collect()
}

fn table(v: &Viewer, thread: &Thread) -> Markup {
    let label = |id: &String| {
        thread
            .nodes
            .get(id)
            .map(|node| node.name.clone())
            .unwrap_or_default()
    };
    Table::new(
        &v.say("page.home.thread"),
        [
            Column::text(&v.say("page.home.from")),
            Column::text(&v.say("page.home.to")),
            Column::figure(&v.say("page.figure.approved")),
            Column::figure(&v.say("page.figure.proposed")),
        ],
    )
    .rows(
        thread
            .flows
            .iter()
            .map(|((from, to), (approved, proposed))| {
                let proposed = if from == "none" {
                    v.say("page.home.unlinked").into_owned() + " " + &count(*proposed)
                } else {
                    count(*proposed)
                };
                [
                    flow(&label(from)),
                    flow(&label(to)),
                    html! { (count(*approved)) },
                    flow(&proposed),
                ]
            }),
    )
    .show()
}

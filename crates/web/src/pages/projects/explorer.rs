//! The chain explorer: the thread of a project on the two rails, upwards, downwards or both.

use actions::live::Now;
use chain::trace::{Rail, Thread};
use domain::link::LinkState;
use domain::names::Name;
use domain::plan::Level;
use domain::project::Activity;
use maud::{Markup, html};

use super::lanes::{Cell, Hang, Layout, PROJECT, layout};
use super::words;
use crate::Viewer;
use crate::data::{node_address, node_label, node_name};
use crate::ui::{
    Card, Choice, Join, JoinState, Lane, Node, NodeLook, count, flow, name_of, rails, rails_legend,
    segments,
};

/// Boxes of one lane; what is more is counted in the last one.
const MOST: usize = 4;

/// What of the thread is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum View {
    /// Both ways.
    Whole,
    /// From the project up.
    Up,
    /// From the project down.
    Down,
}

impl View {
    /// The view of the word in an address; a word that is not known leaves out nothing.
    pub(super) fn of(word: Option<&str>) -> Self {
        match word {
            Some("up") => View::Up,
            Some("down") => View::Down,
            _ => View::Whole,
        }
    }
}

/// What the explorer shows.
pub(super) struct Explored<'a> {
    pub name: &'a Name,
    pub line: Markup,
    pub page: String,
    pub thread: &'a Thread,
    pub activities: &'a [Activity],
}

/// The card with the lanes.
pub(super) fn card(v: &Viewer, now: &Now, of: &Explored<'_>, view: View) -> Markup {
    let layout = layout(&now.snapshot, of.thread);
    let words: Vec<(String, String)> = layout
        .lanes
        .iter()
        .map(|lane| lane_words(v, lane.at))
        .collect();
    let below = (
        v.say("page.lane.activities"),
        v.say("page.lane.activities.line"),
    );
    let mut lanes = Vec::new();
    for (lane, (level, line)) in layout.lanes.iter().zip(&words) {
        if view == View::Down && lane.at != PROJECT {
            continue;
        }
        let nodes: Vec<Node> = lane
            .cells
            .iter()
            .map(|cell| node(v, now, of, &layout, *cell))
            .collect();
        let meeting = lane.at == 3
            && lane.cells.len() == 2
            && lane.cells.iter().all(|cell| matches!(cell, Cell::Node(..)));
        lanes.push(Lane {
            level,
            line,
            nodes,
            joins: copied(&lane.joins),
            rails: lane.rails,
            meeting,
        });
    }
    if view != View::Up {
        let nodes = activities(v, of.activities);
        if let Some(project) = lanes.last_mut() {
            let joins = (0..nodes.len()).map(|to| Join {
                from: 0,
                to,
                state: activity_join(of),
            });
            project.joins = joins.collect();
            project.rails = [Some(activity_join(of)); 2];
        }
        lanes.push(Lane {
            level: &below.0,
            line: &below.1,
            nodes,
            joins: Vec::new(),
            rails: [None; 2],
            meeting: false,
        });
    }
    fold(v, &mut lanes);
    let choice = |view_of: View, word: &str, key: &str| {
        let query = crate::address::changed("", "view", word);
        Choice::new(
            v.say(key),
            format!("{}{query}#thread", of.page),
            view == view_of,
        )
    };
    let choices = [
        choice(View::Up, "up", "page.thread.up"),
        choice(View::Whole, "", "page.thread.whole"),
        choice(View::Down, "down", "page.thread.down"),
    ];
    html! {
        div id="thread" {
            (Card::new(&v.say("page.thread.title"))
                .line(flow(&v.say("page.thread.lead")))
                .aside(segments(&v.say("page.thread.view"), &choices))
                .foot(rails_legend(v.locale))
                .show(rails(v.locale, &lanes)))
        }
    }
}

fn activity_join(of: &Explored<'_>) -> JoinState {
    if of.activities.is_empty() {
        JoinState::Missing
    } else {
        JoinState::Part
    }
}

fn copied(joins: &[Join]) -> Vec<Join> {
    joins
        .iter()
        .map(|join| Join {
            from: join.from,
            to: join.to,
            state: join.state,
        })
        .collect()
}

fn lane_words(v: &Viewer, at: usize) -> (String, String) {
    let key = [
        "top", "level2", "level3", "meeting", "agency", "annual", "project",
    ][at.min(PROJECT)];
    let line = format!("page.lane.{key}.line");
    (
        v.say(&format!("page.lane.{key}")).into_owned(),
        v.say(&line).into_owned(),
    )
}

fn node(v: &Viewer, now: &Now, of: &Explored<'_>, layout: &Layout, cell: Cell) -> Node {
    let plain = |look, name, line| Node {
        look,
        name,
        line,
        href: None,
        badge: None,
    };
    match cell {
        Cell::Project => plain(NodeLook::Here, name_of(v.locale, of.name), of.line.clone()),
        Cell::Missing(rail, level) => {
            let top = matches!(level, Level::Sdg | Level::Level1);
            let (name, line) = match (top, rail) {
                (true, Rail::Sdg) => ("page.missing.sdg", "page.missing.sdg.line"),
                (true, Rail::Plans) => ("page.missing.plans", "page.missing.plans.line"),
                (false, _) => ("page.missing.level", "page.missing.level.line"),
            };
            let level = v.say(&format!("level.{level}")).into_owned();
            let name = v.say_with(name, &[("level", level.into())]);
            plain(NodeLook::Missing, flow(&name), flow(&v.say(line)))
        }
        Cell::Passing(_, to) => {
            let state = layout.hangs.get(&to);
            let name = v.say_with("page.passing", &[("to", words::short(now, to).into())]);
            plain(
                look(state, None),
                flow(&name),
                flow(&v.say("page.passing.line")),
            )
        }
        Cell::Node(_, id) => {
            let level = now
                .snapshot
                .plans()
                .edition_of_node(id)
                .map(|edition| edition.level);
            let plan = now.plan_of_node(id).map_or("", |plan| &plan.code);
            let look = look(layout.hangs.get(&id), level);
            Node {
                look,
                name: flow(&node_label(v, now, id)),
                line: html! { (node_name(v, now, id)) " · " (plan) },
                href: node_address(v, now, id),
                badge: (look == NodeLook::Part).then(|| part(v, "page.listed")),
            }
        }
    }
}

fn look(hang: Option<&Hang>, level: Option<Level>) -> NodeLook {
    match (hang, level) {
        (Some(hang), _) if hang.faded => NodeLook::Faded,
        (_, Some(Level::Sdg)) => NodeLook::Goal,
        (Some(hang), _) if hang.listed && hang.state != LinkState::Approved => NodeLook::Part,
        (Some(hang), _) if hang.state == LinkState::Proposed => NodeLook::Proposed,
        _ => NodeLook::Approved,
    }
}

/// What a thing is part of: a plain word, because nobody approves it.
fn part(v: &Viewer, key: &str) -> Markup {
    html! { span.cap.dim { (flow(&v.say(key))) } }
}

fn activities(v: &Viewer, all: &[Activity]) -> Vec<Node> {
    if all.is_empty() {
        let (name, line) = (
            v.say("page.activities.none"),
            v.say("page.activities.none.why"),
        );
        return vec![Node {
            look: NodeLook::Missing,
            name: flow(&name),
            line: flow(&line),
            href: None,
            badge: None,
        }];
    }
    let node = |activity: &Activity| Node {
        look: NodeLook::Part,
        name: html! { (activity.position) " " (crate::ui::name(v.locale, &activity.title, None)) },
        line: html! {},
        href: None,
        badge: Some(part(v, "page.part_of_project")),
    };
    all.iter().map(node).collect()
}

/// Keeps four boxes of a lane; the last one counts the rest and takes over their lines.
fn fold(v: &Viewer, lanes: &mut [Lane<'_>]) {
    for at in 0..lanes.len() {
        let nodes = lanes[at].nodes.len();
        if nodes <= MOST {
            continue;
        }
        let rest = nodes - (MOST - 1);
        lanes[at].nodes.truncate(MOST - 1);
        let name = v.say_with("page.more", &[("n", count(rest as u64).into())]);
        lanes[at].nodes.push(Node {
            look: NodeLook::Part,
            name: flow(&name),
            line: html! {},
            href: None,
            badge: None,
        });
        for join in &mut lanes[at].joins {
            join.from = join.from.min(MOST - 1);
        }
        if at > 0 {
            for join in &mut lanes[at - 1].joins {
                join.to = join.to.min(MOST - 1);
            }
        }
    }
}

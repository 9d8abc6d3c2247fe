//! The chain explorer: lanes of nodes, the two rails side by side, and the lines between one lane and the next.
//! Needs `Group::Rails`.

use domain::locale::Locale;
use maud::{Markup, html};

use super::{Icon, flow, small_icon};

/// What a node is in the thread.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NodeLook {
    /// SDG goal or target: the only red one.
    Goal,
    /// Held by approved links.
    Approved,
    /// Held by proposed links only: dashed gold.
    Proposed,
    /// Listed in a plan or part of the project: nobody has to approve that.
    Part,
    /// The thing the page follows.
    Here,
    /// Must be there and is not: dashed red.
    Missing,
    /// Ended, or optional and not there: dashed grey.
    Faded,
}

/// A box in a lane.
#[derive(Debug, Clone)]
pub struct Node {
    /// How it hangs in the thread.
    pub look: NodeLook,
    /// Its name.
    pub name: Markup,
    /// A line below.
    pub line: Markup,
    /// Its page.
    pub href: Option<String>,
    /// A code or a state at the right of the name.
    pub badge: Option<Markup>,
}

/// How a line is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JoinState {
    /// Approved: solid gold.
    Approved,
    /// Proposed: dashed gold.
    Proposed,
    /// Listed or part of it, which nobody approves: solid and plain.
    Part,
    /// Must be there and is not: dashed red.
    Missing,
    /// Ended or optional: dotted grey.
    Faded,
}

/// A line from a node of a lane to a node of the lane below, both counted from 0.
#[derive(Debug, Clone)]
pub struct Join {
    /// Above.
    pub from: usize,
    /// Below.
    pub to: usize,
    /// How.
    pub state: JoinState,
}

/// One level with its nodes (at most four: what is more goes into one node that says how many) and the lines down.
#[derive(Debug, Clone)]
pub struct Lane<'a> {
    /// The level.
    pub level: &'a str,
    /// What it holds.
    pub line: &'a str,
    /// The nodes from left to right.
    pub nodes: Vec<Node>,
    /// Lines to the lane below.
    pub joins: Vec<Join>,
    /// What the SDG 4 rail and the rail of plans are like down to the lane below: on a phone the lines between single
    /// boxes give way to one line for each rail. `None` where the rail does not run.
    pub rails: [Option<JoinState>; 2],
    /// Where the two rails meet: gold borders, joined by a double line.
    pub meeting: bool,
}

/// The lanes from SDG 4 and the national plans down to the activities.
pub fn rails(locale: Locale, lanes: &[Lane<'_>]) -> Markup {
    html! {
        p.phone.small.dim { (flow(&locale.text("ui.rails.sides"))) }
        ol.chain {
            @for (at, lane) in lanes.iter().enumerate() {
                li class={ "lane" @if lane.meeting { " meet" } } {
                    @for (side, state) in ["sdg", "plans"].iter().zip(lane.rails) {
                        @if let Some(state) = state {
                            span class={ "rl " (side) " " (stroke(state).unwrap_or("ok")) } aria-hidden="true" {}
                        }
                    }
                    div.lv { b { (flow(lane.level)) } " " (flow(lane.line)) }
                    div class={ "nodes n" (lane.nodes.len().clamp(1, 4)) } {
                        @for node in &lane.nodes { (shown(locale, node)) }
                    }
                }
                @if let Some(below) = lanes.get(at + 1) && !lane.joins.is_empty() {
                    li.lane.lks aria-hidden="true" { div {} (lines(lane, below.nodes.len())) }
                }
            }
        }
    }
}

/// Curves in a box of 100 × 34, from the middle of a column above to the middle of one below.
fn lines(lane: &Lane<'_>, below: usize) -> Markup {
    let middle = |at: usize, of: usize| {
        let thousandths = (2 * at + 1) * 50_000 / of.max(1);
        format!("{}.{:03}", thousandths / 1000, thousandths % 1000)
    };
    html! {
        svg.lk viewBox="0 0 100 34" preserveAspectRatio="none" {
            @for join in &lane.joins {
                @let (from, to) = (middle(join.from, lane.nodes.len()), middle(join.to, below));
                path class=[stroke(join.state)] d={ "M" (from) " -2C" (from) " 18 " (to) " 14 " (to) " 36" } {}
            }
        }
    }
}

const fn stroke(state: JoinState) -> Option<&'static str> {
    match state {
        JoinState::Approved => None,
        JoinState::Proposed => Some("prop"),
        JoinState::Part => Some("part"),
        JoinState::Missing => Some("cut"),
        JoinState::Faded => Some("weak"),
    }
}

fn shown(locale: Locale, node: &Node) -> Markup {
    let (look, drawing, word) = match node.look {
        NodeLook::Goal => ("goal", None, None),
        NodeLook::Approved => ("", Some(Icon::OkCircle), Some("ui.link.approved")),
        NodeLook::Proposed => ("prop", Some(Icon::Pen), Some("ui.link.proposed")),
        NodeLook::Part => ("part", None, None),
        NodeLook::Here => ("me", None, Some("ui.rails.here")),
        NodeLook::Missing => ("lost", None, Some("ui.rails.missing")),
        NodeLook::Faded => ("old", Some(Icon::History), Some("ui.rails.faded")),
    };
    let inside = html! {
        div.fl {
            b { (node.name) }
            @if let Some(badge) = &node.badge { (badge) }
            @else if let Some(drawing) = drawing { (small_icon(drawing)) }
            @if let Some(word) = word { span.sr { " (" (locale.text(word)) ")" } }
        }
        small { (node.line) }
    };
    let look = format!("node {look}");
    html! {
        @if let Some(href) = &node.href { a class=(look) href=(href) { (inside) } } @else { div class=(look) { (inside) } }
    }
}

/// What the lines mean.
pub fn rails_legend(locale: Locale) -> Markup {
    let kinds = [
        (JoinState::Approved, "ui.link.approved"),
        (JoinState::Proposed, "ui.link.proposed"),
        (JoinState::Part, "ui.rails.part"),
        (JoinState::Missing, "ui.rails.missing"),
        (JoinState::Faded, "ui.rails.faded"),
    ];
    super::legend(kinds.map(|(state, key)| {
        html! {
            svg.lk viewBox="0 0 40 8" aria-hidden="true" { path class=[stroke(state)] d="M0 4h40" {} }
            span { (flow(&locale.text(key))) }
        }
    }))
}

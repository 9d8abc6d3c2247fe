//! The words of a thread: rails, steps, states and what is missing.

use crate::{session::Reading, table::clip};
use chain::trace::{Gap, Rail, RailStatus, Step, Via, words};
use domain::{
    ids::{EditionId, NodeId},
    link::LinkState,
    locale::Locale,
};

pub fn rail(rail: Rail, locale: Locale) -> String {
    locale
        .text(&format!("rail.{}", words::rail(rail)))
        .into_owned()
}

pub fn status(status: RailStatus, locale: Locale) -> String {
    locale
        .text(&format!("rail_status.{}", words::status(status)))
        .into_owned()
}

pub fn via(via: Via, locale: Locale) -> String {
    locale
        .text(&format!("via.{}", words::via(via)))
        .into_owned()
}

/// Solid for what stands, dashed for what is proposed, crossed for what was rejected or leads nowhere.
pub fn mark(step: &Step) -> &'static str {
    if step.superseded || step.wrong_level {
        "✕"
    } else {
        state_mark(step.state)
    }
}

pub const fn state_mark(state: LinkState) -> &'static str {
    match state {
        LinkState::Approved => "━",
        LinkState::Proposed => "┄",
        LinkState::Rejected => "✕",
    }
}

/// "SDG4 · เป้าหมายย่อย 4.1 สร้างหลักประกัน…": plan, printed label, code and name.
pub fn point(reading: &Reading, node: NodeId, locale: Locale) -> String {
    let Some(name) = reading.names.nodes.get(&node) else {
        return String::new();
    };
    let plan = reading
        .snapshot
        .plans()
        .edition_of_node(node)
        .map_or("", |edition| plan_code(reading, edition.id));
    let label = name.label.as_deref().unwrap_or_default();
    format!(
        "{plan} · {label} {} {}",
        name.code,
        clip(&reading.node_name(node, locale))
    )
}

fn plan_code(reading: &Reading, edition: EditionId) -> &str {
    reading
        .names
        .editions
        .get(&edition)
        .map_or("", |name| name.code.as_str())
}

/// What is missing, and where.
pub fn gap(reading: &Reading, gap: &Gap, locale: Locale) -> String {
    words::gap(&reading.snapshot, &reading.names, gap, locale)
}

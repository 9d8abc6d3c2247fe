//! The words of a thread: rails, steps, states and what is missing.

use crate::{session::Reading, table::clip};
use chain::trace::{Gap, GapKind, Rail, RailStatus, Step, Via};
use domain::{
    ids::{EditionId, NodeId},
    link::LinkState,
    locale::Locale,
    plan::Level,
};

pub fn rail(rail: Rail, locale: Locale) -> String {
    locale
        .text(&format!("rail.{}", rail_code(rail)))
        .into_owned()
}

pub const fn rail_code(rail: Rail) -> &'static str {
    match rail {
        Rail::Sdg => "sdg",
        Rail::Plans => "plans",
    }
}

pub fn status(status: RailStatus, locale: Locale) -> String {
    locale
        .text(&format!("rail_status.{}", status_code(status)))
        .into_owned()
}

pub const fn status_code(status: RailStatus) -> &'static str {
    match status {
        RailStatus::Connected => "connected",
        RailStatus::Partly => "partly",
        RailStatus::ProposedOnly => "proposed_only",
        RailStatus::NotConnected => "not_connected",
    }
}

pub fn via(via: Via, locale: Locale) -> String {
    locale.text(&format!("via.{}", via_code(via))).into_owned()
}

pub const fn via_code(via: Via) -> &'static str {
    match via {
        Via::Link(_) => "link",
        Via::Listing(_) => "listing",
        Via::Parent => "parent",
        Via::Alignment(_) => "alignment",
        Via::Crosswalk(_) => "crosswalk",
    }
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

fn level(level: Level, locale: Locale) -> String {
    locale.text(&format!("level.{}", level.code())).into_owned()
}

/// What is missing, and where.
pub fn gap(reading: &Reading, gap: &Gap, locale: Locale) -> String {
    match &gap.kind {
        GapKind::NoListing => locale.text("gap.no_listing").into_owned(),
        GapKind::NoLink => locale.text("gap.no_link").into_owned(),
        GapKind::OnlyProposed { to, .. } => locale.fill(
            "gap.only_proposed",
            &[("to", reading.short_node(*to).into())],
        ),
        GapKind::Rejected { to, .. } => {
            locale.fill("gap.rejected", &[("to", reading.short_node(*to).into())])
        }
        GapKind::Superseded { to, now, .. } => {
            let now: Vec<String> = now
                .iter()
                .map(|(node, _)| reading.short_node(*node))
                .collect();
            let key = if now.is_empty() {
                "gap.superseded"
            } else {
                "gap.superseded_now"
            };
            let args = [
                ("to", reading.short_node(*to).into()),
                ("now", now.join(", ").into()),
            ];
            locale.fill(key, &args)
        }
        GapKind::WrongLevel { from, to, .. } => locale.fill(
            "gap.wrong_level",
            &[
                ("from", reading.short_node(*from).into()),
                ("to", reading.short_node(*to).into()),
            ],
        ),
        GapKind::MissingOwner { edition } => locale.fill(
            "gap.missing_owner",
            &[("plan", plan_code(reading, *edition).into())],
        ),
        GapKind::NotAlignedFurther { node, missing } => locale.fill(
            "gap.not_aligned",
            &[
                ("node", reading.short_node(*node).into()),
                ("level", level(*missing, locale).into()),
            ],
        ),
        GapKind::NoEducationTypePlan => locale.text("gap.no_education_type").into_owned(),
    }
}

//! The words of a thread: whether a rail is connected, what is missing on it, and what to do next.

use actions::live::Now;
use chain::trace::{Gap, GapKind, Rail, RailStatus};
use domain::ids::{EditionId, NodeId};
use maud::Markup;

use crate::Viewer;
use crate::ui::{Icon, Tone, pill};

/// Key of the name of a rail.
pub(super) const fn rail(rail: Rail) -> &'static str {
    match rail {
        Rail::Sdg => "rail.sdg",
        Rail::Plans => "rail.plans",
    }
}

/// Whether a rail is connected, as a pill.
pub(super) fn status(v: &Viewer, status: RailStatus) -> Markup {
    let (tone, drawing, key) = match status {
        RailStatus::Connected => (Tone::Ok, Icon::OkCircle, "rail_status.connected"),
        RailStatus::Partly => (Tone::Below, Icon::Half, "rail_status.partly"),
        RailStatus::ProposedOnly => (Tone::Gold, Icon::Pen, "rail_status.proposed_only"),
        RailStatus::NotConnected => (Tone::Crit, Icon::Unlink, "rail_status.not_connected"),
    };
    pill(tone, drawing, &v.say(key))
}

/// "SDG4 4.1": a node by the codes of its plan and of itself.
pub(super) fn short(now: &Now, node: NodeId) -> String {
    let plan = now.plan_of_node(node).map_or("", |plan| &plan.code);
    now.names
        .nodes
        .get(&node)
        .map_or_else(String::new, |name| format!("{plan} {}", name.code))
}

fn plan_code(now: &Now, edition: EditionId) -> &str {
    now.plan_of(edition).map_or("", |plan| &plan.code)
}

/// What is missing, and where.
pub(super) fn gap(v: &Viewer, now: &Now, gap: &Gap) -> String {
    let to = |node: &NodeId| ("to", short(now, *node).into());
    match &gap.kind {
        GapKind::NoListing => v.say("gap.no_listing").into_owned(),
        GapKind::NoLink => v.say("gap.no_link").into_owned(),
        GapKind::OnlyProposed { to: node, .. } => v.say_with("gap.only_proposed", &[to(node)]),
        GapKind::Rejected { to: node, .. } => v.say_with("gap.rejected", &[to(node)]),
        GapKind::Superseded {
            to: node,
            now: later,
            ..
        } => {
            let codes: Vec<String> = later.iter().map(|(node, _)| short(now, *node)).collect();
            let key = if codes.is_empty() {
                "gap.superseded"
            } else {
                "gap.superseded_now"
            };
            v.say_with(key, &[to(node), ("now", codes.join(", ").into())])
        }
        GapKind::WrongLevel { from, to: node, .. } => v.say_with(
            "gap.wrong_level",
            &[("from", short(now, *from).into()), to(node)],
        ),
        GapKind::MissingOwner { edition } => v.say_with(
            "gap.missing_owner",
            &[("plan", plan_code(now, *edition).into())],
        ),
        GapKind::NotAlignedFurther { node, missing } => {
            let level = v.say(&format!("level.{missing}")).into_owned();
            v.say_with(
                "gap.not_aligned",
                &[("node", short(now, *node).into()), ("level", level.into())],
            )
        }
        GapKind::NoEducationTypePlan => v.say("gap.no_education_type").into_owned(),
    }
}

/// What to do about it.
pub(super) fn next(v: &Viewer, gap: &Gap) -> Option<String> {
    let key = match gap.kind {
        GapKind::NoListing => "page.next.list",
        GapKind::NoLink => "page.next.link",
        GapKind::OnlyProposed { .. } => "page.next.decide",
        GapKind::Rejected { .. } => "page.next.other",
        GapKind::Superseded { .. } => "page.next.move",
        GapKind::WrongLevel { .. } => "page.next.level",
        GapKind::MissingOwner { .. } => "page.next.owner",
        GapKind::NotAlignedFurther { .. } => "page.next.align",
        GapKind::NoEducationTypePlan => return None,
    };
    Some(v.say(key).into_owned())
}

//! The words of a thread: whether a rail is connected, what is missing on it, and what to do next.

use actions::live::Now;
use chain::trace::{Gap, GapKind, Rail, RailStatus, words};
use domain::ids::NodeId;
use maud::Markup;

use crate::Viewer;
use crate::ui::{Icon, Tone, pill};

/// The name of a rail.
pub(super) fn rail(v: &Viewer, rail: Rail) -> String {
    let key = format!("rail.{}", words::rail(rail));
    v.say(&key).into_owned()
}

/// Whether a rail is connected, as a pill.
pub(super) fn status(v: &Viewer, status: RailStatus) -> Markup {
    let (tone, drawing) = match status {
        RailStatus::Connected => (Tone::Ok, Icon::OkCircle),
        RailStatus::Partly => (Tone::Below, Icon::Half),
        RailStatus::ProposedOnly => (Tone::Gold, Icon::Pen),
        RailStatus::NotConnected => (Tone::Crit, Icon::Unlink),
    };
    let key = format!("rail_status.{}", words::status(status));
    pill(tone, drawing, &v.say(&key))
}

/// "SDG4 4.1": a node by the codes of its plan and of itself.
pub(super) fn short(now: &Now, node: NodeId) -> String {
    words::node(&now.snapshot, &now.names, node)
}

/// What is missing, and where.
pub(super) fn gap(v: &Viewer, now: &Now, gap: &Gap) -> String {
    words::gap(&now.snapshot, &now.names, gap, v.locale)
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

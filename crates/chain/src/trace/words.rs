//! The words of a thread, for whoever shows one: codes of rails, states and ways, and the sentence of what is missing.

use super::{Gap, GapKind, Rail, RailStatus, Via};
use crate::Snapshot;
use domain::{
    ids::{EditionId, NodeId},
    locale::Locale,
    names::Names,
};

/// The code of a rail: its word stands under `rail.<code>`.
pub const fn rail(rail: Rail) -> &'static str {
    match rail {
        Rail::Sdg => "sdg",
        Rail::Plans => "plans",
    }
}

/// The code of how far a rail is connected: its word stands under `rail_status.<code>`.
pub const fn status(status: RailStatus) -> &'static str {
    match status {
        RailStatus::Connected => "connected",
        RailStatus::Partly => "partly",
        RailStatus::ProposedOnly => "proposed_only",
        RailStatus::NotConnected => "not_connected",
    }
}

/// The code of the way that a step takes: its word stands under `via.<code>`.
pub const fn via(via: Via) -> &'static str {
    match via {
        Via::Link(_) => "link",
        Via::Listing(_) => "listing",
        Via::Parent => "parent",
        Via::Alignment(_) => "alignment",
        Via::Crosswalk(_) => "crosswalk",
    }
}

/// "SDG4 4.1": a node by the codes of its plan and of itself; empty where its words are not known.
pub fn node(snapshot: &Snapshot, names: &Names, node: NodeId) -> String {
    let edition = snapshot.plans().edition_of_node(node);
    let plan = edition.map_or("", |edition| plan(names, edition.id));
    let name = names.nodes.get(&node);
    name.map_or_else(String::new, |name| format!("{plan} {}", name.code))
}

fn plan(names: &Names, edition: EditionId) -> &str {
    let name = names.editions.get(&edition);
    name.map_or("", |name| name.code.as_str())
}

/// What is missing on a thread, and where.
pub fn gap(snapshot: &Snapshot, names: &Names, gap: &Gap, locale: Locale) -> String {
    let say = |key: &str| locale.text(key).into_owned();
    let to = |id: &NodeId| ("to", node(snapshot, names, *id).into());
    match &gap.kind {
        GapKind::NoListing => say("gap.no_listing"),
        GapKind::NoLink => say("gap.no_link"),
        GapKind::OnlyProposed { to: id, .. } => locale.fill("gap.only_proposed", &[to(id)]),
        GapKind::Rejected { to: id, .. } => locale.fill("gap.rejected", &[to(id)]),
        GapKind::Superseded { to: id, now, .. } => {
            let codes = now.iter().map(|(later, _)| node(snapshot, names, *later));
            let codes: Vec<String> = codes.collect();
            let key = match codes.is_empty() {
                true => "gap.superseded",
                false => "gap.superseded_now",
            };
            locale.fill(key, &[to(id), ("now", codes.join(", ").into())])
        }
        GapKind::WrongLevel { from, to: id, .. } => {
            let from = ("from", node(snapshot, names, *from).into());
            locale.fill("gap.wrong_level", &[from, to(id)])
        }
        GapKind::MissingOwner { edition } => {
            let plan = ("plan", plan(names, *edition).into());
            locale.fill("gap.missing_owner", &[plan])
        }
        GapKind::NotAlignedFurther { node: id, missing } => {
            let level = say(&format!("level.{missing}"));
            let node = ("node", node(snapshot, names, *id).into());
            locale.fill("gap.not_aligned", &[node, ("level", level.into())])
        }
        GapKind::NoEducationTypePlan => say("gap.no_education_type"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_its_word_in_both_languages() {
        let rails = Rail::ALL.map(|one| format!("rail.{}", rail(one)));
        let states = [
            RailStatus::Connected,
            RailStatus::Partly,
            RailStatus::ProposedOnly,
            RailStatus::NotConnected,
        ];
        let states = states.map(|one| format!("rail_status.{}", status(one)));
        for key in rails.iter().chain(&states) {
            for locale in [Locale::Th, Locale::En] {
                assert!(locale.find(key).is_some(), "{key}");
            }
        }
    }
}

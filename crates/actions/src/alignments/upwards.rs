//! Alignments lead from a plan to a plan above, and no plan serves itself: the same that `chain` refuses to build on,
//! asked before it is recorded.

use crate::Error;
use domain::{
    ids::NodeId,
    issue::{Issue, Place},
    link::LinkState,
    plan::{Alignment, Edition, EditionText, Level, Node, NodeText},
};
use std::collections::HashMap;
use store::{Reason, Tx};

/// Refuses an alignment to a plan that does not stand above: it would carry nothing.
pub(super) async fn leads_up(tx: &Tx, from: NodeId, to: &Node) -> Result<(), Error> {
    let lower = match store::get::<(Node, NodeText)>(tx, from).await? {
        Some(kept) => level(tx, &kept.row.0).await?,
        None => None,
    };
    let upper = level(tx, to).await?;
    match lower.zip(upper) {
        Some((lower, upper)) if !lower.may_align_to(upper) => {
            Err(refused(Issue::error(at_node(), "alignment.not_upwards")))
        }
        _ => Ok(()),
    }
}

async fn level(tx: &Tx, node: &Node) -> Result<Option<Level>, Error> {
    let edition = store::get::<(Edition, EditionText)>(tx, node.edition).await?;
    Ok(edition.map(|kept| kept.row.0.level))
}

/// Refuses an alignment by which an element would serve itself, through parents and alignments that are not rejected: a
/// proposed one would close the cycle on the day it is approved. All of a cycle lies in one province's plans, whose
/// trail this transaction holds, so that nobody closes it from the other side meanwhile.
pub(super) async fn closes_no_cycle(tx: &Tx, from: NodeId, to: NodeId) -> Result<(), Error> {
    let Some(way) = way_up(tx, to, from).await? else {
        return Ok(());
    };
    let ends = store::get_many::<(Node, NodeText)>(tx, &way).await?;
    let code = |id: &NodeId| {
        let mut ends = ends.iter().map(|kept| &kept.row);
        let found = ends.find(|(node, _)| node.id == *id);
        found.map_or_else(|| id.to_string(), |(_, text)| text.code.clone())
    };
    // From the lower element up to where it begins again.
    let codes: Vec<String> = std::iter::once(&from).chain(&way).map(code).collect();
    let issue = Issue::error(at_node(), "alignment.cycle").with("way", codes.join(" → "));
    Err(refused(issue))
}

/// The way up from `start` to `goal`, both included, if there is one.
async fn way_up(tx: &Tx, start: NodeId, goal: NodeId) -> Result<Option<Vec<NodeId>>, Error> {
    let mut came_from = HashMap::from([(start, start)]);
    let mut front = vec![start];
    while !front.is_empty() && !came_from.contains_key(&goal) {
        let parents = store::get_many::<(Node, NodeText)>(tx, &front).await?;
        let parents = parents.into_iter().map(|kept| kept.row.0);
        let parents = parents.filter_map(|node| Some((node.id, node.parent?)));
        let served = store::of::<(Alignment, Reason), NodeId>(tx, &front).await?;
        let served = served.into_iter().map(|kept| kept.row.0);
        let served = served.filter(|it| it.state != LinkState::Rejected);
        let steps: Vec<(NodeId, NodeId)> =
            parents.chain(served.map(|it| (it.from, it.to))).collect();
        front.clear();
        for (below, above) in steps {
            came_from.entry(above).or_insert_with(|| {
                front.push(above);
                below
            });
        }
    }
    if !came_from.contains_key(&goal) {
        return Ok(None);
    }
    let mut way = vec![goal];
    let mut here = goal;
    while here != start {
        here = came_from.get(&here).copied().unwrap_or(start);
        way.push(here);
    }
    way.reverse();
    Ok(Some(way))
}

fn at_node() -> Place {
    Place::Field {
        field: "node".to_owned(),
    }
}

fn refused(issue: Issue) -> Error {
    Error::Invalid(vec![issue])
}

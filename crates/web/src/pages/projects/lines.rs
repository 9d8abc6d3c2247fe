//! What each of the two rails is like between one lane and the next, for a screen too narrow to draw them side by side.

use chain::Snapshot;
use chain::trace::{Point, RailThread, Step, Via};
use domain::ids::NodeId;
use domain::link::LinkState;
use std::collections::BTreeSet;

use super::lanes::{PROJECT, lane_of};
use crate::ui::JoinState;

/// How a step is drawn: a listing is no approval, and what is ended or out of place leads nowhere.
pub(super) fn drawn(step: &Step) -> JoinState {
    match (step.via, step.state) {
        _ if is_faded(step) => JoinState::Faded,
        (Via::Listing(_) | Via::Parent, _) => JoinState::Part,
        (_, LinkState::Approved) => JoinState::Approved,
        _ => JoinState::Proposed,
    }
}

/// Whether the step is history, rejected or out of place.
pub(super) fn is_faded(step: &Step) -> bool {
    step.superseded || step.wrong_level || step.state == LinkState::Rejected
}

/// The state of the rail from each of the lanes `kept` down to the next: that of the firmest way to the rail's frameworks;
/// where no way leads there, what `missing` spans (upper and lower lane) is missing. `None` where nothing runs.
pub(super) fn between(
    snapshot: &Snapshot,
    rail: &RailThread,
    missing: &[(usize, usize)],
    kept: &[usize],
) -> Vec<Option<JoinState>> {
    let at = |node: NodeId| {
        let edition = snapshot.plans().edition_of_node(node);
        edition.map_or(PROJECT, |edition| lane_of(edition.level))
    };
    let from = |step: &Step| match step.from {
        Point::Project(_) => PROJECT,
        Point::Node(node) => at(node),
    };
    let is_top = |node: NodeId| {
        let edition = snapshot.plans().edition_of_node(node);
        edition.is_some_and(|edition| rail.rail.has_framework(edition.level))
    };
    let way = firmest_way(&rail.steps, is_top);
    let spans = |upper: usize, lower: usize, steps: &[&Step]| {
        steps
            .iter()
            .filter(|step| at(step.to) <= upper && from(step) >= lower)
            .map(|step| drawn(step))
            .max_by_key(|state| firmness(*state))
    };
    let all: Vec<&Step> = rail.steps.iter().collect();
    kept.windows(2)
        .map(|gap| {
            let (upper, lower) = (gap[0], gap[1]);
            let lost = missing.iter().any(|(a, b)| *a <= upper && *b >= lower);
            match spans(upper, lower, &way) {
                Some(state) => Some(state),
                None if lost => Some(JoinState::Missing),
                None if way.is_empty() => spans(upper, lower, &all),
                None => None,
            }
        })
        .collect()
}

const fn firmness(state: JoinState) -> u8 {
    match state {
        JoinState::Approved => 4,
        JoinState::Part => 3,
        JoinState::Proposed => 2,
        JoinState::Faded => 1,
        JoinState::Missing => 0,
    }
}

/// The steps of all ways from the project to a top: those without anything only proposed, failing these those with, and
/// failing these those through what has ended. Empty where no way leads to a top.
fn firmest_way(steps: &[Step], is_top: impl Fn(NodeId) -> bool) -> Vec<&Step> {
    let allowed: [fn(&Step) -> bool; 3] = [
        |step| !is_faded(step) && step.state == LinkState::Approved,
        |step| !is_faded(step),
        |_| true,
    ];
    for allowed in allowed {
        let steps: Vec<&Step> = steps.iter().filter(|step| allowed(step)).collect();
        let mut reached: BTreeSet<Point> = BTreeSet::new();
        grow(&mut reached, &steps, |step, reached| {
            let starts = matches!(step.from, Point::Project(_)) || reached.contains(&step.from);
            starts.then_some(Point::Node(step.to))
        });
        let tops = reached.iter().copied();
        let mut leads: BTreeSet<Point> = tops
            .filter(|point| matches!(point, Point::Node(node) if is_top(*node)))
            .collect();
        if leads.is_empty() {
            continue;
        }
        grow(&mut leads, &steps, |step, leads| {
            leads.contains(&Point::Node(step.to)).then_some(step.from)
        });
        let on_the_way = |step: &&Step| {
            leads.contains(&Point::Node(step.to))
                && (matches!(step.from, Point::Project(_)) || reached.contains(&step.from))
        };
        return steps.into_iter().filter(on_the_way).collect();
    }
    Vec::new()
}

/// Adds points until no step adds any; each round adds at least one, so that it ends.
fn grow(
    points: &mut BTreeSet<Point>,
    steps: &[&Step],
    next: impl Fn(&Step, &BTreeSet<Point>) -> Option<Point>,
) {
    loop {
        let before = points.len();
        for step in steps {
            if let Some(point) = next(step, points) {
                points.insert(point);
            }
        }
        if points.len() == before {
            return;
        }
    }
}

//! Worked examples of traces: what is connected, what is missing, and what is refused.

use crate::thread_example_world::*;
use crate::{
    book::Book,
    generate::project_id,
    thread_world::{
        NODES, alignment, edition, edition_id, joined, link, listing, node, node_id, unjoined,
    },
};
use chain::{
    Fault, Snapshot,
    attribution::{How, WHOLE},
    trace::{Gap, GapKind, Rail, RailStatus, Via},
};
use domain::{
    facts::{Change, Fact, Key},
    ids::{AlignmentId, CrosswalkId, LinkId, ListingId, NodeId, PlanId},
    issue::Severity,
    link::LinkState::{Approved, Proposed, Rejected},
    plan::{Crosswalk, Edition, EditionState, Level, Relation},
};

#[test]
fn an_unbroken_thread_is_connected_and_the_missing_plan_by_type_is_advice_only() {
    let snapshot = joined().snapshot();
    let thread = snapshot.trace(project_id(3)).expect("stands");
    assert_eq!(thread.rail(Rail::Sdg).status, RailStatus::Connected);
    assert_eq!(thread.rail(Rail::Sdg).reached, Some(Level::Sdg));
    let advice = Gap {
        severity: Severity::Advice,
        kind: GapKind::NoEducationTypePlan,
    };
    assert!(thread.gaps.contains(&advice));
    assert!(
        thread
            .rail(Rail::Sdg)
            .gaps
            .iter()
            .all(|gap| gap.severity == Severity::Advice)
    );
    assert_eq!(thread.rail(Rail::Plans).status, RailStatus::Connected);

    let down = snapshot.trace_down(node_id(SDG, 1), 100).expect("stands");
    let below: Vec<_> = down
        .projects
        .iter()
        .map(|row| (row.project, row.state))
        .collect();
    assert!(below.contains(&(project_id(3), Approved)));
    assert!(below.contains(&(project_id(0), Approved)));
}

#[test]
fn a_thread_that_ends_says_at_which_node_and_which_level_is_missing() {
    let facts = [
        listing(0, 1, node_id(ANNUAL, 3)),
        alignment(0, node_id(ANNUAL, 2), node_id(PLAN, 3), 10_000, Approved),
        alignment(1, node_id(PLAN, 0), node_id(LEVEL3, 1), 10_000, Approved),
    ];
    let snapshot = with(unjoined(), facts).snapshot();
    let thread = snapshot.trace(project_id(1)).expect("stands");
    let (sdg, plans) = (thread.rail(Rail::Sdg), thread.rail(Rail::Plans));
    assert_eq!(sdg.status, RailStatus::NotConnected);
    assert!(kinds(&sdg.gaps).contains(&&GapKind::NotAlignedFurther {
        node: node_id(PLAN, 3),
        missing: Level::ProvincialRoadmap,
    }));
    assert!(kinds(&sdg.gaps).contains(&&GapKind::NoLink));
    assert_eq!(
        (plans.status, plans.reached),
        (RailStatus::Partly, Some(Level::Level3))
    );
    assert!(kinds(&plans.gaps).contains(&&GapKind::NotAlignedFurther {
        node: node_id(LEVEL3, 1),
        missing: Level::Level2,
    }));
    // The national level is no part of the SDG 4 rail.
    assert!(sdg.steps.iter().all(|step| step.to != node_id(LEVEL3, 1)));
}

#[test]
fn what_is_only_proposed_or_rejected_does_not_connect_and_is_named() {
    let snapshot = joined().snapshot();
    let rejected = GapKind::Rejected {
        via: Via::Link(LinkId::from_u128(3_004)),
        to: node_id(LEVEL1, 1),
    };
    let thread = snapshot.trace(project_id(2)).expect("stands");
    assert!(kinds(&thread.rail(Rail::Plans).gaps).contains(&&rejected));

    let facts = [link(0, 1, node_id(SDG, 1), 10_000, Proposed)];
    let thread = with(unjoined(), facts)
        .snapshot()
        .trace(project_id(1))
        .expect("stands");
    let rail = thread.rail(Rail::Sdg);
    assert_eq!(
        (rail.status, rail.reached),
        (RailStatus::ProposedOnly, None)
    );
    let proposed = GapKind::OnlyProposed {
        via: Via::Link(LinkId::from_u128(3_000)),
        to: node_id(SDG, 1),
    };
    assert_eq!(kinds(&rail.gaps), [&proposed]);
    assert!(kinds(&thread.gaps).contains(&&GapKind::NoListing));
}

#[test]
fn a_link_into_a_superseded_edition_is_shown_with_where_its_crosswalk_leads() {
    let replaced = Edition {
        state: EditionState::Published,
        supersedes: Some(edition_id(SDG)),
        ..edition(1)
    };
    let facts = [
        Fact::Edition(replaced),
        link(0, 1, node_id(SDG, 1), 10_000, Approved),
        Fact::Crosswalk(Crosswalk {
            id: CrosswalkId::from_u128(1),
            from: node_id(SDG, 1),
            to: Some(node_id(1, 2)),
            relation: Relation::Changed,
            state: Proposed,
        }),
    ];
    let snapshot = with(unjoined(), facts).snapshot();
    let thread = snapshot.trace(project_id(1)).expect("stands");
    let rail = thread.rail(Rail::Sdg);
    assert_eq!(rail.status, RailStatus::NotConnected);
    assert!(kinds(&rail.gaps).contains(&&GapKind::Superseded {
        via: Via::Link(LinkId::from_u128(3_000)),
        to: node_id(SDG, 1),
        edition: edition_id(SDG),
        now: vec![(node_id(1, 2), Proposed)],
    }));
    assert!(
        rail.steps
            .iter()
            .any(|step| step.superseded && step.via == Via::Link(LinkId::from_u128(3_000)))
    );
    assert!(
        rail.steps
            .iter()
            .any(|step| matches!(step.via, Via::Crosswalk(_)) && step.to == node_id(1, 2))
    );
    let current = snapshot.plans().current_edition(PlanId::from_u128(1));
    assert_eq!(current.map(|edition| edition.id), Some(edition_id(1)));
    // Attribution to the old edition stays what it was; crosswalks carry nothing to the new one.
    assert_eq!(parts(&snapshot, 1), [(node_id(SDG, 1), WHOLE)]);
    let new = snapshot
        .attribution(project_id(1), edition_id(1))
        .expect("stands");
    assert_eq!((new.how, new.unattributed), (How::Nowhere, WHOLE));
}

#[test]
fn an_alignment_against_the_levels_carries_nothing_and_is_a_gap() {
    let facts = [
        listing(0, 1, node_id(PLAN, 1)),
        alignment(0, node_id(PLAN, 1), node_id(FIVE_YEAR, 1), 10_000, Approved),
        alignment(1, node_id(FIVE_YEAR, 1), node_id(SDG, 1), 10_000, Approved),
    ];
    let snapshot = with(unjoined(), facts).snapshot();
    assert_eq!(parts(&snapshot, 1), []);
    let thread = snapshot.trace(project_id(1)).expect("stands");
    assert_eq!(thread.rail(Rail::Sdg).status, RailStatus::NotConnected);
    assert!(
        kinds(&thread.rail(Rail::Sdg).gaps).contains(&&GapKind::WrongLevel {
            alignment: AlignmentId::from_u128(2_000),
            from: node_id(PLAN, 1),
            to: node_id(FIVE_YEAR, 1),
        })
    );
}

/// Refused as a change, and impossible to build; the snapshot is as it was.
fn refused(book: &Book, change: Change, expected: Fault) {
    let mut snapshot = book.snapshot();
    let before = format!("{:?}", snapshot.plans().all_alignments());
    assert_eq!(snapshot.apply(&change), Err(expected.clone()));
    assert_eq!(format!("{:?}", snapshot.plans().all_alignments()), before);
    let after = book.after(&change).expect("can be written down");
    assert_eq!(Snapshot::build(&after.facts(5)).err(), Some(vec![expected]));
}

#[test]
fn nodes_that_would_serve_themselves_are_refused() {
    let book = with(
        unjoined(),
        [
            alignment(0, node_id(ROADMAP, 1), node_id(PLAN, 3), 10_000, Approved),
            alignment(1, node_id(PLAN, 2), node_id(ROADMAP, 3), 10_000, Rejected),
        ],
    );
    // Roadmap 1 serves plan 3, which stands under plan 2 and under plan 0: plan 0 must not serve roadmap 1.
    let cycle = vec![
        node_id(ROADMAP, 1),
        node_id(PLAN, 3),
        node_id(PLAN, 2),
        node_id(PLAN, 0),
    ];
    let closing = |state| {
        Change::Recorded(alignment(
            2,
            node_id(PLAN, 0),
            node_id(ROADMAP, 1),
            1,
            state,
        ))
    };
    refused(&book, closing(Approved), Fault::NodeCycle(cycle.clone()));
    refused(&book, closing(Proposed), Fault::NodeCycle(cycle));
    let mut snapshot = book.snapshot();
    assert_eq!(snapshot.apply(&closing(Rejected)), Ok(()));
    // A rejected row is kept for the record; approving it is refused like a new one.
    assert!(snapshot.apply(&closing(Approved)).is_err());

    let itself = Change::Recorded(Fact::Node(node(SDG, 2, Some(3))));
    let cycle = vec![node_id(SDG, 2), node_id(SDG, 3)];
    refused(&unjoined(), itself, Fault::NodeCycle(cycle));
}

#[test]
fn a_project_stands_at_most_once_in_an_edition() {
    let book = with(unjoined(), [listing(0, 1, node_id(ANNUAL, 1))]);
    let twice = Change::Recorded(listing(1, 1, node_id(ANNUAL, 2)));
    let (first, second) = (ListingId::from_u128(4_000), ListingId::from_u128(4_001));
    refused(&book, twice, Fault::ListedTwice { first, second });
    // The same listing may move within the edition, and another stand in another edition.
    let mut snapshot = book.snapshot();
    assert_eq!(
        snapshot.apply(&Change::Recorded(listing(0, 1, node_id(ANNUAL, 2)))),
        Ok(())
    );
    assert_eq!(
        snapshot.apply(&Change::Recorded(listing(1, 1, node_id(PLAN, 2)))),
        Ok(())
    );
    assert_eq!(snapshot.projects_listed(node_id(ANNUAL, 1)), []);
    assert_eq!(
        snapshot.projects_listed_under(node_id(ANNUAL, 0)),
        [project_id(1)]
    );
}

#[test]
fn nothing_is_orphaned_by_ending_what_others_name() {
    let book = with(
        joined(),
        [
            link(9, 4, node_id(LEVEL2, 3), 10_000, Approved),
            link(10, 4, node_id(OLD_PLAN, 1), 1, Rejected),
        ],
    );
    let cases = [
        (
            Key::Node(node_id(LEVEL2, 3)),
            Key::Link(LinkId::from_u128(3_009)),
        ),
        (Key::Node(node_id(LEVEL2, 0)), Key::Node(node_id(LEVEL2, 1))),
        (
            Key::Edition(edition_id(LEVEL2)),
            Key::Node(node_id(LEVEL2, 0)),
        ),
    ];
    for (row, by) in cases {
        let mut snapshot = book.snapshot();
        assert_eq!(
            snapshot.apply(&Change::Ended(row)),
            Err(Fault::StillNamed { row, by })
        );
    }
    let mut snapshot = book.snapshot();
    assert!(
        snapshot
            .apply(&Change::Ended(Key::Project(project_id(4))))
            .is_err()
    );
    let unknown = Key::Link(LinkId::from_u128(1));
    let fault = Fault::NotStanding { row: unknown };
    assert_eq!(snapshot.apply(&Change::Ended(unknown)), Err(fault));
}

#[test]
fn nodes_come_in_pre_order_by_position_whatever_their_ids() {
    let mut snapshot = unjoined().snapshot();
    let order = |snapshot: &Snapshot| -> Vec<NodeId> {
        snapshot
            .plans()
            .nodes_of(edition_id(SDG))
            .map(|node| node.id)
            .collect()
    };
    assert_eq!(order(&snapshot).len(), NODES);
    // Node 1 has position 1 and node 2 position 2; node 3 stands under node 2.
    assert_eq!(order(&snapshot), [0, 1, 2, 3].map(|n| node_id(SDG, n)));
    let last = domain::plan::Node {
        position: 9,
        ..node(SDG, 1, Some(0))
    };
    assert_eq!(snapshot.apply(&Change::Recorded(Fact::Node(last))), Ok(()));
    assert_eq!(order(&snapshot), [0, 2, 3, 1].map(|n| node_id(SDG, n)));
    let under: Vec<_> = snapshot
        .plans()
        .subtree(node_id(SDG, 2))
        .map(|node| node.id)
        .collect();
    assert_eq!(under, [node_id(SDG, 2), node_id(SDG, 3)]);
}

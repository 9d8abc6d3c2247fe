//! Worked examples of the thread: attribution, coverage, traces, and what is refused.

use crate::{
    book::Book,
    generate::{YEARS, organisation_id, project_id},
    thread_world::{
        NODES, alignment, amount, edition, edition_id, joined, link, listing, node, node_id,
        unjoined,
    },
};
use chain::{
    Fault, Measure, Snapshot,
    attribution::{How, WHOLE},
    targets::Scope,
    trace::{Gap, GapKind, Rail, RailStatus, Via},
    why_node::Because,
};
use domain::{
    facts::{Change, Fact, Key},
    ids::{AlignmentId, CrosswalkId, LinkId, ListingId, NodeId, PlanId, ProjectId},
    issue::Severity,
    link::LinkState::{Approved, Proposed, Rejected},
    money::Satang,
    organisation::Axis,
    plan::{Crosswalk, Edition, EditionState, Level, Relation},
    project::{Project, ProjectYear, Stage},
    time::FiscalPeriod,
};

const SDG: usize = 0;
const LEVEL1: usize = 2;
const LEVEL2: usize = 3;
const LEVEL3: usize = 4;
const ROADMAP: usize = 5;
const OLD_PLAN: usize = 6;
const PLAN: usize = 7;
const FIVE_YEAR: usize = 9;
const ANNUAL: usize = 10;
const OTHER_ANNUAL: usize = 11;

fn with(book: Book, facts: impl IntoIterator<Item = Fact>) -> Book {
    book.with(facts.into_iter().map(Change::Recorded))
}

fn parts(snapshot: &Snapshot, project: usize) -> Vec<(NodeId, u64)> {
    let attribution = snapshot.attribution(project_id(project), edition_id(SDG));
    attribution.expect("both stand").parts
}

fn allotted(project: usize, satang: i64) -> Fact {
    amount(
        project,
        FiscalPeriod::year(YEARS[0]),
        Stage::Allotted,
        satang,
    )
}

fn kinds(gaps: &[Gap]) -> Vec<&GapKind> {
    gaps.iter().map(|gap| &gap.kind).collect()
}

#[test]
fn shares_multiply_along_alignments_and_what_is_left_over_is_unattributed() {
    let book = with(
        unjoined(),
        [
            listing(0, 1, node_id(ANNUAL, 3)),
            // The annual plan says nothing at the node itself: its grandparent carries it.
            alignment(0, node_id(ANNUAL, 0), node_id(ROADMAP, 1), 6_000, Approved),
            alignment(1, node_id(ANNUAL, 0), node_id(ROADMAP, 2), 4_000, Approved),
            alignment(2, node_id(ROADMAP, 1), node_id(SDG, 1), 5_000, Approved),
            alignment(3, node_id(ROADMAP, 2), node_id(SDG, 2), 10_000, Approved),
            allotted(1, 1_001),
        ],
    );
    let snapshot = book.snapshot();
    let attribution = snapshot
        .attribution(project_id(1), edition_id(SDG))
        .expect("stands");
    assert_eq!(attribution.how, How::Listed(ListingId::from_u128(4_000)));
    let tenth = WHOLE / 10;
    assert_eq!(
        attribution.parts,
        [(node_id(SDG, 1), 3 * tenth), (node_id(SDG, 2), 4 * tenth)]
    );
    assert_eq!(attribution.unattributed, 3 * tenth);

    let targets = snapshot
        .targets(edition_id(SDG), Scope::All, YEARS[0])
        .expect("stands");
    let money = |n: usize| {
        let row = targets
            .rows
            .iter()
            .find(|row| row.node == node_id(SDG, n))
            .expect("a row");
        row.figures.money(Stage::Allotted)
    };
    // 1,001 satang: 300.3 and 400.4 are 300 and 400 (0.7 of a satang stays with the rest).
    assert_eq!((money(1), money(2)), (Some(Satang(300)), Some(Satang(400))));
    assert_eq!(money(0), Some(Satang(700)));
    assert_eq!(
        targets.unattributed.money(Stage::Allotted),
        Some(Satang(301))
    );
    assert_eq!(targets.total.money(Stage::Allotted), Some(Satang(1_001)));
    // Nothing was said about disbursements: that is not zero.
    assert_eq!(targets.rows[0].figures.money(Stage::Disbursed), None);
}

#[test]
fn a_direct_link_wins_over_where_the_project_is_listed() {
    let book = with(joined(), [link(9, 3, node_id(SDG, 3), 2_500, Approved)]);
    let snapshot = book.snapshot();
    assert_eq!(parts(&joined().snapshot(), 3).len(), 2);
    assert_eq!(parts(&snapshot, 3), [(node_id(SDG, 3), WHOLE / 4)]);
}

#[test]
fn alignments_straight_into_the_framework_win_over_those_by_other_plans() {
    let straight = alignment(50, node_id(ANNUAL, 1), node_id(SDG, 3), 10_000, Approved);
    let book = with(joined(), [straight]);
    assert_eq!(parts(&book.snapshot(), 3), [(node_id(SDG, 3), WHOLE)]);
}

#[test]
fn shares_of_more_than_the_whole_give_each_its_part_of_their_total() {
    let facts = [
        link(0, 2, node_id(SDG, 1), 10_000, Approved),
        link(1, 2, node_id(SDG, 2), 10_000, Approved),
    ];
    let snapshot = with(unjoined(), facts).snapshot();
    assert_eq!(
        parts(&snapshot, 2),
        [(node_id(SDG, 1), WHOLE / 2), (node_id(SDG, 2), WHOLE / 2)]
    );
}

#[test]
fn two_upper_plans_that_each_take_the_whole_share_it_between_them() {
    let facts = [
        listing(0, 1, node_id(ANNUAL, 1)),
        alignment(0, node_id(ANNUAL, 1), node_id(ROADMAP, 1), 10_000, Approved),
        alignment(1, node_id(ANNUAL, 1), node_id(PLAN, 1), 10_000, Approved),
        alignment(2, node_id(PLAN, 1), node_id(ROADMAP, 2), 10_000, Approved),
        alignment(3, node_id(ROADMAP, 1), node_id(SDG, 1), 10_000, Approved),
        alignment(4, node_id(ROADMAP, 2), node_id(SDG, 1), 10_000, Approved),
    ];
    assert_eq!(
        parts(&with(unjoined(), facts).snapshot(), 1),
        [(node_id(SDG, 1), WHOLE)]
    );
}

#[test]
fn the_deepest_listing_that_leads_there_carries_the_project() {
    let facts = [
        // The smaller id stands in the provincial plan, but the annual plan is deeper.
        listing(0, 1, node_id(PLAN, 1)),
        listing(1, 1, node_id(ANNUAL, 1)),
        listing(2, 1, node_id(OTHER_ANNUAL, 1)),
        alignment(0, node_id(PLAN, 1), node_id(ROADMAP, 1), 10_000, Approved),
        alignment(1, node_id(ROADMAP, 1), node_id(SDG, 1), 10_000, Approved),
        alignment(
            2,
            node_id(OTHER_ANNUAL, 0),
            node_id(SDG, 2),
            10_000,
            Approved,
        ),
    ];
    let snapshot = with(unjoined(), facts).snapshot();
    let attribution = snapshot
        .attribution(project_id(1), edition_id(SDG))
        .expect("stands");
    assert_eq!(attribution.how, How::Listed(ListingId::from_u128(4_002)));
    assert_eq!(attribution.parts, [(node_id(SDG, 2), WHOLE)]);
}

#[test]
fn without_a_listing_that_leads_there_links_to_other_plans_carry_the_project() {
    let facts = [
        link(0, 1, node_id(PLAN, 1), 4_000, Approved),
        link(1, 1, node_id(PLAN, 2), 6_000, Approved),
        alignment(0, node_id(PLAN, 1), node_id(SDG, 1), 5_000, Approved),
    ];
    let snapshot = with(unjoined(), facts).snapshot();
    let attribution = snapshot
        .attribution(project_id(1), edition_id(SDG))
        .expect("stands");
    assert_eq!(attribution.how, How::LinkedElsewhere(edition_id(PLAN)));
    assert_eq!(attribution.parts, [(node_id(SDG, 1), WHOLE / 5)]);
}

#[test]
fn proposals_are_counted_apart_and_never_in_totals() {
    let year = ProjectYear::Fiscal(YEARS[0]);
    let mut facts = Vec::new();
    for n in 0..43 {
        let id = ProjectId::from_u128(9_000 + n);
        facts.push(Fact::Project(Project {
            id,
            owner: organisation_id(1),
            year,
            budget_mode: None,
            approved_on: None,
            continues: None,
            part_of: None,
        }));
        let Fact::Link(row) = link(n, 0, node_id(SDG, 1 + (n % 2) as usize), 10_000, Proposed)
        else {
            unreachable!("a link is a link")
        };
        facts.push(Fact::Link(domain::link::Link { project: id, ..row }));
    }
    let snapshot = with(unjoined(), facts).snapshot();
    let targets = snapshot
        .targets(edition_id(SDG), Scope::All, YEARS[0])
        .expect("stands");
    let goal = targets.rows[0];
    assert_eq!((goal.approved, goal.proposed), (0, 43));
    assert_eq!(targets.only_proposed, 43);
    assert_eq!(targets.unattributed.projects, 47);
    assert_eq!(goal.figures, chain::Figures::NONE);
}

#[test]
fn a_project_linked_to_a_target_and_to_what_is_below_it_counts_once_there() {
    let facts = [
        link(0, 1, node_id(SDG, 2), 5_000, Approved),
        link(1, 1, node_id(SDG, 3), 5_000, Approved),
        allotted(1, 11),
    ];
    let snapshot = with(unjoined(), facts).snapshot();
    let scope = Scope::Organisation {
        axis: Axis::CoordinatedBy,
        organisation: organisation_id(0),
    };
    let targets = snapshot
        .targets(edition_id(SDG), scope, YEARS[0])
        .expect("stands");
    for n in [0, 2] {
        let row = targets
            .rows
            .iter()
            .find(|row| row.node == node_id(SDG, n))
            .expect("a row");
        assert_eq!((row.approved, row.linked), (1, 1));
        assert_eq!(row.figures.money(Stage::Allotted), Some(Satang(11)));
    }
    let measure = Measure::Money(Stage::Allotted);
    let why = snapshot
        .why_node(node_id(SDG, 2), YEARS[0], measure)
        .expect("stands");
    assert_eq!(why.len(), 1);
    assert_eq!((why[0].value, why[0].parts), (11, WHOLE));
    assert_eq!(why[0].because, Because::Attributed(How::Linked));
}

#[test]
fn money_of_a_part_is_inside_the_whole_and_not_counted_again_at_a_node() {
    let facts = [
        listing(0, 0, node_id(ANNUAL, 1)),
        listing(1, 3, node_id(ANNUAL, 2)),
        allotted(0, 500),
        allotted(3, 200),
    ];
    // Project 3 is part of project 0.
    let snapshot = with(unjoined(), facts).snapshot();
    let listed = snapshot
        .listed_total(edition_id(ANNUAL), YEARS[0])
        .expect("stands");
    assert_eq!(
        (listed.projects, listed.money(Stage::Allotted)),
        (2, Some(Satang(500)))
    );
    let part = snapshot
        .listed_under(node_id(ANNUAL, 2), YEARS[0])
        .expect("stands");
    assert_eq!((part.projects, part.money(Stage::Allotted)), (1, None));
}

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

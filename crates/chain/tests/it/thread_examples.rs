//! Worked examples of attribution and coverage: what a node gets, and what is left over.

use crate::thread_example_world::*;
use crate::{
    generate::{YEARS, organisation_id, project_id},
    thread_world::{alignment, edition_id, joined, link, listing, node_id, unjoined},
};
use chain::{
    Measure,
    attribution::{How, WHOLE},
    targets::Scope,
    why_node::Because,
};
use domain::{
    facts::Fact,
    ids::{ListingId, ProjectId},
    link::LinkState::{Approved, Proposed},
    money::Satang,
    organisation::Axis,
    project::{Project, ProjectYear, Stage},
};

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
            stated_budget: None,
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

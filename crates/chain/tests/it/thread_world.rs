//! A small world of plans and random changes of it: two SDG editions, the national levels, the two documents of the
//! province (one in two editions), plans of agencies, a few projects with every kind of link.

use crate::{
    book::{Book, key_of},
    generate::{Dice, YEARS, organisation_id, project_id},
};
use domain::{
    facts::{ActivityOf, Change, Fact},
    ids::*,
    indicator::{Baseline, Indicator, IndicatorTarget, Quantity, TargetShape},
    link::{Link, LinkState},
    money::Satang,
    organisation::{Axis, Membership, Organisation},
    plan::{Alignment, Crosswalk, Edition, EditionState, Level, Node, NodeKind, Relation},
    project::{Listing, Project, ProjectYear, Stage},
    share::Share,
    time::{FiscalPeriod, Period, Quarter},
};

/// Level and plan of every edition of the world.
pub const EDITIONS: [(Level, u128); 12] = [
    (Level::Sdg, 1),
    (Level::Sdg, 1),
    (Level::Level1, 2),
    (Level::Level2, 3),
    (Level::Level3, 4),
    (Level::ProvincialRoadmap, 5),
    (Level::ProvincialPlan, 6),
    (Level::ProvincialPlan, 6),
    (Level::EducationType, 7),
    (Level::FiveYear, 8),
    (Level::Annual, 9),
    (Level::Annual, 10),
];
pub const NODES: usize = 4;
pub const PROJECTS: usize = 5;
pub const ORGANISATIONS: usize = 4;

pub fn edition_id(n: usize) -> EditionId {
    EditionId::from_u128(20 + n as u128)
}

pub fn node_id(edition: usize, n: usize) -> NodeId {
    NodeId::from_u128((1_000 + edition * 10 + n) as u128)
}

pub fn all_nodes() -> impl Iterator<Item = NodeId> {
    (0..EDITIONS.len()).flat_map(|e| (0..NODES).map(move |n| node_id(e, n)))
}

/// An edition of the world as it stands at first: the second provincial plan replaces the first, the second SDG list is
/// a draft.
pub fn edition(n: usize) -> Edition {
    Edition {
        id: edition_id(n),
        plan: PlanId::from_u128(EDITIONS[n].1),
        level: EDITIONS[n].0,
        owner: (!n.is_multiple_of(3)).then(|| organisation_id(n % ORGANISATIONS)),
        period_kind: None,
        from_year: Some(2566 + (n % 2) as i16),
        to_year: None,
        state: match n {
            1 => EditionState::Draft,
            6 => EditionState::Superseded,
            _ => EditionState::Approved,
        },
        supersedes: (n == 7).then(|| edition_id(6)),
    }
}

pub fn node(edition: usize, n: usize, parent: Option<usize>) -> Node {
    Node {
        id: node_id(edition, n),
        edition: edition_id(edition),
        parent: parent.map(|parent| node_id(edition, parent)),
        lineage: LineageId::from_u128(n as u128),
        kind: NodeKind::Strategy,
        position: (7 * n % 3) as u32,
    }
}

pub fn alignment(id: u128, from: NodeId, to: NodeId, share: u16, state: LinkState) -> Fact {
    Fact::Alignment(Alignment {
        id: AlignmentId::from_u128(2_000 + id),
        from,
        to,
        share: Share::new(share).expect("a share"),
        primary: false,
        state,
    })
}

pub fn link(id: u128, project: usize, node: NodeId, share: u16, state: LinkState) -> Fact {
    Fact::Link(Link {
        id: LinkId::from_u128(3_000 + id),
        project: project_id(project),
        node,
        share: Share::new(share).expect("a share"),
        primary: false,
        state,
    })
}

pub fn listing(id: u128, project: usize, node: NodeId) -> Fact {
    Fact::Listing(Listing {
        id: ListingId::from_u128(4_000 + id),
        project: project_id(project),
        node,
    })
}

pub fn amount(project: usize, period: FiscalPeriod, stage: Stage, satang: i64) -> Fact {
    Fact::Amount {
        project: project_id(project),
        period,
        stage,
        satang: Satang(satang),
    }
}

/// Organisations, editions with nodes (a top, two below it, one deeper), projects; nothing joined yet.
pub fn unjoined() -> Book {
    let mut facts = Vec::new();
    for n in 0..ORGANISATIONS {
        facts.push(Fact::Organisation(Organisation {
            id: organisation_id(n),
            class: None,
            opened: None,
            closed: None,
        }));
        if n > 0 {
            facts.push(Fact::Membership(Membership {
                id: MembershipId::from_u128(400 + n as u128),
                organisation: organisation_id(n),
                axis: Axis::CoordinatedBy,
                parent: organisation_id((n - 1) / 2),
                valid_from: None,
                valid_to: None,
            }));
        }
    }
    for e in 0..EDITIONS.len() {
        facts.push(Fact::Edition(edition(e)));
    }
    for e in 0..EDITIONS.len() {
        for n in 0..NODES {
            facts.push(Fact::Node(node(e, n, [None, Some(0), Some(0), Some(2)][n])));
        }
    }
    for n in 0..PROJECTS {
        facts.push(Fact::Project(Project {
            id: project_id(n),
            owner: organisation_id(n % ORGANISATIONS),
            year: ProjectYear::Fiscal(YEARS[n / 4]),
            budget_mode: None,
            approved_on: None,
            continues: None,
            part_of: (n == 3).then_some(project_id(0)),
            stated_budget: None,
        }));
    }
    Book::default().with(facts.into_iter().map(Change::Recorded))
}

/// The world with a thread through all levels and some loose ends.
pub fn joined() -> Book {
    use LinkState::{Approved, Proposed, Rejected};
    let mut facts = Vec::new();
    // Annual → five-year → roadmap → SDG, and annual → provincial plan → levels 3, 2, 1.
    let steps = [
        (10, 1, 9, 0, 10_000, Approved),
        (9, 0, 5, 1, 6_000, Approved),
        (9, 0, 5, 2, 3_333, Approved),
        (5, 0, 0, 1, 7_001, Approved),
        (5, 2, 0, 2, 10_000, Approved),
        (10, 0, 7, 1, 10_000, Approved),
        (7, 0, 4, 0, 9_999, Approved),
        (4, 0, 3, 1, 5_000, Proposed),
        (4, 0, 3, 2, 3_000, Approved),
        (3, 0, 2, 0, 10_000, Approved),
        (11, 0, 6, 2, 10_000, Approved),
        (6, 2, 5, 0, 10_000, Approved),
        (11, 3, 0, 3, 10_000, Rejected),
    ];
    for (id, (from, f, to, t, share, state)) in steps.into_iter().enumerate() {
        facts.push(alignment(
            id as u128,
            node_id(from, f),
            node_id(to, t),
            share,
            state,
        ));
    }
    facts.extend([
        link(0, 0, node_id(0, 1), 5_000, Approved),
        link(1, 0, node_id(0, 2), 5_000, Proposed),
        link(2, 1, node_id(6, 1), 4_000, Approved),
        link(3, 1, node_id(0, 3), 10_000, Proposed),
        link(4, 2, node_id(2, 1), 10_000, Rejected),
        listing(0, 0, node_id(10, 3)),
        listing(1, 1, node_id(10, 1)),
        listing(2, 2, node_id(11, 3)),
        listing(3, 2, node_id(10, 2)),
        listing(4, 3, node_id(10, 1)),
    ]);
    for project in 0..PROJECTS {
        let year = YEARS[project / 4];
        facts.push(amount(
            project,
            FiscalPeriod::year(year),
            Stage::Allotted,
            1_000_001,
        ));
        let quarter = FiscalPeriod::quarter(year, Quarter::Q2);
        facts.push(amount(project, quarter, Stage::Disbursed, 333_331));
        facts.push(Fact::People {
            project: project_id(project),
            period: quarter,
            people: 30,
        });
    }
    facts.push(Fact::Crosswalk(Crosswalk {
        id: CrosswalkId::from_u128(5_000),
        from: node_id(6, 2),
        to: Some(node_id(7, 2)),
        relation: Relation::Kept,
        state: Proposed,
    }));
    unjoined().with(facts.into_iter().map(Change::Recorded))
}

fn a_node(dice: &mut Dice) -> (usize, NodeId) {
    let edition = dice.throw(EDITIONS.len());
    // Now and then a node that never stands.
    (
        edition,
        node_id(edition, dice.throw(NODES * 10 + 1) % (NODES + 1)),
    )
}

fn a_share(dice: &mut Dice) -> u16 {
    dice.pick(&[10_000, 10_000, 5_000, 3_333, 1, 0, 7_777])
}

fn a_state(dice: &mut Dice) -> LinkState {
    use LinkState::{Approved, Proposed, Rejected};
    dice.pick(&[Approved, Approved, Approved, Proposed, Rejected])
}

/// Two nodes, mostly of levels in the right order.
fn two_nodes(dice: &mut Dice) -> (NodeId, NodeId) {
    let (a, from) = a_node(dice);
    let (b, to) = a_node(dice);
    if a < b && dice.throw(8) > 0 {
        (to, from)
    } else {
        (from, to)
    }
}

/// What happens next. Many changes are refused, and are meant to be.
pub fn change(dice: &mut Dice, book: &Book) -> Change {
    let fact = match dice.throw(26) {
        0 => {
            let (e, n) = (dice.throw(EDITIONS.len()), dice.throw(NODES));
            let elsewhere = (e + usize::from(dice.throw(20) == 1)) % EDITIONS.len();
            let parent = dice.maybe(&[0, 1, 2, 3]);
            Fact::Node(Node {
                parent: parent.map(|parent| node_id(elsewhere, parent)),
                position: dice.throw(3) as u32,
                ..node(e, n, None)
            })
        }
        1 => {
            let n = dice.throw(EDITIONS.len());
            let older: Vec<_> = (0..EDITIONS.len())
                .filter(|m| *m != n)
                .map(edition_id)
                .collect();
            Fact::Edition(Edition {
                state: dice.pick(EditionState::ALL),
                supersedes: if dice.throw(2) == 0 {
                    None
                } else {
                    dice.maybe(&older)
                },
                owner: dice.maybe(&[organisation_id(0), organisation_id(9)]),
                ..edition(n)
            })
        }
        2..8 => {
            let (from, to) = two_nodes(dice);
            alignment(
                dice.throw(24) as u128,
                from,
                to,
                a_share(dice),
                a_state(dice),
            )
        }
        8..13 => {
            let node = a_node(dice).1;
            let project = dice.throw(PROJECTS);
            link(
                dice.throw(14) as u128,
                project,
                node,
                a_share(dice),
                a_state(dice),
            )
        }
        13..16 => {
            let node = a_node(dice).1;
            listing(dice.throw(10) as u128, dice.throw(PROJECTS), node)
        }
        16 => {
            let (from, to) = (a_node(dice).1, a_node(dice).1);
            Fact::Crosswalk(Crosswalk {
                id: CrosswalkId::from_u128(5_000 + dice.throw(3) as u128),
                from,
                to: (dice.throw(3) > 0).then_some(to),
                relation: Relation::Changed,
                state: a_state(dice),
            })
        }
        17 => Fact::Activity(ActivityOf {
            id: ActivityId::from_u128(6_000 + dice.throw(6) as u128),
            project: project_id(dice.throw(PROJECTS)),
        }),
        18 => Fact::Indicator(Indicator {
            node: a_node(dice).1,
            direction: None,
            owner: dice.maybe(&[organisation_id(0), organisation_id(9)]),
        }),
        19 => {
            let node = an_indicator(dice, book);
            let quarter = dice.maybe(Quarter::ALL);
            let period = Period {
                quarter,
                ..Period::fiscal(YEARS[0])
            };
            match dice.throw(2) {
                0 => Fact::Baseline(Baseline {
                    id: BaselineId::from_u128(7_000 + dice.throw(3) as u128),
                    node,
                    period,
                    value: Quantity::whole(1),
                }),
                _ => Fact::Target(IndicatorTarget {
                    id: IndicatorTargetId::from_u128(8_000 + dice.throw(3) as u128),
                    node,
                    period,
                    shape: TargetShape::Reached,
                }),
            }
        }
        20 | 21 => {
            let year = dice.pick(&YEARS[..2]);
            let period = match dice.maybe(Quarter::ALL) {
                None => FiscalPeriod::year(year),
                Some(quarter) => FiscalPeriod::quarter(year, quarter),
            };
            let satang = dice.pick(&[0, 1, 7, -40, 999_999_999]);
            let stage = dice.pick(&[Stage::Allotted, Stage::Disbursed]);
            amount(dice.throw(PROJECTS), period, stage, satang)
        }
        _ => {
            let row = &book.rows[dice.throw(book.rows.len())];
            return Change::Ended(key_of(row));
        }
    };
    Change::Recorded(fact)
}

/// Mostly the node of an indicator that stands.
fn an_indicator(dice: &mut Dice, book: &Book) -> NodeId {
    let standing = book.all(|row| match row {
        Fact::Indicator(row) => Some(row.node),
        _ => None,
    });
    dice.maybe(&standing).unwrap_or(node_id(0, 0))
}

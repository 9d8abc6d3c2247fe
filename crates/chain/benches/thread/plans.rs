//! Plans for the made-up country: SDG 4, three national levels, a roadmap and a plan in every province, an annual plan
//! of every organisation; every project listed once, every second one linked.

use crate::country::{Country, Numbers};
use domain::{
    facts::ActivityOf,
    ids::{
        ActivityId, AlignmentId, EditionId, LineageId, LinkId, ListingId, NodeId, OrganisationId,
        PlanId,
    },
    link::{Link, LinkState},
    plan::{Alignment, Edition, EditionState, Level, Node, NodeKind},
    project::Listing,
    share::Share,
};
use std::collections::HashMap;

/// What is asked for by name.
pub struct Joined {
    pub sdg: EditionId,
    /// One target of SDG 4.
    pub target: NodeId,
    /// A node of a provincial plan.
    pub provincial: NodeId,
    /// One annual plan.
    pub annual: EditionId,
}

/// An id that looks like those of the product: a time in front, noise behind.
fn id(kind: u64, n: usize) -> u128 {
    let noise = Numbers::new(kind << 32 | n as u64).below(usize::MAX);
    (0x0199_0000_0000u128 + (n as u128 / 8)) << 80
        | 7 << 76
        | u128::from(kind) << 64
        | noise as u128
}

/// Adds plans, listings and links to the country.
pub fn join(country: &mut Country) -> Joined {
    let provinces = country.provinces.clone();
    let organisations: Vec<_> = country.facts.organisations.iter().map(|o| o.id).collect();
    // Goal, 10 targets, 4 indicators each; and national plans of 6, 23 and 6 nodes below their top.
    let (sdg, goal) = edition(country, Level::Sdg, None, 10, 4);
    let (_, level1) = edition(country, Level::Level1, None, 6, 0);
    let (_, level2) = edition(country, Level::Level2, None, 23, 3);
    let (_, level3) = edition(country, Level::Level3, None, 6, 2);
    for n in 0..23 {
        align(country, level2[1 + n * 4], &[level1[1 + n % 6]]);
    }
    for n in 0..6 {
        align(
            country,
            level3[1 + n * 3],
            &[level2[1 + n * 4], level2[1 + (n + 7) * 4]],
        );
    }
    let mut plans = Vec::new();
    for (n, province) in provinces.iter().enumerate() {
        let (_, roadmap) = edition(country, Level::ProvincialRoadmap, Some(*province), 10, 0);
        for target in 0..10 {
            align(country, roadmap[1 + target], &[goal[1 + target * 5]]);
        }
        let (_, plan) = edition(country, Level::ProvincialPlan, Some(*province), 4, 2);
        for strategy in 0..4 {
            let node = plan[1 + strategy * 3];
            let first = (n + strategy * 3) % 10;
            align(
                country,
                node,
                &[roadmap[1 + first], roadmap[1 + (first + 4) % 10]],
            );
            align(country, node, &[level3[1 + strategy * 3]]);
        }
        plans.push(plan);
    }
    let mut annual = HashMap::new();
    for (n, organisation) in organisations.iter().enumerate() {
        let (own, nodes) = edition(country, Level::Annual, Some(*organisation), 3, 2);
        let plan = &plans[n % provinces.len()];
        for strategy in 0..3 {
            let node = nodes[1 + strategy * 3];
            align(
                country,
                node,
                &[plan[1 + strategy * 3], plan[1 + (strategy + 1) % 4 * 3]],
            );
        }
        annual.insert(*organisation, (own, nodes));
    }
    list_and_link(country, &annual, &goal);
    Joined {
        sdg,
        target: goal[1],
        provincial: plans[0][1],
        annual: annual[&organisations[50]].0,
    }
}

/// An edition with a top, `wide` nodes below it and `deep` nodes below each of these, in pre-order.
fn edition(
    country: &mut Country,
    level: Level,
    owner: Option<OrganisationId>,
    wide: usize,
    deep: usize,
) -> (EditionId, Vec<NodeId>) {
    let facts = &mut country.facts;
    let edition = EditionId::from_u128(id(20, facts.editions.len()));
    facts.editions.push(Edition {
        id: edition,
        plan: PlanId::from_u128(id(21, facts.editions.len())),
        level,
        owner,
        period_kind: None,
        from_year: Some(2566),
        to_year: Some(2570),
        state: EditionState::Approved,
        supersedes: None,
    });
    let mut nodes: Vec<NodeId> = Vec::new();
    let mut node = |parent: Option<NodeId>, position: usize| {
        let n = facts.nodes.len();
        let id = NodeId::from_u128(id(22, n));
        facts.nodes.push(Node {
            id,
            edition,
            parent,
            lineage: LineageId::from_u128(n as u128),
            kind: NodeKind::Strategy,
            position: position as u32,
        });
        nodes.push(id);
        id
    };
    let top = node(None, 0);
    for w in 0..wide {
        let middle = node(Some(top), w);
        for d in 0..deep {
            node(Some(middle), d);
        }
    }
    (edition, nodes)
}

/// Approved alignments of a node, which share it evenly.
fn align(country: &mut Country, from: NodeId, to: &[NodeId]) {
    let facts = &mut country.facts;
    for upper in to {
        facts.alignments.push(Alignment {
            id: AlignmentId::from_u128(id(23, facts.alignments.len())),
            from,
            to: *upper,
            share: share(10_000 / to.len() as u16),
            primary: false,
            state: LinkState::Approved,
        });
    }
}

fn share(parts: u16) -> Share {
    Share::new(parts).unwrap_or(Share::WHOLE)
}

fn list_and_link(
    country: &mut Country,
    annual: &HashMap<OrganisationId, (EditionId, Vec<NodeId>)>,
    goal: &[NodeId],
) {
    let facts = &mut country.facts;
    let mut numbers = Numbers::new(9);
    for (n, project) in facts.projects.iter().enumerate() {
        let nodes = &annual[&project.owner].1;
        facts.listings.push(Listing {
            id: ListingId::from_u128(id(24, n)),
            project: project.id,
            node: nodes[1 + numbers.below(nodes.len() - 1)],
        });
        facts.activities.push(ActivityOf {
            id: ActivityId::from_u128(id(25, n)),
            project: project.id,
        });
        // Three of sixteen have two approved links, two of sixteen one proposed: about half a million links in all.
        let (links, state) = match numbers.below(16) {
            0..3 => (2, LinkState::Approved),
            3..5 => (1, LinkState::Proposed),
            _ => (0, LinkState::Approved),
        };
        for m in 0..links {
            facts.links.push(Link {
                id: LinkId::from_u128(id(26, facts.links.len())),
                project: project.id,
                node: goal[1 + (numbers.below(5) * 2 + m) * 5],
                share: share(10_000 / links as u16),
                primary: m == 0,
                state,
            });
        }
    }
}

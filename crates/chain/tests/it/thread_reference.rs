//! The rules of the thread told slowly and plainly over the rows of a book, as recursion without any memory.

use crate::book::Book;
use domain::{
    facts::Fact,
    ids::{EditionId, NodeId, ProjectId},
    link::{Link, LinkState},
    money::Satang,
    plan::{Alignment, Edition, EditionState, Level, Node},
    project::{Listing, Stage},
    time::{FiscalPeriod, FiscalYear},
};
use std::collections::BTreeMap;

/// The rows of a book by kind.
pub struct Rows {
    pub editions: Vec<Edition>,
    pub nodes: BTreeMap<NodeId, Node>,
    pub alignments: Vec<Alignment>,
    pub links: Vec<Link>,
    pub listings: Vec<Listing>,
    pub projects: BTreeMap<ProjectId, domain::project::Project>,
    pub amounts: Vec<(ProjectId, FiscalPeriod, Stage, Satang)>,
}

const ONE: i128 = 10_000_000_000_000_000;

impl Rows {
    pub fn of(book: &Book) -> Self {
        let mut rows = Rows {
            editions: book.all(|f| {
                if let Fact::Edition(row) = f {
                    Some(*row)
                } else {
                    None
                }
            }),
            nodes: BTreeMap::new(),
            alignments: book.all(|f| {
                if let Fact::Alignment(row) = f {
                    Some(*row)
                } else {
                    None
                }
            }),
            links: book.all(|f| {
                if let Fact::Link(row) = f {
                    Some(*row)
                } else {
                    None
                }
            }),
            listings: book.all(|f| {
                if let Fact::Listing(row) = f {
                    Some(*row)
                } else {
                    None
                }
            }),
            projects: BTreeMap::new(),
            amounts: Vec::new(),
        };
        for fact in &book.rows {
            match *fact {
                Fact::Node(node) => {
                    rows.nodes.insert(node.id, node);
                }
                Fact::Project(project) => {
                    rows.projects.insert(project.id, project);
                }
                Fact::Amount {
                    project,
                    period,
                    stage,
                    satang,
                } => {
                    rows.amounts.push((project, period, stage, satang));
                }
                _ => {}
            }
        }
        rows.alignments.sort_by_key(|row| row.id);
        rows.links.sort_by_key(|row| row.id);
        rows.listings.sort_by_key(|row| row.id);
        rows
    }

    pub fn edition(&self, id: EditionId) -> &Edition {
        self.editions
            .iter()
            .find(|edition| edition.id == id)
            .expect("stands")
    }

    pub fn edition_of(&self, node: NodeId) -> EditionId {
        self.nodes[&node].edition
    }

    pub fn level_of(&self, node: NodeId) -> Level {
        self.edition(self.edition_of(node)).level
    }

    fn children(&self, edition: EditionId, parent: Option<NodeId>) -> Vec<NodeId> {
        let all = self.nodes.values();
        let mut children: Vec<_> = all
            .filter(|n| n.edition == edition && n.parent == parent)
            .collect();
        children.sort_by_key(|n| (n.position, n.id));
        children.into_iter().map(|n| n.id).collect()
    }

    /// The node and what is below it, or (without a node) a whole edition, in pre-order.
    pub fn pre_order(&self, edition: EditionId, top: Option<NodeId>) -> Vec<NodeId> {
        let below = self.children(edition, top).into_iter();
        top.into_iter()
            .chain(below.flat_map(|child| self.pre_order(edition, Some(child))))
            .collect()
    }

    pub fn is_superseded(&self, id: EditionId) -> bool {
        use EditionState::{Draft, InReview, Superseded};
        let by_state = self.edition(id).state == Superseded;
        let replaced = |newer: &Edition| {
            newer.supersedes == Some(id) && !matches!(newer.state, Draft | InReview)
        };
        by_state || self.editions.iter().any(replaced)
    }

    fn place(&self, node: NodeId) -> usize {
        let order = self.pre_order(self.edition_of(node), None);
        order.iter().position(|n| *n == node).expect("stands")
    }

    /// Where everything at a node goes within a framework; `None` = nowhere.
    fn carried(&self, node: NodeId, framework: EditionId) -> Option<BTreeMap<usize, i128>> {
        if self.edition_of(node) == framework {
            return Some([(self.place(node), ONE)].into());
        }
        let level = self.level_of(node);
        let served = self.alignments.iter().filter(|row| {
            row.from == node
                && row.state == LinkState::Approved
                && level.may_align_to(self.level_of(row.to))
        });
        let leading: Vec<_> = served
            .filter_map(|row| Some((row, self.carried(row.to, framework)?)))
            .collect();
        let straight: Vec<_> = leading
            .iter()
            .filter(|(row, _)| self.edition_of(row.to) == framework)
            .cloned()
            .collect();
        let branches = if straight.is_empty() {
            leading
        } else {
            straight
        };
        if branches.is_empty() {
            return self.carried(self.nodes[&node].parent?, framework);
        }
        let shares: Vec<_> = branches
            .iter()
            .map(|(row, _)| i128::from(row.share.parts()))
            .collect();
        let mut all = BTreeMap::new();
        for ((_, upper), weight) in branches.iter().zip(of_the_whole(&shares)) {
            let (places, weights): (Vec<_>, Vec<_>) = upper.clone().into_iter().unzip();
            for (place, part) in places
                .into_iter()
                .zip(largest_remainder(weight, &weights, ONE))
            {
                *all.entry(place).or_insert(0) += part;
            }
        }
        Some(all)
    }

    /// The approved links of a project into an edition in its order, as parts of the whole.
    fn linked(&self, project: ProjectId, edition: EditionId) -> Vec<(NodeId, i128)> {
        let mut links: Vec<_> = self
            .links
            .iter()
            .filter(|l| {
                l.project == project
                    && l.state == LinkState::Approved
                    && self.edition_of(l.node) == edition
            })
            .collect();
        links.sort_by_key(|l| (self.place(l.node), l.id));
        let shares: Vec<_> = links.iter().map(|l| i128::from(l.share.parts())).collect();
        links
            .iter()
            .map(|l| l.node)
            .zip(of_the_whole(&shares))
            .collect()
    }

    /// The parts of a project in a framework, by place in its pre-order; whether they come from its own links.
    pub fn attribution(
        &self,
        project: ProjectId,
        framework: EditionId,
    ) -> (bool, BTreeMap<usize, i128>) {
        let mut parts = BTreeMap::new();
        for (node, part) in self.linked(project, framework) {
            *parts.entry(self.place(node)).or_insert(0) += part;
        }
        if !parts.is_empty() {
            return (true, parts);
        }
        let mut listings: Vec<_> = self
            .listings
            .iter()
            .filter(|row| row.project == project)
            .collect();
        listings.sort_by_key(|row| (u8::MAX - self.level_of(row.node).depth(), row.id));
        if let Some(parts) = listings
            .iter()
            .find_map(|row| self.carried(row.node, framework))
        {
            return (false, parts);
        }
        let mut editions: Vec<_> = self.editions.iter().collect();
        editions.sort_by_key(|edition| (u8::MAX - edition.level.depth(), edition.id));
        for edition in editions {
            let mut leads = false;
            for (node, weight) in self.linked(project, edition.id) {
                let Some(upper) = self.carried(node, framework) else {
                    continue;
                };
                leads = true;
                let (places, weights): (Vec<_>, Vec<_>) = upper.into_iter().unzip();
                for (place, part) in places
                    .into_iter()
                    .zip(largest_remainder(weight, &weights, ONE))
                {
                    *parts.entry(place).or_insert(0) += part;
                }
            }
            if leads {
                return (false, parts);
            }
        }
        (false, parts)
    }

    /// Money of a project in a year that counts anywhere, row by row.
    pub fn money(&self, project: ProjectId, year: FiscalYear) -> Vec<(Stage, Satang)> {
        let inside = self.projects[&project]
            .part_of
            .is_some_and(|whole| self.projects.contains_key(&whole));
        let rows = self
            .amounts
            .iter()
            .filter(|row| row.0 == project && row.1.fiscal_year() == year && !inside);
        rows.map(|row| (row.2, row.3)).collect()
    }

    /// Whether a path that is approved all the way (or at best proposed) leads from the project to a level, and how:
    /// 2 = approved, 1 = proposed, 0 = through a superseded edition; `None` = no path.
    pub fn firmness(&self, project: ProjectId, levels: &[Level]) -> Option<u8> {
        let links = self.links.iter().filter(|l| l.project == project);
        let by_link = links.filter_map(|l| self.up(l.node, self.step(l.node, l.state)?, levels));
        let listings = self.listings.iter().filter(|l| l.project == project);
        let by_listing = listings.filter_map(|l| self.up(l.node, 2, levels));
        by_link.chain(by_listing).max()
    }

    fn step(&self, to: NodeId, state: LinkState) -> Option<u8> {
        match state {
            LinkState::Rejected => None,
            _ if self.is_superseded(self.edition_of(to)) => Some(0),
            LinkState::Proposed => Some(1),
            LinkState::Approved => Some(2),
        }
    }

    fn up(&self, node: NodeId, firm: u8, levels: &[Level]) -> Option<u8> {
        let level = self.level_of(node);
        let here = levels.contains(&level).then_some(firm);
        let parent = self.nodes[&node]
            .parent
            .and_then(|parent| self.up(parent, firm, levels));
        let served = self
            .alignments
            .iter()
            .filter(|a| a.from == node && level.may_align_to(self.level_of(a.to)));
        let served =
            served.filter_map(|a| self.up(a.to, firm.min(self.step(a.to, a.state)?), levels));
        here.into_iter().chain(parent).chain(served).max()
    }
}

/// Shares of 10,000 as parts of one; of their total where that is more.
fn of_the_whole(shares: &[i128]) -> Vec<i128> {
    largest_remainder(ONE, shares, shares.iter().sum::<i128>().max(10_000))
}

/// Whole parts of `amount`: each its floor, then one more to those with the largest remainders, the earlier first.
fn largest_remainder(amount: i128, weights: &[i128], whole: i128) -> Vec<i128> {
    let mut parts: Vec<i128> = weights.iter().map(|w| amount * w / whole).collect();
    let total = amount * weights.iter().sum::<i128>() / whole;
    while parts.iter().sum::<i128>() < total {
        let behind = |n: &usize| amount * weights[*n] - parts[*n] * whole;
        let most = (0..parts.len())
            .max_by_key(|n| (behind(n), std::cmp::Reverse(*n)))
            .expect("some weight");
        parts[most] += 1;
    }
    parts
}

/// Money split by parts of one.
pub fn split(satang: Satang, parts: &BTreeMap<usize, i128>) -> Vec<(usize, i128)> {
    let weights: Vec<_> = parts.values().copied().collect();
    let sign = i128::from(satang.0.signum());
    let given = largest_remainder(i128::from(satang.0.abs()), &weights, ONE);
    parts
        .keys()
        .copied()
        .zip(given.into_iter().map(|given| sign * given))
        .collect()
}

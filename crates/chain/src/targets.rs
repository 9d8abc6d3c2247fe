//! Coverage of the nodes of a framework: how many projects serve each, with how much money, and what no node gets.

use crate::{
    Figures, Snapshot,
    attribution::{How, Part, Towards, WHOLE},
    index::{OrgIx, ProjectIx},
    ledger::{Piece, What},
    plans::{EditionIx, NodeIx},
    seats::Forest,
};
use domain::{
    ids::{EditionId, NodeId, OrganisationId},
    link::LinkState,
    money::Satang,
    organisation::Axis,
    time::FiscalYear,
};

/// Whose projects are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Everybody's.
    All,
    /// Those of an organisation and everything below it on one axis, each amount where its owner sat in its period:
    /// the total is exactly [`Snapshot::figures`] of the organisation.
    Organisation {
        /// In which forest.
        axis: Axis,
        /// The organisation at the top.
        organisation: OrganisationId,
    },
    /// Those listed in an edition: the total is exactly [`Snapshot::listed_total`].
    Edition(EditionId),
}

/// How one node of a framework, with everything below it, is served.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TargetRow {
    /// The node.
    pub node: NodeId,
    /// Projects of the year attributed to it, each once: by approved links or along approved alignments.
    pub approved: u32,
    /// How many of `approved` have an approved link of their own to it.
    pub linked: u32,
    /// Projects of the year with a proposed link to it that are not among `approved`: counted apart, never in totals.
    pub proposed: u32,
    /// The money attributed to it, and the people of the projects attributed to it, each project once.
    ///
    /// Money may be added over disjoint nodes; projects and people may not, because one project serves several nodes.
    /// Ask [`Figures::money`]: it tells nothing reported (`None`) from zero.
    pub figures: Figures,
}

/// The coverage of a framework by the projects of a scope in one fiscal year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Targets {
    /// The edition of the framework.
    pub framework: EditionId,
    /// The fiscal year.
    pub year: FiscalYear,
    /// All figures of the scope, attributed or not.
    pub total: Figures,
    /// What no node gets: the money left over by shares or of projects attributed nowhere; projects and people only of
    /// projects attributed nowhere. At each stage the money of the top nodes and this total exactly `total`.
    pub unattributed: Figures,
    /// Projects of the year that have a proposed link into the framework and are attributed nowhere.
    pub only_proposed: u32,
    /// Every node of the framework, in pre-order.
    pub rows: Vec<TargetRow>,
}

impl Snapshot {
    /// The coverage of a framework by the projects of a scope; `None` when the edition or the scope does not stand.
    pub fn targets(&self, framework: EditionId, scope: Scope, year: FiscalYear) -> Option<Targets> {
        let framework = self.plans.edition_number(framework)?;
        let mut towards = Towards::new(self, framework);
        self.cover(framework, &mut towards, scope, year)
    }

    /// The coverage of a framework by each of several organisations: the matrix organisation × target. Those that do
    /// not stand are left out.
    pub fn targets_of_each(
        &self,
        framework: EditionId,
        axis: Axis,
        organisations: &[OrganisationId],
        year: FiscalYear,
    ) -> Option<Vec<(OrganisationId, Targets)>> {
        let framework = self.plans.edition_number(framework)?;
        let mut towards = Towards::new(self, framework);
        let rows = organisations.iter().filter_map(|&organisation| {
            let scope = Scope::Organisation { axis, organisation };
            let targets = self.cover(framework, &mut towards, scope, year)?;
            Some((organisation, targets))
        });
        Some(rows.collect())
    }

    fn cover(
        &self,
        framework: EditionIx,
        towards: &mut Towards<'_>,
        scope: Scope,
        year: FiscalYear,
    ) -> Option<Targets> {
        let mut pass = Pass::new(self, framework, year)?;
        match scope {
            Scope::All => {
                for project in self.ledger.all() {
                    pass.add(towards, project, |_| true);
                }
            }
            Scope::Organisation { axis, organisation } => {
                let organisation = self.organisations.number(organisation)?;
                let forest = self.organisations.forest(axis);
                for owner in owners_below(forest, organisation) {
                    let here = |piece: &Piece| {
                        forest.covers(organisation, forest.seat_on(owner, piece.day))
                    };
                    for project in self.ledger.owned_by(owner) {
                        pass.add(towards, project, here);
                    }
                }
            }
            Scope::Edition(edition) => {
                let edition = self.plans.edition_number(edition)?;
                for node in self.plans.order(edition) {
                    for edge in self.links.listings.to(node.0) {
                        pass.add(towards, ProjectIx(edge.from), |_| true);
                    }
                }
            }
        }
        Some(pass.targets)
    }
}

/// Every organisation that ever sat below another, which is among them, each once.
fn owners_below(forest: &Forest, organisation: OrgIx) -> Vec<OrgIx> {
    let seats = forest.seats();
    let ranges = forest.subtrees(organisation);
    let mut owners: Vec<OrgIx> = ranges
        .flat_map(|(first, end)| &seats[first as usize..end as usize])
        .map(|seat| OrgIx(seat.organisation))
        .collect();
    owners.sort_unstable();
    owners.dedup();
    owners
}

/// One pass over projects, filling the table of one framework.
struct Pass<'s> {
    snapshot: &'s Snapshot,
    framework: EditionIx,
    targets: Targets,
    /// By place in the framework: whether the node and what is below it met the project at hand, and how.
    met: Vec<Met>,
    parts: Vec<Part>,
    weights: Vec<u64>,
    /// The amounts of the project at hand, by stage.
    money: Vec<(usize, Satang)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Met {
    Not,
    Proposed,
    Carried,
    Linked,
}

impl<'s> Pass<'s> {
    fn new(snapshot: &'s Snapshot, framework: EditionIx, year: FiscalYear) -> Option<Self> {
        let plans = &snapshot.plans;
        let rows: Vec<TargetRow> = plans
            .order(framework)
            .map(|node| TargetRow {
                node: plans.node_id(node),
                approved: 0,
                linked: 0,
                proposed: 0,
                figures: Figures::NONE,
            })
            .collect();
        Some(Self {
            snapshot,
            framework,
            met: vec![Met::Not; rows.len()],
            targets: Targets {
                framework: plans.edition_at(framework)?.id,
                year,
                total: Figures::NONE,
                unattributed: Figures::NONE,
                only_proposed: 0,
                rows,
            },
            parts: Vec::new(),
            weights: Vec::new(),
            money: Vec::new(),
        })
    }

    /// Adds what one project contributes to the year, as far as it lies in the scope.
    fn add(
        &mut self,
        towards: &mut Towards<'_>,
        project: ProjectIx,
        here: impl Fn(&Piece) -> bool,
    ) {
        let year = self.targets.year;
        let mut all = Figures::NONE;
        let mut money = std::mem::take(&mut self.money);
        money.clear();
        self.snapshot.ledger.pieces(project, |piece| {
            if piece.year == year && here(&piece) {
                piece.add_to(&mut all);
                if let What::Money(stage, satang) = piece.what {
                    money.push((stage as usize, satang));
                }
            }
        });
        if all != Figures::NONE {
            self.targets.total.add(&all);
            let how = towards.project(project, &mut self.parts);
            let left = self.spread(&money);
            self.count(project, how, &all, left);
        }
        self.money = money;
    }

    /// Gives each part its money, up to the top of the framework; what is left over at each stage comes back.
    fn spread(&mut self, money: &[(usize, Satang)]) -> [i64; 5] {
        let plans = &self.snapshot.plans;
        self.weights.clear();
        self.weights
            .extend(self.parts.iter().map(|(_, weight)| weight));
        let mut left = [0; 5];
        for &(stage, satang) in money {
            let mut rest = satang.0;
            let given = satang.split(&self.weights, WHOLE);
            for ((node, _), given) in self.parts.iter().zip(given) {
                rest -= given.0;
                for above in plans.upwards(*node) {
                    let row = &mut self.targets.rows[plans.place(above) as usize];
                    row.figures.money[stage] += given.0;
                }
            }
            left[stage] += rest;
        }
        left
    }

    /// Counts the project once at every node it met.
    fn count(&mut self, project: ProjectIx, how: How, all: &Figures, left: [i64; 5]) {
        let snapshot = self.snapshot;
        let by = match how {
            How::Linked => Met::Linked,
            _ => Met::Carried,
        };
        for at in 0..self.parts.len() {
            self.meet(self.parts[at].0, by);
        }
        let mut proposed_only = self.parts.is_empty();
        if all.projects > 0 {
            let mut proposed = false;
            for edge in snapshot.links.links.from(project.0) {
                let node = NodeIx(edge.to);
                if edge.payload.state == LinkState::Proposed
                    && snapshot.plans.edition_of(node) == self.framework
                {
                    self.meet(node, Met::Proposed);
                    proposed = true;
                }
            }
            proposed_only &= proposed;
        } else {
            proposed_only = false;
        }
        self.targets.only_proposed += u32::from(proposed_only);

        let without_money = Figures {
            money: [0; 5],
            ..*all
        };
        let mut unattributed = Figures {
            money: left,
            rows: all.rows,
            ..Figures::NONE
        };
        if self.parts.is_empty() {
            unattributed = Figures {
                money: left,
                ..*all
            };
        }
        self.targets.unattributed.add(&unattributed);
        for (met, row) in self.met.iter_mut().zip(&mut self.targets.rows) {
            match std::mem::replace(met, Met::Not) {
                Met::Not => {}
                Met::Proposed => row.proposed += all.projects,
                attributed => {
                    row.approved += all.projects;
                    if attributed == Met::Linked {
                        row.linked += all.projects;
                    }
                    row.figures.add(&without_money);
                }
            }
        }
    }

    fn meet(&mut self, node: NodeIx, by: Met) {
        let plans = &self.snapshot.plans;
        for above in plans.upwards(node) {
            let met = &mut self.met[plans.place(above) as usize];
            if *met >= by {
                // What is above has been met like this, too.
                break;
            }
            *met = by;
        }
    }
}

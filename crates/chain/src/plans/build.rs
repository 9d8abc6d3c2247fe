//! From facts to plans, telling everything that is wrong at once.

use super::{EditionIx, EditionRow, Mark, NONE, NodeIx, NodeRow, Plans, Seam};
use crate::{
    fault::Fault,
    index::Index,
    ledger::is_a_period,
    organisations::Organisations,
    table::{Edge, Edges, Owned},
};
use domain::{
    facts::{Facts, Key},
    ids::{AlignmentId, CrosswalkId, NodeId},
    indicator::Indicator,
    plan::{Alignment, Crosswalk, Edition},
    time::Period,
};

impl Plans {
    pub(crate) fn build(
        facts: &Facts,
        organisations: &Organisations,
        faults: &mut Vec<Fault>,
    ) -> Self {
        let mut plans = Plans {
            editions: Index::with_capacity(facts.editions.len()),
            nodes: Index::with_capacity(facts.nodes.len()),
            ..Plans::default()
        };
        plans.build_editions(facts, organisations, faults);
        plans.build_nodes(facts, faults);
        plans.build_joins(facts, faults);
        let cycles = plans.cycles();
        if cycles.is_empty() {
            plans.order_all();
        }
        faults.extend(cycles.into_iter().map(Fault::NodeCycle));
        plans.build_indicators(facts, organisations, faults);
        plans
    }

    fn build_editions(
        &mut self,
        facts: &Facts,
        organisations: &Organisations,
        faults: &mut Vec<Fault>,
    ) {
        self.edition_rows.reserve_exact(facts.editions.len());
        for edition in &facts.editions {
            if self.editions.get(edition.id).is_some() {
                faults.push(Fault::Duplicate {
                    row: Key::Edition(edition.id),
                });
                continue;
            }
            let ix = EditionIx(self.editions.number(edition.id));
            self.by_plan.insert((edition.plan, edition.id), ix);
            self.edition_rows.push(EditionRow {
                edition: Some(*edition),
                ..EditionRow::default()
            });
        }
        for edition in &facts.editions {
            faults.extend(self.edition_fault(edition, organisations));
        }
        self.mark_superseded();
    }

    /// What an edition names and does not stand.
    pub(super) fn edition_fault(
        &self,
        edition: &Edition,
        organisations: &Organisations,
    ) -> Option<Fault> {
        let by = Key::Edition(edition.id);
        if let Some(owner) = edition.owner
            && organisations.number(owner).is_none()
        {
            return Some(Fault::Unknown {
                by,
                what: Key::Organisation(owner),
            });
        }
        let older = edition.supersedes?;
        let known = self.edition_number(older).is_some();
        (!known).then_some(Fault::Unknown {
            by,
            what: Key::Edition(older),
        })
    }

    fn build_nodes(&mut self, facts: &Facts, faults: &mut Vec<Fault>) {
        self.node_rows.reserve_exact(facts.nodes.len());
        // The dense number of each row, unless it is a duplicate or of no edition: no second look-up.
        let mut own: Vec<Option<NodeIx>> = Vec::with_capacity(facts.nodes.len());
        for node in &facts.nodes {
            let number = self.nodes.number(node.id);
            if (number as usize) < self.node_rows.len() {
                faults.push(Fault::Duplicate {
                    row: Key::Node(node.id),
                });
                own.push(None);
                continue;
            }
            let mut row = NodeRow {
                position: node.position,
                lineage: node.lineage,
                kind: node.kind,
                ..NodeRow::ENDED
            };
            match self.edition_number(node.edition) {
                Some(edition) => {
                    row.edition = edition.0;
                    self.standing_nodes += 1;
                }
                None => faults.push(Fault::Unknown {
                    by: Key::Node(node.id),
                    what: Key::Edition(node.edition),
                }),
            }
            own.push((row.edition != NONE).then_some(NodeIx(number)));
            self.node_rows.push(row);
        }
        for (node, ix) in facts.nodes.iter().zip(own) {
            let (Some(ix), Some(parent_id)) = (ix, node.parent) else {
                continue;
            };
            match self.node_number(parent_id) {
                None => faults.push(Fault::Unknown {
                    by: Key::Node(node.id),
                    what: Key::Node(parent_id),
                }),
                Some(parent) if self.edition_of(parent) != self.edition_of(ix) => {
                    faults.push(Fault::ParentElsewhere {
                        node: node.id,
                        parent: parent_id,
                    });
                }
                Some(parent) => self.node_rows[ix.at()].parent = parent.0,
            }
        }
    }

    fn order_all(&mut self) {
        let mut members: Vec<Vec<u32>> = vec![Vec::new(); self.edition_rows.len()];
        for (node, row) in self.node_rows.iter().enumerate() {
            if row.edition != NONE {
                members[row.edition as usize].push(node as u32);
            }
        }
        for (edition, members) in members.into_iter().enumerate() {
            self.reorder(EditionIx(edition as u32), members);
        }
    }

    fn build_joins(&mut self, facts: &Facts, faults: &mut Vec<Fault>) {
        let nodes = self.node_rows.len();
        let edges = facts.alignments.iter().filter_map(|row| {
            self.alignment_edge(row)
                .map_err(|fault| faults.push(fault))
                .ok()
        });
        match Edges::build(edges.collect(), nodes, nodes) {
            Ok(table) => self.alignments = table,
            Err(id) => faults.push(Fault::Duplicate {
                row: Key::Alignment(id),
            }),
        }
        let edges = facts.crosswalks.iter().filter_map(|row| {
            self.crosswalk_edge(row)
                .map_err(|fault| faults.push(fault))
                .ok()
        });
        match Edges::build(edges.collect(), nodes, nodes) {
            Ok(table) => self.crosswalks = table,
            Err(id) => faults.push(Fault::Duplicate {
                row: Key::Crosswalk(id),
            }),
        }
    }

    pub(super) fn alignment_edge(&self, row: &Alignment) -> Result<Edge<AlignmentId, Mark>, Fault> {
        let number = |id| {
            self.node_number(id).ok_or(Fault::Unknown {
                by: Key::Alignment(row.id),
                what: Key::Node(id),
            })
        };
        Ok(Edge {
            id: row.id,
            from: number(row.from)?.0,
            to: number(row.to)?.0,
            payload: Mark {
                share: row.share,
                state: row.state,
                primary: row.primary,
            },
        })
    }

    pub(super) fn crosswalk_edge(&self, row: &Crosswalk) -> Result<Edge<CrosswalkId, Seam>, Fault> {
        let number = |id| {
            self.node_number(id).ok_or(Fault::Unknown {
                by: Key::Crosswalk(row.id),
                what: Key::Node(id),
            })
        };
        Ok(Edge {
            id: row.id,
            from: number(row.from)?.0,
            to: row.to.map(number).transpose()?.map_or(NONE, |to| to.0),
            payload: Seam {
                relation: row.relation,
                state: row.state,
            },
        })
    }

    fn build_indicators(
        &mut self,
        facts: &Facts,
        organisations: &Organisations,
        faults: &mut Vec<Fault>,
    ) {
        for indicator in &facts.indicators {
            faults.extend(self.indicator_fault(indicator, organisations));
            if self.indicators.insert(indicator.node, *indicator).is_some() {
                faults.push(Fault::Duplicate {
                    row: Key::Indicator(indicator.node),
                });
            }
        }
        let mut of_indicator = |by, node, period| match self.of_indicator(by, node, period) {
            Ok(ix) => Some(ix.0),
            Err(fault) => {
                faults.push(fault);
                None
            }
        };
        let baselines = facts.baselines.iter().filter_map(|row| {
            let node = of_indicator(Key::Baseline(row.id), row.node, row.period)?;
            Some((row.id, node, (row.period, row.value)))
        });
        let baselines = baselines.collect();
        let targets = facts.targets.iter().filter_map(|row| {
            let node = of_indicator(Key::Target(row.id), row.node, row.period)?;
            Some((row.id, node, (row.period, row.shape)))
        });
        let targets = targets.collect();
        match Owned::build(baselines, self.node_rows.len()) {
            Ok(table) => self.baselines = table,
            Err(id) => faults.push(Fault::Duplicate {
                row: Key::Baseline(id),
            }),
        }
        match Owned::build(targets, self.node_rows.len()) {
            Ok(table) => self.targets = table,
            Err(id) => faults.push(Fault::Duplicate {
                row: Key::Target(id),
            }),
        }
    }

    /// What an indicator names and does not stand.
    pub(super) fn indicator_fault(
        &self,
        row: &Indicator,
        organisations: &Organisations,
    ) -> Option<Fault> {
        let by = Key::Indicator(row.node);
        if self.node_number(row.node).is_none() {
            return Some(Fault::Unknown {
                by,
                what: Key::Node(row.node),
            });
        }
        let owner = row.owner?;
        let known = organisations.number(owner).is_some();
        (!known).then_some(Fault::Unknown {
            by,
            what: Key::Organisation(owner),
        })
    }

    /// The indicator that a baseline or target value speaks of, or what is wrong with it.
    pub(super) fn of_indicator(
        &self,
        by: Key,
        node: NodeId,
        period: Period,
    ) -> Result<NodeIx, Fault> {
        if !is_a_period(period) {
            return Err(Fault::Period { row: by });
        }
        let unknown = Fault::Unknown {
            by,
            what: Key::Indicator(node),
        };
        let stands = self.indicators.contains_key(&node);
        stands
            .then(|| self.node_number(node))
            .flatten()
            .ok_or(unknown)
    }
}

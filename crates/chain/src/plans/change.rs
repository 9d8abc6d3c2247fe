//! One change of plans: first whether it is possible, then done.

use super::{EditionIx, EditionRow, NONE, NodeIx, NodeRow, Plans, reach::smallest_first};
use crate::{fault::Fault, snapshot::Ground};
use domain::{
    facts::{Change, Fact, Key},
    ids::{AlignmentId, EditionId, NodeId, OrganisationId},
    link::LinkState,
    plan::{Alignment, Edition, Node},
};

impl Plans {
    /// Whether the change can be applied; asked of every module before any of them applies it.
    pub(crate) fn check(&self, change: &Change, ground: &Ground<'_>) -> Result<(), Fault> {
        match change {
            Change::Recorded(Fact::Edition(row)) => self
                .edition_fault(row, ground.organisations)
                .map_or(Ok(()), Err),
            Change::Recorded(Fact::Node(row)) => self.check_node(row),
            Change::Recorded(Fact::Alignment(row)) => self.check_alignment(row),
            Change::Recorded(Fact::Crosswalk(row)) => self.crosswalk_edge(row).map(drop),
            Change::Recorded(Fact::Indicator(row)) => self
                .indicator_fault(row, ground.organisations)
                .map_or(Ok(()), Err),
            Change::Recorded(Fact::Baseline(row)) => self
                .of_indicator(Key::Baseline(row.id), row.node, row.period)
                .map(drop),
            Change::Recorded(Fact::Target(row)) => self
                .of_indicator(Key::Target(row.id), row.node, row.period)
                .map(drop),
            Change::Ended(key) => self.check_end(*key),
            Change::Recorded(_) => Ok(()),
        }
    }

    fn check_node(&self, row: &Node) -> Result<(), Fault> {
        let by = Key::Node(row.id);
        let Some(edition) = self.edition_number(row.edition) else {
            return Err(Fault::Unknown {
                by,
                what: Key::Edition(row.edition),
            });
        };
        let standing = self.node_number(row.id);
        if standing.is_some_and(|ix| self.edition_of(ix) != edition) {
            return Err(Fault::NodeMoves { node: row.id });
        }
        let Some(parent_id) = row.parent else {
            return Ok(());
        };
        if parent_id == row.id {
            return Err(Fault::NodeCycle(vec![row.id]));
        }
        let Some(parent) = self.node_number(parent_id) else {
            return Err(Fault::Unknown {
                by,
                what: Key::Node(parent_id),
            });
        };
        if self.edition_of(parent) != edition {
            return Err(Fault::ParentElsewhere {
                node: row.id,
                parent: parent_id,
            });
        }
        self.check_way(parent, standing, None)
    }

    fn check_alignment(&self, row: &Alignment) -> Result<(), Fault> {
        let edge = self.alignment_edge(row)?;
        if row.state == LinkState::Rejected {
            return Ok(());
        }
        self.check_way(NodeIx(edge.to), Some(NodeIx(edge.from)), Some(row.id))
    }

    /// A new step from `lower` up to `upper` closes a cycle when a way leads up from `upper` to `lower`, unless along the
    /// alignment that it replaces.
    fn check_way(
        &self,
        upper: NodeIx,
        lower: Option<NodeIx>,
        replaced: Option<AlignmentId>,
    ) -> Result<(), Fault> {
        match lower.and_then(|lower| self.way_up(upper, lower, replaced)) {
            Some(cycle) => Err(Fault::NodeCycle(smallest_first(cycle))),
            None => Ok(()),
        }
    }

    fn check_end(&self, row: Key) -> Result<(), Fault> {
        let stands = match row {
            Key::Edition(id) => self.edition_number(id).is_some(),
            Key::Node(id) => self.node_number(id).is_some(),
            Key::Alignment(id) => self.alignments.get(id).is_some(),
            Key::Crosswalk(id) => self.crosswalks.get(id).is_some(),
            Key::Indicator(id) => self.indicators.contains_key(&id),
            Key::Baseline(id) => self.baselines.find(id).is_some(),
            Key::Target(id) => self.targets.find(id).is_some(),
            _ => true,
        };
        if !stands {
            return Err(Fault::NotStanding { row });
        }
        let by = match row {
            Key::Organisation(id) => self.names_organisation(id),
            Key::Edition(id) => self.names_edition(id),
            Key::Node(id) => self.names_node(id),
            Key::Indicator(id) => self.names_indicator(id),
            _ => None,
        };
        by.map_or(Ok(()), |by| Err(Fault::StillNamed { row, by }))
    }

    fn names_organisation(&self, id: OrganisationId) -> Option<Key> {
        let editions = self.edition_rows.iter().filter_map(|row| row.edition);
        let edition = editions
            .filter(|e| e.owner == Some(id))
            .map(|e| Key::Edition(e.id))
            .next();
        let indicator = || self.indicators.values().find(|i| i.owner == Some(id));
        edition.or_else(|| indicator().map(|i| Key::Indicator(i.node)))
    }

    fn names_edition(&self, id: EditionId) -> Option<Key> {
        let ix = self.edition_number(id)?;
        if let Some(node) = self.order(ix).next() {
            return Some(Key::Node(self.node_id(node)));
        }
        let mut editions = self.edition_rows.iter().filter_map(|row| row.edition);
        editions
            .find(|e| e.supersedes == Some(id) && e.id != id)
            .map(|e| Key::Edition(e.id))
    }

    fn names_node(&self, id: NodeId) -> Option<Key> {
        let ix = self.node_number(id)?;
        if let Some(child) = self.below(ix).nth(1) {
            return Some(Key::Node(self.node_id(child)));
        }
        let alignments = self.alignments.from(ix.0).chain(self.alignments.to(ix.0));
        let crosswalks = self.crosswalks.from(ix.0).chain(self.crosswalks.to(ix.0));
        let mut names = alignments
            .map(|a| Key::Alignment(a.id))
            .chain(crosswalks.map(|c| Key::Crosswalk(c.id)))
            .chain(
                self.indicators
                    .contains_key(&id)
                    .then_some(Key::Indicator(id)),
            );
        names.next()
    }

    fn names_indicator(&self, id: NodeId) -> Option<Key> {
        let ix = self.node_number(id)?;
        let baselines = self
            .baselines
            .of(ix.0)
            .map(|at| Key::Baseline(self.baselines.get(at).0));
        let targets = self
            .targets
            .of(ix.0)
            .map(|at| Key::Target(self.targets.get(at).0));
        baselines.chain(targets).next()
    }

    /// Applies a change that every module accepted. The ground has it already.
    pub(crate) fn apply(&mut self, change: &Change, _ground: &Ground<'_>) {
        match change {
            Change::Recorded(Fact::Edition(row)) => self.record_edition(row),
            Change::Recorded(Fact::Node(row)) => self.record_node(row),
            Change::Recorded(Fact::Alignment(row)) => {
                if let Ok(edge) = self.alignment_edge(row) {
                    self.alignments.put(edge);
                }
            }
            Change::Recorded(Fact::Crosswalk(row)) => {
                if let Ok(edge) = self.crosswalk_edge(row) {
                    self.crosswalks.put(edge);
                }
            }
            Change::Recorded(Fact::Indicator(row)) => {
                self.indicators.insert(row.node, *row);
            }
            Change::Recorded(Fact::Baseline(row)) => {
                if let Some(node) = self.node_number(row.node) {
                    self.baselines.remove(row.id);
                    self.baselines
                        .insert(row.id, node.0, (row.period, row.value));
                }
            }
            Change::Recorded(Fact::Target(row)) => {
                if let Some(node) = self.node_number(row.node) {
                    self.targets.remove(row.id);
                    self.targets.insert(row.id, node.0, (row.period, row.shape));
                }
            }
            Change::Ended(Key::Edition(id)) => self.end_edition(*id),
            Change::Ended(Key::Node(id)) => self.end_node(*id),
            Change::Ended(Key::Alignment(id)) => {
                self.alignments.remove(*id);
            }
            Change::Ended(Key::Crosswalk(id)) => {
                self.crosswalks.remove(*id);
            }
            Change::Ended(Key::Indicator(id)) => {
                self.indicators.remove(id);
            }
            Change::Ended(Key::Baseline(id)) => {
                self.baselines.remove(*id);
            }
            Change::Ended(Key::Target(id)) => {
                self.targets.remove(*id);
            }
            _ => {}
        }
    }

    fn record_edition(&mut self, row: &Edition) {
        let ix = EditionIx(self.editions.number(row.id));
        if self.edition_rows.len() <= ix.at() {
            self.edition_rows
                .resize_with(ix.at() + 1, EditionRow::default);
        }
        if let Some(old) = self.edition_rows[ix.at()].edition.replace(*row) {
            self.by_plan.remove(&(old.plan, old.id));
        }
        self.by_plan.insert((row.plan, row.id), ix);
        self.mark_superseded();
    }

    fn end_edition(&mut self, id: EditionId) {
        let Some(ix) = self.edition_number(id) else {
            return;
        };
        if let Some(old) = std::mem::take(&mut self.edition_rows[ix.at()]).edition {
            self.by_plan.remove(&(old.plan, old.id));
        }
        self.mark_superseded();
    }

    fn record_node(&mut self, row: &Node) {
        let Some(edition) = self.edition_number(row.edition) else {
            return;
        };
        let parent = row
            .parent
            .and_then(|id| self.node_number(id))
            .map_or(NONE, |ix| ix.0);
        let is_new = self.node_number(row.id).is_none();
        let ix = NodeIx(self.nodes.number(row.id));
        if self.node_rows.len() <= ix.at() {
            self.node_rows.resize(ix.at() + 1, NodeRow::ENDED);
        }
        self.node_rows[ix.at()] = NodeRow {
            edition: edition.0,
            parent,
            position: row.position,
            lineage: row.lineage,
            kind: row.kind,
            ..NodeRow::ENDED
        };
        let mut members = std::mem::take(&mut self.edition_rows[edition.at()].order);
        if is_new {
            members.push(ix.0);
            self.standing_nodes += 1;
        }
        self.reorder(edition, members);
    }

    fn end_node(&mut self, id: NodeId) {
        let Some(ix) = self.node_number(id) else {
            return;
        };
        let edition = self.edition_of(ix);
        let mut members = std::mem::take(&mut self.edition_rows[edition.at()].order);
        members.retain(|&node| node != ix.0);
        self.node_rows[ix.at()] = NodeRow::ENDED;
        self.standing_nodes -= 1;
        self.reorder(edition, members);
    }
}

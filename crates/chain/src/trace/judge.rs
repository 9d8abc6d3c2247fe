//! What the steps of a thread amount to: the state of each rail and its gaps.

use super::{
    Gap, GapKind, Point, Rail, RailStatus, RailThread, Step, Thread, Via,
    walk::{Edge, Firm, Walk},
};
use crate::plans::NodeIx;
use domain::{issue::Severity, link::LinkState, plan::Level};

impl Walk<'_> {
    pub(super) fn judge(self) -> Thread {
        Thread {
            project: self.project,
            gaps: self.shared_gaps(),
            rails: Rail::ALL.map(|rail| self.rail(rail)),
            truncated: self.truncated,
        }
    }

    fn level(&self, node: NodeIx) -> Level {
        self.snapshot.plans.level_of(node)
    }

    /// Gaps below the point where the rails part.
    fn shared_gaps(&self) -> Vec<Gap> {
        let mut gaps = Vec::new();
        if !self.listed {
            gaps.push(warning(GapKind::NoListing));
        }
        let plans = &self.snapshot.plans;
        let mut editions: Vec<_> = self
            .reached
            .iter()
            .map(|at| plans.edition_of(at.node))
            .collect();
        editions.sort_unstable_by_key(|ix| plans.edition_at(*ix).map(|edition| edition.id));
        editions.dedup();
        let editions: Vec<_> = editions
            .into_iter()
            .filter_map(|ix| plans.edition_at(ix))
            .collect();
        for edition in &editions {
            if edition.owner.is_none() && !edition.level.is_framework() {
                gaps.push(warning(GapKind::MissingOwner {
                    edition: edition.id,
                }));
            }
        }
        let has = |wanted: &[Level]| {
            editions
                .iter()
                .any(|edition| wanted.contains(&edition.level))
        };
        if has(&[Level::Annual, Level::FiveYear]) && !has(&[Level::EducationType]) {
            let kind = GapKind::NoEducationTypePlan;
            gaps.push(Gap {
                severity: Severity::Advice,
                kind,
            });
        }
        gaps
    }

    fn rail(&self, rail: Rail) -> RailThread {
        let on_rail = self
            .reached
            .iter()
            .filter(|at| rail.has_framework(self.level(at.node)));
        let firmest = on_rail.clone().map(|at| at.firm).max();
        let approved = on_rail.filter(|at| at.firm == Firm::Approved);
        let reached = approved
            .map(|at| self.level(at.node))
            .min_by_key(|level| level.depth());
        let status = match (reached, firmest) {
            (Some(level), _) if level == rail.top() => RailStatus::Connected,
            (Some(_), _) => RailStatus::Partly,
            (None, Some(Firm::Proposed)) => RailStatus::ProposedOnly,
            (None, _) => RailStatus::NotConnected,
        };
        let leads = self.leads_to(rail);
        let is_on = |node: NodeIx| self.is_on(rail, node, status, &leads);
        let edges: Vec<&Edge> = self.edges.iter().filter(|edge| is_on(edge.to)).collect();
        let gaps = self.gaps(rail, status, &edges, &is_on);
        RailThread {
            rail,
            status,
            reached,
            steps: edges.into_iter().map(|edge| edge.step).collect(),
            gaps,
        }
    }

    /// The nodes from which steps that were followed lead to a framework of the rail, and those of the framework.
    fn leads_to(&self, rail: Rail) -> Vec<NodeIx> {
        let frameworks = self.edges.iter().map(|edge| edge.to);
        let mut leads: Vec<NodeIx> = frameworks
            .filter(|node| rail.has_framework(self.level(*node)))
            .collect();
        let mut at = 0;
        while at < leads.len() {
            let upper = leads[at];
            for edge in self
                .edges
                .iter()
                .filter(|edge| edge.to == upper && is_followed(&edge.step))
            {
                if let Some(lower) = edge.from
                    && !leads.contains(&lower)
                {
                    leads.push(lower);
                }
            }
            at += 1;
        }
        leads
    }

    /// Whether a node is shown on a rail: plans below the province always, the other rail only where it leads here; the
    /// other document of the province also while the rail is not connected, because there it could be.
    fn is_on(&self, rail: Rail, node: NodeIx, status: RailStatus, leads: &[NodeIx]) -> bool {
        let other_document = match rail {
            Rail::Sdg => Level::ProvincialPlan,
            Rail::Plans => Level::ProvincialRoadmap,
        };
        match self.level(node) {
            level if rail.has_framework(level) => true,
            level if level.is_framework() => leads.contains(&node),
            level if level == other_document => {
                status != RailStatus::Connected || leads.contains(&node)
            }
            _ => true,
        }
    }

    fn gaps(
        &self,
        rail: Rail,
        status: RailStatus,
        edges: &[&Edge],
        is_on: &impl Fn(NodeIx) -> bool,
    ) -> Vec<Gap> {
        let connected = status == RailStatus::Connected;
        let severity = if connected {
            Severity::Advice
        } else {
            Severity::Warning
        };
        let mut gaps = Vec::new();
        let linked = edges.iter().any(|edge| {
            let counts = edge.step.state != LinkState::Rejected;
            matches!(edge.step.via, Via::Link(_))
                && counts
                && rail.has_framework(self.level(edge.to))
        });
        if !linked && !connected {
            gaps.push(warning(GapKind::NoLink));
        }
        for edge in edges {
            self.gaps_of_step(edge, connected, severity, &mut gaps);
        }
        let plans = &self.snapshot.plans;
        for at in self.reached.iter().filter(|at| at.entry && is_on(at.node)) {
            let Some(missing) = rail.next(self.level(at.node)) else {
                continue;
            };
            let goes_on = edges.iter().any(|edge| {
                matches!(edge.step.via, Via::Alignment(_))
                    && is_followed(&edge.step)
                    && edge
                        .from
                        .is_some_and(|from| plans.upwards(at.node).any(|above| above == from))
            });
            if !goes_on {
                let node = plans.node_id(at.node);
                gaps.push(Gap {
                    severity,
                    kind: GapKind::NotAlignedFurther { node, missing },
                });
            }
        }
        gaps
    }

    /// What is wrong with one step.
    fn gaps_of_step(&self, edge: &Edge, connected: bool, severity: Severity, gaps: &mut Vec<Gap>) {
        let Step { via, to, state, .. } = edge.step;
        if !matches!(via, Via::Link(_) | Via::Alignment(_)) {
            return;
        }
        match state {
            LinkState::Rejected => gaps.push(Gap {
                severity,
                kind: GapKind::Rejected { via, to },
            }),
            LinkState::Proposed if !connected => {
                gaps.push(warning(GapKind::OnlyProposed { via, to }))
            }
            _ => {}
        }
        if let (true, Via::Alignment(alignment), Point::Node(from)) =
            (edge.step.wrong_level, via, edge.step.from)
        {
            gaps.push(warning(GapKind::WrongLevel {
                alignment,
                from,
                to,
            }));
        }
        if edge.step.superseded && state != LinkState::Rejected {
            let plans = &self.snapshot.plans;
            let Some(edition) = plans.edition_at(plans.edition_of(edge.to)) else {
                return;
            };
            let rows = plans
                .crosswalks_from(to)
                .filter(|row| row.state != LinkState::Rejected);
            gaps.push(warning(GapKind::Superseded {
                via,
                to,
                edition: edition.id,
                now: rows.filter_map(|row| Some((row.to?, row.state))).collect(),
            }));
        }
    }
}

/// Whether the walk went on from the upper end of a step.
fn is_followed(step: &Step) -> bool {
    let shown_only = matches!(step.via, Via::Crosswalk(_)) || step.wrong_level;
    !shown_only && step.state != LinkState::Rejected
}

fn warning(kind: GapKind) -> Gap {
    Gap {
        severity: Severity::Warning,
        kind,
    }
}

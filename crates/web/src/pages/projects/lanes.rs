//! The thread of a project laid out in lanes: which boxes stand at which level, and which lines join them.
//!
//! Only levels that hold something, or at which something is missing, get a lane. A line that passes a lane by (a direct
//! link from the project to SDG 4 passes every plan) is led through it by a box that says so, so that every line runs
//! from one lane to the next.

use chain::Snapshot;
use chain::trace::{GapKind, Point, Rail, Step, Thread, Via};
use domain::ids::NodeId;
use domain::link::LinkState;
use domain::plan::Level;
use std::collections::{BTreeMap, HashMap};

use super::lines::{between, drawn, is_faded};
use crate::ui::{Join, JoinState};

/// The lane of the project, below those of plans.
pub(super) const PROJECT: usize = 6;

/// Which lane a level stands in, from the top.
pub(super) const fn lane_of(level: Level) -> usize {
    match level {
        Level::Sdg | Level::Level1 => 0,
        Level::Level2 => 1,
        Level::Level3 => 2,
        Level::ProvincialRoadmap | Level::ProvincialPlan => 3,
        Level::EducationType | Level::FiveYear => 4,
        Level::Annual => 5,
    }
}

/// A box of a lane. The order is that of the drawing: the SDG 4 rail at the left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Cell {
    /// A line that passes the lane on its way to this node.
    Passing(Rail, NodeId),
    /// A node that the thread leads to.
    Node(Rail, NodeId),
    /// Something of this level must be there and is not.
    Missing(Rail, Level),
    /// The project.
    Project,
}

impl Cell {
    /// Left before right, and within a rail what is there before what is missing.
    fn key(self) -> (u8, Cell) {
        let rail = match self {
            Cell::Passing(rail, _) | Cell::Node(rail, _) | Cell::Missing(rail, _) => rail as u8,
            Cell::Project => 0,
        };
        (rail, self)
    }
}

/// A lane: its boxes from left to right, and the lines down to the next one.
pub(super) struct Lane {
    /// 0 to [`PROJECT`].
    pub at: usize,
    pub cells: Vec<Cell>,
    pub joins: Vec<Join>,
    /// What each rail is like down to the next lane.
    pub rails: [Option<JoinState>; 2],
}

/// How a node hangs in the thread: the state of the firmest link or alignment to it, and whether it is history or out of
/// place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hang {
    pub state: LinkState,
    /// Whether a project is listed there, which nobody approves.
    pub listed: bool,
    pub faded: bool,
}

/// The lanes of a thread and how each of their nodes hangs.
pub(super) struct Layout {
    pub lanes: Vec<Lane>,
    pub hangs: HashMap<NodeId, Hang>,
}

/// Lays the thread out.
pub(super) fn layout(snapshot: &Snapshot, thread: &Thread) -> Layout {
    let mut draft = Draft {
        snapshot,
        cells: BTreeMap::new(),
        lines: Vec::new(),
        lost: [Vec::new(), Vec::new()],
        hangs: HashMap::new(),
    };
    let steps: Vec<&Step> = thread.rails.iter().flat_map(|rail| &rail.steps).collect();
    // A parent is part of the same box as the element by which the thread entered the plan.
    let mut inside: HashMap<NodeId, NodeId> = HashMap::new();
    for step in steps.iter().filter(|step| step.via == Via::Parent) {
        if let Point::Node(lower) = step.from {
            inside.entry(step.to).or_insert(lower);
        }
    }
    for step in steps.iter().filter(|step| step.via != Via::Parent) {
        inside.remove(&step.to);
    }
    let shown = |mut node: NodeId| {
        // Each step goes to a child, so that this ends; the bound guards against a tangle.
        for _ in 0..64 {
            let Some(lower) = inside.get(&node) else {
                break;
            };
            node = *lower;
        }
        node
    };
    for step in steps.iter().filter(|step| step.via != Via::Parent) {
        let below = match step.from {
            Point::Project(_) => Cell::Project,
            Point::Node(node) => draft.node(shown(node)),
        };
        draft.step(step, below);
    }
    for rail in &thread.rails {
        draft.missing(rail.rail, thread, &shown);
    }
    draft.lanes(thread)
}

/// A box and the lane it stands in.
type Placed = (usize, Cell);

struct Draft<'s> {
    snapshot: &'s Snapshot,
    /// The boxes of each lane.
    cells: BTreeMap<usize, Vec<Cell>>,
    /// From the upper box to the lower one, with their lanes.
    lines: Vec<(Placed, Placed, JoinState)>,
    /// Upper and lower lane of what is missing on each rail.
    lost: [Vec<(usize, usize)>; 2],
    hangs: HashMap<NodeId, Hang>,
}

impl Draft<'_> {
    fn level(&self, node: NodeId) -> Level {
        self.snapshot
            .plans()
            .edition_of_node(node)
            .map_or(Level::Annual, |edition| edition.level)
    }

    fn node(&self, node: NodeId) -> Cell {
        let left = matches!(self.level(node), Level::Sdg | Level::ProvincialRoadmap);
        Cell::Node(if left { Rail::Sdg } else { Rail::Plans }, node)
    }

    fn lane(&self, cell: Cell) -> usize {
        match cell {
            Cell::Node(_, node) | Cell::Passing(_, node) => lane_of(self.level(node)),
            Cell::Missing(_, level) => lane_of(level),
            Cell::Project => PROJECT,
        }
    }

    fn put(&mut self, lane: usize, cell: Cell) {
        let cells = self.cells.entry(lane).or_default();
        if !cells.contains(&cell) {
            cells.push(cell);
        }
    }

    fn line(&mut self, upper: Cell, lower: Cell, state: JoinState) {
        let (from, to) = (self.lane(upper), self.lane(lower));
        // The two documents of the province stand side by side: what joins them is the double line between.
        if from < to
            && !self
                .lines
                .iter()
                .any(|(u, l, _)| (u.1, l.1) == (upper, lower))
        {
            self.lines.push(((from, upper), (to, lower), state));
        }
    }

    fn step(&mut self, step: &Step, below: Cell) {
        let faded = is_faded(step);
        let listed = matches!(step.via, Via::Listing(_));
        let state = if listed {
            LinkState::Proposed
        } else {
            step.state
        };
        let hang = self.hangs.entry(step.to).or_insert(Hang {
            state,
            listed,
            faded,
        });
        if state == LinkState::Approved {
            hang.state = LinkState::Approved;
        }
        hang.listed |= listed;
        hang.faded &= faded;
        let cell = self.node(step.to);
        self.put(self.lane(cell), cell);
        self.line(cell, below, drawn(step));
    }

    /// What must be on a rail and is not: the next level of a plan that leads nowhere, and the top of the rail.
    fn missing(&mut self, rail: Rail, thread: &Thread, shown: &impl Fn(NodeId) -> NodeId) {
        let thread = thread.rail(rail);
        let top = rail.top();
        let mut under_top = Cell::Project;
        for gap in &thread.gaps {
            let GapKind::NotAlignedFurther { node, missing } = gap.kind else {
                continue;
            };
            let lower = self.node(shown(node));
            if gap.severity == domain::issue::Severity::Advice {
                continue;
            }
            let span = (lane_of(missing), self.lane(lower));
            self.lost[rail as usize].push(span);
            if self
                .cells
                .values()
                .flatten()
                .any(|cell| matches!(cell, Cell::Missing(_, level) if *level == missing))
            {
                // Both rails ask for the same plan below the province.
                continue;
            }
            let cell = Cell::Missing(Rail::Plans, missing);
            self.put(lane_of(missing), cell);
            self.line(cell, lower, JoinState::Missing);
            under_top = cell;
        }
        let reaches = thread
            .steps
            .iter()
            .any(|step| rail.has_framework(self.level(step.to)));
        if !reaches {
            if under_top == Cell::Project {
                under_top = self.highest(rail).unwrap_or(Cell::Project);
            }
            let cell = Cell::Missing(rail, top);
            self.lost[rail as usize].push((0, self.lane(under_top)));
            self.put(0, cell);
            self.line(cell, under_top, JoinState::Missing);
        }
    }

    /// The uppermost box of a rail so far.
    fn highest(&self, rail: Rail) -> Option<Cell> {
        let mut all = self
            .cells
            .iter()
            .filter(|(lane, _)| **lane > 0)
            .flat_map(|(_, cells)| cells);
        all.find(|cell| match cell {
            Cell::Node(_, node) => {
                rail == Rail::Plans || !matches!(self.level(*node), Level::ProvincialPlan)
            }
            Cell::Missing(..) => true,
            _ => false,
        })
        .copied()
    }

    /// Leads every line from lane to lane, and sorts each lane.
    fn lanes(mut self, thread: &Thread) -> Layout {
        self.put(PROJECT, Cell::Project);
        let kept: Vec<usize> = self.cells.keys().copied().collect();
        let mut pieces: Vec<(usize, Cell, Cell, JoinState)> = Vec::new();
        for ((from, upper), (to, lower), state) in std::mem::take(&mut self.lines) {
            let mut above = (from, upper);
            for lane in kept
                .iter()
                .copied()
                .filter(|lane| (from + 1..to).contains(lane))
            {
                let passing = match upper {
                    Cell::Node(rail, node) => Cell::Passing(rail, node),
                    other => other,
                };
                self.put(lane, passing);
                pieces.push((above.0, above.1, passing, state));
                above = (lane, passing);
            }
            pieces.push((above.0, above.1, lower, state));
        }
        for cells in self.cells.values_mut() {
            cells.sort_by_key(|cell| cell.key());
        }
        let rails = Rail::ALL.map(|rail| {
            let lost = &self.lost[rail as usize];
            between(self.snapshot, thread.rail(rail), lost, &kept)
        });
        let rails_at = |at: usize| [0, 1].map(|rail: usize| rails[rail].get(at).copied().flatten());
        let place =
            |lane: usize, cell: Cell| self.cells.get(&lane)?.iter().position(|at| *at == cell);
        let lanes = kept.iter().enumerate().map(|(at, lane)| {
            let below = kept.get(at + 1).copied();
            let joins = pieces.iter().filter(|(from, ..)| from == lane).filter_map(
                |(_, upper, lower, state)| {
                    Some(Join {
                        from: place(*lane, *upper)?,
                        to: place(below?, *lower)?,
                        state: *state,
                    })
                },
            );
            Lane {
                at: *lane,
                cells: self.cells[lane].clone(),
                joins: joins.collect(),
                rails: rails_at(at),
            }
        });
        Layout {
            lanes: lanes.collect(),
            hangs: self.hangs.clone(),
        }
    }
}

//! Projects, their money by stage and the people they reach.
//!
//! What a project contributes is written down once, in `Ledger::pieces`: columns, roll-ups, the figures of one project
//! and the reasons behind a figure all come from there.

mod change;
mod columns;
mod rows;

use crate::{
    fault::Fault,
    figures::Figures,
    index::{Index, OrgIx, ProjectIx},
    organisations::Organisations,
    pool::Pool,
    seats::{Day, NONE},
};
pub(crate) use rows::is_a_period;

use columns::Columns;
use domain::{
    facts::{Facts, Key},
    ids::ProjectId,
    money::Satang,
    organisation::Axis,
    project::{Project, Stage},
    time::{FiscalPeriod, FiscalYear},
};
use rows::{Entry, PEOPLE, ProjectRow};
use std::collections::BTreeSet;

/// All projects that stand and what was reported of them.
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    index: Index<ProjectId>,
    rows: Vec<ProjectRow>,
    /// Amounts and people of each project, by period.
    entries: Pool<Entry>,
    /// The projects of each organisation.
    of_owner: Pool<u32>,
    /// (whole, part) of every standing project that is part of another, whether that one stands or not.
    parts: BTreeSet<(u32, u32)>,
    columns: Columns,
}

/// One indivisible contribution of a project to the sums of one fiscal year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Piece {
    pub(crate) year: FiscalYear,
    /// The day that decides in which seat it sits.
    pub(crate) day: Day,
    /// The period the row speaks of; the project itself has none.
    pub(crate) period: Option<FiscalPeriod>,
    pub(crate) what: What,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum What {
    /// The project itself, and of which measures it has said something in its own year.
    Project { stages: [bool; 5], people: bool },
    /// Money at a stage.
    Money(Stage, Satang),
    /// The running total that stands for the year.
    People(u32),
}

impl Ledger {
    pub(crate) fn build(
        facts: &Facts,
        organisations: &Organisations,
        faults: &mut Vec<Fault>,
    ) -> Self {
        let faults_before = faults.len();
        let mut these = Self {
            index: Index::with_capacity(facts.projects.len()),
            ..Self::default()
        };
        for (position, row) in facts.projects.iter().enumerate() {
            if these.index.number(row.id) as usize != position {
                let row = Key::Project(row.id);
                faults.push(Fault::Duplicate { row });
                // Keeps positions and numbers together for the lists that name projects by position.
                these
                    .index
                    .number(ProjectId::from_u128(!(position as u128)));
            }
        }
        these.rows = vec![ProjectRow::GONE; facts.projects.len()];
        for (position, row) in facts.projects.iter().enumerate() {
            match these.check_project(row, organisations) {
                Ok(owner) => these.rows[position] = these.pack(row, owner),
                Err(fault) => faults.push(fault),
            }
        }
        these.rows.resize(these.index.len(), ProjectRow::GONE);
        let rows = these.rows.iter().zip(0..);
        these.parts = rows
            .filter(|(row, _)| row.stands() && row.part_of != NONE)
            .map(|(row, number)| (row.part_of, number))
            .collect();
        these.find_parts_of_themselves(faults);
        these.entries = these.group_entries(facts, faults);
        let owners = these.rows.iter().zip(0..).filter(|(row, _)| row.stands());
        these.of_owner = Pool::group(
            organisations.len(),
            owners.map(|(row, number)| (row.owner, number)),
        );
        if faults.len() == faults_before {
            these.columns = Columns::of(&these, organisations);
        }
        these
    }

    /// The dense number of a project that stands.
    pub fn project(&self, id: ProjectId) -> Option<ProjectIx> {
        let ix = ProjectIx(self.index.get(id)?);
        self.stands(ix).then_some(ix)
    }

    /// Whether a dense number is that of a project that stands (one that ended keeps its number; one that is only named
    /// by another project has a number, too).
    pub fn stands(&self, ix: ProjectIx) -> bool {
        self.rows.get(ix.at()).is_some_and(ProjectRow::stands)
    }

    /// The id of a dense number.
    pub fn id(&self, ix: ProjectIx) -> ProjectId {
        self.index.id(ix.0)
    }

    /// How many dense numbers there are: the length of a vector with one place per project.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is no project at all.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Every project that stands, in the order of dense numbers.
    pub fn all(&self) -> impl Iterator<Item = ProjectIx> {
        (0..self.rows.len() as u32)
            .map(ProjectIx)
            .filter(|ix| self.stands(*ix))
    }

    /// The project as it was recorded, when it stands.
    pub fn row(&self, ix: ProjectIx, organisations: &Organisations) -> Option<Project> {
        let row = self.rows.get(ix.at()).filter(|row| row.stands())?;
        let named = |number: u32| (number != NONE).then(|| self.index.id(number));
        Some(Project {
            id: self.id(ix),
            owner: organisations.id(OrgIx(row.owner)),
            year: row.project_year(),
            budget_mode: row.budget_mode,
            approved_on: row.approved_on.date(),
            continues: named(row.continues),
            part_of: named(row.part_of),
            stated_budget: row.stated_budget(),
        })
    }

    /// The column of what sits in each seat itself; `None` when nothing was said about the year.
    pub(crate) fn column(&self, axis: Axis, year: FiscalYear) -> Option<&[Figures]> {
        self.columns.column(axis, year)
    }

    /// The fiscal years about which anything was said, in their order.
    pub fn years(&self) -> Vec<FiscalYear> {
        let stands = |year: &FiscalYear| {
            let column = self.column(Axis::ReportsTo, *year);
            column.is_some_and(|column| column.iter().any(|seat| *seat != Figures::NONE))
        };
        self.columns.years().filter(stands).collect()
    }

    /// The day of [`Project::seated_on`], when the project stands.
    pub(crate) fn seated_on(&self, ix: ProjectIx) -> Option<Day> {
        let row = self.rows.get(ix.at()).filter(|row| row.stands())?;
        Some(row.seated_on())
    }

    /// The organisation that owns the project; `None` when the project does not stand.
    pub fn owner(&self, ix: ProjectIx) -> Option<OrgIx> {
        let row = self.rows.get(ix.at()).filter(|row| row.stands())?;
        Some(OrgIx(row.owner))
    }

    /// The fiscal year under which the project is counted; `None` when the project does not stand.
    pub fn year(&self, ix: ProjectIx) -> Option<FiscalYear> {
        let row = self.rows.get(ix.at()).filter(|row| row.stands())?;
        Some(FiscalYear(row.year))
    }

    /// The projects an organisation owns, in the order of dense numbers.
    pub fn owned_by(&self, organisation: OrgIx) -> impl Iterator<Item = ProjectIx> + '_ {
        let list = self.of_owner.list(organisation.0);
        list.iter().map(|number| ProjectIx(*number))
    }

    /// The project that this one is part of (funded from), when both stand. The money is inside that one's.
    pub fn part_of(&self, ix: ProjectIx) -> Option<ProjectIx> {
        let row = self.rows.get(ix.at()).filter(|row| row.stands())?;
        let whole = ProjectIx(row.part_of);
        self.stands(whole).then_some(whole)
    }

    /// The amounts recorded of a project, added to any sum or not, by period.
    pub fn amounts(
        &self,
        ix: ProjectIx,
    ) -> impl Iterator<Item = (FiscalPeriod, Stage, Satang)> + '_ {
        self.entries.list(ix.0).iter().filter_map(|entry| {
            let stage = entry.stage()?;
            Some((entry.period(), stage, Satang(entry.value)))
        })
    }

    /// The running totals of people recorded of a project, by period.
    pub fn people(&self, ix: ProjectIx) -> impl Iterator<Item = (FiscalPeriod, u32)> + '_ {
        let entries = self.entries.list(ix.0).iter();
        entries
            .filter(|entry| entry.is_people())
            .map(|entry| (entry.period(), entry.value as u32))
    }

    /// What one project contributes to every sum of a fiscal year, wherever it is counted: itself once in its own year,
    /// its money of the year (none of it when the project it is part of stands: the money is inside that one's), and
    /// the latest running total of people of the year.
    pub fn of_project(&self, ix: ProjectIx, year: FiscalYear) -> Figures {
        let mut figures = Figures::NONE;
        self.pieces(ix, |piece| {
            if piece.year == year {
                piece.add_to(&mut figures);
            }
        });
        figures
    }

    /// Everything a project contributes to any sum:
    ///
    /// - itself, once, in the fiscal year of its year, where its owner sat on [`Project::seated_on`];
    /// - every amount, in the fiscal year of its period: a quarter's where the owner sat on the last day of the quarter,
    ///   a whole year's where the project sits. An amount of a project whose whole stands ([`Ledger::part_of`])
    ///   contributes nothing: that money is already inside the whole's;
    /// - people once per fiscal year: the running total of the latest period reported, where the owner sat on the last
    ///   day of that period. A total of the whole year ends on the same day as the fourth quarter's and stands before it.
    pub(crate) fn pieces(&self, ix: ProjectIx, mut each: impl FnMut(Piece)) {
        let Some(row) = self.rows.get(ix.at()).filter(|row| row.stands()) else {
            return;
        };
        let home = row.seated_on();
        let inside_another = self.stands(ProjectIx(row.part_of));
        let (mut stages, mut people) = ([false; 5], false);
        let entries = self.entries.list(ix.0);
        for (n, entry) in entries.iter().enumerate() {
            let period = entry.period();
            let year = period.fiscal_year();
            let own_year = year.0 == row.year;
            if let Some(stage) = entry.stage() {
                stages[stage as usize] |= own_year;
                if !inside_another {
                    each(Piece {
                        year,
                        day: period.of_quarter().map_or(home, |_| Day::end_of(period)),
                        period: Some(period),
                        what: What::Money(stage, Satang(entry.value)),
                    });
                }
            } else {
                people |= own_year;
                let others = entries.iter().enumerate();
                let is_latest = others
                    .filter(|(other, row)| *other != n && row.is_people())
                    .filter(|(_, row)| row.period().fiscal_year() == year)
                    .all(|(_, row)| until(row.period()) < until(period));
                if is_latest {
                    each(Piece {
                        year,
                        day: Day::end_of(period),
                        period: Some(period),
                        what: What::People(entry.value as u32),
                    });
                }
            }
        }
        each(Piece {
            year: FiscalYear(row.year),
            day: home,
            period: None,
            what: What::Project { stages, people },
        });
    }

    /// Groups amounts and people by project.
    fn group_entries(&self, facts: &Facts, faults: &mut Vec<Fault>) -> Pool<Entry> {
        let known = facts.projects.len() as u32;
        let mut position = |list, row, position| {
            faults.push(Fault::Position {
                list,
                row,
                position,
            });
        };
        for (n, row) in facts.amounts.iter().enumerate() {
            if row.project >= known {
                position("amounts", n, row.project);
            }
        }
        for (n, row) in facts.people.iter().enumerate() {
            if row.project >= known {
                position("people", n, row.project);
            }
        }
        let amounts = facts.amounts.iter().map(|row| {
            let entry = Entry::new(row.period, row.stage as u8, row.satang.0);
            (row.project, entry)
        });
        let people = facts.people.iter().map(|row| {
            let entry = Entry::new(row.period, PEOPLE, i64::from(row.people));
            (row.project, entry)
        });
        let entries = Pool::group(
            self.rows.len(),
            amounts
                .chain(people)
                .filter(|(project, _)| *project < known),
        );
        for project in 0..known {
            let list = entries.list(project);
            for (n, entry) in list.iter().enumerate() {
                let key = entry.key_of(self.index.id(project));
                faults.extend(entry.check(key).err());
                if n > 0 && entry.same_key(&list[n - 1]) {
                    faults.push(Fault::Duplicate { row: key });
                }
            }
        }
        entries
    }
}

/// Until when a running total speaks: the whole year after its quarters.
fn until(period: FiscalPeriod) -> u8 {
    period.of_quarter().map_or(5, |quarter| quarter.number())
}

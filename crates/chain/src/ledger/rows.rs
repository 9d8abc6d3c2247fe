//! How projects, amounts and people are kept: packed, because there are millions.

use super::{Piece, What};
use crate::{
    fault::Fault,
    figures::Figures,
    seats::{Day, NONE},
};
use domain::{
    facts::Key,
    ids::ProjectId,
    money::Satang,
    project::{BudgetMode, Project, ProjectYear, Stage},
    time::{AcademicYear, FiscalPeriod, FiscalYear, Period},
};

/// A project in 32 bytes. Names are dense numbers.
#[derive(Debug, Clone, Copy)]
pub(super) struct ProjectRow {
    /// `NONE`: the project does not stand.
    pub(super) owner: u32,
    pub(super) part_of: u32,
    pub(super) continues: u32,
    /// `Day::EVER`: not stated.
    pub(super) approved_on: Day,
    /// The fiscal year under which it is counted.
    pub(super) year: i16,
    academic: bool,
    pub(super) budget_mode: Option<BudgetMode>,
    /// [`NOT_STATED`]: not printed. Not an `Option`, which would take eight bytes more.
    stated_budget: i64,
}

/// No project states so little.
const NOT_STATED: i64 = i64::MIN;

impl ProjectRow {
    pub(super) const GONE: ProjectRow = ProjectRow {
        owner: NONE,
        part_of: NONE,
        continues: NONE,
        approved_on: Day::EVER,
        year: 0,
        academic: false,
        budget_mode: None,
        stated_budget: NOT_STATED,
    };

    pub(super) fn stands(&self) -> bool {
        self.owner != NONE
    }

    pub(super) fn new(row: &Project, owner: u32, part_of: u32, continues: u32) -> Self {
        Self {
            owner,
            part_of,
            continues,
            approved_on: row.approved_on.map_or(Day::EVER, Day::of),
            year: row.year.fiscal().0,
            academic: matches!(row.year, ProjectYear::Academic(_)),
            budget_mode: row.budget_mode,
            stated_budget: row.stated_budget.map_or(NOT_STATED, |stated| stated.0),
        }
    }

    pub(super) fn stated_budget(&self) -> Option<Satang> {
        (self.stated_budget != NOT_STATED).then_some(Satang(self.stated_budget))
    }

    pub(super) fn project_year(&self) -> ProjectYear {
        if self.academic {
            ProjectYear::Academic(AcademicYear(self.year))
        } else {
            ProjectYear::Fiscal(FiscalYear(self.year))
        }
    }

    /// The day of [`Project::seated_on`].
    pub(super) fn seated_on(&self) -> Day {
        if self.approved_on != Day::EVER {
            return self.approved_on;
        }
        Day::of(match self.project_year() {
            ProjectYear::Fiscal(year) => year.first_day(),
            ProjectYear::Academic(year) => year.first_day(),
        })
    }
}

/// The measure of an entry that counts people; below it are the stages.
pub(super) const PEOPLE: u8 = 5;

/// Money of a stage or people, of one period, in 12 bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(C, packed(4))]
pub(super) struct Entry {
    /// Period × 8 + measure: a project's entries lie in the order of time.
    key: u32,
    pub(super) value: i64,
}

impl Entry {
    pub(super) fn new(period: FiscalPeriod, measure: u8, value: i64) -> Self {
        Self {
            key: u32::from(period.packed()) << 3 | u32::from(measure),
            value,
        }
    }

    pub(super) fn period(&self) -> FiscalPeriod {
        FiscalPeriod::from_packed((self.key >> 3) as u16)
    }

    pub(super) fn stage(&self) -> Option<Stage> {
        Stage::ALL.get((self.key & 7) as usize).copied()
    }

    pub(super) fn is_people(&self) -> bool {
        self.key & 7 == u32::from(PEOPLE)
    }

    pub(super) fn same_key(&self, other: &Entry) -> bool {
        self.key == other.key
    }

    pub(super) fn key_of(&self, project: ProjectId) -> Key {
        let period = self.period();
        match self.stage() {
            Some(stage) => Key::Amount {
                project,
                period,
                stage,
            },
            None => Key::People { project, period },
        }
    }

    /// What is wrong with an entry by itself.
    pub(super) fn check(&self, row: Key) -> Result<(), Fault> {
        if !is_a_year(self.period().fiscal_year().0) {
            return Err(Fault::Period { row });
        }
        if self.stage().is_some() && self.value.unsigned_abs() > MOST.0.unsigned_abs() {
            return Err(Fault::TooMuch { row });
        }
        Ok(())
    }
}

/// Ten trillion baht: several times the budget of the state. Sums of what is smaller do not overflow.
const MOST: Satang = Satang::baht(10_000_000_000_000);

/// Whether days of a Buddhist-era year can be written down.
pub(crate) fn is_a_year(year: i16) -> bool {
    (1_000..=9_999).contains(&year)
}

/// Whether a calendar has the period.
pub(crate) fn is_a_period(period: Period) -> bool {
    is_a_year(period.year)
        && (period.quarter.is_none() || period.kind == domain::time::PeriodKind::Fiscal)
}

impl Piece {
    /// Adds the piece to figures of its year.
    pub(crate) fn add_to(&self, figures: &mut Figures) {
        match self.what {
            What::Project { stages, people } => {
                figures.projects += 1;
                for (reported, said) in figures.reported.iter_mut().zip(stages) {
                    *reported += u32::from(said);
                }
                figures.people_reported += u32::from(people);
            }
            What::Money(stage, satang) => {
                let stage = stage as usize;
                figures.money[stage] = figures.money[stage].wrapping_add(satang.0);
                figures.rows[stage] += 1;
            }
            What::People(people) => {
                figures.people += u64::from(people);
                figures.people_rows += 1;
            }
        }
    }

    /// Takes off what [`Piece::add_to`] added.
    pub(crate) fn take_from(&self, figures: &mut Figures) {
        match self.what {
            What::Project { stages, people } => {
                figures.projects -= 1;
                for (reported, said) in figures.reported.iter_mut().zip(stages) {
                    *reported -= u32::from(said);
                }
                figures.people_reported -= u32::from(people);
            }
            What::Money(stage, satang) => {
                let stage = stage as usize;
                figures.money[stage] = figures.money[stage].wrapping_sub(satang.0);
                figures.rows[stage] -= 1;
            }
            What::People(people) => {
                figures.people -= u64::from(people);
                figures.people_rows -= 1;
            }
        }
    }
}

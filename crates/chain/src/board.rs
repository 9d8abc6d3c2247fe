//! The eight-step board: organisation × step in one fiscal year, each cell from duties and what is recorded for them.

use crate::{index::OrgIx, organisations::Organisations, seats::Day, snapshot::Snapshot};
use domain::{
    duty::{Duty, DutyItem},
    ids::OrganisationId,
    organisation::{Axis, Class},
    step::StepState,
    time::{FiscalYear, Period, PeriodKind},
};
use jiff::civil::Date;
use std::{
    collections::{BTreeMap, HashMap},
    str::FromStr,
};

/// What is recorded for one duty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// How far the record has come.
    pub state: StepState,
    /// It counts something, and the count is 0.
    pub zero: bool,
}

/// What is recorded, by organisation, step and period.
pub type Marks = HashMap<(OrganisationId, DutyItem, Period), Mark>;

/// The state of a cell. The last four are different kinds of emptiness and never look alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CellState {
    /// ส่งกลับแก้ไข: something was sent back and not recorded again.
    Returned,
    /// เกินกำหนด: due and not certified.
    Late,
    /// อยู่ระหว่างดำเนินการ: something is recorded, or some of several have reported.
    InProgress,
    /// ครบ: everything owed is certified.
    Done,
    /// รายงานผลเท่ากับ 0: certified, and what is counted is none.
    Zero,
    /// ยังไม่รายงาน: open for reporting, not due yet, nothing recorded.
    Missing,
    /// ยังไม่ถึงรอบรายงาน: what is to be reported has not ended.
    Waiting,
    /// ไม่เกี่ยวข้อง: out of N.
    NotApplicable,
}

impl CellState {
    /// Every state, in the order in which a legend explains them.
    pub const ALL: &'static [Self] = &[
        CellState::Done,
        CellState::InProgress,
        CellState::Late,
        CellState::Returned,
        CellState::Zero,
        CellState::Missing,
        CellState::NotApplicable,
        CellState::Waiting,
    ];

    /// Its code in addresses and keys of sentences.
    pub const fn code(self) -> &'static str {
        match self {
            CellState::Returned => "returned",
            CellState::Late => "late",
            CellState::InProgress => "in_progress",
            CellState::Done => "done",
            CellState::Zero => "zero",
            CellState::Missing => "missing",
            CellState::Waiting => "waiting",
            CellState::NotApplicable => "not_applicable",
        }
    }

    /// Whether it counts in n.
    pub const fn counts(self) -> bool {
        matches!(self, CellState::Done | CellState::Zero)
    }
}

impl FromStr for CellState {
    type Err = ();

    fn from_str(code: &str) -> Result<Self, ()> {
        let mut all = CellState::ALL.iter();
        all.find(|state| state.code() == code).copied().ok_or(())
    }
}

/// One duty behind a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// What is owed, by whom, until when.
    pub duty: Duty,
    /// Its own state.
    pub state: CellState,
}

/// One cell: what an organisation and the schools below it owe in one step.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cell {
    /// The duties behind it, the organisation's own first.
    pub parts: Vec<Part>,
}

impl Cell {
    /// n: how many duties are certified.
    pub fn n(&self) -> usize {
        self.parts.iter().filter(|part| part.state.counts()).count()
    }

    /// N: how many apply.
    pub fn of(&self) -> usize {
        let applies = |part: &&Part| part.state != CellState::NotApplicable;
        self.parts.iter().filter(applies).count()
    }

    /// The state of the whole: what asks for an act comes first.
    pub fn state(&self) -> CellState {
        let mut applies = self.parts.iter().map(|part| part.state);
        let has = |state| self.parts.iter().any(|part| part.state == state);
        if applies.all(|state| state == CellState::NotApplicable) {
            return CellState::NotApplicable;
        }
        if has(CellState::Returned) {
            return CellState::Returned;
        }
        if has(CellState::Late) {
            return CellState::Late;
        }
        match (self.n(), has(CellState::InProgress)) {
            (n, _) if n == self.of() => match has(CellState::Done) {
                true => CellState::Done,
                false => CellState::Zero,
            },
            (0, false) if has(CellState::Missing) => CellState::Missing,
            (0, false) => CellState::Waiting,
            _ => CellState::InProgress,
        }
    }

    /// Days since the earliest due day that passed without a certified report; `None` when none did.
    pub fn days_late(&self, today: Date) -> Option<i32> {
        let late = self
            .parts
            .iter()
            .filter(|part| part.state == CellState::Late);
        let days = late.map(|part| (today - part.duty.due).get_days());
        days.max()
    }

    /// The next day on which something is due, or the earliest that passed; `None` when all is certified.
    pub fn due(&self) -> Option<Date> {
        let open = self
            .parts
            .iter()
            .filter(|part| !part.state.counts() && part.state != CellState::NotApplicable);
        open.map(|part| part.duty.due).min()
    }
}

/// An organisation with its twelve cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Who answers for it.
    pub organisation: OrganisationId,
    /// One cell per step, in the order of [`DutyItem::ALL`].
    pub cells: Vec<Cell>,
}

impl Row {
    /// The cell of a step.
    pub fn cell(&self, item: DutyItem) -> Option<&Cell> {
        self.cells.get(item as usize)
    }
}

impl Snapshot {
    /// The board of a fiscal year on `today`: one row for each organisation that answers for itself, in the order of
    /// the reporting line, that is by sector and never by rank. Schools below an agency are in its cells: of a quarter
    /// or year that has ended, those below it on the last day of that; else, those below it today. A school that moves
    /// takes along nothing that has ended, and a move that is dated ahead changes nothing yet.
    pub fn board(&self, year: FiscalYear, marks: &Marks, today: Date) -> Vec<Row> {
        let forest = self.organisations.forest(Axis::ReportsTo);
        let mut rows: BTreeMap<(u32, OrganisationId), Vec<Cell>> = BTreeMap::new();
        let mut answering: HashMap<(OrganisationId, Date), OrganisationId> = HashMap::new();
        let last = Day::of(year.last_day().min(today));
        for (item, period) in self.duties.asked() {
            if period.kind != PeriodKind::Fiscal || period.year != year.0 {
                continue;
            }
            let day = period.last_day().min(today);
            for duty in self.duties_of(item, period) {
                let Some(ix) = self.organisations.number(duty.organisation) else {
                    continue;
                };
                let row = *answering
                    .entry((duty.organisation, day))
                    .or_insert_with(|| answers(&self.organisations, ix, day));
                let Some(row_ix) = self.organisations.number(row) else {
                    continue;
                };
                let seat = forest.seat_on(row_ix, last);
                let cells = rows
                    .entry((seat, row))
                    .or_insert_with(|| vec![Cell::default(); DutyItem::ALL.len()]);
                let mark = marks.get(&(duty.organisation, item, period));
                cells[item as usize].parts.push(Part {
                    duty: *duty,
                    state: state_of(duty, mark, today),
                });
            }
        }
        let own_first = |row: OrganisationId, mut cells: Vec<Cell>| {
            for cell in &mut cells {
                cell.parts.sort_by_key(|part| part.duty.organisation != row);
            }
            Row {
                organisation: row,
                cells,
            }
        };
        rows.into_iter()
            .map(|((_, row), cells)| own_first(row, cells))
            .collect()
    }
}

/// The state of one duty by itself.
fn state_of(duty: &Duty, mark: Option<&Mark>, today: Date) -> CellState {
    if !duty.applicable {
        return CellState::NotApplicable;
    }
    if duty.reported_on.is_some_and(|day| day <= today) {
        return match mark.is_some_and(|mark| mark.zero) {
            true => CellState::Zero,
            false => CellState::Done,
        };
    }
    if mark.is_some_and(|mark| mark.state == StepState::Returned) {
        return CellState::Returned;
    }
    if today > duty.due {
        return CellState::Late;
    }
    let open = duty.opens() <= today;
    match (mark, open) {
        (Some(_), _) => CellState::InProgress,
        (None, true) => CellState::Missing,
        (None, false) => CellState::Waiting,
    }
}

/// Who answers for an organisation on the board: itself, or for a school the nearest agency above it by สังกัด.
fn answers(organisations: &Organisations, ix: OrgIx, day: Date) -> OrganisationId {
    let class = |ix| organisations.row(ix).and_then(|row| row.class);
    if class(ix) == Some(Class::School) {
        let mut here = ix;
        while let Some(above) = organisations.parent_on(Axis::ReportsTo, here, day) {
            if matches!(
                class(above),
                Some(Class::EducationAgency | Class::AgencyWithSchools)
            ) {
                return organisations.id(above);
            }
            here = above;
        }
    }
    organisations.id(ix)
}

#[cfg(test)]
#[path = "board_tests.rs"]
mod tests;

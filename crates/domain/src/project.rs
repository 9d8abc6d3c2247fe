//! Projects (โครงการ), their activities and their money by stage.

use crate::{
    ids::{ActivityId, BudgetLineId, ListingId, NodeId, OrganisationId, PeopleReportId, ProjectId},
    money::Satang,
    plan::EditionState,
    time::{AcademicYear, FiscalPeriod, FiscalYear},
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The year a project belongs to: it has exactly one, of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProjectYear {
    /// ปีงบประมาณ.
    Fiscal(FiscalYear),
    /// ปีการศึกษา.
    Academic(AcademicYear),
}

impl ProjectYear {
    /// The fiscal year under which the project is counted: the one in which its year begins
    /// (academic year N begins in May N, inside fiscal year N).
    pub const fn fiscal(self) -> FiscalYear {
        match self {
            ProjectYear::Fiscal(year) => year,
            ProjectYear::Academic(AcademicYear(year)) => FiscalYear(year),
        }
    }
}

coded! {
    /// Budget mode of a project. A project without budget is a finding only when the mode is unset.
    pub enum BudgetMode {
        /// ใช้งบประมาณ.
        Budget = "budget",
        /// ไม่ใช้งบประมาณ.
        NoBudget = "no_budget",
        /// ใช้งบของหน่วยงานอื่น.
        OtherAgency = "other_agency",
        /// รอจัดสรร.
        Awaiting = "awaiting",
    }
}

coded! {
    /// The stage an amount of money has reached.
    pub enum Stage {
        /// เสนอขอ.
        Requested = "requested",
        /// ได้รับจัดสรร.
        Allotted = "allotted",
        /// โอน.
        Transferred = "transferred",
        /// ก่อหนี้ผูกพัน.
        Committed = "committed",
        /// เบิกจ่าย.
        Disbursed = "disbursed",
    }
}

coded! {
    /// The five expense categories (งบรายจ่าย).
    pub enum ExpenseCategory {
        /// งบบุคลากร.
        Personnel = "personnel",
        /// งบดำเนินงาน.
        Operations = "operations",
        /// งบลงทุน.
        Investment = "investment",
        /// งบเงินอุดหนุน.
        Subsidy = "subsidy",
        /// งบรายจ่ายอื่น.
        Other = "other",
    }
}

coded! {
    /// The kinds below the categories.
    pub enum ExpenseKind {
        /// ค่าตอบแทน (งบดำเนินงาน).
        Remuneration = "remuneration",
        /// ค่าใช้สอย (งบดำเนินงาน).
        Services = "services",
        /// ค่าวัสดุ (งบดำเนินงาน).
        Materials = "materials",
        /// ค่าสาธารณูปโภค (งบดำเนินงาน).
        Utilities = "utilities",
        /// ค่าครุภัณฑ์ (งบลงทุน).
        Equipment = "equipment",
        /// ค่าที่ดินและสิ่งก่อสร้าง (งบลงทุน).
        Construction = "construction",
    }
}

/// A project as the thread sees it. Its words are in [`ProjectText`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Project {
    /// Its id.
    pub id: ProjectId,
    /// The one organisation that owns it (หน่วยงานเจ้าของโครงการ).
    pub owner: OrganisationId,
    /// Its year.
    pub year: ProjectYear,
    /// Whether and whose budget it uses; `None` = not stated.
    pub budget_mode: Option<BudgetMode>,
    /// The day of approval: decides in which seat its yearly money sits.
    pub approved_on: Option<Date>,
    /// The project of an earlier year that it continues.
    pub continues: Option<ProjectId>,
    /// The project that it is part of (funded from); its money is already inside that one's.
    pub part_of: Option<ProjectId>,
    /// วงเงินรวม that the list of projects prints for its year; `None` = not printed. What its lines of money are held
    /// against, never a figure of its own.
    pub stated_budget: Option<Satang>,
}

impl Project {
    /// The day on which the project's yearly figures take their seat: its approval, else the first day of its year.
    pub fn seated_on(&self) -> Date {
        self.approved_on.unwrap_or_else(|| match self.year {
            ProjectYear::Fiscal(year) => year.first_day(),
            ProjectYear::Academic(year) => year.first_day(),
        })
    }
}

/// The words of a project, as printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProjectText {
    /// Code as printed, unique within its plan.
    pub code: String,
    /// Title as printed.
    pub title: String,
    /// กลุ่มเป้าหมาย, as printed.
    pub target_group: Option<String>,
    /// A remark of the source or the importer.
    pub note: Option<String>,
}

/// That a project stands in an edition, under one of its nodes. At most one listing per project and edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listing {
    /// Its id.
    pub id: ListingId,
    /// Which project.
    pub project: ProjectId,
    /// Under which node.
    pub node: NodeId,
}

/// An activity of a project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Activity {
    /// Its id.
    pub id: ActivityId,
    /// Of which project.
    pub project: ProjectId,
    /// Order within the project, from 1.
    pub position: u32,
    /// Its title as printed.
    pub title: String,
}

/// One line of a project's budget.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BudgetLine {
    /// Its id.
    pub id: BudgetLineId,
    /// Of which project.
    pub project: ProjectId,
    /// The fiscal year or quarter it speaks of.
    pub period: FiscalPeriod,
    /// The stage reached.
    pub stage: Stage,
    /// แหล่งเงิน, as printed.
    pub source: Option<String>,
    /// งบรายจ่าย.
    pub category: Option<ExpenseCategory>,
    /// The kind below it.
    pub kind: Option<ExpenseKind>,
    /// How much. Disbursements are of the quarter, not running totals.
    pub amount: Satang,
}

/// People reached by a project from the start of its fiscal year to the end of a quarter: a running total, so the
/// latest quarter stands for the year and quarters are never added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeopleReport {
    /// Its id.
    pub id: PeopleReportId,
    /// By which project.
    pub project: ProjectId,
    /// Until the end of which quarter.
    pub period: FiscalPeriod,
    /// How many, each counted once within the project.
    pub people: u32,
}

/// Whether the title of a project may still be changed: only while every edition that lists it is open. What else
/// describes a project may be put right at any time, and its history keeps every version.
pub fn title_is_open(listed_in: impl IntoIterator<Item = EditionState>) -> bool {
    listed_in.into_iter().all(EditionState::is_open)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_approved_edition_fixes_the_title_of_a_project() {
        use EditionState::{Approved, Draft, InReview, Published, Superseded};
        assert!(title_is_open([]) && title_is_open([Draft, InReview]));
        for fixed in [Approved, Published, Superseded] {
            assert!(!title_is_open([Draft, fixed]), "{fixed}");
        }
    }
}

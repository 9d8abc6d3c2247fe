//! What a plan folder or workbook says, typed but not yet compared with anything that is already kept.

use domain::{
    indicator::{Direction, TargetShape},
    issue::Place,
    link::LinkState,
    money::Satang,
    plan::{Level, NodeKind},
    project::{BudgetMode, ExpenseCategory, ExpenseKind, ProjectYear, Stage},
    provenance::Certainty,
    share::Share,
    time::{FiscalPeriod, FiscalYear, Period, PeriodKind},
};
use jiff::civil::Date;
use serde::Serialize;

/// A row of a plan file and where it stands in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row<T> {
    /// File (or `workbook › sheet`) and row; the column is empty.
    pub place: Place,
    /// What the row says.
    pub value: T,
}

/// A whole plan as read: every reference between its rows has been found, none points to a row that was left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct PlanFile {
    /// The plan itself, where the file says.
    pub header: Option<Row<PlanRow>>,
    /// The one fiscal year that the rows speak of; `None` for a plan of several years or of another kind of year.
    pub fiscal_year: Option<FiscalYear>,
    /// Elements of the plan, parents before children is *not* promised.
    pub nodes: Vec<Row<NodeRow>>,
    /// What is measured; each names one of `nodes`.
    pub indicators: Vec<Row<IndicatorRow>>,
    /// Agencies that the file describes.
    pub agencies: Vec<Row<AgencyRow>>,
    /// Projects.
    pub projects: Vec<Row<ProjectRow>>,
    /// Activities of projects, in order.
    pub activities: Vec<Row<ActivityRow>>,
    /// Money of projects.
    pub budget: Vec<Row<BudgetRow>>,
    /// Links of projects to a framework: always proposals.
    pub links: Vec<Row<LinkRow>>,
    /// Links whose target no framework has: empty as read, filled by whoever compares the file with the frameworks.
    pub unmatched: Vec<Row<LinkRow>>,
}

/// Source and certainty of a row, as far as the file states them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Origin {
    /// Where the file says it was read.
    pub source: Option<String>,
    /// How sure the file says it is.
    pub certainty: Option<Certainty>,
}

/// The plan as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlanRow {
    /// The code people and commands use.
    pub code: String,
    /// Name as printed.
    pub name_th: String,
    /// English name, where one is given.
    pub name_en: Option<String>,
    /// Where the plan stands.
    pub level: Option<Level>,
    /// What tells this edition from the others of the plan (ฉบับจัดทำคำของบประมาณ); without it its years do.
    pub edition_label: Option<String>,
    /// The kind of year that its period counts.
    pub period_kind: Option<PeriodKind>,
    /// First year (พ.ศ.).
    pub from_year: Option<i16>,
    /// Last year (พ.ศ.).
    pub to_year: Option<i16>,
    /// Province (กรมการปกครอง code), two digits.
    pub province_dopa: Option<String>,
    /// Code of the agency whose plan it is.
    pub owner: Option<String>,
    /// A remark.
    pub note: Option<String>,
    /// Source and certainty.
    pub origin: Origin,
}

/// One element of the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NodeRow {
    /// Code, unique within the file: the printed one, or label and printed one where two kinds print the same.
    pub code: String,
    /// Code as printed.
    pub printed_code: String,
    /// Code (as in [`NodeRow::code`]) of the node above, as the file states it; never taken from the shape of a code.
    pub parent: Option<String>,
    /// What it is.
    pub kind: NodeKind,
    /// Printed label.
    pub label_th: String,
    /// Name as printed.
    pub name_th: String,
    /// English name, where one is given.
    pub name_en: Option<String>,
    /// Order among its siblings, from 1.
    pub position: u32,
    /// A remark of the source.
    pub note: Option<String>,
    /// Source and certainty.
    pub origin: Origin,
}

/// What an indicator of the plan measures and is to reach.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IndicatorRow {
    /// Code of its node, as in [`NodeRow::code`].
    pub node: String,
    /// หน่วยวัด: `ร้อยละ` where the file gives its target in percent.
    pub unit: Option<String>,
    /// Which way is better, where stated.
    pub direction: Option<Direction>,
    /// Code of the agency that answers for it.
    pub owner: Option<String>,
    /// คำอธิบายความสำเร็จ, as printed.
    pub success_th: Option<String>,
    /// Whom the value speaks of, in the source's word.
    pub scope: Option<String>,
    /// What is to be reached and when.
    pub target: Option<TargetRow>,
}

/// A target value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct TargetRow {
    /// For which period.
    pub period: Period,
    /// What is to be reached.
    pub shape: TargetShape,
}

/// An agency that the file describes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AgencyRow {
    /// The file's code for it.
    pub code: String,
    /// Full name as printed.
    pub name_th: String,
    /// Short name as used.
    pub short_name_th: Option<String>,
    /// English name, where one is given.
    pub name_en: Option<String>,
    /// Source and certainty.
    pub origin: Origin,
}

/// A project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProjectRow {
    /// Code as printed.
    pub code: String,
    /// Title as printed.
    pub title: String,
    /// Its year.
    pub year: ProjectYear,
    /// Code of the node it is listed under, as in [`NodeRow::code`].
    pub node: Option<String>,
    /// Code of the agency that owns it.
    pub agency: String,
    /// Amount of the project list as given (0 = stated as 0; `None` = not stated).
    pub budget: Option<Satang>,
    /// Whether and whose budget it uses, where stated.
    pub budget_mode: Option<BudgetMode>,
    /// The day of approval, where stated.
    pub approved_on: Option<Date>,
    /// กลุ่มเป้าหมาย, as printed.
    pub target_group: Option<String>,
    /// The activities as printed in one cell; [`PlanFile::activities`] has them one by one.
    pub activities_text: Option<String>,
    /// A remark of the source.
    pub note: Option<String>,
    /// Source and certainty.
    pub origin: Origin,
}

/// An activity of a project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ActivityRow {
    /// Code of the project.
    pub project: String,
    /// Order within the project, from 1.
    pub position: u32,
    /// Title as printed.
    pub title: String,
}

/// One line of a project's budget.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BudgetRow {
    /// Code of the project.
    pub project: String,
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
    /// How much.
    pub amount: Satang,
}

/// A proposed link of a project to a node of a framework.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LinkRow {
    /// Code of the project.
    pub project: String,
    /// Code of the framework or plan: `SDG4` unless the file says otherwise.
    pub framework: String,
    /// Code of the node in it.
    pub target: String,
    /// How much of the project serves it, where stated.
    pub share: Option<Share>,
    /// Whether it is the one named first.
    pub primary: bool,
    /// Always [`LinkState::Proposed`]: a file proposes, a person approves.
    pub state: LinkState,
    /// Why, in Thai.
    pub reason_th: Option<String>,
    /// Why, in English.
    pub reason_en: Option<String>,
    /// Source and certainty.
    pub origin: Origin,
}

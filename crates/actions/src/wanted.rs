//! What an import or a catalogue wants to be true, by the codes that people use: the database's ids are found or made
//! only when it is reconciled with what stands.

use domain::{
    indicator::{Direction, IndicatorText, TargetShape},
    issue::Place,
    link::LinkState,
    money::Satang,
    organisation::{Axis, Class, OrganisationText},
    plan::{EditionState, Level, NodeKind, NodeText, Relation},
    project::{BudgetMode, ExpenseCategory, ExpenseKind, ProjectText, ProjectYear, Stage},
    provenance::Provenance,
    share::Share,
    time::{FiscalPeriod, FiscalYear, Period, PeriodKind},
};
use jiff::civil::Date;

/// Names one edition: the plan's code and the edition's label.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EditionKey {
    /// The plan's code.
    pub plan: String,
    /// The edition's label, unique within the plan.
    pub label: String,
}

/// Names one node: its edition and its printed code.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeKey {
    /// The edition.
    pub edition: EditionKey,
    /// The printed code, unique within the edition.
    pub code: String,
}

impl std::fmt::Display for EditionKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.plan, self.label)
    }
}

/// The printed code alone: reports name the plan in their heading.
impl std::fmt::Display for NodeKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.code)
    }
}

/// Everything one source wants to be true.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Organisations.
    pub organisations: Vec<WantedOrganisation>,
    /// Plans with their editions.
    pub editions: Vec<WantedEdition>,
    /// Nodes, parents before children.
    pub nodes: Vec<WantedNode>,
    /// What nodes are in other editions or frameworks.
    pub crosswalks: Vec<WantedCrosswalk>,
    /// Projects with all that belongs to them.
    pub projects: Vec<WantedProject>,
    /// What belongs to projects that the source names but does not describe.
    pub details: Vec<WantedDetail>,
    /// Links to propose where nobody proposed or decided them yet.
    pub links: Vec<WantedLink>,
    /// Codes that the source names and that no framework has.
    pub mentions: Vec<WantedMention>,
}

/// An organisation and its undated places in both forests.
#[derive(Debug, Clone)]
pub struct WantedOrganisation {
    /// Its words; the code is its key.
    pub text: OrganisationText,
    /// In which N it counts.
    pub class: Option<Class>,
    /// Codes of its parents. An axis that the source does not speak of is left as it stands.
    pub parents: Vec<(Axis, String)>,
    /// Where it was read.
    pub provenance: Provenance,
}

/// A plan and one edition of it.
#[derive(Debug, Clone)]
pub struct WantedEdition {
    /// Its key.
    pub key: EditionKey,
    /// Name of the plan as printed.
    pub name_th: String,
    /// English name.
    pub name_en: Option<String>,
    /// Where the plan stands.
    pub level: Level,
    /// Code of the organisation whose plan it is.
    pub owner: Option<String>,
    /// The province whose trail tells of the plan; `None` = national.
    pub province: Option<String>,
    /// The kind of year of its period.
    pub period_kind: Option<PeriodKind>,
    /// First year (พ.ศ.).
    pub from_year: Option<i16>,
    /// Last year (พ.ศ.).
    pub to_year: Option<i16>,
    /// Its state when it is recorded for the first time; later imports leave the state as it stands.
    pub state: EditionState,
    /// Where it was read.
    pub provenance: Provenance,
}

/// One node of an edition.
#[derive(Debug, Clone)]
pub struct WantedNode {
    /// Its edition; the code is in `text`.
    pub edition: EditionKey,
    /// Code of its parent within the edition.
    pub parent: Option<String>,
    /// What it is.
    pub kind: NodeKind,
    /// Order among its siblings.
    pub position: u32,
    /// Its words.
    pub text: NodeText,
    /// What makes it an indicator.
    pub indicator: Option<WantedIndicator>,
    /// Where it was read.
    pub provenance: Provenance,
}

/// What makes a node an indicator.
#[derive(Debug, Clone, Default)]
pub struct WantedIndicator {
    /// Which way is better.
    pub direction: Option<Direction>,
    /// Code of the organisation that answers for it.
    pub owner: Option<String>,
    /// Its words.
    pub text: IndicatorText,
    /// Target values, one per period.
    pub targets: Vec<(Period, TargetShape)>,
}

/// A row of a crosswalk.
#[derive(Debug, Clone)]
pub struct WantedCrosswalk {
    /// From which node.
    pub from: NodeKey,
    /// To which node; `None` when it ended.
    pub to: Option<NodeKey>,
    /// How they relate.
    pub relation: Relation,
    /// Its state when it is recorded for the first time; later decisions of people stand.
    pub state: LinkState,
    /// Why.
    pub rationale_th: Option<String>,
    /// Where it was read.
    pub provenance: Provenance,
}

/// A project listed in an edition.
#[derive(Debug, Clone)]
pub struct WantedProject {
    /// Where the source says so.
    pub place: Place,
    /// The node under which it is listed.
    pub listed: NodeKey,
    /// Code of its owner.
    pub owner: String,
    /// Its year.
    pub year: ProjectYear,
    /// Its budget mode, when stated.
    pub budget_mode: Option<BudgetMode>,
    /// The total that the list of projects prints, when it does.
    pub stated_budget: Option<Satang>,
    /// The day of its approval, when stated.
    pub approved_on: Option<Date>,
    /// Its words; year and code are its key within the plan.
    pub text: ProjectText,
    /// Titles of its activities, in order, and where the source says so.
    pub activities: Vec<(String, Place)>,
    /// Its money.
    pub lines: Vec<WantedLine>,
    /// Where it was read.
    pub provenance: Provenance,
}

/// What belongs to a project of the plan that the source names but does not describe.
#[derive(Debug, Clone)]
pub struct WantedDetail {
    /// Where the source says so.
    pub place: Place,
    /// The edition that the source speaks of.
    pub edition: EditionKey,
    /// The project's code.
    pub project: String,
    /// What belongs to it.
    pub detail: Detail,
    /// Where it was read.
    pub provenance: Provenance,
}

/// One thing that belongs to a project.
#[derive(Debug, Clone)]
pub enum Detail {
    /// An activity.
    Activity {
        /// Order within the project, from 1.
        position: u32,
        /// Its title.
        title: String,
    },
    /// A line of money.
    Line(WantedLine),
}

impl WantedDetail {
    /// The fiscal year that it speaks of, where it does.
    pub fn year(&self) -> Option<FiscalYear> {
        match &self.detail {
            Detail::Activity { .. } => None,
            Detail::Line(line) => Some(line.period.fiscal_year()),
        }
    }
}

/// One budget line of a project; everything but the amount is its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WantedLine {
    /// The fiscal year or quarter.
    pub period: FiscalPeriod,
    /// The stage.
    pub stage: Stage,
    /// แหล่งเงิน.
    pub source: Option<String>,
    /// งบรายจ่าย.
    pub category: Option<ExpenseCategory>,
    /// The kind below it.
    pub kind: Option<ExpenseKind>,
    /// How much.
    pub amount: Satang,
}

/// A link to propose.
#[derive(Debug, Clone)]
pub struct WantedLink {
    /// Where the source says so.
    pub place: Place,
    /// The plan in which the project is listed.
    pub plan: String,
    /// The project's code.
    pub project: String,
    /// To which node.
    pub node: NodeKey,
    /// How much of the project.
    pub share: Share,
    /// Whether it is the one named first.
    pub primary: bool,
    /// Why, in Thai.
    pub reason_th: Option<String>,
    /// Why, in English.
    pub reason_en: Option<String>,
    /// Where it was read.
    pub provenance: Provenance,
}

/// A code that the source names for a project and that no framework has.
#[derive(Debug, Clone)]
pub struct WantedMention {
    /// Where the source says so.
    pub place: Place,
    /// The plan in which the project is listed.
    pub plan: String,
    /// The project's code.
    pub project: String,
    /// Code of the framework, as written.
    pub framework: String,
    /// The code within it, as written.
    pub code: String,
    /// Where it was read.
    pub provenance: Provenance,
}

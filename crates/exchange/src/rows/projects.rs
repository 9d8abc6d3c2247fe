//! Projects, their activities, money and links.

use super::{Parent, origin};
use crate::{
    activities,
    plan::{LinkRow, Origin},
    record::{Draft, Record},
    words::category_of,
};
use domain::{
    issue::Issue,
    link::LinkState,
    money::Satang,
    plan::NodeKind,
    project::{BudgetMode, ExpenseCategory, ExpenseKind, ProjectYear, Stage},
    time::{AcademicYear, FiscalPeriod, FiscalYear},
};
use jiff::civil::Date;

/// A project before its node, agency and year are found.
#[derive(Debug, Clone)]
pub(crate) struct ProjectDraft {
    pub(crate) title: String,
    pub(crate) year: Option<ProjectYear>,
    /// Where it is listed, most exact column first.
    pub(crate) under: Vec<Parent>,
    pub(crate) agency: String,
    pub(crate) budget: Option<Satang>,
    pub(crate) budget_mode: Option<BudgetMode>,
    pub(crate) approved_on: Option<Date>,
    pub(crate) target_group: Option<String>,
    pub(crate) activities_text: Option<String>,
    pub(crate) activities: Vec<String>,
    pub(crate) note: Option<String>,
    pub(crate) origin: Origin,
}

/// A row of `projects`.
pub(crate) fn project(record: &mut Record<'_>) -> Draft<ProjectDraft> {
    let code = record.need("code");
    let title = record.need("title");
    let agency = record.need("agency_code");
    let year = year(record);
    let columns = [
        ("node_code", None),
        ("strategy_no", Some(NodeKind::Strategy)),
    ];
    let mut under = Vec::new();
    for (column, kind) in columns {
        under.extend(
            record
                .text(column)
                .map(|text| Parent { column, kind, text }),
        );
    }
    let budget = record.baht("budget_baht");
    let budget_mode: Option<BudgetMode> = record.word("budget_mode");
    if let (Some(amount), Some(BudgetMode::NoBudget)) = (budget, budget_mode)
        && amount > Satang::ZERO
    {
        let issue = Issue::warning(record.at("budget_mode"), "import.budget_contradicts_mode");
        record.tell(issue.with("amount", amount));
    }
    let activities_text = record.lines("activities");
    let activities = activities_text
        .as_deref()
        .map(activities::split)
        .unwrap_or_default();
    let approved_on = record.day("approved_on");
    let target_group = record.lines("target_group");
    let note = record.text("note");
    let origin = origin(record);
    let value = title.zip(agency).map(|(title, agency)| ProjectDraft {
        title,
        year,
        under,
        agency,
        budget,
        budget_mode,
        approved_on,
        target_group,
        activities_text,
        activities,
        note,
        origin,
    });
    Draft {
        row: record.number(),
        code,
        value,
    }
}

/// A project belongs to one year of one kind.
fn year(record: &mut Record<'_>) -> Option<ProjectYear> {
    let fiscal = record.year("fiscal_year_be");
    let academic = record.year("academic_year_be");
    match (fiscal, academic) {
        (Some(_), Some(_)) => {
            record.tell(Issue::error(
                record.at("academic_year_be"),
                "import.two_years",
            ));
            None
        }
        (Some(year), None) => Some(ProjectYear::Fiscal(FiscalYear(year))),
        (None, Some(year)) => Some(ProjectYear::Academic(AcademicYear(year))),
        (None, None) => None,
    }
}

/// A row of `activities`: the code is the project's; position and title.
pub(crate) fn activity(record: &mut Record<'_>) -> Draft<(Option<u32>, String)> {
    let code = record.need("project_code");
    let title = record.need("title");
    let position = record.position("position");
    let value = title.map(|title| (position, title));
    Draft {
        row: record.number(),
        code,
        value,
    }
}

/// A line of money before its project is found.
#[derive(Debug, Clone)]
pub(crate) struct BudgetDraft {
    pub(crate) period: FiscalPeriod,
    pub(crate) stage: Stage,
    pub(crate) source: Option<String>,
    pub(crate) category: Option<ExpenseCategory>,
    pub(crate) kind: Option<ExpenseKind>,
    pub(crate) amount: Satang,
}

/// A row of `budget`: the code is the project's.
pub(crate) fn budget(record: &mut Record<'_>) -> Draft<BudgetDraft> {
    let code = record.need("project_code");
    let period = record.period("period");
    need_unless_said(record, "period", period.is_some());
    let stage: Option<Stage> = record.word("stage");
    need_unless_said(record, "stage", stage.is_some());
    let amount = record.baht("amount");
    need_unless_said(record, "amount", amount.is_some());
    let source = record.text("source");
    let category: Option<ExpenseCategory> = record.word("category");
    let kind: Option<ExpenseKind> = record.word("kind");
    if let (Some(category), Some(kind)) = (category, kind)
        && category_of(kind) != category
    {
        let issue = Issue::error(record.at("kind"), "import.kind_of_other_category");
        let issue = issue
            .with("kind", kind.code())
            .with("category", category.code());
        record.tell(issue.with("right", category_of(kind).code()));
    }
    let value = match (period, stage, amount) {
        (Some(period), Some(stage), Some(amount)) => Some(BudgetDraft {
            period,
            stage,
            source,
            category,
            kind,
            amount,
        }),
        _ => None,
    };
    Draft {
        row: record.number(),
        code,
        value,
    }
}

/// Says that a cell is empty, unless it holds something that was already said to be wrong.
fn need_unless_said(record: &mut Record<'_>, column: &str, there: bool) {
    if !there && record.is_blank(column) {
        record.tell(Issue::error(record.at(column), "import.missing_value"));
    }
}

/// A row of `links`: the code is the project's.
pub(crate) fn link(record: &mut Record<'_>) -> Draft<LinkRow> {
    let code = record.need("project_code");
    let target = record.need("target_code");
    let framework = record
        .text("plan_code")
        .unwrap_or_else(|| "SDG4".to_owned());
    let share = record
        .share("share", 1)
        .or_else(|| record.share("share_percent", 100));
    let primary = record.yes("primary").unwrap_or(false);
    if let Some(state) = record.text("state")
        && !["proposed", "เสนอ"].contains(&state.to_lowercase().as_str())
    {
        let issue = Issue::warning(record.at("state"), "import.link_only_proposed");
        record.tell(issue.with("found", crate::record::excerpt(&state)));
    }
    let reason_th = record.text("reason_th");
    let reason_en = record.text("reason_en");
    let origin = origin(record);
    let value = code.clone().zip(target).map(|(project, target)| LinkRow {
        project,
        framework,
        target,
        share,
        primary,
        state: LinkState::Proposed,
        reason_th,
        reason_en,
        origin,
    });
    Draft {
        row: record.number(),
        code,
        value,
    }
}

//! Projects with their activities, money and links.

use crate::{
    assemble::{Given, Part, Sieve, number},
    plan::{ActivityRow, BudgetRow, LinkRow, ProjectRow, Row},
    record::Draft,
    refer::{AGENCY, Known, Led, PROJECT, duplicates},
    report::Report,
    rows::{self, ProjectDraft},
    tree::Tree,
    years::Years,
};
use domain::{
    issue::{Issue, Place},
    money::Satang,
    project::{ProjectYear, Stage},
    share::Share,
    text::search_key,
    time::{FiscalPeriod, FiscalYear},
};
use std::collections::{BTreeMap, HashMap, HashSet};

/// The projects of a plan and everything that hangs on them.
#[derive(Default)]
pub(crate) struct Projects {
    pub(crate) rows: Vec<Row<ProjectRow>>,
    pub(crate) activities: Vec<Row<ActivityRow>>,
    pub(crate) budget: Vec<Row<BudgetRow>>,
    pub(crate) links: Vec<Row<LinkRow>>,
}

impl Projects {
    /// Follows every reference of projects and of what hangs on them.
    pub(crate) fn read(
        given: &Given,
        part: Option<Part<'_, ProjectDraft>>,
        tree: &Tree,
        agencies: &Known,
        years: Years,
        sieve: &mut Sieve,
        report: &mut Report,
    ) -> Self {
        let unreadable = given.is_unreadable("projects");
        let mut known = Known::new(part.is_none() && !unreadable, unreadable);
        let mut projects = Projects::default();
        if let Some(part) = part {
            duplicates(part.sheet, "code", &part.drafts, report);
            for draft in &part.drafts {
                projects.add(
                    &part,
                    draft,
                    (tree, agencies, years),
                    &mut known,
                    sieve,
                    report,
                );
            }
        }
        projects.read_activities(given, &known, sieve, report);
        projects.read_budget(given, &known, years, sieve, report);
        projects.read_links(given, &known, sieve, report);
        projects
    }

    fn add(
        &mut self,
        part: &Part<'_, ProjectDraft>,
        draft: &Draft<ProjectDraft>,
        (tree, agencies, years): (&Tree, &Known, Years),
        known: &mut Known,
        sieve: &mut Sieve,
        report: &mut Report,
    ) {
        let place = part.row(draft);
        let at = |column: &str| part.sheet.place(draft.row, column);
        let mut with = None;
        let mut row = None;
        if let (Some(value), Some(code)) = (&draft.value, &draft.code) {
            let column = match value.year {
                Some(ProjectYear::Academic(_)) => "academic_year_be",
                _ => "fiscal_year_be",
            };
            years.check(value.year.map(number), at(column), report);
            let only = || {
                years
                    .only()
                    .map(|year| ProjectYear::Fiscal(FiscalYear(year)))
            };
            let year = value.year.or_else(only);
            if year.is_none() && !report.is_bad(&place) {
                report.add(Issue::error(at("fiscal_year_be"), "import.no_year"));
            }
            let agency = match agencies.follow(&value.agency, at("agency_code"), AGENCY, report) {
                Led::To(code) => Some(code),
                Led::ToLeftOut(code) => {
                    with = Some(code);
                    None
                }
                Led::Nowhere => None,
            };
            let mut nodes = Vec::new();
            for reference in &value.under {
                match tree.follow(reference, at(reference.column), report) {
                    Led::To(code) => nodes.push(code),
                    Led::ToLeftOut(code) => with = Some(code),
                    Led::Nowhere => {}
                }
            }
            if let [node, strategy] = &nodes[..]
                && !tree.open
                && !tree.above(strategy, node)
            {
                let issue = Issue::error(at("node_code"), "import.node_not_under_strategy");
                report.add(
                    issue
                        .with("node", node.as_str())
                        .with("strategy", strategy.as_str()),
                );
            }
            row = year.zip(agency).map(|(year, agency)| ProjectRow {
                code: code.clone(),
                title: value.title.clone(),
                year,
                node: nodes.into_iter().next(),
                agency,
                budget: value.budget,
                budget_mode: value.budget_mode,
                approved_on: value.approved_on,
                target_group: value.target_group.clone(),
                activities_text: value.activities_text.clone(),
                note: value.note.clone(),
                origin: value.origin.clone(),
            });
        }
        let stays = sieve.keep(&place, with.as_deref(), report);
        if let Some(code) = &draft.code {
            known.add(code, [], !stays);
        }
        if let (true, Some(value)) = (stays, row) {
            let split = draft.value.iter().flat_map(|draft| &draft.activities);
            for (position, title) in (1..).zip(split) {
                let activity = ActivityRow {
                    project: value.code.clone(),
                    position,
                    title: title.clone(),
                };
                self.activities.push(Row {
                    place: place.clone(),
                    value: activity,
                });
            }
            self.rows.push(Row { place, value });
        }
    }

    /// Activities of their own sheet take the place of those split from the cell of the project.
    fn read_activities(
        &mut self,
        given: &Given,
        known: &Known,
        sieve: &mut Sieve,
        report: &mut Report,
    ) {
        let Some(part) = given.part("activities", report, rows::activity) else {
            return;
        };
        let mut listed: Vec<Row<ActivityRow>> = Vec::new();
        let mut last: HashMap<String, u32> = HashMap::new();
        let mut taken: HashMap<(String, u32), u32> = HashMap::new();
        for draft in &part.drafts {
            let place = part.row(draft);
            let (project, with) = follow(&part, draft, known, report);
            let mut row = None;
            if let (Some(project), Some((position, title))) = (project, &draft.value) {
                let next = last.entry(project.clone()).or_default();
                let position = position.unwrap_or(next.saturating_add(1));
                *next = position.max(*next);
                if let Some(first) = taken.insert((project.clone(), position), draft.row) {
                    let at = part.sheet.place(draft.row, "position");
                    let issue = Issue::error(at, "import.position_twice");
                    report.add(
                        issue
                            .with("position", i64::from(position))
                            .with("first_row", i64::from(first)),
                    );
                }
                row = Some(ActivityRow {
                    project,
                    position,
                    title: title.clone(),
                });
            }
            if sieve.keep(&place, with.as_deref(), report)
                && let Some(value) = row
            {
                listed.push(Row { place, value });
            }
        }
        let own: HashSet<&String> = listed.iter().map(|row| &row.value.project).collect();
        self.activities
            .retain(|row| !own.contains(&row.value.project));
        self.activities.extend(listed);
    }

    /// Money of its own sheet, and the amount of the project list as allotted for the year unless the sheet has it.
    fn read_budget(
        &mut self,
        given: &Given,
        known: &Known,
        years: Years,
        sieve: &mut Sieve,
        report: &mut Report,
    ) {
        let mut listed = Vec::new();
        let mut incomplete = given.is_unreadable("budget");
        if let Some(part) = given.part("budget", report, rows::budget) {
            for draft in &part.drafts {
                let place = part.row(draft);
                let year = draft.value.as_ref().map(|line| line.period.fiscal_year().0);
                years.check(year, part.sheet.place(draft.row, "period"), report);
                let (project, with) = follow(&part, draft, known, report);
                if !sieve.keep(&place, with.as_deref(), report) {
                    incomplete = true;
                    continue;
                }
                if let (Some(project), Some(line)) = (project, draft.value.clone()) {
                    let value = BudgetRow {
                        project,
                        period: line.period,
                        stage: line.stage,
                        source: line.source,
                        category: line.category,
                        kind: line.kind,
                        amount: line.amount,
                    };
                    listed.push(Row { place, value });
                }
            }
        }
        let mut allotted: HashMap<&str, Satang> = HashMap::new();
        for line in listed
            .iter()
            .filter(|row| row.value.stage == Stage::Allotted)
        {
            let sum = allotted.entry(&line.value.project).or_default();
            sum.0 = sum.0.saturating_add(line.value.amount.0);
        }
        let mut own = Vec::new();
        for project in &self.rows {
            let Some(amount) = project.value.budget else {
                continue;
            };
            match allotted.get(project.value.code.as_str()) {
                Some(sum) => {
                    if *sum != amount && !incomplete {
                        let issue = Issue::warning(project.place.clone(), "import.budget_differs");
                        report.add(issue.with("listed", *sum).with("stated", amount));
                    }
                }
                None => own.push(Row {
                    place: project.place.clone(),
                    value: BudgetRow {
                        project: project.value.code.clone(),
                        period: FiscalPeriod::year(project.value.year.fiscal()),
                        stage: Stage::Allotted,
                        source: None,
                        category: None,
                        kind: None,
                        amount,
                    },
                }),
            }
        }
        self.budget = own;
        self.budget.extend(listed);
    }

    fn read_links(&mut self, given: &Given, known: &Known, sieve: &mut Sieve, report: &mut Report) {
        let Some(part) = given.part("links", report, rows::link) else {
            return;
        };
        let mut first: HashMap<[String; 3], u32> = HashMap::new();
        let mut totals: BTreeMap<(String, String), u32> = BTreeMap::new();
        for draft in &part.drafts {
            let place = part.row(draft);
            let (project, with) = follow(&part, draft, known, report);
            let mut row = None;
            if let (Some(project), Some(value)) = (project, draft.value.clone()) {
                let key = [&project, &value.framework, &value.target].map(|text| search_key(text));
                if let Some(first) = first.insert(key, draft.row) {
                    let at = part.sheet.place(draft.row, "target_code");
                    let issue = Issue::error(at, "import.link_twice");
                    report.add(
                        issue
                            .with("target", value.target.as_str())
                            .with("first_row", i64::from(first)),
                    );
                }
                if let Some(share) = value.share {
                    let total = totals
                        .entry((project.clone(), value.framework.clone()))
                        .or_default();
                    *total += u32::from(share.parts());
                    if *total > u32::from(Share::WHOLE.parts()) {
                        let issue =
                            Issue::error(share_cell(&part, draft), "import.shares_exceed_whole");
                        let issue = issue.with("project", project.as_str());
                        report.add(
                            issue
                                .with("framework", value.framework.as_str())
                                .with("total", i64::from(*total)),
                        );
                    }
                }
                row = Some(LinkRow { project, ..value });
            }
            if sieve.keep(&place, with.as_deref(), report)
                && let Some(value) = row
            {
                self.links.push(Row { place, value });
            }
        }
    }
}

fn share_cell<T>(part: &Part<'_, T>, draft: &Draft<T>) -> Place {
    let column = if part.sheet.column("share").is_some() {
        "share"
    } else {
        "share_percent"
    };
    part.sheet.place(draft.row, column)
}

/// The project that a row names, or the code of the left-out project that it hangs on.
fn follow<T>(
    part: &Part<'_, T>,
    draft: &Draft<T>,
    known: &Known,
    report: &mut Report,
) -> (Option<String>, Option<String>) {
    let Some(code) = &draft.code else {
        return (None, None);
    };
    match known.follow(
        code,
        part.sheet.place(draft.row, "project_code"),
        PROJECT,
        report,
    ) {
        Led::To(code) => (Some(code), None),
        Led::ToLeftOut(code) => (None, Some(code)),
        Led::Nowhere => (None, None),
    }
}

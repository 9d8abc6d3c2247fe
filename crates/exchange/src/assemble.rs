//! From the sheets of a plan to one whole: every reference is followed, every year compared, nothing stays half.

use crate::{
    headings::Mapped,
    plan::{AgencyRow, PlanFile, PlanRow, ProjectRow, Row},
    projects::Projects,
    reading::ReadOptions,
    record::{Draft, Record, read_all},
    refer::{AGENCY, Known, Led, duplicates},
    report::Report,
    rows,
    sheets::Sheet,
    table::row_place,
    tree::Tree,
    years::Years,
};
use domain::{
    issue::{Issue, Place},
    plan::NodeKind,
    project::ProjectYear,
    time::{AcademicYear, FiscalYear},
};
use std::collections::{BTreeMap, BTreeSet};

/// The sheets of nodes, the column of their codes, and the kind of their rows where they have one kind only.
const NODE_SHEETS: [(&str, &str, Option<NodeKind>); 3] = [
    ("strategies", "strategy_no", Some(NodeKind::Strategy)),
    ("objectives", "objective_no", Some(NodeKind::Objective)),
    ("nodes", "code", None),
];

/// The sheets that were given, readable or not.
#[derive(Debug, Default)]
pub(crate) struct Given {
    mapped: BTreeMap<&'static str, Mapped>,
    unreadable: BTreeSet<&'static str>,
}

impl Given {
    /// Adds a sheet whose columns are known.
    pub(crate) fn readable(&mut self, mapped: Mapped) {
        self.mapped.insert(mapped.sheet.name, mapped);
    }

    /// Adds a sheet that could not be read; why not is told.
    pub(crate) fn unreadable(&mut self, sheet: &'static Sheet) {
        self.unreadable.insert(sheet.name);
    }

    /// The rows of a sheet, if there is such a sheet and it can be read.
    pub(crate) fn part<T>(
        &self,
        name: &str,
        report: &mut Report,
        read: impl Fn(&mut Record<'_>) -> Draft<T>,
    ) -> Option<Part<'_, T>> {
        let sheet = self.mapped.get(name)?;
        let drafts = read_all(sheet, report, read);
        Some(Part { sheet, drafts })
    }

    /// Whether there is such a sheet but it cannot be read.
    pub(crate) fn is_unreadable(&self, name: &str) -> bool {
        self.unreadable.contains(name)
    }

    fn has(&self, name: &str) -> bool {
        self.mapped.contains_key(name) || self.is_unreadable(name)
    }
}

/// The rows of a sheet as read one by one.
pub(crate) struct Part<'g, T> {
    pub(crate) sheet: &'g Mapped,
    pub(crate) drafts: Vec<Draft<T>>,
}

impl<T> Part<'_, T> {
    /// The row of a draft.
    pub(crate) fn row(&self, draft: &Draft<T>) -> Place {
        row_place(&self.sheet.file, draft.row)
    }

    fn values(&self) -> impl Iterator<Item = &T> {
        self.drafts.iter().filter_map(|draft| draft.value.as_ref())
    }
}

/// Decides which rows stay, and keeps the places of those that do not.
pub(crate) struct Sieve {
    skip_bad: bool,
    skipped: Vec<Place>,
}

impl Sieve {
    /// Whether a row stays: it has no error and hangs on none that has (`with`, by its code).
    pub(crate) fn keep(&mut self, row: &Place, with: Option<&str>, report: &mut Report) -> bool {
        let bad = report.is_bad(row);
        if !bad && with.is_none() {
            return true;
        }
        if self.skip_bad {
            if let (false, Some(code)) = (bad, with) {
                let issue = Issue::warning(row.clone(), "import.left_out_with");
                report.add(issue.with("code", code));
            }
            self.skipped.push(row.clone());
        }
        false
    }
}

/// Puts the sheets together; returns the rows that stay and the places of those left out.
pub(crate) fn assemble(
    given: &Given,
    options: &ReadOptions,
    report: &mut Report,
) -> (PlanFile, Vec<Place>) {
    let mut sieve = Sieve {
        skip_bad: options.skip_bad,
        skipped: Vec::new(),
    };
    let (agencies, known_agencies) = agencies(given, options, &mut sieve, report);
    let header = header(given, &known_agencies, &mut sieve, report);
    let nodes = NODE_SHEETS.map(|(name, column, kind)| {
        let read = match name {
            "strategies" => rows::strategy,
            "objectives" => rows::objective,
            _ => rows::node,
        };
        (given.part(name, report, read), column, kind)
    });
    let indicators = given.part("indicators", report, rows::indicator);
    let drafts = given.part("projects", report, rows::project);

    let of_nodes = nodes.iter().filter_map(|(part, ..)| part.as_ref());
    let of_nodes = of_nodes.flat_map(|part| part.values().filter_map(|node| node.year));
    let of_indicators = indicators
        .iter()
        .flat_map(|part| part.values().filter_map(|row| row.year));
    let of_projects = drafts
        .iter()
        .flat_map(|part| part.values().filter_map(|row| row.year));
    let stated = of_nodes.chain(of_indicators).chain(of_projects.map(number));
    let plan = header.as_ref().map(|row| &row.value);
    let years = Years::of(options, plan, stated);
    let period_kind = plan.and_then(|plan| plan.period_kind);

    let sheets = || {
        NODE_SHEETS
            .iter()
            .map(|(name, ..)| *name)
            .chain(["indicators"])
    };
    let mut tree = Tree::new(
        !sheets().any(|name| given.has(name)),
        sheets().any(|name| given.is_unreadable(name)),
    );
    for (part, column, kind) in nodes {
        let Some(part) = part else { continue };
        for draft in &part.drafts {
            let year = draft.value.as_ref().and_then(|node| node.year);
            years.check(year, part.sheet.place(draft.row, "fiscal_year_be"), report);
        }
        tree.add(part.sheet, column, part.drafts, kind, report);
    }
    let measured =
        indicators.map(|part| crate::indicators::into_tree(part, &mut tree, years, report));
    tree.grow(report);
    let indicators = measured.map_or_else(Vec::new, |measured| {
        measured.follow(
            &tree,
            &known_agencies,
            (years, period_kind),
            &mut sieve,
            report,
        )
    });
    let nodes = tree.rows(&mut sieve, report);

    let Projects {
        rows: projects,
        activities,
        budget,
        links,
    } = Projects::read(
        given,
        drafts,
        &tree,
        &known_agencies,
        years,
        &mut sieve,
        report,
    );
    let all_fiscal = projects.iter().all(is_fiscal);
    let plan = PlanFile {
        header,
        fiscal_year: years.fiscal(period_kind).filter(|_| all_fiscal),
        nodes,
        indicators,
        agencies,
        projects,
        activities,
        budget,
        links,
        unmatched: Vec::new(),
    };
    (plan, sieve.skipped)
}

/// The number of a project's year, of whichever kind.
pub(crate) fn number(year: ProjectYear) -> i16 {
    match year {
        ProjectYear::Fiscal(FiscalYear(year)) | ProjectYear::Academic(AcademicYear(year)) => year,
    }
}

fn is_fiscal(row: &Row<ProjectRow>) -> bool {
    matches!(row.value.year, ProjectYear::Fiscal(_))
}

fn agencies(
    given: &Given,
    options: &ReadOptions,
    sieve: &mut Sieve,
    report: &mut Report,
) -> (Vec<Row<AgencyRow>>, Known) {
    let part = given.part("agencies", report, rows::agency);
    let unreadable = given.is_unreadable("agencies");
    let nothing_known = part.is_none() && options.known_agencies.is_empty();
    let mut known = Known::new(nothing_known && !unreadable, unreadable);
    let mut kept = Vec::new();
    if let Some(part) = part {
        duplicates(part.sheet, "agency_code", &part.drafts, report);
        for draft in &part.drafts {
            let place = part.row(draft);
            let stays = sieve.keep(&place, None, report);
            if let Some(code) = &draft.code {
                let value = draft.value.as_ref();
                let names =
                    value.map(|row| [Some(row.name_th.as_str()), row.short_name_th.as_deref()]);
                known.add(code, names.into_iter().flatten().flatten(), !stays);
            }
            if let (true, Some(value)) = (stays, draft.value.clone()) {
                kept.push(Row { place, value });
            }
        }
    }
    for code in &options.known_agencies {
        known.add(code, [], false);
    }
    (kept, known)
}

fn header(
    given: &Given,
    agencies: &Known,
    sieve: &mut Sieve,
    report: &mut Report,
) -> Option<Row<PlanRow>> {
    let part = given.part("plan", report, rows::header)?;
    let mut header = None;
    for (at, draft) in part.drafts.iter().enumerate() {
        let place = part.row(draft);
        if at > 0 {
            report.add(Issue::error(place.clone(), "import.several_plans"));
        }
        let mut value = draft.value.clone();
        let mut with = None;
        if let Some(owner) = value.as_mut().and_then(|plan| plan.owner.as_mut()) {
            match agencies.follow(
                owner,
                part.sheet.place(draft.row, "owner_code"),
                AGENCY,
                report,
            ) {
                Led::To(code) => *owner = code,
                Led::ToLeftOut(code) => with = Some(code),
                Led::Nowhere => {}
            }
        }
        if sieve.keep(&place, with.as_deref(), report) {
            header = header.or(value.map(|value| Row { place, value }));
        }
    }
    header
}

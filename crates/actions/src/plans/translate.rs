//! From what a plan file says to what it wants to be true, with what it refers to found among the known.

use super::known::{Known, province};
use crate::wanted::{
    Detail, EditionKey, NodeKey, Wanted, WantedDetail, WantedEdition, WantedIndicator, WantedLine,
    WantedLink, WantedMention, WantedNode, WantedOrganisation, WantedProject,
};
use domain::{
    indicator::IndicatorText,
    issue::Place,
    organisation::OrganisationText,
    plan::{EditionState, Level, NodeText},
    project::{ProjectText, Stage},
    provenance::{Certainty, Provenance},
    share::Share,
    time::{FiscalPeriod, PeriodKind},
};
use exchange::plan::{BudgetRow, IndicatorRow, Origin, PlanFile, ProjectRow, Row};
use std::collections::{HashMap, HashSet};

/// What the file wants. What cannot be found was refused before, see [`super::check()`].
pub(super) fn wanted(file: &PlanFile, name: &str, known: &Known) -> Wanted {
    let edition = edition(file, name);
    // Not the name of the folder: renaming it would record every row anew.
    let name = edition.key.plan.as_str();
    let links = file.links.iter().filter_map(|row| {
        let nodes = known.frameworks.get(&row.value.framework)?;
        Some(WantedLink {
            place: row.place.clone(),
            plan: edition.key.plan.clone(),
            project: row.value.project.clone(),
            node: nodes.get(&row.value.target)?.clone(),
            share: row.value.share.unwrap_or(Share::WHOLE),
            primary: row.value.primary,
            reason_th: row.value.reason_th.clone(),
            reason_en: row.value.reason_en.clone(),
            provenance: provenance(&row.value.origin, name),
        })
    });
    let mentions = file.unmatched.iter().map(|row| WantedMention {
        place: row.place.clone(),
        plan: edition.key.plan.clone(),
        project: row.value.project.clone(),
        framework: row.value.framework.clone(),
        code: row.value.target.clone(),
        provenance: provenance(&row.value.origin, name),
    });
    Wanted {
        links: links.collect(),
        mentions: mentions.collect(),
        organisations: organisations(file, name, known),
        nodes: nodes(file, &edition.key, name),
        projects: projects(file, &edition.key, name),
        details: details(file, &edition.key, name),
        editions: vec![edition.clone()],
        ..Wanted::default()
    }
}

fn provenance(origin: &Origin, name: &str) -> Provenance {
    Provenance {
        source: origin.source.clone().unwrap_or_else(|| name.to_owned()),
        certainty: origin.certainty.unwrap_or(Certainty::Entered),
    }
}

/// The plan as its header says; without a header the folder's name is the code and the name, and the plan is an annual
/// one. It comes in as a draft: nobody has approved it here.
fn edition(file: &PlanFile, name: &str) -> WantedEdition {
    let year = file.fiscal_year.map(|year| year.0);
    let Some(Row { value: header, .. }) = &file.header else {
        return WantedEdition {
            key: EditionKey {
                plan: name.to_owned(),
                label: label(year, year),
            },
            name_th: name.to_owned(),
            name_en: None,
            level: Level::Annual,
            owner: None,
            province: None,
            period_kind: year.map(|_| PeriodKind::Fiscal),
            from_year: year,
            to_year: year,
            state: EditionState::Draft,
            provenance: provenance(&Origin::default(), name),
        };
    };
    let (from_year, to_year) = (header.from_year.or(year), header.to_year.or(year));
    WantedEdition {
        key: EditionKey {
            plan: header.code.clone(),
            label: header
                .edition_label
                .clone()
                .unwrap_or_else(|| label(from_year, to_year)),
        },
        name_th: header.name_th.clone(),
        name_en: header.name_en.clone(),
        level: header.level.unwrap_or(Level::Annual),
        owner: header.owner.clone(),
        province: header.province_dopa.clone(),
        period_kind: header.period_kind.or(year.map(|_| PeriodKind::Fiscal)),
        from_year,
        to_year,
        state: EditionState::Draft,
        provenance: provenance(&header.origin, &header.code),
    }
}

/// "2569" or "2566-2570"; the editions of one plan are told apart by their years until a file names them.
fn label(from: Option<i16>, to: Option<i16>) -> String {
    match (from, to) {
        (Some(from), Some(to)) if from != to => format!("{from}-{to}"),
        (Some(year), _) | (None, Some(year)) => year.to_string(),
        (None, None) => "undated".to_owned(),
    }
}

/// What stands under a code within the plan's province is meant; what is new belongs to that province.
fn organisations(file: &PlanFile, name: &str, known: &Known) -> Vec<WantedOrganisation> {
    file.agencies
        .iter()
        .map(|Row { value: agency, .. }| WantedOrganisation {
            text: OrganisationText {
                code: agency.code.clone(),
                province: match known.agencies.find(province(file), &agency.code) {
                    Some((of, _)) => of.map(str::to_owned),
                    None => province(file).map(str::to_owned),
                },
                name_th: agency.name_th.clone(),
                name_en: agency.name_en.clone(),
                short_name_th: agency.short_name_th.clone(),
                kind: None,
                affiliation_th: None,
                district_dopa: None,
            },
            class: None,
            parents: Vec::new(),
            provenance: provenance(&agency.origin, name),
        })
        .collect()
}

fn nodes(file: &PlanFile, edition: &EditionKey, name: &str) -> Vec<WantedNode> {
    let mut indicators: HashMap<&str, &IndicatorRow> = file
        .indicators
        .iter()
        .map(|row| (row.value.node.as_str(), &row.value))
        .collect();
    file.nodes
        .iter()
        .map(|Row { value: node, .. }| WantedNode {
            edition: edition.clone(),
            parent: node.parent.clone(),
            kind: node.kind,
            position: node.position,
            text: NodeText {
                code: node.code.clone(),
                label_th: node.label_th.clone(),
                name_th: node.name_th.clone(),
                name_en: node.name_en.clone(),
            },
            indicator: indicators.remove(node.code.as_str()).map(indicator),
            provenance: provenance(&node.origin, name),
        })
        .collect()
}

fn indicator(row: &IndicatorRow) -> WantedIndicator {
    WantedIndicator {
        direction: row.direction,
        owner: row.owner.clone(),
        text: IndicatorText {
            unit: row.unit.clone(),
            success_th: row.success_th.clone(),
            scope: row.scope.clone(),
            ..IndicatorText::default()
        },
        targets: row
            .target
            .iter()
            .map(|target| (target.period, target.shape))
            .collect(),
    }
}

fn projects(file: &PlanFile, edition: &EditionKey, name: &str) -> Vec<WantedProject> {
    let mut activities: HashMap<&str, Vec<(u32, &str, &Place)>> = HashMap::new();
    for Row { value, place } in &file.activities {
        activities
            .entry(&value.project)
            .or_default()
            .push((value.position, &value.title, place));
    }
    let mut lines: HashMap<&str, Vec<WantedLine>> = HashMap::new();
    for Row { value, .. } in &file.budget {
        lines.entry(&value.project).or_default().push(line(value));
    }
    let mut wanted = Vec::new();
    for Row {
        place,
        value: project,
    } in &file.projects
    {
        let Some(node) = project.node.clone() else {
            continue;
        };
        let mut titles = activities.remove(project.code.as_str()).unwrap_or_default();
        titles.sort_by_key(|(position, ..)| *position);
        wanted.push(WantedProject {
            place: place.clone(),
            listed: NodeKey {
                edition: edition.clone(),
                code: node,
            },
            owner: project.agency.clone(),
            year: project.year,
            budget_mode: project.budget_mode,
            stated_budget: project.budget,
            approved_on: project.approved_on,
            text: ProjectText {
                code: project.code.clone(),
                title: project.title.clone(),
                target_group: project.target_group.clone(),
                note: project.note.clone(),
            },
            activities: titles
                .into_iter()
                .map(|(_, title, place)| (title.to_owned(), place.clone()))
                .collect(),
            lines: lines
                .remove(project.code.as_str())
                .unwrap_or_else(|| listed_budget(project)),
            provenance: provenance(&project.origin, name),
        });
    }
    wanted
}

/// Activities and money of projects that the file names and does not list: they belong to projects that stand.
fn details(file: &PlanFile, edition: &EditionKey, name: &str) -> Vec<WantedDetail> {
    let listed: HashSet<&str> = file
        .projects
        .iter()
        .map(|row| row.value.code.as_str())
        .collect();
    let detail = |place: &Place, project: &str, detail| {
        (!listed.contains(project)).then(|| WantedDetail {
            place: place.clone(),
            edition: edition.clone(),
            project: project.to_owned(),
            detail,
            provenance: provenance(&Origin::default(), name),
        })
    };
    let activities = file.activities.iter().filter_map(|Row { place, value }| {
        let activity = Detail::Activity {
            position: value.position,
            title: value.title.clone(),
        };
        detail(place, &value.project, activity)
    });
    let lines = file.budget.iter();
    let lines = lines.filter_map(|Row { place, value }| {
        detail(place, &value.project, Detail::Line(line(value)))
    });
    activities.chain(lines).collect()
}

fn line(row: &BudgetRow) -> WantedLine {
    WantedLine {
        period: row.period,
        stage: row.stage,
        source: row.source.clone(),
        category: row.category,
        kind: row.kind,
        amount: row.amount,
    }
}

/// The one amount of a project list: what the project is allotted for its year. Given only where no budget lines are.
fn listed_budget(project: &ProjectRow) -> Vec<WantedLine> {
    let line = |amount| WantedLine {
        period: FiscalPeriod::year(project.year.fiscal()),
        stage: Stage::Allotted,
        source: None,
        category: None,
        kind: None,
        amount,
    };
    project.budget.map(line).into_iter().collect()
}

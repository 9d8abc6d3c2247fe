//! From what a plan file says to what it wants to be true, with the frameworks it names found in the database.

use crate::{
    Error,
    wanted::{
        EditionKey, NodeKey, Wanted, WantedEdition, WantedIndicator, WantedLine, WantedLink,
        WantedNode, WantedOrganisation, WantedProject,
    },
};
use domain::{
    ids::EditionId,
    indicator::IndicatorText,
    issue::{Issue, Issues},
    organisation::OrganisationText,
    plan::{Edition, EditionState, EditionText, Level, Node, NodeText, Plan},
    project::{ProjectText, Stage},
    provenance::{Certainty, Provenance},
    share::Share,
    time::{FiscalPeriod, PeriodKind},
};
use exchange::plan::{IndicatorRow, Origin, PlanFile, ProjectRow, Row};
use std::collections::{HashMap, HashSet};
use store::{Kept, Tx};

/// What the file wants, or all that cannot be found.
pub(super) async fn wanted(tx: &Tx, file: &PlanFile, name: &str) -> Result<Wanted, Error> {
    let edition = edition(file, name);
    let mut issues = Issues::new();
    let mut wanted = Wanted {
        organisations: organisations(file, name),
        nodes: nodes(file, &edition.key, name),
        projects: projects(file, &edition.key, name, &mut issues),
        ..Wanted::default()
    };
    let frameworks = frameworks(tx, file).await?;
    for row in &file.links {
        match frameworks
            .get(row.value.framework.as_str())
            .map(|codes| codes.get(&row.value.target))
        {
            None => issues.push(
                Issue::error(row.place.clone(), "import.unknown_framework")
                    .with("framework", &*row.value.framework),
            ),
            Some(None) => issues.push(
                Issue::error(row.place.clone(), "import.unknown_target")
                    .with("framework", &*row.value.framework)
                    .with("target", &*row.value.target),
            ),
            Some(Some(node)) => wanted.links.push(WantedLink {
                plan: edition.key.plan.clone(),
                project: row.value.project.clone(),
                node: node.clone(),
                share: row.value.share.unwrap_or(Share::WHOLE),
                primary: row.value.primary,
                reason_th: row.value.reason_th.clone(),
                reason_en: row.value.reason_en.clone(),
                provenance: provenance(&row.value.origin, name),
            }),
        }
    }
    wanted.editions.push(edition);
    if issues.is_empty() {
        Ok(wanted)
    } else {
        Err(Error::Invalid(issues))
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
            label: label(from_year, to_year),
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
        provenance: provenance(&header.origin, name),
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

fn organisations(file: &PlanFile, name: &str) -> Vec<WantedOrganisation> {
    file.agencies
        .iter()
        .map(|Row { value: agency, .. }| WantedOrganisation {
            text: OrganisationText {
                code: agency.code.clone(),
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

fn projects(
    file: &PlanFile,
    edition: &EditionKey,
    name: &str,
    issues: &mut Issues,
) -> Vec<WantedProject> {
    let mut activities: HashMap<&str, Vec<(u32, &str)>> = HashMap::new();
    for Row { value, .. } in &file.activities {
        activities
            .entry(&value.project)
            .or_default()
            .push((value.position, &value.title));
    }
    let mut lines: HashMap<&str, Vec<WantedLine>> = HashMap::new();
    for Row { value, .. } in &file.budget {
        lines.entry(&value.project).or_default().push(WantedLine {
            period: value.period,
            stage: value.stage,
            source: value.source.clone(),
            category: value.category,
            kind: value.kind,
            amount: value.amount,
        });
    }
    let mut wanted = Vec::new();
    for Row {
        place,
        value: project,
    } in &file.projects
    {
        let Some(node) = project.node.clone() else {
            issues.push(
                Issue::error(place.clone(), "import.project_without_node")
                    .with("project", &*project.code),
            );
            continue;
        };
        let mut titles = activities.remove(project.code.as_str()).unwrap_or_default();
        titles.sort_by_key(|(position, _)| *position);
        wanted.push(WantedProject {
            listed: NodeKey {
                edition: edition.clone(),
                code: node,
            },
            owner: project.agency.clone(),
            year: project.year,
            budget_mode: project.budget_mode,
            approved_on: project.approved_on,
            text: ProjectText {
                code: project.code.clone(),
                title: project.title.clone(),
                target_group: project.target_group.clone(),
                note: project.note.clone(),
            },
            activities: titles
                .into_iter()
                .map(|(_, title)| title.to_owned())
                .collect(),
            lines: lines
                .remove(project.code.as_str())
                .unwrap_or_else(|| listed_budget(project)),
            provenance: provenance(&project.origin, name),
        });
    }
    wanted
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

/// The nodes of the current edition of every framework that the file's links name, by code.
async fn frameworks(
    tx: &Tx,
    file: &PlanFile,
) -> Result<HashMap<String, HashMap<String, NodeKey>>, Error> {
    let named: HashSet<&str> = file
        .links
        .iter()
        .map(|row| row.value.framework.as_str())
        .collect();
    if named.is_empty() {
        return Ok(HashMap::new());
    }
    let plans: Vec<Kept<Plan>> = store::all(tx).await?;
    let editions: Vec<Kept<(Edition, EditionText)>> = store::all(tx).await?;
    let nodes: Vec<Kept<(Node, NodeText)>> = store::all(tx).await?;
    let mut found = HashMap::new();
    for plan in plans
        .iter()
        .map(|kept| &kept.row)
        .filter(|plan| named.contains(plan.code.as_str()))
    {
        let current = editions
            .iter()
            .map(|kept| &kept.row)
            .filter(|(edition, _)| {
                edition.plan == plan.id && edition.state != EditionState::Superseded
            })
            .max_by_key(|(edition, text)| (edition.to_year, &text.label));
        let Some((edition, text)) = current else {
            continue;
        };
        let key = EditionKey {
            plan: plan.code.clone(),
            label: text.label.clone(),
        };
        found.insert(plan.code.clone(), codes(&nodes, edition.id, &key));
    }
    Ok(found)
}

fn codes(
    nodes: &[Kept<(Node, NodeText)>],
    edition: EditionId,
    key: &EditionKey,
) -> HashMap<String, NodeKey> {
    nodes
        .iter()
        .map(|kept| &kept.row)
        .filter(|(node, _)| node.edition == edition)
        .map(|(_, text)| {
            (
                text.code.clone(),
                NodeKey {
                    edition: key.clone(),
                    code: text.code.clone(),
                },
            )
        })
        .collect()
}

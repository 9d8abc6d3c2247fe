//! Projects with their listings, activities and money, and the links proposed for them.

use super::{
    organisations::Organisations,
    plans::Nodes,
    settle::{Desk, Want},
};
use crate::{
    Error,
    wanted::{NodeKey, WantedLine, WantedLink, WantedProject},
};
use domain::{
    ids::{NodeId, ProjectId},
    issue::{Issue, Issues, Place},
    link::{Link, LinkState},
    project::{Activity, BudgetLine, Listing, Project, ProjectText},
};
use std::collections::{HashMap, HashSet};
use store::Reason;

/// Ids of projects by plan code and project code.
pub(super) type Projects = HashMap<(String, String), ProjectId>;

pub(super) async fn settle(
    desk: &mut Desk<'_>,
    wanted: Vec<WantedProject>,
    nodes: &Nodes,
    organisations: &Organisations,
) -> Result<Projects, Error> {
    let plan_of: HashMap<NodeId, &NodeKey> = nodes.iter().map(|(key, id)| (*id, key)).collect();
    let listings = desk.standing::<Listing>().await?;
    let listed_in: HashMap<ProjectId, &str> = listings
        .iter()
        .filter_map(|kept| {
            Some((
                kept.row.project,
                plan_of.get(&kept.row.node)?.edition.plan.as_str(),
            ))
        })
        .collect();
    let spoken_of: HashSet<String> = wanted
        .iter()
        .map(|w| w.listed.edition.plan.clone())
        .collect();

    let standing = desk.standing::<(Project, ProjectText)>().await?;
    let key = |(project, text): &(Project, ProjectText)| {
        let plan = listed_in
            .get(&project.id)
            .filter(|plan| spoken_of.contains(**plan))?;
        Some(Code(plan.to_string(), text.code.clone()))
    };
    let mut details = Vec::new();
    let mut wants = Vec::new();
    let mut issues = Issues::new();
    for w in wanted {
        let key = Code(w.listed.edition.plan.clone(), w.text.code.clone());
        let Some(&owner) = organisations.get(&w.owner) else {
            let at = Place::Thing {
                what: "project",
                code: w.text.code,
                id: String::new(),
            };
            issues.push(Issue::error(at, "import.unknown_owner").with("owner", w.owner));
            continue;
        };
        details.push((
            key.clone(),
            nodes[&w.listed],
            w.activities,
            w.lines,
            w.provenance.clone(),
        ));
        wants.push(Want {
            key,
            provenance: Some(w.provenance),
            standing_wins: false,
            make: Box::new(move |id, stands: Option<&(Project, ProjectText)>| {
                let stands = stands.map(|(project, _)| *project);
                let project = Project {
                    id,
                    owner,
                    year: w.year,
                    budget_mode: w.budget_mode.or(stands.and_then(|p| p.budget_mode)),
                    approved_on: w.approved_on.or(stands.and_then(|p| p.approved_on)),
                    continues: stands.and_then(|p| p.continues),
                    part_of: stands.and_then(|p| p.part_of),
                };
                (project, w.text)
            }) as _,
        });
    }
    if !issues.is_empty() {
        return Err(Error::Invalid(issues));
    }
    let ids = desk
        .settle("project", standing, key, |(project, _)| project.id, wants)
        .await?;
    settle_listings(desk, &details, &ids, &plan_of, listings).await?;
    settle_details(desk, details, &ids).await?;
    Ok(ids
        .into_iter()
        .map(|(Code(plan, code), id)| ((plan, code), id))
        .collect())
}

/// A project's code within its plan, printed as the code alone.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Code(String, String);

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.1)
    }
}

type Details = (
    Code,
    NodeId,
    Vec<String>,
    Vec<WantedLine>,
    domain::provenance::Provenance,
);

/// A project stands at most once in an edition: another node of the same edition is a move, not a second listing.
async fn settle_listings(
    desk: &mut Desk<'_>,
    details: &[Details],
    ids: &HashMap<Code, ProjectId>,
    plan_of: &HashMap<NodeId, &NodeKey>,
    standing: Vec<store::Kept<Listing>>,
) -> Result<(), Error> {
    let codes: HashMap<ProjectId, &Code> = ids.iter().map(|(code, id)| (*id, code)).collect();
    let wants = details
        .iter()
        .map(|(code, node, _, _, provenance)| {
            let (project, node) = (ids[code], *node);
            Want {
                key: format!("{code} {}", plan_of[&node].edition.label),
                provenance: Some(provenance.clone()),
                standing_wins: false,
                make: Box::new(move |id, _: Option<&Listing>| Listing { id, project, node }) as _,
            }
        })
        .collect();
    let key = |listing: &Listing| {
        let code = codes.get(&listing.project)?;
        Some(format!(
            "{code} {}",
            plan_of.get(&listing.node)?.edition.label
        ))
    };
    desk.settle("listing", standing, key, |listing| listing.id, wants)
        .await?;
    desk.forget_missing("listing");
    Ok(())
}

async fn settle_details(
    desk: &mut Desk<'_>,
    details: Vec<Details>,
    ids: &HashMap<Code, ProjectId>,
) -> Result<(), Error> {
    let named: HashMap<ProjectId, Code> = details
        .iter()
        .map(|(code, ..)| (ids[code], code.clone()))
        .collect();
    let mut activities = Vec::new();
    let mut lines = Vec::new();
    for (code, _, titles, wanted_lines, provenance) in details {
        let project = ids[&code];
        for (position, title) in (1..).zip(titles) {
            activities.push(Want {
                key: format!("{code} {position}"),
                provenance: Some(provenance.clone()),
                standing_wins: false,
                make: Box::new(move |id, _: Option<&Activity>| Activity {
                    id,
                    project,
                    position,
                    title,
                }) as _,
            });
        }
        for line in wanted_lines {
            lines.push(Want {
                key: line_key(&code, &line),
                provenance: Some(provenance.clone()),
                standing_wins: false,
                make: Box::new(move |id, _: Option<&BudgetLine>| BudgetLine {
                    id,
                    project,
                    period: line.period,
                    stage: line.stage,
                    source: line.source,
                    category: line.category,
                    kind: line.kind,
                    amount: line.amount,
                }) as _,
            });
        }
    }
    let standing = desk.standing::<Activity>().await?;
    let key = |a: &Activity| Some(format!("{} {}", named.get(&a.project)?, a.position));
    desk.settle("activity", standing, key, |a| a.id, activities)
        .await?;

    let standing = desk.standing::<BudgetLine>().await?;
    let key = |line: &BudgetLine| {
        let wanted = WantedLine {
            period: line.period,
            stage: line.stage,
            source: line.source.clone(),
            category: line.category,
            kind: line.kind,
            amount: line.amount,
        };
        Some(line_key(named.get(&line.project)?, &wanted))
    };
    desk.settle("budget_line", standing, key, |line| line.id, lines)
        .await?;
    Ok(())
}

/// Everything of a line but its amount.
fn line_key(project: &Code, line: &WantedLine) -> String {
    let source = line.source.as_deref().unwrap_or("-");
    let category = line.category.map_or("-", |category| category.code());
    let kind = line.kind.map_or("-", |kind| kind.code());
    format!(
        "{project} {} {} {source} {category} {kind}",
        line.period.packed(),
        line.stage
    )
}

/// Proposes links where none stands between the project and the node. What people decided stands.
pub(super) async fn propose_links(
    desk: &mut Desk<'_>,
    wanted: Vec<WantedLink>,
    nodes: &Nodes,
    projects: &Projects,
) -> Result<(), Error> {
    let standing = desk.standing::<(Link, Reason)>().await?;
    let wants = wanted
        .into_iter()
        .map(|w| {
            let (project, node) = (projects[&(w.plan, w.project)], nodes[&w.node]);
            Want {
                key: format!("{project} → {node}"),
                provenance: Some(w.provenance),
                standing_wins: true,
                make: Box::new(move |id, _: Option<&(Link, Reason)>| {
                    let reason = Reason {
                        reason_th: w.reason_th,
                        reason_en: w.reason_en,
                        ..Reason::default()
                    };
                    let state = LinkState::Proposed;
                    (
                        Link {
                            id,
                            project,
                            node,
                            share: w.share,
                            primary: w.primary,
                            state,
                        },
                        reason,
                    )
                }) as _,
            }
        })
        .collect();
    let key = |(link, _): &(Link, Reason)| Some(format!("{} → {}", link.project, link.node));
    desk.settle("link", standing, key, |(link, _)| link.id, wants)
        .await?;
    desk.forget_missing("link");
    Ok(())
}

//! Codes and names: finding things by the codes people know, and the words for sets of ids.

use crate::{
    Error,
    entities::{edition, node, organisation, plan, project},
    row::{Kept, get_many, of, standing},
    tx::Read,
};
use domain::{
    ids::{EditionId, NodeId, OrganisationId, PlanId, ProjectId},
    names::{Name, Names},
    organisation::{Organisation, OrganisationText},
    plan::{Edition, EditionText, Node, NodeText, Plan},
    project::{Listing, Project, ProjectText},
};
use sea_orm::{ColumnTrait, Condition};
use std::collections::{BTreeSet, HashMap};

/// The plan of a code.
pub async fn plan(read: &impl Read, code: &str) -> Result<Option<Kept<Plan>>, Error> {
    let condition = Condition::all().add(plan::Column::Code.eq(code));
    Ok(standing(read, condition).await?.pop())
}

/// The edition of a plan with a label.
pub async fn edition(
    read: &impl Read,
    plan: PlanId,
    label: &str,
) -> Result<Option<Kept<(Edition, EditionText)>>, Error> {
    let condition = Condition::all()
        .add(edition::Column::Plan.eq(plan.0))
        .add(edition::Column::Label.eq(label));
    Ok(standing(read, condition).await?.pop())
}

/// The node of an edition with a printed code.
pub async fn node(
    read: &impl Read,
    edition: EditionId,
    code: &str,
) -> Result<Option<Kept<(Node, NodeText)>>, Error> {
    let condition = Condition::all()
        .add(node::Column::Edition.eq(edition.0))
        .add(node::Column::Code.eq(code));
    Ok(standing(read, condition).await?.pop())
}

/// The organisations with a code: codes are unique within a province only.
pub async fn organisations(
    read: &impl Read,
    code: &str,
) -> Result<Vec<Kept<(Organisation, OrganisationText)>>, Error> {
    standing(
        read,
        Condition::all().add(organisation::Column::Code.eq(code)),
    )
    .await
}

/// The projects with a printed code, in every plan: with a plan, only those that one of its editions lists.
pub async fn projects(
    read: &impl Read,
    code: &str,
    plan_code: Option<&str>,
) -> Result<Vec<Kept<(Project, ProjectText)>>, Error> {
    let condition = Condition::all().add(project::Column::Code.eq(code));
    let mut found: Vec<Kept<(Project, ProjectText)>> = standing(read, condition).await?;
    let Some(plan_code) = plan_code else {
        return Ok(found);
    };
    let Some(plan) = plan(read, plan_code).await? else {
        return Ok(Vec::new());
    };
    let editions: BTreeSet<EditionId> = of::<(Edition, EditionText), PlanId>(read, &[plan.row.id])
        .await?
        .iter()
        .map(|edition| edition.row.0.id)
        .collect();
    let ids: Vec<ProjectId> = found.iter().map(|project| project.row.0.id).collect();
    let listings = of::<Listing, ProjectId>(read, &ids).await?;
    let nodes: Vec<NodeId> = listings.iter().map(|listing| listing.row.node).collect();
    let inside: BTreeSet<NodeId> = get_many::<(Node, NodeText)>(read, &nodes)
        .await?
        .iter()
        .filter(|node| editions.contains(&node.row.0.edition))
        .map(|node| node.row.0.id)
        .collect();
    let listed: BTreeSet<ProjectId> = listings
        .iter()
        .filter(|listing| inside.contains(&listing.row.node))
        .map(|listing| listing.row.project)
        .collect();
    found.retain(|project| listed.contains(&project.row.0.id));
    Ok(found)
}

/// The ids whose names are wanted; repeated ids do no harm.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Organisations.
    pub organisations: Vec<OrganisationId>,
    /// Editions.
    pub editions: Vec<EditionId>,
    /// Nodes.
    pub nodes: Vec<NodeId>,
    /// Projects.
    pub projects: Vec<ProjectId>,
}

/// The names of what is wanted; what does not stand has none.
pub async fn names(read: &impl Read, wanted: &Wanted) -> Result<Names, Error> {
    let mut names = Names::default();
    for Kept { row, .. } in
        get_many::<(Organisation, OrganisationText)>(read, &wanted.organisations).await?
    {
        names
            .organisations
            .insert(row.0.id, organisation_name(row.1));
    }
    let editions = get_many::<(Edition, EditionText)>(read, &wanted.editions).await?;
    let plans: Vec<PlanId> = editions.iter().map(|it| it.row.0.plan).collect();
    let plans = by_id(get_many::<Plan>(read, &plans).await?);
    for Kept { row, .. } in editions {
        names.editions.insert(row.0.id, edition_name(&row, &plans));
    }
    for Kept { row, .. } in get_many::<(Node, NodeText)>(read, &wanted.nodes).await? {
        names.nodes.insert(row.0.id, node_name(row.1));
    }
    for Kept { row, .. } in get_many::<(Project, ProjectText)>(read, &wanted.projects).await? {
        names.projects.insert(row.0.id, project_name(row.1));
    }
    Ok(names)
}

/// The names of every organisation with their display order, of every edition and node, and of the projects that are wanted: frameworks, plans and
/// offices are few beside projects.
pub async fn names_with_projects(read: &impl Read, projects: &[ProjectId]) -> Result<Names, Error> {
    let wanted = Wanted {
        projects: projects.to_vec(),
        ..Wanted::default()
    };
    let mut names = names(read, &wanted).await?;
    for Kept { row, .. } in crate::row::all::<(Organisation, OrganisationText)>(read).await? {
        names
            .organisations
            .insert(row.0.id, organisation_name(row.1));
    }
    names.positions = crate::register::positions(read).await?;
    let plans = by_id(crate::row::all::<Plan>(read).await?);
    for Kept { row, .. } in crate::row::all::<(Edition, EditionText)>(read).await? {
        names.editions.insert(row.0.id, edition_name(&row, &plans));
    }
    for Kept { row, .. } in crate::row::all::<(Node, NodeText)>(read).await? {
        names.nodes.insert(row.0.id, node_name(row.1));
    }
    Ok(names)
}

fn by_id(plans: Vec<Kept<Plan>>) -> HashMap<PlanId, Plan> {
    plans
        .into_iter()
        .map(|kept| (kept.row.id, kept.row))
        .collect()
}

fn organisation_name(text: OrganisationText) -> Name {
    Name {
        code: text.code,
        label: None,
        name_th: text.name_th,
        name_en: text.name_en,
    }
}

/// An edition is called by its plan; an edition without a plan would be a fault that `chain` reports.
fn edition_name(row: &(Edition, EditionText), plans: &HashMap<PlanId, Plan>) -> Name {
    let label = Some(row.1.label.clone());
    match plans.get(&row.0.plan) {
        Some(plan) => Name {
            code: plan.code.clone(),
            label,
            name_th: plan.name_th.clone(),
            name_en: plan.name_en.clone(),
        },
        None => Name {
            label,
            ..Name::default()
        },
    }
}

fn node_name(text: NodeText) -> Name {
    Name {
        code: text.code,
        label: Some(text.label_th),
        name_th: text.name_th,
        name_en: text.name_en,
    }
}

fn project_name(text: ProjectText) -> Name {
    Name {
        code: text.code,
        label: None,
        name_th: text.title,
        name_en: None,
    }
}

//! The texts that describe a thing, as they stand, with the revision by which an edit says what it saw.

use super::field::Field;
use crate::Error;
use domain::{
    ids::{EditionId, NodeId, ProjectId},
    indicator::{Indicator, IndicatorText},
    plan::{Edition, EditionText, Node, NodeText, Plan},
    project::{Activity, Listing, Project, ProjectText, title_is_open},
    subject::Subject,
};
use sha2::{Digest, Sha256};
use store::{Kept, Read, Stamp};

/// The texts of a thing as they stand.
#[derive(Debug, Clone)]
pub struct Standing {
    /// What they describe.
    pub subject: Subject,
    /// The texts, in the order of the form.
    pub fields: Vec<Field>,
    /// Stands for these versions of the rows that hold the texts and for no others.
    pub revision: String,
    /// Who or what the latest of these versions came from.
    pub by: Option<String>,
    pub(super) rows: Rows,
}

/// The rows that hold the texts.
#[derive(Debug, Clone)]
pub(super) enum Rows {
    /// A project and its activities.
    Project(Kept<(Project, ProjectText)>, Vec<Kept<Activity>>),
    /// An element of a plan, and what describes it as an indicator where it is one.
    Node(
        Kept<(Node, NodeText)>,
        Option<Kept<(Indicator, IndicatorText)>>,
    ),
    /// An edition and its plan.
    Edition(Kept<(Edition, EditionText)>, Kept<Plan>),
}

impl Standing {
    /// The text of a field; empty where there is no such field.
    pub fn text(&self, name: &str) -> &str {
        let field = self.fields.iter().find(|field| field.name == name);
        field.map_or("", |field| field.text.as_str())
    }

    fn new(subject: Subject, fields: Vec<Field>, stamps: &[&Stamp], rows: Rows) -> Self {
        let mut digest = Sha256::new();
        for stamp in stamps {
            digest.update(stamp.version);
        }
        let latest = stamps.iter().max_by_key(|stamp| stamp.recorded_at);
        Self {
            subject,
            fields,
            revision: data_encoding::HEXLOWER.encode(&digest.finalize()[..16]),
            by: latest.and_then(|stamp| Some(stamp.provenance.as_ref()?.source.clone())),
            rows,
        }
    }
}

/// The texts of a thing, if it stands.
///
/// # Errors
/// When the database cannot be asked.
pub async fn standing(read: &impl Read, subject: Subject) -> Result<Option<Standing>, Error> {
    match subject {
        Subject::Project(id) => of_project(read, id).await,
        Subject::Node(id) => of_node(read, id).await,
        Subject::Edition(id) => of_edition(read, id).await,
        // The words of an organisation are put right in the register.
        Subject::Organisation(_) => Ok(None),
    }
}

/// The title is fixed once an edition that lists the project is approved; what else describes it may be put right at
/// any time.
async fn of_project(read: &impl Read, id: ProjectId) -> Result<Option<Standing>, Error> {
    let Some(project) = store::get::<(Project, ProjectText)>(read, id).await? else {
        return Ok(None);
    };
    let mut activities = store::of::<Activity, ProjectId>(read, &[id]).await?;
    activities.sort_by_key(|kept| (kept.row.position, kept.row.id));
    let mut states = Vec::new();
    for listing in store::of::<Listing, _>(read, &[id]).await? {
        let node = store::get::<(Node, NodeText)>(read, listing.row.node).await?;
        let Some(node) = node.map(|kept| kept.row.0) else {
            continue;
        };
        let edition = store::get::<(Edition, EditionText)>(read, node.edition).await?;
        states.extend(edition.map(|kept| kept.row.0.state));
    }
    let text = &project.row.1;
    let mut fields = vec![
        Field::name("title", &text.title, title_is_open(states)),
        Field::text("target_group", text.target_group.as_ref(), true),
        Field::text("note", text.note.as_ref(), true),
    ];
    fields.extend(activities.iter().map(|kept| {
        let name = format!("activity-{}", kept.row.id);
        Field::name(&name, &kept.row.title, true)
    }));
    let stamps: Vec<&Stamp> = std::iter::once(&project.stamp)
        .chain(activities.iter().map(|it| &it.stamp))
        .collect();
    Ok(Some(Standing::new(
        Subject::Project(id),
        fields,
        &stamps,
        Rows::Project(project.clone(), activities.clone()),
    )))
}

/// What an edition prints is fixed once it is approved; the English name is a translation beside it.
async fn of_node(read: &impl Read, id: NodeId) -> Result<Option<Standing>, Error> {
    let Some(node) = store::get::<(Node, NodeText)>(read, id).await? else {
        return Ok(None);
    };
    let edition = store::get::<(Edition, EditionText)>(read, node.row.0.edition).await?;
    let open = edition.is_some_and(|kept| kept.row.0.state.is_open());
    let indicator = store::get::<(Indicator, IndicatorText)>(read, id).await?;
    let text = &node.row.1;
    let mut fields = vec![
        Field::name("label_th", &text.label_th, open),
        Field::name("name_th", &text.name_th, open),
        Field::line("name_en", text.name_en.as_ref(), true),
    ];
    if let Some(Kept { row: (_, text), .. }) = &indicator {
        fields.extend([
            Field::text("success_th", text.success_th.as_ref(), open),
            Field::text("numerator", text.numerator.as_ref(), open),
            Field::text("denominator", text.denominator.as_ref(), open),
            Field::text("disaggregation", text.disaggregation.as_ref(), open),
        ]);
    }
    let stamps: Vec<&Stamp> = std::iter::once(&node.stamp)
        .chain(indicator.iter().map(|it| &it.stamp))
        .collect();
    Ok(Some(Standing::new(
        Subject::Node(id),
        fields,
        &stamps,
        Rows::Node(node.clone(), indicator.clone()),
    )))
}

/// The name of a plan is fixed once one of its editions is approved, the label of an edition once it is approved itself.
async fn of_edition(read: &impl Read, id: EditionId) -> Result<Option<Standing>, Error> {
    let Some(edition) = store::get::<(Edition, EditionText)>(read, id).await? else {
        return Ok(None);
    };
    let Some(plan) = store::get::<Plan>(read, edition.row.0.plan).await? else {
        return Ok(None);
    };
    let all = store::of::<(Edition, EditionText), _>(read, &[plan.row.id]).await?;
    let none_is_fixed = all.iter().all(|kept| kept.row.0.state.is_open());
    let open = edition.row.0.state.is_open();
    let fields = vec![
        Field::name("name_th", &plan.row.name_th, none_is_fixed),
        Field::line("name_en", plan.row.name_en.as_ref(), true),
        Field::name("label", &edition.row.1.label, open),
    ];
    Ok(Some(Standing::new(
        Subject::Edition(id),
        fields,
        &[&edition.stamp, &plan.stamp],
        Rows::Edition(edition.clone(), plan.clone()),
    )))
}

//! The words that describe a project, as they stand, with the revision by which an edit says what it saw.

use crate::Error;
use domain::{
    ids::{ActivityId, ProjectId},
    issue::{Issue, Issues, Place},
    plan::{Edition, EditionText, Node, NodeText},
    project::{Activity, Listing, Project, ProjectText, title_is_open},
    text::clean,
};
use sha2::{Digest, Sha256};
use store::{Kept, Read};

/// The most letters of a title; of a target group and a note ten times as many.
const LONGEST_TITLE: usize = 500;

/// What can be put right in words. Code, owner, year and money are no description and are not here.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize)]
pub struct Words {
    /// Title; changed only while no edition that lists the project was approved.
    pub title: String,
    /// กลุ่มเป้าหมาย.
    pub target_group: Option<String>,
    /// A remark.
    pub note: Option<String>,
    /// Titles of all its activities, in their order.
    pub activities: Vec<(ActivityId, String)>,
}

/// The words of a project as they stand.
#[derive(Debug, Clone)]
pub struct Standing {
    /// The words.
    pub words: Words,
    /// Stands for these versions of the project and its activities and for no others.
    pub revision: String,
    /// Whether the title may be changed.
    pub title_is_open: bool,
    /// Who or what the latest of these versions came from.
    pub by: Option<String>,
    pub(super) project: Kept<(Project, ProjectText)>,
    pub(super) activities: Vec<Kept<Activity>>,
}

/// The words of a project, if it stands.
///
/// # Errors
/// When the database cannot be asked.
pub async fn standing(read: &impl Read, id: ProjectId) -> Result<Option<Standing>, Error> {
    let Some(project) = store::get::<(Project, ProjectText)>(read, id).await? else {
        return Ok(None);
    };
    let mut activities = store::of::<Activity, ProjectId>(read, &[id]).await?;
    activities.sort_by_key(|kept| (kept.row.position, kept.row.id));
    let stamps = || std::iter::once(&project.stamp).chain(activities.iter().map(|it| &it.stamp));
    let mut digest = Sha256::new();
    for stamp in stamps() {
        digest.update(stamp.version);
    }
    let revision = data_encoding::HEXLOWER.encode(&digest.finalize()[..16]);
    let latest = stamps().max_by_key(|stamp| stamp.recorded_at);
    let by = latest.and_then(|stamp| Some(stamp.provenance.as_ref()?.source.clone()));
    let text = &project.row.1;
    let words = Words {
        title: text.title.clone(),
        target_group: text.target_group.clone(),
        note: text.note.clone(),
        activities: activities
            .iter()
            .map(|kept| (kept.row.id, kept.row.title.clone()))
            .collect(),
    };
    Ok(Some(Standing {
        words,
        revision,
        title_is_open: open(read, id).await?,
        by,
        project,
        activities,
    }))
}

/// Whether the editions that list the project leave its title open.
async fn open(read: &impl Read, project: ProjectId) -> Result<bool, Error> {
    let mut states = Vec::new();
    for listing in store::of::<Listing, _>(read, &[project]).await? {
        let node = store::get::<(Node, NodeText)>(read, listing.row.node).await?;
        let Some(node) = node.map(|kept| kept.row.0) else {
            continue;
        };
        let edition = store::get::<(Edition, EditionText)>(read, node.edition).await?;
        states.extend(edition.map(|kept| kept.row.0.state));
    }
    Ok(title_is_open(states))
}

impl Words {
    /// The words as they are stored.
    pub(super) fn cleaned(&self) -> Self {
        let line = |text: &str| clean(text).text.replace('\n', " ");
        let several = |text: &Option<String>| {
            let text = clean(text.as_deref().unwrap_or_default()).text;
            (!text.is_empty()).then_some(text)
        };
        let activities = self.activities.iter();
        Self {
            title: line(&self.title),
            target_group: several(&self.target_group),
            note: several(&self.note),
            activities: activities.map(|(id, title)| (*id, line(title))).collect(),
        }
    }

    /// Everything that is wrong with cleaned words, each at its field.
    pub(super) fn problems(&self) -> Issues {
        let mut issues = Issues::new();
        let titles = std::iter::once(("title".to_owned(), self.title.as_str())).chain(
            self.activities
                .iter()
                .map(|(id, title)| (format!("activity-{id}"), title.as_str())),
        );
        for (field, title) in titles {
            if title.is_empty() {
                issues.push(at(&field, "project.title_needed"));
            }
            look(&mut issues, &field, title, LONGEST_TITLE);
        }
        for (field, text) in [("target_group", &self.target_group), ("note", &self.note)] {
            let text = text.as_deref().unwrap_or_default();
            look(&mut issues, field, text, LONGEST_TITLE * 10);
        }
        issues
    }
}

fn look(issues: &mut Issues, field: &str, text: &str, longest: usize) {
    if text.chars().count() > longest {
        issues.push(at(field, "project.text_too_long").with("most", longest));
    }
    if text.contains(char::REPLACEMENT_CHARACTER) {
        issues.push(at(field, "project.text_damaged"));
    }
}

pub(super) fn at(field: &str, code: &'static str) -> Issue {
    let field = field.to_owned();
    Issue::error(Place::Field { field }, code)
}

//! Puts the words of a project right, unless somebody else did so since the person looked.

use super::words::{Standing, Words, at, standing};
use crate::{
    Error,
    act::{Done, Told, Trail, perform},
    ctx::Ctx,
    permission::{On, authorise},
};
use domain::{
    ids::ProjectId,
    issue::{Issue, Place},
    permission::Act,
    project::{Activity, Project, ProjectText},
    provenance::{Certainty, Provenance},
    time::Moment,
};
use store::{New, Store, Tx};

/// The words that a project is to have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditText {
    /// Which project.
    pub project: ProjectId,
    /// The revision that the person had before them.
    pub revision: String,
    /// The new words; of the activities, all that stand.
    pub words: Words,
}

/// Records the words that changed; the versions before them stay in the history. Gives whether anything changed.
///
/// # Errors
/// [`Error::Stale`] `project.changed_since_seen` with who it was when the revision is no longer the one that stands:
/// nothing is recorded, and [`standing`] gives the other version to show beside this one. [`Error::Invalid`] with
/// everything that is wrong; [`Error::NotFound`] where there is no such project.
pub async fn edit_text(store: &Store, ctx: &mut Ctx, edit: EditText) -> Result<bool, Error> {
    let trail = crate::links::trail_of(store, edit.project).await?;
    let words = edit.words.cleaned();
    perform(store, ctx, Trail::Own(&trail), async |tx, ctx, moment| {
        let Some(before) = standing(tx, edit.project).await? else {
            let issue = Issue::error(Place::Whole, "link.unknown_project");
            return Err(Error::not_found(issue));
        };
        let owner = On::Organisation(before.project.row.0.owner);
        let by = authorise(tx, ctx, Act::EditText, owner, moment).await?;
        if before.revision != edit.revision {
            let thing = Place::Thing {
                what: "project",
                code: before.project.row.1.code.clone(),
                id: edit.project.to_string(),
            };
            let issue = Issue::error(thing, "project.changed_since_seen");
            return Err(Error::stale(
                issue.with("by", before.by.unwrap_or_default()),
            ));
        }
        let mut issues = words.problems();
        if words.title != before.words.title && !before.title_is_open {
            issues.push(at("title", "project.title_is_fixed"));
        }
        let ids = |words: &Words| Vec::from_iter(words.activities.iter().map(|(id, _)| *id));
        if ids(&words) != ids(&before.words) {
            issues.push(Issue::error(Place::Whole, "project.other_activities"));
        }
        if !issues.is_empty() {
            return Err(Error::Invalid(issues));
        }
        let changed = words != before.words;
        if changed {
            write(tx, ctx, moment, &before, &words).await?;
        }
        let event = changed.then(|| Told {
            by,
            act: "project.edit_text",
            subject: ("project", edit.project.to_string()),
            payload: serde_json::json!({ "before": before.words, "after": words }),
        });
        Ok(Done {
            answer: changed,
            event,
        })
    })
    .await
}

/// Records the rows whose words differ, as entered by the person: no source prints them so.
async fn write(
    tx: &Tx,
    ctx: &mut Ctx,
    moment: Moment,
    before: &Standing,
    words: &Words,
) -> Result<(), Error> {
    let entered = Provenance {
        source: ctx.actor.clone(),
        certainty: Certainty::Entered,
    };
    let (project, text) = &before.project.row;
    let after = ProjectText {
        title: words.title.clone(),
        target_group: words.target_group.clone(),
        note: words.note.clone(),
        ..text.clone()
    };
    if after != *text {
        let new: New<(Project, ProjectText)> = New {
            version: ctx.id(),
            provenance: Some(entered.clone()),
            row: (*project, after),
        };
        store::record(tx, moment, [new]).await?;
    }
    let mut renamed = Vec::new();
    for (kept, (_, title)) in before.activities.iter().zip(&words.activities) {
        if kept.row.title != *title {
            renamed.push(New {
                version: ctx.id(),
                provenance: Some(entered.clone()),
                row: Activity {
                    title: title.clone(),
                    ..kept.row.clone()
                },
            });
        }
    }
    store::record(tx, moment, renamed).await?;
    Ok(())
}

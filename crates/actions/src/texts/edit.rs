//! Puts descriptive text right, unless somebody else did so since the person looked.

use super::{
    field::Field,
    standing::{Rows, Standing, standing},
};
use crate::{
    Ctx, Error,
    act::{Done, Told, Trail, perform},
    whose::{Whose, whose},
};
use domain::{
    indicator::IndicatorText,
    issue::{Issue, Issues, Place},
    permission::Act,
    plan::{EditionText, NodeText, Plan},
    project::{Activity, ProjectText},
    provenance::{Certainty, Provenance},
    subject::Subject,
    time::Moment,
};
use serde_json::{Map, Value};
use store::{Kept, New, Read, Row, Store, Tx};

/// The texts that a thing is to have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditText {
    /// Which thing.
    pub subject: Subject,
    /// The revision that the person had before them.
    pub revision: String,
    /// The new texts by the names of their fields: all that may be changed.
    pub texts: Vec<(String, String)>,
}

/// Records the texts that changed; the versions before them stay in the history. Gives whether anything changed.
///
/// # Errors
/// [`Error::Stale`] `text.changed_since_seen` with who it was when the revision is no longer the one that stands:
/// nothing is recorded, and [`standing`] gives the other version to show beside this one. [`Error::Invalid`] with
/// everything that is wrong; [`Error::NotFound`] where there is no such thing.
pub async fn edit_text(store: &Store, ctx: &mut Ctx, edit: EditText) -> Result<bool, Error> {
    let whose = of(store, edit.subject).await?;
    perform(
        store,
        ctx,
        Trail::Own(whose.trail()),
        async |tx, ctx, moment| {
            let whose = of(tx, edit.subject).await?;
            let by = whose.may(tx, ctx, Act::EditText, moment).await?;
            let before = standing(tx, edit.subject).await?.ok_or_else(unknown)?;
            if before.revision != edit.revision {
                let thing = Place::Thing {
                    what: edit.subject.kind(),
                    code: String::new(),
                    id: edit.subject.id(),
                };
                let issue = Issue::error(thing, "text.changed_since_seen");
                let who = before.by.unwrap_or_default();
                return Err(Error::stale(issue.with("by", who)));
            }
            let (fields, mut issues) = typed(&before, &edit.texts);
            if let Some(issue) = label_taken(tx, &before, &fields).await? {
                issues.push(issue);
            }
            if !issues.is_empty() {
                return Err(Error::Invalid(issues));
            }
            let changed = fields != before.fields;
            if changed {
                write(tx, ctx, moment, &before, &fields).await?;
            }
            let act = match edit.subject {
                Subject::Project(_) => "project.edit_text",
                _ => "plan.edit_text",
            };
            let event = changed.then(|| Told {
                by,
                act,
                subject: (edit.subject.kind(), edit.subject.id()),
                payload: serde_json::json!({ "before": told(&before.fields), "after": told(&fields) }),
            });
            Ok(Done {
                answer: changed,
                event,
            })
        },
    )
    .await
}

async fn of(read: &impl Read, subject: Subject) -> Result<Whose, Error> {
    whose(read, subject).await?.ok_or_else(unknown)
}

fn unknown() -> Error {
    Error::not_found(Issue::error(Place::Whole, "text.unknown_subject"))
}

/// The fields as they are to be, and everything that is wrong with them. A field that may not be changed need not be
/// sent; what is not a field of the thing must not be.
fn typed(before: &Standing, texts: &[(String, String)]) -> (Vec<Field>, Issues) {
    let mut issues = Issues::new();
    let mut known = 0;
    let fields = before.fields.iter().map(|stands| {
        let typed = texts.iter().find(|(name, _)| *name == stands.name);
        known += usize::from(typed.is_some());
        let field = match typed {
            Some((_, text)) => stands.with(text),
            None => stands.clone(),
        };
        issues.extend(field.problems(stands));
        (field, typed.is_none() && stands.open)
    });
    let fields: Vec<(Field, bool)> = fields.collect();
    let missing = fields.iter().any(|(_, missing)| *missing);
    if missing || known != texts.len() {
        issues.push(Issue::error(Place::Whole, "text.other_fields"));
    }
    (fields.into_iter().map(|(field, _)| field).collect(), issues)
}

/// Editions of one plan are told apart by their labels.
async fn label_taken(tx: &Tx, before: &Standing, fields: &[Field]) -> Result<Option<Issue>, Error> {
    let Rows::Edition(edition, plan) = &before.rows else {
        return Ok(None);
    };
    let label = text(fields, "label");
    let same = store::texts::edition(tx, plan.row.id, &label).await?;
    let other = same.is_some_and(|kept| kept.row.0.id != edition.row.0.id);
    Ok(other.then(|| {
        let field = "label".to_owned();
        Issue::error(Place::Field { field }, "text.label_taken").with("label", label)
    }))
}

fn text(fields: &[Field], name: &str) -> String {
    let field = fields.iter().find(|field| field.name == name);
    field.map_or_else(String::new, |field| field.text.clone())
}

fn told(fields: &[Field]) -> Map<String, Value> {
    let all = fields.iter();
    all.map(|field| (field.name.clone(), field.text.clone().into()))
        .collect()
}

/// Records the rows whose texts differ, as entered by the person: no source prints them so.
async fn write(
    tx: &Tx,
    ctx: &mut Ctx,
    moment: Moment,
    before: &Standing,
    fields: &[Field],
) -> Result<(), Error> {
    let name = |name: &str| text(fields, name);
    let given = |name: &str| {
        let text = text(fields, name);
        (!text.is_empty()).then_some(text)
    };
    match &before.rows {
        Rows::Project(project, activities) => {
            let (facts, text) = project.row.clone();
            let after = ProjectText {
                title: name("title"),
                target_group: given("target_group"),
                note: given("note"),
                ..text
            };
            record(tx, ctx, moment, project, (facts, after)).await?;
            for kept in activities {
                let after = Activity {
                    title: name(&format!("activity-{}", kept.row.id)),
                    ..kept.row.clone()
                };
                record(tx, ctx, moment, kept, after).await?;
            }
        }
        Rows::Node(node, indicator) => {
            let (facts, text) = node.row.clone();
            let after = NodeText {
                label_th: name("label_th"),
                name_th: name("name_th"),
                name_en: given("name_en"),
                ..text
            };
            record(tx, ctx, moment, node, (facts, after)).await?;
            if let Some(kept) = indicator {
                let (facts, text) = kept.row.clone();
                let after = IndicatorText {
                    success_th: given("success_th"),
                    numerator: given("numerator"),
                    denominator: given("denominator"),
                    disaggregation: given("disaggregation"),
                    ..text
                };
                record(tx, ctx, moment, kept, (facts, after)).await?;
            }
        }
        Rows::Edition(edition, plan) => {
            let after = EditionText {
                label: name("label"),
            };
            record(tx, ctx, moment, edition, (edition.row.0, after)).await?;
            let after = Plan {
                name_th: name("name_th"),
                name_en: given("name_en"),
                ..plan.row.clone()
            };
            record(tx, ctx, moment, plan, after).await?;
        }
    }
    Ok(())
}

async fn record<R: Row + PartialEq>(
    tx: &Tx,
    ctx: &mut Ctx,
    moment: Moment,
    stands: &Kept<R>,
    after: R,
) -> Result<(), Error> {
    if stands.row == after {
        return Ok(());
    }
    let new = New {
        version: ctx.id(),
        provenance: Some(Provenance {
            source: ctx.actor.clone(),
            certainty: Certainty::Entered,
        }),
        row: after,
    };
    store::record(tx, moment, [new]).await?;
    Ok(())
}

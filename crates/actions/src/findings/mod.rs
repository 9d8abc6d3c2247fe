//! Acts on what the rules find.

mod waive;
mod withdraw_waiver;

pub use waive::{NewWaiver, waive};
pub use withdraw_waiver::withdraw_waiver;

use crate::{
    Error,
    act::NATIONAL,
    ctx::Ctx,
    permission::{Allowed, On, authorise},
};
use domain::{
    ids::{EditionId, NodeId, OrganisationId},
    issue::{Issue, Place},
    organisation::{Organisation, OrganisationText},
    permission::Act,
    plan::{Edition, EditionText, Node, NodeText, Plan},
    project::{Project, ProjectText},
    subject::Subject,
    time::Moment,
    waiver::Waiver,
};
use store::{Kept, Read, Store, Tx};

/// Whose a thing is: its owner decides who may waive what is found at it, its province which trail tells of it.
struct Whose {
    owner: Option<OrganisationId>,
    province: Option<String>,
}

/// The thing that a waiver speaks of must stand.
async fn whose(read: &impl Read, subject: Subject) -> Result<Whose, Error> {
    let found = match subject {
        Subject::Project(id) => store::get::<(Project, ProjectText)>(read, id)
            .await?
            .map(|kept| Whose {
                owner: Some(kept.row.0.owner),
                province: None,
            }),
        Subject::Node(id) => of_node(read, id).await?,
        Subject::Edition(id) => of_edition(read, id).await?,
        Subject::Organisation(id) => store::get::<(Organisation, OrganisationText)>(read, id)
            .await?
            .map(|kept| Whose {
                owner: Some(id),
                province: kept.row.1.province,
            }),
    };
    found.ok_or_else(|| Error::not_found(Issue::error(Place::Whole, "waiver.unknown_subject")))
}

async fn of_node(read: &impl Read, node: NodeId) -> Result<Option<Whose>, Error> {
    match store::get::<(Node, NodeText)>(read, node).await? {
        Some(kept) => of_edition(read, kept.row.0.edition).await,
        None => Ok(None),
    }
}

async fn of_edition(read: &impl Read, edition: EditionId) -> Result<Option<Whose>, Error> {
    let Some(Kept {
        row: (edition, _), ..
    }) = store::get::<(Edition, EditionText)>(read, edition).await?
    else {
        return Ok(None);
    };
    let plan = store::get::<Plan>(read, edition.plan).await?;
    Ok(Some(Whose {
        owner: edition.owner,
        province: plan.and_then(|kept| kept.row.province),
    }))
}

/// The trail that tells of a thing.
async fn trail_of(store: &Store, subject: Subject) -> Result<String, Error> {
    // Asked before anything else of a project, so that one that is not there is answered in our words.
    let whose = whose(store, subject).await?;
    match subject {
        Subject::Project(id) => crate::links::trail_of(store, id).await,
        _ => Ok(whose.province.unwrap_or_else(|| NATIONAL.to_owned())),
    }
}

/// Whether the person of `ctx` may waive what is found at a thing.
async fn may(
    tx: &Tx,
    ctx: &Ctx,
    subject: Subject,
    trail: &str,
    at: Moment,
) -> Result<Allowed, Error> {
    let on = match whose(tx, subject).await?.owner {
        Some(owner) => On::Organisation(owner),
        None if trail == NATIONAL => On::Nation,
        None => On::Province(trail),
    };
    authorise(tx, ctx, Act::WaiveFinding, on, at).await
}

/// The waiver that stands for a rule at a thing, in force or over.
async fn standing(tx: &Tx, rule: &str, subject: Subject) -> Result<Option<Kept<Waiver>>, Error> {
    let all: Vec<Kept<Waiver>> = store::all(tx).await?;
    Ok(all
        .into_iter()
        .find(|kept| kept.row.is_about(rule, subject)))
}

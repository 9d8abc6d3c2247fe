//! Acts on the links of projects.

mod decide;
mod propose;
mod sitting;
mod whole;

pub use decide::{Decision, decide, decide_seen};
pub use propose::{NewLink, propose};
pub use sitting::{Line, MOST, sitting};

use crate::{
    Error,
    act::NATIONAL,
    ctx::Ctx,
    permission::{Allowed, On, authorise},
};
use domain::{
    ids::{LinkId, NodeId, ProjectId},
    issue::{Issue, Place},
    link::Link,
    permission::Act,
    plan::{Edition, EditionText, Node, NodeText, Plan},
    project::{Listing, Project, ProjectText},
    time::Moment,
};
use store::{Kept, Reason, Store, Tx};

/// The standing link between a project and a node, if there is one.
async fn between(
    tx: &Tx,
    project: ProjectId,
    node: NodeId,
) -> Result<Option<Kept<(Link, Reason)>>, Error> {
    let links = store::of::<(Link, Reason), _>(tx, &[project]).await?;
    Ok(links.into_iter().find(|kept| kept.row.0.node == node))
}

/// The trail that tells of a project: that of the province whose plan lists it, else the national one.
pub(crate) async fn trail_of(store: &Store, project: ProjectId) -> Result<String, Error> {
    if store::get::<(Project, ProjectText)>(store, project)
        .await?
        .is_none()
    {
        return Err(Error::not_found(Issue::error(
            Place::Whole,
            "link.unknown_project",
        )));
    }
    for listing in store::of::<Listing, _>(store, &[project]).await? {
        let node = store::get::<(Node, NodeText)>(store, listing.row.node).await?;
        let Some(Kept { row: (node, _), .. }) = node else {
            continue;
        };
        let edition = store::get::<(Edition, EditionText)>(store, node.edition).await?;
        let Some(Kept {
            row: (edition, _), ..
        }) = edition
        else {
            continue;
        };
        let plan = store::get::<Plan>(store, edition.plan).await?;
        if let Some(province) = plan.and_then(|kept| kept.row.province) {
            return Ok(province);
        }
    }
    Ok(NATIONAL.to_owned())
}

/// Whether the person of `ctx` may do something to the links of a project: its owner decides who reaches it.
async fn may(
    tx: &Tx,
    ctx: &Ctx,
    act: Act,
    project: ProjectId,
    at: Moment,
) -> Result<Allowed, Error> {
    let on = match store::get::<(Project, ProjectText)>(tx, project).await? {
        Some(kept) => On::Organisation(kept.row.0.owner),
        None => On::Nation,
    };
    authorise(tx, ctx, act, on, at).await
}

fn at(id: LinkId) -> Place {
    Place::Thing {
        what: "link",
        code: String::new(),
        id: id.to_string(),
    }
}

/// A reason is asked for every decision; white space is none.
fn reason(text: &str) -> Result<String, Error> {
    let text = domain::text::clean(text).text;
    if text.is_empty() {
        let at = Place::Field {
            field: "reason".to_owned(),
        };
        return Err(Error::Invalid(vec![Issue::error(at, "link.reason_needed")]));
    }
    Ok(text)
}

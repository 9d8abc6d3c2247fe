//! Whose a thing is: its owner decides who reaches it, its province which trail tells of it.

use crate::{
    Error,
    act::NATIONAL,
    ctx::Ctx,
    permission::{Allowed, On, authorise},
};
use domain::{
    ids::{EditionId, NodeId, OrganisationId, ProjectId},
    organisation::{Organisation, OrganisationText},
    permission::Act,
    plan::{Edition, EditionText, Node, NodeText, Plan},
    project::{Listing, Project, ProjectText},
    subject::Subject,
    time::Moment,
};
use store::{Read, Tx};

/// The owner of a thing, and the province whose plan it belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Whose {
    /// Nobody where a plan names no owner.
    pub owner: Option<OrganisationId>,
    /// `None` = national.
    pub province: Option<String>,
}

impl Whose {
    /// What an act on the thing asks about.
    fn on(&self) -> On<'_> {
        On::owned(self.owner, self.province.as_deref())
    }

    /// The trail that tells of the thing.
    pub fn trail(&self) -> &str {
        self.province.as_deref().unwrap_or(NATIONAL)
    }

    /// Whether the person of `ctx` may do an act to the thing.
    pub async fn may(&self, tx: &Tx, ctx: &Ctx, act: Act, at: Moment) -> Result<Allowed, Error> {
        authorise(tx, ctx, act, self.on(), at).await
    }
}

/// Whose a thing is; `None` where it does not stand.
pub(crate) async fn whose(read: &impl Read, subject: Subject) -> Result<Option<Whose>, Error> {
    match subject {
        Subject::Project(id) => of_project(read, id).await,
        Subject::Node(id) => of_node(read, id).await,
        Subject::Edition(id) => of_edition(read, id).await,
        Subject::Organisation(id) => {
            let kept = store::get::<(Organisation, OrganisationText)>(read, id).await?;
            Ok(kept.map(|kept| Whose {
                owner: Some(id),
                province: kept.row.1.province,
            }))
        }
    }
}

async fn of_node(read: &impl Read, node: NodeId) -> Result<Option<Whose>, Error> {
    match store::get::<(Node, NodeText)>(read, node).await? {
        Some(kept) => of_edition(read, kept.row.0.edition).await,
        None => Ok(None),
    }
}

async fn of_edition(read: &impl Read, edition: EditionId) -> Result<Option<Whose>, Error> {
    let Some(kept) = store::get::<(Edition, EditionText)>(read, edition).await? else {
        return Ok(None);
    };
    let edition = kept.row.0;
    let plan = store::get::<Plan>(read, edition.plan).await?;
    Ok(Some(Whose {
        owner: edition.owner,
        province: plan.and_then(|kept| kept.row.province),
    }))
}

/// A project belongs to its owner and to the first province whose plan lists it.
async fn of_project(read: &impl Read, project: ProjectId) -> Result<Option<Whose>, Error> {
    let Some(kept) = store::get::<(Project, ProjectText)>(read, project).await? else {
        return Ok(None);
    };
    let mut province = None;
    for listing in store::of::<Listing, _>(read, &[project]).await? {
        let plan = of_node(read, listing.row.node).await?;
        province = plan.and_then(|plan| plan.province);
        if province.is_some() {
            break;
        }
    }
    Ok(Some(Whose {
        owner: Some(kept.row.0.owner),
        province,
    }))
}

//! What must hold before a link is recorded: both of its ends stand, and approved shares stay within the whole.

use super::at;
use crate::Error;
use domain::{
    ids::{LinkId, NodeId, ProjectId},
    issue::{Issue, Place},
    link::{Link, LinkState},
    plan::{Node, NodeText},
    project::{Project, ProjectText},
    share::Share,
};
use store::{Reason, Tx};

/// Refuses a link of a project or to a node that does not stand; gives the node.
pub(super) async fn ends_stand(tx: &Tx, project: ProjectId, node: NodeId) -> Result<Node, Error> {
    let unknown = |what, id: String, code| {
        let place = Place::Thing {
            what,
            code: String::new(),
            id,
        };
        Error::not_found(Issue::error(place, code))
    };
    if store::get::<(Project, ProjectText)>(tx, project)
        .await?
        .is_none()
    {
        let id = project.to_string();
        return Err(unknown("project", id, "link.unknown_project"));
    }
    match store::get::<(Node, NodeText)>(tx, node).await? {
        Some(kept) => Ok(kept.row.0),
        None => Err(unknown("node", node.to_string(), "link.unknown_node")),
    }
}

/// Refuses the approval of a link with which the project's approved shares in that edition would exceed 10,000: its
/// money would be counted more than once.
pub(super) async fn within_whole(tx: &Tx, link: &Link, node: &Node) -> Result<(), Error> {
    let taken = taken(tx, link.project, node, Some(link.id)).await?;
    let total = taken + i64::from(link.share.parts());
    if total <= i64::from(Share::WHOLE.parts()) {
        return Ok(());
    }
    Err(Error::Invalid(vec![
        Issue::error(at(link.id), "link.shares_exceed_whole")
            .with("taken", taken)
            .with("share", i64::from(link.share.parts())),
    ]))
}

/// What the approved links of a project leave of its whole in the edition of a node.
///
/// # Errors
/// [`Error::Invalid`] when they leave nothing.
pub(super) async fn left(tx: &Tx, project: ProjectId, node: &Node) -> Result<Share, Error> {
    let taken = taken(tx, project, node, None).await?;
    let left = u16::try_from(i64::from(Share::WHOLE.parts()) - taken).unwrap_or(0);
    match Share::new(left) {
        Ok(share) if share != Share::ZERO => Ok(share),
        _ => Err(Error::Invalid(vec![
            Issue::error(Place::Whole, "link.shares_exceed_whole")
                .with("taken", taken)
                .with("share", 0_i64),
        ])),
    }
}

/// The approved shares of a project in the edition of a node, but for one link.
async fn taken(
    tx: &Tx,
    project: ProjectId,
    node: &Node,
    but: Option<LinkId>,
) -> Result<i64, Error> {
    let links = store::of::<(Link, Reason), _>(tx, &[project]).await?;
    let approved: Vec<Link> = links
        .into_iter()
        .map(|kept| kept.row.0)
        .filter(|other| other.state == LinkState::Approved && Some(other.id) != but)
        .collect();
    let ends: Vec<NodeId> = approved.iter().map(|other| other.node).collect();
    let beside: Vec<NodeId> = store::get_many::<(Node, NodeText)>(tx, &ends)
        .await?
        .into_iter()
        .map(|kept| kept.row.0)
        .filter(|other| other.edition == node.edition)
        .map(|other| other.id)
        .collect();
    let beside = approved.iter().filter(|other| beside.contains(&other.node));
    Ok(beside.map(|other| i64::from(other.share.parts())).sum())
}

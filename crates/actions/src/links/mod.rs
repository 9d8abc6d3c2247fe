//! Acts on the links of projects. What they share with alignments is in `joints`.

use crate::{
    Ctx, Error,
    joints::{self, Asked, Joined, within_province},
    whose::{Whose, whose},
};
use domain::{
    ids::{LinkId, NodeId, ProjectId},
    issue::{Issue, Place},
    joint::Terms,
    link::Link,
    plan::Node,
    subject::Subject,
};
use store::{Read, Reason, Store, Tx};
use uuid::Uuid;

pub use joints::{Between, Decision, Given, Line, MOST, needed, sitting};

impl Joined for Link {
    type Below = ProjectId;
    type Row = (Link, Reason);

    const KIND: &'static str = "link";
    const PROPOSE: &'static str = "link.propose";
    const APPROVE: &'static str = "link.approve";
    const REJECT: &'static str = "link.reject";
    const CHANGE: &'static str = "link.change";

    fn between(id: LinkId, project: ProjectId, node: NodeId, terms: Terms) -> Self {
        Self {
            id,
            project,
            node,
            share: terms.share,
            primary: terms.primary,
            state: terms.state,
        }
    }

    async fn whose(read: &impl Read, project: ProjectId) -> Result<Whose, Error> {
        let found = whose(read, Subject::Project(project)).await?;
        found.ok_or_else(|| {
            let issue = Issue::error(Place::Whole, "link.unknown_project");
            Error::not_found(issue)
        })
    }

    async fn lawful(tx: &Tx, project: ProjectId, served: &Node) -> Result<(), Error> {
        let whose = Self::whose(tx, project).await?;
        within_province(tx, whose.province.as_deref(), served).await
    }
}

/// Proposes a link. A rejected one may be proposed again; what was decided stays in its history.
///
/// # Errors
/// [`Error::NotFound`] when there is no such project or node; [`Error::Stale`] when the link is proposed or approved
/// already; [`Error::Invalid`] without a reason, with a share of nothing, or to a plan of another province.
pub async fn propose(
    store: &Store,
    ctx: &mut Ctx,
    ends: (ProjectId, NodeId),
    new: Given,
) -> Result<LinkId, Error> {
    joints::propose::<Link>(store, ctx, ends, new).await
}

/// Decides on the link between a project and a node, whatever its state, with who (the actor of `ctx`) and why.
///
/// # Errors
/// [`Error::NotFound`] when there is no such project or node or nobody proposed the link; [`Error::Stale`] when it was
/// decided so already, naming by whom; [`Error::Invalid`] without a reason, or when the approved shares of the project
/// in that edition would exceed the whole.
pub async fn decide(
    store: &Store,
    ctx: &mut Ctx,
    (project, node): (ProjectId, NodeId),
    decision: Decision,
    why: &str,
) -> Result<LinkId, Error> {
    let asked = Asked {
        below: project,
        served: node,
        seen: None,
        decision,
        why,
    };
    joints::decide::<Link>(store, ctx, asked).await
}

/// Decides as [`decide`], on the version of the link that the person saw and on no other.
///
/// # Errors
/// Those of [`decide`], and [`Error::Stale`] `link.changed_since_seen` when somebody changed it or decided meanwhile.
pub async fn decide_seen(
    store: &Store,
    ctx: &mut Ctx,
    (project, node): (ProjectId, NodeId),
    seen: Uuid,
    decision: Decision,
    why: &str,
) -> Result<LinkId, Error> {
    let asked = Asked {
        below: project,
        served: node,
        seen: Some(seen),
        decision,
        why,
    };
    joints::decide::<Link>(store, ctx, asked).await
}

/// Changes the share of a standing link, and whether it is the one named first. A proposed link stays proposed, an
/// approved one approved as long as the approved shares stay within the whole; naming it first takes that from the
/// other one in the same act.
///
/// # Errors
/// [`Error::Stale`] when somebody changed it since it was seen, naming who, or when it is rejected;
/// [`Error::NotFound`] when nobody proposed it; [`Error::Invalid`] with everything that is wrong.
pub async fn change(
    store: &Store,
    ctx: &mut Ctx,
    ends: (ProjectId, NodeId),
    seen: Uuid,
    to: Given,
) -> Result<LinkId, Error> {
    joints::change::<Link>(store, ctx, ends, seen, to).await
}

//! Acts on alignments (ความเชื่อมโยงของแผน): what an element of a plan serves in a plan above. What they share with links
//! of projects is in `joints`.

mod upwards;

use crate::{
    Ctx, Error,
    joints::{self, Asked, Joined, within_province},
    whose::{Whose, whose},
};
use domain::{
    ids::{AlignmentId, NodeId},
    issue::{Issue, Place},
    joint::Terms,
    plan::{Alignment, Node},
    subject::Subject,
};
use store::{Read, Reason, Store, Tx};
use uuid::Uuid;

pub use joints::{Decision, Given, needed};

impl Joined for Alignment {
    type Below = NodeId;
    type Row = (Alignment, Reason);

    const KIND: &'static str = "alignment";
    const PROPOSE: &'static str = "alignment.propose";
    const APPROVE: &'static str = "alignment.approve";
    const REJECT: &'static str = "alignment.reject";
    const CHANGE: &'static str = "alignment.change";

    fn between(id: AlignmentId, from: NodeId, to: NodeId, terms: Terms) -> Self {
        Self {
            id,
            from,
            to,
            share: terms.share,
            primary: terms.primary,
            state: terms.state,
        }
    }

    async fn whose(read: &impl Read, from: NodeId) -> Result<Whose, Error> {
        let found = whose(read, Subject::Node(from)).await?;
        found.ok_or_else(|| Error::not_found(Issue::error(Place::Whole, "link.unknown_node")))
    }

    async fn lawful(tx: &Tx, from: NodeId, to: &Node) -> Result<(), Error> {
        let whose = Self::whose(tx, from).await?;
        within_province(tx, whose.province.as_deref(), to).await?;
        upwards::leads_up(tx, from, to).await?;
        upwards::closes_no_cycle(tx, from, to.id).await
    }
}

/// Proposes that an element of a plan serves one of a plan above. A rejected alignment may be proposed again.
///
/// # Errors
/// [`Error::NotFound`] when an element does not stand; [`Error::Stale`] when it is proposed or approved already;
/// [`Error::Invalid`] without a reason, with a share of nothing, when it does not lead to a plan above
/// (`alignment.not_upwards`), or when the plans would serve themselves (`alignment.cycle`).
pub async fn propose(
    store: &Store,
    ctx: &mut Ctx,
    ends: (NodeId, NodeId),
    new: Given,
) -> Result<AlignmentId, Error> {
    joints::propose::<Alignment>(store, ctx, ends, new).await
}

/// Decides on the version of an alignment that the person saw, with who (the actor of `ctx`) and why.
///
/// # Errors
/// [`Error::NotFound`] when nobody proposed it; [`Error::Stale`] when somebody changed it or decided meanwhile, naming
/// who; [`Error::Invalid`] without a reason, when the approved shares of the element in that edition would exceed the
/// whole, or when it must never count (as for [`propose`]).
pub async fn decide(
    store: &Store,
    ctx: &mut Ctx,
    (from, to): (NodeId, NodeId),
    seen: Uuid,
    decision: Decision,
    why: &str,
) -> Result<AlignmentId, Error> {
    let asked = Asked {
        below: from,
        served: to,
        seen: Some(seen),
        decision,
        why,
    };
    joints::decide::<Alignment>(store, ctx, asked).await
}

/// Changes the share of a standing alignment, and whether it is the one named first, as [`crate::links::change`] does
/// for a link.
///
/// # Errors
/// As there.
pub async fn change(
    store: &Store,
    ctx: &mut Ctx,
    ends: (NodeId, NodeId),
    seen: Uuid,
    to: Given,
) -> Result<AlignmentId, Error> {
    joints::change::<Alignment>(store, ctx, ends, seen, to).await
}

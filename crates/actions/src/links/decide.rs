//! Approves or rejects a proposed link: the only door through which a link comes to count.

use super::{at, between, reason, trail_of};
use crate::{
    Error,
    act::{Done, Told, Trail, perform},
    ctx::Ctx,
};
use domain::{
    ids::{LinkId, NodeId, ProjectId},
    issue::{Arg, Issue, Place},
    link::LinkState,
    permission::Act,
};
use store::{New, Store};

/// What somebody decided on a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// รับรอง.
    Approve,
    /// ไม่รับรอง.
    Reject,
}

impl Decision {
    pub(super) const fn state(self) -> LinkState {
        match self {
            Decision::Approve => LinkState::Approved,
            Decision::Reject => LinkState::Rejected,
        }
    }

    const fn act(self) -> &'static str {
        match self {
            Decision::Approve => "link.approve",
            Decision::Reject => "link.reject",
        }
    }
}

/// Decides on the link between a project and a node, with who (the actor of `ctx`) and why.
///
/// An approved link may be rejected later and a rejected one approved: each decision is a new recorded row.
///
/// # Errors
/// [`Error::NotFound`] when there is no such project or nobody proposed the link; [`Error::Stale`] when it was decided so already, naming by whom;
/// [`Error::Invalid`] without a reason, or when the approved shares of the project in that edition would exceed the whole.
pub async fn decide(
    store: &Store,
    ctx: &mut Ctx,
    pair: (ProjectId, NodeId),
    decision: Decision,
    why: &str,
) -> Result<LinkId, Error> {
    decide_on(store, ctx, pair, None, decision, why).await
}

/// Decides as [`decide`], on the link in the state in which the person saw it and in no other.
///
/// # Errors
/// Those of [`decide`], and [`Error::Stale`] `link.changed_since_seen` when somebody decided otherwise meanwhile.
pub async fn decide_seen(
    store: &Store,
    ctx: &mut Ctx,
    pair: (ProjectId, NodeId),
    seen: LinkState,
    decision: Decision,
    why: &str,
) -> Result<LinkId, Error> {
    decide_on(store, ctx, pair, Some(seen), decision, why).await
}

async fn decide_on(
    store: &Store,
    ctx: &mut Ctx,
    (project, node): (ProjectId, NodeId),
    seen: Option<LinkState>,
    decision: Decision,
    why: &str,
) -> Result<LinkId, Error> {
    let why = reason(why)?;
    let trail = trail_of(store, project).await?;
    perform(store, ctx, Trail::Own(&trail), async |tx, ctx, moment| {
        let by = super::may(tx, ctx, Act::DecideLink, project, moment).await?;
        let end = super::whole::ends_stand(tx, project, node).await?;
        let Some(kept) = between(tx, project, node).await? else {
            return Err(Error::not_found(Issue::error(
                Place::Whole,
                "link.not_proposed",
            )));
        };
        let (before, mut words) = kept.row;
        if seen.is_some_and(|seen| seen != before.state) {
            return Err(Error::stale(
                Issue::error(at(before.id), "link.changed_since_seen")
                    .with("state", Arg::Key(before.state.key()))
                    .with("by", words.decided_by.unwrap_or_default()),
            ));
        }
        if before.state == decision.state() {
            return Err(Error::stale(
                Issue::error(at(before.id), "link.decided_already")
                    .with("state", Arg::Key(before.state.key()))
                    .with("by", words.decided_by.unwrap_or_default()),
            ));
        }
        let after = domain::link::Link {
            state: decision.state(),
            ..before
        };
        if decision == Decision::Approve {
            super::whole::within_whole(tx, &after, &end).await?;
        }
        words.decided_by = Some(ctx.actor.clone());
        words.decided_why = Some(why.clone());
        let new = New {
            version: ctx.id(),
            provenance: kept.stamp.provenance,
            row: (after, words),
        };
        store::record(tx, moment, [new]).await?;
        let payload = serde_json::json!({ "before": before, "after": after, "reason": why });
        let event = Some(Told {
            by,
            act: decision.act(),
            subject: ("link", before.id.to_string()),
            payload,
        });
        Ok(Done {
            answer: before.id,
            event,
        })
    })
    .await
}

//! Approves or rejects a proposed joint: the only door through which one comes to count.

use super::{
    Joined, at,
    beside::{Beside, with_reason},
    changed_since_seen, not_proposed, reason,
};
use crate::{
    Ctx, Error,
    act::{Done, Told, Trail, perform},
};
use domain::{
    ids::NodeId,
    issue::{Arg, Issue},
    joint::Terms,
    link::LinkState,
    permission::Act,
};
use store::{Reason, Store};
use uuid::Uuid;

/// What somebody decided on a link or an alignment.
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

    const fn act<J: Joined>(self) -> &'static str {
        match self {
            Decision::Approve => J::APPROVE,
            Decision::Reject => J::REJECT,
        }
    }
}

/// A decision that somebody makes.
pub(crate) struct Asked<'a, B> {
    pub below: B,
    pub served: NodeId,
    /// The version that the person had before them; `None` = whatever stands.
    pub seen: Option<Uuid>,
    pub decision: Decision,
    pub why: &'a str,
}

/// Decides, with who (the actor of `ctx`) and why. An approved joint may be rejected later and a rejected one approved:
/// each decision is a new recorded row.
///
/// # Errors
/// [`Error::NotFound`] when an end does not stand or nobody proposed it; [`Error::Stale`] when it was decided so
/// already, or changed since it was seen, naming by whom; [`Error::Invalid`] without a reason, or when the approved
/// shares into that edition would exceed the whole.
pub(crate) async fn decide<J: Joined>(
    store: &Store,
    ctx: &mut Ctx,
    asked: Asked<'_, J::Below>,
) -> Result<J::Id, Error> {
    let whose = J::whose(store, asked.below).await?;
    perform(
        store,
        ctx,
        Trail::Own(whose.trail()),
        async |tx, ctx, moment| {
            let whose = J::whose(tx, asked.below).await?;
            let by = whose.may(tx, ctx, Act::DecideLink, moment).await?;
            let why = reason(asked.why).map_err(|issue| Error::Invalid(vec![issue]))?;
            let end = super::served(tx, asked.served).await?;
            let beside = Beside::<J>::of(tx, asked.below, &end).await?;
            let kept = beside.to(asked.served).ok_or_else(not_proposed)?;
            if asked.seen.is_some_and(|seen| seen != kept.stamp.version) {
                return Err(changed_since_seen::<J>(kept));
            }
            let (before, mut words): (J, Reason) = kept.row.clone().into();
            let terms = before.terms();
            if terms.state == asked.decision.state() {
                return Err(Error::stale(
                    Issue::error(at(&before), "link.decided_already")
                        .with("state", Arg::Key(terms.state.key()))
                        .with("by", words.decided_by.unwrap_or_default()),
                ));
            }
            let state = asked.decision.state();
            let after = before.with(Terms { state, ..terms });
            if asked.decision == Decision::Approve {
                J::lawful(tx, asked.below, &end).await?;
                beside.within_whole(&after, at(&after))?;
            }
            words.decided_by = Some(ctx.actor.clone());
            words.decided_why = Some(why.clone());
            let (after, told) = beside.record(tx, ctx, moment, (after, words), true).await?;
            let event = Some(Told {
                by,
                act: asked.decision.act::<J>(),
                subject: (J::KIND, after.id().to_string()),
                payload: with_reason(told, &why),
            });
            Ok(Done {
                answer: after.id(),
                event,
            })
        },
    )
    .await
}

//! Changes the share of a standing joint, or which one is named first.

use super::{
    Given, Joined, at, at_field,
    beside::{Beside, with_reason},
    changed_since_seen, not_proposed, proposed_for, typed,
};
use crate::{
    Ctx, Error,
    act::{Done, Told, Trail, perform},
};
use domain::{
    ids::NodeId,
    issue::Issue,
    joint::{Joint, Terms},
    link::LinkState,
    locale::Locale,
    permission::Act,
};
use store::{Reason, Store};
use uuid::Uuid;

/// Records a joint on other terms. What is proposed stays so, for the new reason, by whoever may propose; what is
/// approved stays approved, decided anew by whoever may decide, as long as the approved shares stay within the whole.
/// Naming one first takes it from the other in the same act.
///
/// # Errors
/// [`Error::Stale`] when somebody changed it since it was seen, naming who, or when it is rejected: such a one is
/// proposed again. [`Error::NotFound`] when nobody proposed it; [`Error::Invalid`] with what is wrong.
pub(crate) async fn change<J: Joined>(
    store: &Store,
    ctx: &mut Ctx,
    (below, end): (J::Below, NodeId),
    seen: Uuid,
    to: Given,
) -> Result<J::Id, Error> {
    let whose = J::whose(store, below).await?;
    perform(
        store,
        ctx,
        Trail::Own(whose.trail()),
        async |tx, ctx, moment| {
            let served = super::served(tx, end).await?;
            let beside = Beside::<J>::of(tx, below, &served).await?;
            let kept = beside.to(end);
            let stands = kept.map(|kept| Into::<(J, Reason)>::into(kept.row.clone()));
            let state = stands.as_ref().map(|(joint, _)| joint.terms().state);
            let whose = J::whose(tx, below).await?;
            if let Some(kept) = kept.filter(|kept| kept.stamp.version != seen) {
                // Whoever saw a proposal that was approved meanwhile is told so, and not that they may not.
                if whose.may(tx, ctx, Act::ProposeLink, moment).await.is_err() {
                    whose.may(tx, ctx, Act::DecideLink, moment).await?;
                }
                return Err(changed_since_seen::<J>(kept));
            }
            let needs = needed(state.unwrap_or(LinkState::Proposed));
            let by = whose.may(tx, ctx, needs, moment).await?;
            let why = typed(&to)?;
            let (before, was) = stands.ok_or_else(not_proposed)?;
            let terms = before.terms();
            let after = before.with(Terms {
                share: to.share,
                primary: to.primary,
                ..terms
            });
            let words = match terms.state {
                LinkState::Rejected => {
                    let issue = Issue::error(at(&before), "link.rejected_is_proposed_again");
                    return Err(Error::stale(issue));
                }
                LinkState::Proposed => of_proposal(&was, &why, to.language),
                LinkState::Approved => {
                    still_lawful(&beside, &before, &after)?;
                    Reason {
                        decided_by: Some(ctx.actor.clone()),
                        decided_why: Some(why.clone()),
                        ..was.clone()
                    }
                }
            };
            if words == was && after.terms() == terms {
                return Ok(Done {
                    answer: before.id(),
                    event: None,
                });
            }
            let from_before = terms.state == LinkState::Approved;
            let (after, told) = beside
                .record(tx, ctx, moment, (after, words), from_before)
                .await?;
            let event = Some(Told {
                by,
                act: J::CHANGE,
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

/// By which right a joint in a state is changed.
pub const fn needed(state: LinkState) -> Act {
    match state {
        LinkState::Approved => Act::DecideLink,
        LinkState::Proposed | LinkState::Rejected => Act::ProposeLink,
    }
}

/// The words of a proposal on other terms: what was said in the other language speaks of the old ones.
fn of_proposal(was: &Reason, why: &str, language: Locale) -> Reason {
    let same = match language {
        Locale::Th => was.reason_th.as_deref() == Some(why),
        Locale::En => was.reason_en.as_deref() == Some(why),
    };
    match same {
        true => was.clone(),
        false => proposed_for(why, language),
    }
}

/// Everything that stands against an approved joint on other terms.
fn still_lawful<J: Joined>(beside: &Beside<J>, before: &J, after: &J) -> Result<(), Error> {
    let mut issues = match beside.within_whole(after, at_field("share")) {
        Err(Error::Invalid(issues)) => issues,
        other => return other.and(named(before, after)),
    };
    if let Err(Error::Invalid(more)) = named(before, after) {
        issues.extend(more);
    }
    Err(Error::Invalid(issues))
}

/// Being named first is given to another one, not given up.
fn named<J: Joint>(before: &J, after: &J) -> Result<(), Error> {
    match before.terms().primary && !after.terms().primary {
        true => {
            let issue = Issue::error(at_field("primary"), "link.primary_is_given");
            Err(Error::Invalid(vec![issue]))
        }
        false => Ok(()),
    }
}

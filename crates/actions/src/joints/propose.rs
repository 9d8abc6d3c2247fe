//! Proposes a joint: it is drawn dashed and counted apart until somebody approves it.

use super::{
    Given, Joined, at,
    beside::{Beside, joint, with_reason},
    proposed_for, typed,
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
use store::Store;

/// Records a proposed joint. A rejected one may be proposed again; what was decided stays in its history.
///
/// # Errors
/// [`Error::NotFound`] when one of the ends does not stand; [`Error::Stale`] when it is proposed or approved already;
/// [`Error::Invalid`] with everything that is wrong.
pub(crate) async fn propose<J: Joined>(
    store: &Store,
    ctx: &mut Ctx,
    (below, end): (J::Below, NodeId),
    new: Given,
) -> Result<J::Id, Error> {
    let whose = J::whose(store, below).await?;
    perform(
        store,
        ctx,
        Trail::Own(whose.trail()),
        async |tx, ctx, moment| {
            let whose = J::whose(tx, below).await?;
            let by = whose.may(tx, ctx, Act::ProposeLink, moment).await?;
            let why = typed(&new)?;
            let served = super::served(tx, end).await?;
            let beside = Beside::<J>::of(tx, below, &served).await?;
            let standing = beside.to(end).map(joint::<J>);
            let id = match standing {
                Some(it) if it.terms().state == LinkState::Rejected => it.id(),
                Some(it) => {
                    return Err(Error::stale(
                        Issue::error(at(&it), "link.stands_already")
                            .with("state", Arg::Key(it.terms().state.key())),
                    ));
                }
                None => ctx.id(),
            };
            J::lawful(tx, below, &served).await?;
            let terms = Terms {
                share: new.share,
                primary: new.primary,
                state: LinkState::Proposed,
            };
            let row = J::between(id, below, end, terms);
            let words = proposed_for(&why, new.language);
            let (after, told) = beside.record(tx, ctx, moment, (row, words), false).await?;
            let event = Some(Told {
                by,
                act: J::PROPOSE,
                subject: (J::KIND, after.id().to_string()),
                payload: with_reason(told, &why),
            });
            Ok(Done { answer: id, event })
        },
    )
    .await
}

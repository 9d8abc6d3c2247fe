//! Proposes a link: it is drawn dashed and counted apart until somebody approves it.

use super::{at, between, reason, trail_of};
use crate::{
    Error,
    act::{Done, Told, Trail, perform},
    ctx::Ctx,
};
use domain::{
    ids::{LinkId, NodeId, ProjectId},
    issue::{Arg, Issue, Place},
    link::{Link, LinkState},
    locale::Locale,
    permission::Act,
    provenance::{Certainty, Provenance},
    share::Share,
};
use store::{New, Reason, Store};

/// A link that somebody proposes.
#[derive(Debug, Clone)]
pub struct NewLink {
    /// Of which project.
    pub project: ProjectId,
    /// To which node.
    pub node: NodeId,
    /// How much of the project serves the node; not zero.
    pub share: Share,
    /// Why.
    pub reason: String,
    /// In which language the reason is written.
    pub language: Locale,
}

/// Records a proposed link. A rejected link may be proposed again; what was decided stays in its history.
///
/// # Errors
/// [`Error::NotFound`] when there is no such project or node; [`Error::Stale`] when the link is proposed or approved already; [`Error::Invalid`] without a reason or with a share
/// of nothing.
pub async fn propose(store: &Store, ctx: &mut Ctx, new: NewLink) -> Result<LinkId, Error> {
    let why = reason(&new.reason)?;
    if new.share == Share::ZERO {
        let at = Place::Field {
            field: "share".to_owned(),
        };
        return Err(Error::Invalid(vec![Issue::error(
            at,
            "link.share_of_nothing",
        )]));
    }
    let trail = trail_of(store, new.project).await?;
    perform(store, ctx, Trail::Own(&trail), async |tx, ctx, moment| {
        let by = super::may(tx, ctx, Act::ProposeLink, new.project, moment).await?;
        super::whole::ends_stand(tx, new.project, new.node).await?;
        let standing = between(tx, new.project, new.node)
            .await?
            .map(|kept| kept.row.0);
        let id = match standing {
            Some(link) if link.state == LinkState::Rejected => link.id,
            Some(link) => {
                return Err(Error::stale(
                    Issue::error(at(link.id), "link.stands_already")
                        .with("state", Arg::Key(link.state.key())),
                ));
            }
            None => ctx.id(),
        };
        let state = LinkState::Proposed;
        let link = Link {
            id,
            project: new.project,
            node: new.node,
            share: new.share,
            primary: false,
            state,
        };
        let mut words = Reason::default();
        match new.language {
            Locale::Th => words.reason_th = Some(why.clone()),
            Locale::En => words.reason_en = Some(why.clone()),
        }
        let provenance = Some(Provenance {
            source: ctx.actor.clone(),
            certainty: Certainty::Entered,
        });
        store::record(
            tx,
            moment,
            [New {
                version: ctx.id(),
                provenance,
                row: (link, words),
            }],
        )
        .await?;
        let payload = serde_json::json!({ "before": standing, "after": link, "reason": why });
        let event = Some(Told {
            by,
            act: "link.propose",
            subject: ("link", id.to_string()),
            payload,
        });
        Ok(Done { answer: id, event })
    })
    .await
}

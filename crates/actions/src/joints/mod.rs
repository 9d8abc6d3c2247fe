//! Acts on links and alignments (ข้อต่อ): proposed, approved or rejected, changed, many decided in one sitting.
//! What a link and an alignment are to these acts, [`crate::links`] and [`crate::alignments`] say.

mod beside;
mod change;
mod decide;
mod propose;
mod sitting;

pub use decide::Decision;
pub use sitting::{Between, Line, MOST, sitting};

pub(crate) use change::change;
pub use change::needed;
pub(crate) use decide::{Asked, decide};
pub(crate) use propose::propose;

use crate::{Error, ctx::Ctx, whose::Whose};
use domain::{
    ids::NodeId,
    issue::{Arg, Issue, Place},
    joint::{Joint, Terms},
    locale::Locale,
    plan::{Node, NodeText},
    provenance::{Certainty, Provenance},
    share::Share,
};
use serde::Serialize;
use std::fmt::Display;
use store::{Kept, Of, Read, Reason, Row, Tx};
use uuid::Uuid;

/// What the acts have to know of links and of alignments.
pub(crate) trait Joined: Joint<Id: From<Uuid> + Display> + Serialize {
    /// What serves: a project, or a node of a lower plan.
    type Below: Copy + Into<Uuid> + Sync;
    /// How it is kept.
    type Row: Row<Id = Self::Id>
        + Of<Self::Below>
        + From<(Self, Reason)>
        + Into<(Self, Reason)>
        + Clone;

    /// The kind of thing, as the trail and issues call it.
    const KIND: &'static str;
    /// What the trail calls proposing one.
    const PROPOSE: &'static str;
    /// … approving one.
    const APPROVE: &'static str;
    /// … rejecting one.
    const REJECT: &'static str;
    /// … changing one.
    const CHANGE: &'static str;

    /// One between two ends.
    fn between(id: Self::Id, below: Self::Below, served: NodeId, terms: Terms) -> Self;

    /// Whose it is: that of what serves.
    async fn whose(read: &impl Read, below: Self::Below) -> Result<Whose, Error>;

    /// Refuses one that must never come to count, such as an alignment by which a plan would serve itself.
    async fn lawful(tx: &Tx, below: Self::Below, served: &Node) -> Result<(), Error>;
}

/// The node that is served, if it stands.
async fn served(tx: &Tx, node: NodeId) -> Result<Node, Error> {
    match store::get::<(Node, NodeText)>(tx, node).await? {
        Some(kept) => Ok(kept.row.0),
        None => {
            let at = Place::Thing {
                what: "node",
                code: String::new(),
                id: node.to_string(),
            };
            Err(Error::not_found(Issue::error(at, "link.unknown_node")))
        }
    }
}

/// A plan of one province is none of another's business.
pub(crate) async fn within_province(
    tx: &Tx,
    below: Option<&str>,
    served: &Node,
) -> Result<(), Error> {
    let upper = crate::whose::whose(tx, domain::subject::Subject::Node(served.id)).await?;
    let upper = upper.and_then(|whose| whose.province);
    if upper.is_none() || upper.as_deref() == below {
        return Ok(());
    }
    let issue = Issue::error(at_field("node"), "link.of_another_province");
    Err(Error::Invalid(vec![issue]))
}

fn at<J: Joined>(joint: &J) -> Place {
    Place::Thing {
        what: J::KIND,
        code: String::new(),
        id: joint.id().to_string(),
    }
}

fn at_field(field: &str) -> Place {
    Place::Field {
        field: field.to_owned(),
    }
}

/// The reason of an act as it is kept; white space is none.
fn reason(text: &str) -> Result<String, Issue> {
    let text = domain::text::clean(text).text;
    match text.is_empty() {
        true => Err(Issue::error(at_field("reason"), "link.reason_needed")),
        false => Ok(text),
    }
}

/// On which terms somebody proposes a joint, or wants a standing one to be from now on, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// How much of what is below serves the node above; not zero.
    pub share: Share,
    /// Whether it is the one named first of those into that edition.
    pub primary: bool,
    /// Why: of a proposal it takes the place of the reason before, of what is approved it is the decision's.
    pub reason: String,
    /// In which language the reason is written.
    pub language: Locale,
}

/// The reason as it is kept, or everything that is wrong with what was given at once.
fn typed(given: &Given) -> Result<String, Error> {
    let mut issues = Vec::new();
    if given.share == Share::ZERO {
        issues.push(Issue::error(at_field("share"), "link.share_of_nothing"));
    }
    match reason(&given.reason) {
        Ok(text) if issues.is_empty() => return Ok(text),
        Ok(_) => {}
        Err(issue) => issues.push(issue),
    }
    Err(Error::Invalid(issues))
}

/// A joint is proposed for this reason.
fn proposed_for(why: &str, language: Locale) -> Reason {
    let mut words = Reason::default();
    match language {
        Locale::Th => words.reason_th = Some(why.to_owned()),
        Locale::En => words.reason_en = Some(why.to_owned()),
    }
    words
}

/// That the actor of `ctx` entered it themselves.
fn entered(ctx: &Ctx) -> Option<Provenance> {
    Some(Provenance {
        source: ctx.actor.clone(),
        certainty: Certainty::Entered,
    })
}

/// Somebody changed the joint since the person looked: what stands now, and from whom.
fn changed_since_seen<J: Joined>(kept: &Kept<J::Row>) -> Error {
    let (joint, words): (J, Reason) = kept.row.clone().into();
    let source = kept.stamp.provenance.as_ref().map(|it| it.source.clone());
    let by = words.decided_by.or(source).unwrap_or_default();
    let terms = joint.terms();
    Error::stale(
        Issue::error(at(&joint), "link.changed_since_seen")
            .with("state", Arg::Key(terms.state.key()))
            .with("share", terms.share.percent())
            .with("by", by),
    )
}

/// Nobody proposed it.
fn not_proposed() -> Error {
    Error::not_found(Issue::error(Place::Whole, "link.not_proposed"))
}

//! What serves: a project by links, or an element of a plan by alignments; what it may serve, what it serves already, and
//! the acts on it.

use actions::links::Given;
use actions::live::Now;
use actions::{alignments, links};
use domain::ids::{EditionId, NodeId, ProjectId};
use domain::joint::{Joint, Terms};
use domain::link::{Link, LinkState};
use domain::plan::{Alignment, Node, Plan};
use domain::share::Share;
use store::{Kept, Reason, Stamp};
use uuid::Uuid;

use crate::{Error, Viewer};

/// What serves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lower {
    /// A project, by links.
    Project(ProjectId),
    /// An element of a plan, by alignments.
    Element(NodeId),
}

/// A link or an alignment as it stands.
#[derive(Debug, Clone)]
pub struct Standing {
    /// What is served.
    pub node: NodeId,
    /// Share, rank and state.
    pub terms: Terms,
    /// Why, and who decided.
    pub words: Reason,
    /// Version and source.
    pub stamp: Stamp,
}

impl Standing {
    /// One as it is kept.
    pub fn of<J: Joint>(kept: Kept<(J, Reason)>) -> Self {
        let (joint, words) = kept.row;
        Self {
            node: joint.served(),
            terms: joint.terms(),
            words,
            stamp: kept.stamp,
        }
    }
}

impl Lower {
    /// Whether it may serve an element of a plan: a project anything but the editions that list it, an element what
    /// stands in a plan above.
    pub fn fits(self, now: &Now, plan: &Plan, node: &Node) -> bool {
        let plans = now.snapshot.plans();
        match self {
            Lower::Project(project) => {
                let mut listings = now.snapshot.listings_of(project);
                !listings.any(|listing| {
                    let edition = plans.edition_of_node(listing.node);
                    edition.is_some_and(|edition| edition.id == node.edition)
                })
            }
            Lower::Element(from) => {
                let own = now.plan_of_node(from);
                let level = plans.edition_of_node(from).map(|edition| edition.level);
                let upwards = level.is_some_and(|level| level.may_align_to(plan.level));
                let own = own.and_then(|own| own.province.as_ref());
                upwards && (plan.province.is_none() || own == plan.province.as_ref())
            }
        }
    }

    /// Everything that joins it, with the node that is served.
    fn joints(self, now: &Now) -> Vec<(NodeId, Terms)> {
        match self {
            Lower::Project(project) => {
                let links = now.snapshot.links_of(project);
                links.map(|link| (link.served(), link.terms())).collect()
            }
            Lower::Element(from) => {
                let alignments = now.snapshot.plans().alignments_from(from);
                let ends = alignments.map(|it| (it.served(), it.terms()));
                ends.collect()
            }
        }
    }

    /// The state in which it is joined with a node already.
    pub fn joined(self, now: &Now, node: NodeId) -> Option<LinkState> {
        let mut joints = self.joints(now).into_iter();
        joints
            .find(|(served, _)| *served == node)
            .map(|(_, terms)| terms.state)
    }

    /// What its approved joints leave of the whole in the edition of a node; the one to that node itself is left out.
    pub fn left(self, now: &Now, node: NodeId) -> Share {
        let plans = now.snapshot.plans();
        let edition = |id| plans.edition_of_node(id).map(|edition| edition.id);
        let here: Option<EditionId> = edition(node);
        let beside = self.joints(now).into_iter().filter(|(served, terms)| {
            *served != node && terms.state == LinkState::Approved && edition(*served) == here
        });
        let taken: u32 = beside
            .map(|(_, terms)| u32::from(terms.share.parts()))
            .sum();
        let left = u32::from(Share::WHOLE.parts()).saturating_sub(taken);
        let left = u16::try_from(left).unwrap_or(0);
        Share::new(left).unwrap_or(Share::ZERO)
    }

    /// Everything that joins it as it is kept, in the order of recording.
    ///
    /// # Errors
    /// When the read fails.
    pub async fn standing(self, v: &Viewer) -> Result<Vec<Standing>, Error> {
        let store = v.live()?.store();
        Ok(match self {
            Lower::Project(project) => {
                let links = store::of::<(Link, Reason), ProjectId>(store, &[project]).await?;
                links.into_iter().map(Standing::of).collect()
            }
            Lower::Element(from) => {
                let all = store::of::<(Alignment, Reason), NodeId>(store, &[from]).await?;
                all.into_iter().map(Standing::of).collect()
            }
        })
    }

    /// The one that serves a node.
    ///
    /// # Errors
    /// `NotFound` where there is none.
    pub async fn standing_to(self, v: &Viewer, node: NodeId) -> Result<Standing, Error> {
        let mut all = self.standing(v).await?.into_iter();
        all.find(|one| one.node == node).ok_or(Error::NotFound)
    }

    /// Proposes that it serves a node.
    ///
    /// # Errors
    /// What the act says.
    pub async fn propose(self, v: &Viewer, node: NodeId, new: Given) -> Result<(), Error> {
        match self {
            Lower::Project(from) => v
                .act(async move |store, ctx| links::propose(store, ctx, (from, node), new).await)
                .await
                .map(drop),
            Lower::Element(from) => v
                .act(async move |store, ctx| {
                    alignments::propose(store, ctx, (from, node), new).await
                })
                .await
                .map(drop),
        }
    }

    /// Changes how it serves a node, as it was seen.
    ///
    /// # Errors
    /// What the act says.
    pub async fn change(
        self,
        v: &Viewer,
        node: NodeId,
        seen: Uuid,
        to: Given,
    ) -> Result<(), Error> {
        match self {
            Lower::Project(from) => v
                .act(async move |store, ctx| {
                    links::change(store, ctx, (from, node), seen, to).await
                })
                .await
                .map(drop),
            Lower::Element(from) => v
                .act(async move |store, ctx| {
                    alignments::change(store, ctx, (from, node), seen, to).await
                })
                .await
                .map(drop),
        }
    }

    /// Decides on how it serves a node, as a form says: `decision`, `reason`, and the version `seen`.
    ///
    /// # Errors
    /// What the act says; `Form` where the form says neither yes nor no.
    pub async fn decide(
        self,
        v: &Viewer,
        node: NodeId,
        fields: &crate::form::Fields,
    ) -> Result<(), Error> {
        let decision = decision(fields)?;
        let seen: Uuid = fields.text("seen").parse().map_err(|_| Error::Form)?;
        let why = fields.text("reason").to_owned();
        match self {
            Lower::Project(project) => v
                .act(async move |store, ctx| {
                    links::decide_seen(store, ctx, (project, node), seen, decision, &why).await
                })
                .await
                .map(drop),
            Lower::Element(from) => v
                .act(async move |store, ctx| {
                    alignments::decide(store, ctx, (from, node), seen, decision, &why).await
                })
                .await
                .map(drop),
        }
    }
}

/// What the button says that was pressed.
///
/// # Errors
/// `Form` where it says neither yes nor no.
pub fn decision(fields: &crate::form::Fields) -> Result<links::Decision, Error> {
    match fields.text("decision") {
        "approve" => Ok(links::Decision::Approve),
        "reject" => Ok(links::Decision::Reject),
        _ => Err(Error::Form),
    }
}

/// The node at the end of an address.
///
/// # Errors
/// `NotFound` where there is none.
pub fn node_of(parts: &std::collections::HashMap<String, String>) -> Result<NodeId, Error> {
    let id = parts
        .get("node")
        .and_then(|id| id.parse::<Uuid>().ok())
        .ok_or(Error::NotFound)?;
    Ok(NodeId::from(id))
}

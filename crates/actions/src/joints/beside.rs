//! The joints of one thing into one edition, side by side: their approved shares stay within the whole, and one of them
//! is named first.

use super::{Joined, entered};
use crate::{Error, ctx::Ctx};
use domain::{
    ids::NodeId,
    issue::{Issue, Place},
    joint::named_first,
    link::LinkState,
    plan::{Node, NodeText},
    share::{Share, percent},
    time::Moment,
};
use serde_json::{Value, json};
use store::{Kept, New, Reason, Tx};

/// Every standing joint of one thing into one edition.
pub(super) struct Beside<J: Joined>(Vec<Kept<J::Row>>);

impl<J: Joined> Beside<J> {
    /// Those of a thing into the edition of a node.
    pub async fn of(tx: &Tx, below: J::Below, node: &Node) -> Result<Self, Error> {
        let all = store::of::<J::Row, J::Below>(tx, &[below]).await?;
        let ends: Vec<NodeId> = all.iter().map(|kept| joint::<J>(kept).served()).collect();
        let inside: Vec<NodeId> = store::get_many::<(Node, NodeText)>(tx, &ends)
            .await?
            .into_iter()
            .map(|kept| kept.row.0)
            .filter(|other| other.edition == node.edition)
            .map(|other| other.id)
            .collect();
        let here = |kept: &Kept<J::Row>| inside.contains(&joint::<J>(kept).served());
        Ok(Self(all.into_iter().filter(here).collect()))
    }

    /// The one that serves a node.
    pub fn to(&self, node: NodeId) -> Option<&Kept<J::Row>> {
        let mut all = self.0.iter();
        all.find(|kept| joint::<J>(kept).served() == node)
    }

    /// What the approved ones take of the whole, but for one.
    fn taken(&self, but: Option<J::Id>) -> i64 {
        let approved = self.0.iter().map(joint::<J>).filter(|it| {
            let other = Some(it.id()) != but;
            other && it.terms().state == LinkState::Approved
        });
        approved
            .map(|joint| i64::from(joint.terms().share.parts()))
            .sum()
    }

    /// Refuses a joint to be approved with which the approved shares would exceed the whole: money would be counted
    /// more than once.
    pub fn within_whole(&self, after: &J, place: Place) -> Result<(), Error> {
        let (taken, share) = (self.taken(Some(after.id())), after.terms().share);
        if taken + i64::from(share.parts()) <= i64::from(Share::WHOLE.parts()) {
            return Ok(());
        }
        Err(Error::Invalid(vec![
            Issue::error(place, "link.shares_exceed_whole")
                .with("taken", percent(taken))
                .with("share", share.percent()),
        ]))
    }

    /// What the approved ones leave of the whole.
    ///
    /// # Errors
    /// [`Error::Invalid`] when they leave nothing.
    pub fn left(&self) -> Result<Share, Error> {
        let left = i64::from(Share::WHOLE.parts()) - self.taken(None);
        match u16::try_from(left).map(Share::new) {
            Ok(Ok(share)) if share != Share::ZERO => Ok(share),
            _ => {
                let issue = Issue::error(Place::Whole, "link.nothing_is_left");
                Err(Error::Invalid(vec![issue]))
            }
        }
    }

    /// Records a joint as it is to be; where it, or the state it comes to, changes which one is named first, the others
    /// with it. Gives what the trail tells: before and after, and the others.
    pub async fn record(
        &self,
        tx: &Tx,
        ctx: &mut Ctx,
        moment: Moment,
        (after, words): (J, Reason),
        from_before: bool,
    ) -> Result<(J, Value), Error> {
        let stands = self.to(after.served());
        let before = stands.map(joint::<J>);
        let others = self.0.iter().map(joint::<J>);
        let all: Vec<J> = others
            .filter(|other| other.id() != after.id())
            .chain([after])
            .collect();
        let wished = after.terms().primary.then(|| after.id());
        let renamed = named_first(&all, wished);
        let of = |id: J::Id| renamed.iter().find(|it| it.id() == id).copied();
        let after = of(after.id()).unwrap_or(after);
        let provenance = match stands {
            Some(kept) if from_before => kept.stamp.provenance.clone(),
            _ => entered(ctx),
        };
        let mut rows = vec![New {
            version: ctx.id(),
            provenance,
            row: J::Row::from((after, words)),
        }];
        let mut beside = Vec::new();
        for kept in &self.0 {
            let (was, words): (J, Reason) = kept.row.clone().into();
            let Some(is) = of(was.id()).filter(|it| it.id() != after.id()) else {
                continue;
            };
            beside.push(json!({ "before": was, "after": is }));
            rows.push(New {
                version: ctx.id(),
                provenance: kept.stamp.provenance.clone(),
                row: J::Row::from((is, words)),
            });
        }
        store::record(tx, moment, rows).await?;
        let mut told = json!({ "before": before, "after": after });
        if let (false, Some(fields)) = (beside.is_empty(), told.as_object_mut()) {
            fields.insert("beside".to_owned(), beside.into());
        }
        Ok((after, told))
    }
}

/// A kept joint without its words.
pub(super) fn joint<J: Joined>(kept: &Kept<J::Row>) -> J {
    let (joint, _): (J, Reason) = kept.row.clone().into();
    joint
}

/// What the trail tells of a joint, with the reason.
pub(super) fn with_reason(mut told: Value, why: &str) -> Value {
    if let Some(fields) = told.as_object_mut() {
        fields.insert("reason".to_owned(), why.into());
    }
    told
}

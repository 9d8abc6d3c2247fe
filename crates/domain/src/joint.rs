//! What links and alignments have in common (ข้อต่อ): something below serves a node above with a share of itself, and
//! counts only once somebody approved it.

use crate::{
    ids::{AlignmentId, LinkId, NodeId},
    link::{Link, LinkState},
    plan::Alignment,
    share::Share,
};

/// A link of a project, or an alignment of a node of a plan.
pub trait Joint: Copy {
    /// Its id through all its states.
    type Id: Copy + Ord;

    /// Its id.
    fn id(&self) -> Self::Id;

    /// The node that is served.
    fn served(&self) -> NodeId;

    /// What can change about it.
    fn terms(&self) -> Terms;

    /// The same joint on other terms.
    #[must_use]
    fn with(self, terms: Terms) -> Self;
}

/// What can change about a joint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    /// How much of what is below serves the node above.
    pub share: Share,
    /// The one named first where only one can be named.
    pub primary: bool,
    /// Proposed, approved or rejected.
    pub state: LinkState,
}

impl Joint for Link {
    type Id = LinkId;

    fn id(&self) -> LinkId {
        self.id
    }

    fn served(&self) -> NodeId {
        self.node
    }

    fn terms(&self) -> Terms {
        Terms {
            share: self.share,
            primary: self.primary,
            state: self.state,
        }
    }

    fn with(self, terms: Terms) -> Self {
        Self {
            share: terms.share,
            primary: terms.primary,
            state: terms.state,
            ..self
        }
    }
}

impl Joint for Alignment {
    type Id = AlignmentId;

    fn id(&self) -> AlignmentId {
        self.id
    }

    fn served(&self) -> NodeId {
        self.to
    }

    fn terms(&self) -> Terms {
        Terms {
            share: self.share,
            primary: self.primary,
            state: self.state,
        }
    }

    fn with(self, terms: Terms) -> Self {
        Self {
            share: terms.share,
            primary: terms.primary,
            state: terms.state,
            ..self
        }
    }
}

/// Which joints of one thing into one edition change, so that one of them is named first: of the approved ones exactly
/// one, of the proposed ones at most one. What only is proposed takes nothing from what is approved.
///
/// `wished` is the one that somebody has just named first. Without a wish the one that stands stays; where none stands
/// among the approved, the largest share is named, of equal ones the older.
pub fn named_first<J: Joint>(all: &[J], wished: Option<J::Id>) -> Vec<J> {
    let mut changed = Vec::new();
    for state in [LinkState::Approved, LinkState::Proposed] {
        let of_state = || all.iter().filter(|joint| joint.terms().state == state);
        let largest = |primary: bool| {
            let joints = of_state().filter(|joint| joint.terms().primary || !primary);
            joints
                .max_by_key(|joint| (joint.terms().share, std::cmp::Reverse(joint.id())))
                .map(Joint::id)
        };
        let first = of_state()
            .map(Joint::id)
            .find(|id| Some(*id) == wished)
            .or_else(|| largest(true))
            .or_else(|| (state == LinkState::Approved).then(|| largest(false))?);
        changed.extend(of_state().filter_map(|joint| {
            let (primary, terms) = (Some(joint.id()) == first, joint.terms());
            (terms.primary != primary).then(|| joint.with(Terms { primary, ..terms }))
        }));
    }
    changed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::ProjectId;
    use LinkState::{Approved, Proposed, Rejected};

    fn link(id: u128, share: u16, primary: bool, state: LinkState) -> Link {
        Link {
            id: LinkId::from_u128(id),
            project: ProjectId::from_u128(1),
            node: NodeId::from_u128(id),
            share: Share::new(share).unwrap_or(Share::ZERO),
            primary,
            state,
        }
    }

    /// The ids of those that change, with whether they are named first afterwards.
    fn changes(all: &[Link], wished: Option<u128>) -> Vec<(u128, bool)> {
        let wished = wished.map(LinkId::from_u128);
        let changed = named_first(all, wished);
        let told = changed.iter().map(|it| (it.id.0.as_u128(), it.primary));
        told.collect()
    }

    #[test]
    fn naming_one_first_takes_it_from_the_other() {
        let all = [
            link(1, 6_000, true, Approved),
            link(2, 4_000, true, Approved),
        ];
        assert_eq!(changes(&all, Some(2)), [(1, false)]);
        let named = [all[0], link(2, 4_000, false, Approved)];
        assert_eq!(changes(&named, None), [], "what stands stays");
    }

    #[test]
    fn of_the_approved_one_is_always_named_and_what_is_proposed_takes_nothing_from_it() {
        let none = [
            link(1, 3_000, false, Approved),
            link(2, 4_000, false, Approved),
            link(3, 4_000, false, Approved),
            link(4, 9_000, true, Proposed),
            link(5, 9_000, true, Rejected),
        ];
        assert_eq!(
            changes(&none, Some(4)),
            [(2, true)],
            "the older of equal shares"
        );
        let only_proposed = [link(1, 3_000, false, Proposed)];
        assert_eq!(changes(&only_proposed, None), []);
    }

    #[test]
    fn of_two_that_a_file_named_first_one_remains() {
        let two = [
            link(1, 3_000, true, Proposed),
            link(2, 4_000, true, Proposed),
        ];
        assert_eq!(changes(&two, None), [(1, false)]);
    }
}

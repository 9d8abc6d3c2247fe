//! Organisations: dense ids and their dated places in both forests.

mod sound;

use crate::{
    fault::Fault,
    index::{Index, OrgIx},
    pool::Pool,
    seats::{Day, Forest, NONE, Place},
};
use domain::{
    facts::{Change, Fact, Facts, Key},
    ids::{MembershipId, OrganisationId},
    organisation::{Axis, Membership, Organisation},
};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// All organisations that stand, and the seats they take in both forests.
#[derive(Debug, Clone, Default)]
pub struct Organisations {
    index: Index<OrganisationId>,
    rows: Vec<Option<Organisation>>,
    memberships: BTreeMap<MembershipId, Membership>,
    places: [Pool<Place>; 2],
    forests: [Forest; 2],
}

/// The forest of one axis before a change, for those who have to follow it.
pub(crate) struct Replanted {
    pub(crate) axis: Axis,
    pub(crate) before: Forest,
}

impl Organisations {
    pub(crate) fn build(facts: &Facts, faults: &mut Vec<Fault>) -> Self {
        let mut these = Self {
            index: Index::with_capacity(facts.organisations.len()),
            ..Self::default()
        };
        for (position, row) in facts.organisations.iter().enumerate() {
            if these.index.number(row.id) as usize != position {
                let row = Key::Organisation(row.id);
                faults.push(Fault::Duplicate { row });
                // Keeps positions and numbers together for the lists that name organisations by position.
                these
                    .index
                    .number(OrganisationId::from_u128(!(position as u128)));
            }
            these.rows.push(Some(*row));
        }
        let mut unusable = BTreeSet::new();
        for row in &facts.memberships {
            let mut wrong = these.check_names(row);
            if these.memberships.insert(row.id, *row).is_some() {
                let row = Key::Membership(row.id);
                wrong.push(Fault::Duplicate { row });
            }
            if !wrong.is_empty() {
                unusable.insert(row.id);
            }
            faults.extend(wrong);
        }
        // What is wrong by itself is named above; the rest is looked at together.
        these.memberships.retain(|id, _| !unusable.contains(id));
        these.places = [Axis::ReportsTo, Axis::CoordinatedBy].map(|axis| these.group(axis));
        let overlaps = these.find_overlaps();
        if overlaps.is_empty() {
            for axis in Axis::ALL {
                these.unfold(*axis);
                these.find_cycles(*axis, faults);
            }
        }
        faults.extend(overlaps);
        these
    }

    /// Whether the change can be applied to the organisations themselves.
    pub(crate) fn check(&self, change: &Change) -> Result<(), Fault> {
        match change {
            Change::Recorded(Fact::Membership(row)) => self.check_membership(row),
            Change::Ended(Key::Membership(id)) if !self.memberships.contains_key(id) => {
                Err(Fault::NotStanding {
                    row: Key::Membership(*id),
                })
            }
            Change::Ended(Key::Organisation(id)) => {
                let row = Key::Organisation(*id);
                if self.number(*id).is_none() {
                    return Err(Fault::NotStanding { row });
                }
                let mut memberships = self.memberships.values();
                match memberships.find(|m| m.organisation == *id || m.parent == *id) {
                    Some(membership) => Err(Fault::StillNamed {
                        row,
                        by: Key::Membership(membership.id),
                    }),
                    None => Ok(()),
                }
            }
            _ => Ok(()),
        }
    }

    /// Applies a change that every module accepted; returns the forests that look different now, as they were.
    pub(crate) fn apply(&mut self, change: &Change) -> Vec<Replanted> {
        match change {
            Change::Recorded(Fact::Organisation(row)) => {
                let number = self.index.number(row.id) as usize;
                if number == self.rows.len() {
                    self.rows.push(None);
                }
                let is_new = self.rows[number].replace(*row).is_none();
                if is_new {
                    self.replant(&[true; 2])
                } else {
                    Vec::new()
                }
            }
            Change::Recorded(Fact::Membership(row)) => {
                let mut axes = [false; 2];
                if let Some(old) = self.memberships.insert(row.id, *row) {
                    self.unplace(&old);
                    axes[old.axis as usize] = true;
                }
                self.place(row);
                axes[row.axis as usize] = true;
                self.replant(&axes)
            }
            Change::Ended(Key::Membership(id)) => match self.memberships.remove(id) {
                Some(old) => {
                    self.unplace(&old);
                    let mut axes = [false; 2];
                    axes[old.axis as usize] = true;
                    self.replant(&axes)
                }
                None => Vec::new(),
            },
            Change::Ended(Key::Organisation(id)) => match self.number(*id) {
                Some(ix) => {
                    self.rows[ix.at()] = None;
                    self.replant(&[true; 2])
                }
                None => Vec::new(),
            },
            _ => Vec::new(),
        }
    }

    /// The dense number of an organisation that stands.
    pub fn number(&self, id: OrganisationId) -> Option<OrgIx> {
        let ix = OrgIx(self.index.get(id)?);
        self.row(ix).map(|_| ix)
    }

    /// The id of a dense number.
    pub fn id(&self, ix: OrgIx) -> OrganisationId {
        self.index.id(ix.0)
    }

    /// The organisation, when it stands.
    pub fn row(&self, ix: OrgIx) -> Option<&Organisation> {
        self.rows.get(ix.at())?.as_ref()
    }

    /// How many dense numbers there are: the length of a vector with one place per organisation.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is no organisation at all.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Every organisation that stands, in the order of dense numbers.
    pub fn all(&self) -> impl Iterator<Item = (OrgIx, &Organisation)> {
        self.rows
            .iter()
            .enumerate()
            .filter_map(|(ix, row)| Some((OrgIx(ix as u32), row.as_ref()?)))
    }

    /// The membership, when it stands.
    pub fn membership(&self, id: MembershipId) -> Option<&Membership> {
        self.memberships.get(&id)
    }

    /// The seats of one axis.
    pub fn forest(&self, axis: Axis) -> &Forest {
        &self.forests[axis as usize]
    }

    /// The organisation above another on a day; `None` at the top.
    pub fn parent_on(&self, axis: Axis, organisation: OrgIx, day: Date) -> Option<OrgIx> {
        let forest = self.forest(axis);
        let seat = forest
            .seats()
            .get(forest.seat_on(organisation, Day::of(day)) as usize)?;
        let parent = forest.seats().get(seat.parent as usize)?;
        Some(OrgIx(parent.organisation))
    }

    /// The organisation itself and everything below it on a day, in pre-order.
    pub fn subtree_on(&self, axis: Axis, organisation: OrgIx, day: Date) -> Vec<OrgIx> {
        let forest = self.forest(axis);
        let day = Day::of(day);
        let Some(top) = forest
            .seats()
            .get(forest.seat_on(organisation, day) as usize)
        else {
            return Vec::new();
        };
        let start = forest.seat_on(organisation, day) as usize;
        forest.seats()[start..top.end as usize]
            .iter()
            .filter(|seat| seat.from <= day && day < seat.to)
            .map(|seat| OrgIx(seat.organisation))
            .collect()
    }

    fn stands(&self) -> Vec<bool> {
        self.rows.iter().map(Option::is_some).collect()
    }

    fn unfold(&mut self, axis: Axis) -> Forest {
        let forest = Forest::unfold(&self.stands(), &self.places[axis as usize]);
        std::mem::replace(&mut self.forests[axis as usize], forest)
    }

    fn replant(&mut self, axes: &[bool; 2]) -> Vec<Replanted> {
        for places in &mut self.places {
            places.widen(self.rows.len());
        }
        Axis::ALL
            .iter()
            .filter(|axis| axes[**axis as usize])
            .map(|axis| Replanted {
                axis: *axis,
                before: self.unfold(*axis),
            })
            .collect()
    }

    fn group(&self, axis: Axis) -> Pool<Place> {
        let rows: Vec<_> = self
            .memberships
            .values()
            .filter(|row| row.axis == axis)
            .filter_map(|row| Some((self.number(row.organisation)?.0, self.place_of(row))))
            .collect();
        Pool::group(self.rows.len(), rows.into_iter())
    }

    fn place_of(&self, row: &Membership) -> Place {
        Place {
            from: row.valid_from.map_or(Day::EVER, Day::of),
            to: row.valid_to.map_or(Day::NEVER, Day::of),
            parent: self.number(row.parent).map_or(NONE, |parent| parent.0),
        }
    }

    fn place(&mut self, row: &Membership) {
        let place = self.place_of(row);
        if let Some(ix) = self.number(row.organisation) {
            self.places[row.axis as usize].insert(ix.0, place);
        }
    }

    fn unplace(&mut self, row: &Membership) {
        let place = self.place_of(row);
        if let Some(ix) = self.number(row.organisation) {
            let places = &mut self.places[row.axis as usize];
            if let Ok(position) = places.list(ix.0).binary_search(&place) {
                places.remove(ix.0, position);
            }
        }
    }
}

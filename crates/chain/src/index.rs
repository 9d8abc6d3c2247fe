//! Dense ids: a number from 0 for every id, so that everything else can be plain vectors.

/// The dense number of an organisation: its position in [`domain::facts::Facts::organisations`] when the snapshot was
/// built; later ones follow. It never changes within one snapshot, and means nothing outside of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OrgIx(pub u32);

/// The dense number of a project: its position in [`domain::facts::Facts::projects`] when the snapshot was built;
/// later ones follow. It never changes within one snapshot, and means nothing outside of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ProjectIx(pub u32);

impl OrgIx {
    /// For vectors with one place per organisation.
    pub const fn at(self) -> usize {
        self.0 as usize
    }
}

impl ProjectIx {
    /// For vectors with one place per project.
    pub const fn at(self) -> usize {
        self.0 as usize
    }
}

/// An id of 16 bytes.
pub trait Id: Copy + Eq + Ord {
    /// Its 128 bits.
    fn bits(self) -> u128;
}

macro_rules! id {
    ($($name:ident),+ $(,)?) => {$(
        impl Id for domain::ids::$name {
            fn bits(self) -> u128 { self.0.as_u128() }
        }
    )+};
}

id!(
    OrganisationId,
    ProjectId,
    NodeId,
    EditionId,
    ActivityId,
    DutyId,
    LinkId,
    ListingId,
    AlignmentId,
    CrosswalkId,
    BaselineId,
    IndicatorTargetId
);

const EMPTY: u32 = u32::MAX;

/// Ids and their dense numbers, both ways. Numbers are handed out in the order of arrival and never taken back: what
/// ends keeps its number and gets it again when it returns.
///
/// Open addressing over 4-byte slots, because a map that repeats millions of 16-byte ids would be most of the memory.
#[derive(Debug, Clone)]
pub struct Index<I> {
    ids: Vec<I>,
    slots: Vec<u32>,
}

impl<I: Id> Default for Index<I> {
    fn default() -> Self {
        Self::with_capacity(0)
    }
}

impl<I: Id> Index<I> {
    /// An empty index with room for `n` ids.
    pub fn with_capacity(n: usize) -> Self {
        Self {
            ids: Vec::with_capacity(n),
            slots: vec![EMPTY; slots_for(n)],
        }
    }

    /// How many ids have a number.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether no id has a number.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// The number of an id.
    pub fn get(&self, id: I) -> Option<u32> {
        let mask = self.slots.len() - 1;
        let mut slot = spread(id.bits()) & mask;
        loop {
            let found = self.slots[slot];
            if found == EMPTY {
                return None;
            }
            if self.ids[found as usize] == id {
                return Some(found);
            }
            slot = (slot + 1) & mask;
        }
    }

    /// The id of a number that [`Self::get`] or [`Self::number`] gave.
    pub fn id(&self, number: u32) -> I {
        self.ids[number as usize]
    }

    /// The number of an id, which is handed out if it has none yet.
    pub fn number(&mut self, id: I) -> u32 {
        if let Some(found) = self.get(id) {
            return found;
        }
        if slots_for(self.ids.len() + 1) > self.slots.len() {
            self.slots = vec![EMPTY; self.slots.len() * 2];
            for number in 0..self.ids.len() {
                self.settle(number as u32);
            }
        }
        let number = self.ids.len() as u32;
        self.ids.push(id);
        self.settle(number);
        number
    }

    fn settle(&mut self, number: u32) {
        let mask = self.slots.len() - 1;
        let mut slot = spread(self.ids[number as usize].bits()) & mask;
        while self.slots[slot] != EMPTY {
            slot = (slot + 1) & mask;
        }
        self.slots[slot] = number;
    }
}

/// At most two thirds of the slots are ever taken.
fn slots_for(ids: usize) -> usize {
    (ids * 3 / 2 + 2).next_power_of_two()
}

/// Spreads ids that differ in a few bits only (times, test numbers) over all slots.
fn spread(bits: u128) -> usize {
    const ODD: u64 = 0x9E37_79B9_7F4A_7C15;
    let mixed = ((bits as u64) ^ ((bits >> 64) as u64).rotate_left(32)).wrapping_mul(ODD);
    let mixed = (mixed ^ (mixed >> 32)).wrapping_mul(ODD);
    (mixed >> 20) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::ids::ProjectId;

    #[test]
    fn every_id_keeps_the_number_it_got_first() {
        let mut index = Index::default();
        let ids: Vec<_> = (0..1_000u128)
            .map(|n| ProjectId::from_u128((n << 70) | (n * 7)))
            .collect();
        for (n, id) in ids.iter().enumerate() {
            assert_eq!(index.get(*id), None);
            assert_eq!(index.number(*id), n as u32);
        }
        for (n, id) in ids.iter().enumerate() {
            assert_eq!(index.number(*id), n as u32);
            assert_eq!(index.get(*id), Some(n as u32));
            assert_eq!(index.id(n as u32), *id);
        }
        assert_eq!(index.len(), 1_000);
    }
}

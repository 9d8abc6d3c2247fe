//! From an id to the place of its row: open addressing over places alone (5 bytes each); the ids stay in their column.

use crate::index::Id;
use hashbrown::{HashTable, hash_table::Entry};

/// Our own ids are random or counted, never chosen by a stranger: one multiplication mixes them well enough.
fn hash(id: impl Id) -> u64 {
    let bits = id.bits();
    let mixed = (bits >> 64) as u64 ^ (bits as u64).rotate_left(23);
    let product = u128::from(mixed) * 0x9E37_79B9_7F4A_7C15;
    (product >> 64) as u64 ^ product as u64
}

/// Places of rows by the ids of the rows. The caller says which id stands at a place.
#[derive(Debug, Clone, Default)]
pub(crate) struct IdIndex {
    places: HashTable<u32>,
}

impl IdIndex {
    pub(crate) fn with_capacity(rows: usize) -> Self {
        Self {
            places: HashTable::with_capacity(rows),
        }
    }

    pub(crate) fn find<I: Id>(&self, id: I, id_at: impl Fn(u32) -> I) -> Option<u32> {
        self.places
            .find(hash(id), |&place| id_at(place) == id)
            .copied()
    }

    /// Notes that `id` stands at `place`. The caller has made sure that it stands nowhere else.
    pub(crate) fn insert<I: Id>(&mut self, id: I, place: u32, id_at: impl Fn(u32) -> I) {
        self.places
            .insert_unique(hash(id), place, |&other| hash(id_at(other)));
    }

    /// Notes that `id` stands at `place`; false when it stands somewhere else.
    pub(crate) fn insert_new<I: Id>(
        &mut self,
        id: I,
        place: u32,
        id_at: impl Fn(u32) -> I,
    ) -> bool {
        let same = |other: &u32| id_at(*other) == id;
        match self
            .places
            .entry(hash(id), same, |&other| hash(id_at(other)))
        {
            Entry::Occupied(_) => false,
            Entry::Vacant(entry) => {
                entry.insert(place);
                true
            }
        }
    }

    pub(crate) fn remove<I: Id>(&mut self, id: I, id_at: impl Fn(u32) -> I) -> Option<u32> {
        match self
            .places
            .find_entry(hash(id), |&place| id_at(place) == id)
        {
            Ok(entry) => Some(entry.remove().0),
            Err(_) => None,
        }
    }

    pub(crate) fn bytes(&self) -> usize {
        self.places.allocation_size()
    }
}

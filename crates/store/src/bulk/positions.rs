//! Where ids stand in the lists that bulk rows name by position: a map that costs one multiplication per look.

use std::{
    collections::HashMap,
    hash::{BuildHasherDefault, Hasher},
};
use uuid::Uuid;

/// Where ids stand in the lists that bulk rows name by position.
#[derive(Default)]
pub(super) struct Positions {
    pub organisations: PositionOf,
    pub indicators: PositionOf,
    pub projects: PositionOf,
}

pub(super) type PositionOf = HashMap<u128, u32, BuildHasherDefault<IdHasher>>;

/// Ids are random enough already: one multiplication spreads them (the constant is 2^64 divided by the golden ratio).
#[derive(Default)]
pub(super) struct IdHasher(u64);

impl Hasher for IdHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u128(u128::from(*byte));
        }
    }

    fn write_u128(&mut self, id: u128) {
        let mixed = self.0 ^ (id as u64) ^ ((id >> 64) as u64).rotate_left(32);
        let product = mixed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 = product ^ (product >> 32);
    }
}

/// The positions of the ids of a list.
pub(super) fn positions(ids: impl ExactSizeIterator<Item = Uuid>) -> PositionOf {
    let mut positions = PositionOf::with_capacity_and_hasher(ids.len(), Default::default());
    positions.extend(ids.zip(0..).map(|(id, position)| (id.as_u128(), position)));
    positions
}

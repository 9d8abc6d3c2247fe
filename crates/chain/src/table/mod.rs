//! Compact tables of rows with 16-byte ids: found by id, listed by the thing they belong to, changed in place.

mod edges;
mod index;
mod owned;

pub(crate) use edges::{Edge, Edges};
use index::IdIndex;
pub(crate) use owned::Owned;

/// "No row": the end of a list, an absent parent.
pub(crate) const NONE: u32 = u32::MAX;

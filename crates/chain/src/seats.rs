//! Seats: the time-unfolded forest of one axis, numbered in pre-order so that a subtree is a range.

/// All seats of one axis.
#[derive(Debug, Clone, Default)]
pub struct Forest {}

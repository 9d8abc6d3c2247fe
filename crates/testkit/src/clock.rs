//! A clock that nobody winds and ids that nobody draws: the same in every run.

use domain::time::Moment;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use uuid::Uuid;

/// 9 o'clock of 1 October 2569 in Thailand (2026-10-01T02:00:00Z): the first working morning of fiscal year 2570.
pub const MORNING: Moment = Moment(1_790_820_000_000_000);

/// One second in the unit of moments.
pub const SECOND: i64 = 1_000_000;

/// A clock that moves one second whenever it is asked.
#[derive(Debug)]
pub struct Clock(AtomicI64);

impl Clock {
    /// A clock whose first answer is `start`.
    pub const fn at(start: Moment) -> Self {
        Self(AtomicI64::new(start.0))
    }

    /// The moment, one second after the one before.
    pub fn now(&self) -> Moment {
        Moment(self.0.fetch_add(SECOND, Ordering::Relaxed))
    }
}

impl Default for Clock {
    fn default() -> Self {
        Self::at(MORNING)
    }
}

/// Ids in the shape of UUIDv7, counted up.
#[derive(Debug, Default)]
pub struct Ids(AtomicU64);

impl Ids {
    /// Ids that start after `first`: another test's ids with the same number are equal.
    pub const fn after(first: u64) -> Self {
        Self(AtomicU64::new(first))
    }

    /// The next id.
    pub fn next(&self) -> Uuid {
        let count = self.0.fetch_add(1, Ordering::Relaxed) + 1;
        // 48 bits of milliseconds, version 7, variant 10, and the count in the rest.
        let milliseconds = (MORNING.0 / 1_000) as u128;
        Uuid::from_u128(milliseconds << 80 | 7 << 76 | 0b10 << 62 | u128::from(count))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_differ_and_come_in_order() {
        let ids = Ids::default();
        let (first, second) = (ids.next(), ids.next());
        assert!(first < second);
        assert_eq!(first.get_version_num(), 7);
    }

    #[test]
    fn the_clock_never_stands_still() {
        let clock = Clock::default();
        assert_eq!(clock.now(), MORNING);
        assert!(clock.now() > MORNING);
    }
}

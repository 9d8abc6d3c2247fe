//! A clock that the demonstration sets from day to day.

use domain::time::Moment;
use jiff::civil::{Date, date};
use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

/// A clock that moves a little whenever it is asked, is set to days by hand, and never goes back.
#[derive(Debug, Clone)]
pub struct Clock(Arc<AtomicI64>);

/// A tenth of a second, in the unit of moments.
const TICK: i64 = 100_000;
/// One day.
const DAY: i64 = 86_400_000_000;
/// Nine o'clock in Thailand is two o'clock of Greenwich.
const MORNING: i64 = 2 * 3_600_000_000;

impl Clock {
    /// A clock whose first answer is `start`.
    pub fn at(start: Moment) -> Self {
        Self(Arc::new(AtomicI64::new(start.0)))
    }

    /// The moment, a little after the one before.
    pub fn now(&self) -> Moment {
        Moment(self.0.fetch_add(TICK, Ordering::Relaxed))
    }

    /// Goes on to a moment, unless it is later already.
    pub fn after(&self, moment: Moment) {
        self.0.fetch_max(moment.0, Ordering::Relaxed);
    }

    /// Goes on to nine o'clock of a day, unless it is later already.
    pub fn to(&self, day: Date) {
        let days = day
            .since((jiff::Unit::Day, date(1970, 1, 1)))
            .map_or(0, |span| span.get_days());
        let morning = i64::from(days) * DAY + MORNING;
        self.0.fetch_max(morning, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_set_to_a_morning_in_thailand_and_never_goes_back() {
        let clock = Clock::at(super::super::BEGIN);
        assert_eq!(clock.now().thai_day(), date(2025, 10, 1));
        clock.to(date(2026, 7, 30));
        let morning = clock.now();
        assert_eq!(morning.thai_day(), date(2026, 7, 30));
        assert_eq!((morning.0 - MORNING) % DAY, 0);
        clock.to(date(2025, 10, 1));
        assert!(clock.now() > morning);
    }
}

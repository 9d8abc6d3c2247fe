//! How long somebody waits after attempts that failed: a pure schedule, held by `throttle`.
//!
//! Three keys are counted: account and address together, the account alone, the address alone. Delays double up to a
//! ceiling and no key is ever locked for good. Whoever guesses from elsewhere fills the mild key of the account, which
//! an address with an earlier success does not ask. A device with an earlier success asks none of the three but one of
//! its own; so the owner comes in while somebody else guesses, even behind the same address.

use domain::time::Moment;
use store::accounts::Attempts;

const SECOND: i64 = 1_000_000;

/// How delays grow under one kind of key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Schedule {
    /// Failures that cost nothing.
    pub free: i64,
    /// Seconds of the first delay; each further one is twice as long.
    pub first: i64,
    /// Seconds of the longest delay.
    pub most: i64,
    /// Seconds without an attempt after which failures are forgotten.
    pub forget: i64,
}

/// One account from one address, or from one known device: 3 free tries, then 2, 4, 8 … seconds up to 15 minutes.
pub(super) const PAIR: Schedule = Schedule {
    free: 3,
    first: 2,
    most: 15 * 60,
    forget: 24 * 3_600,
};

/// One account from anywhere: 10 free tries, then 1, 2, 4 … seconds up to one minute, which is about 60 guesses an hour
/// however many computers guess.
pub(super) const ACCOUNT: Schedule = Schedule {
    free: 10,
    first: 1,
    most: 60,
    forget: 24 * 3_600,
};

/// One address, any account: an office shares one, so 30 tries are free, then up to 5 minutes.
pub(super) const ADDRESS: Schedule = Schedule {
    free: 30,
    first: 1,
    most: 5 * 60,
    forget: 24 * 3_600,
};

/// Codes of a second factor of one person from anywhere: about 300 guesses a day at a million codes.
pub(super) const CODES: Schedule = Schedule {
    free: 20,
    first: 5,
    most: 5 * 60,
    forget: 24 * 3_600,
};

/// Codes of a second factor of one person from one address.
pub(super) const CODE: Schedule = Schedule {
    free: 5,
    first: 5,
    most: 15 * 60,
    forget: 24 * 3_600,
};

impl Schedule {
    /// Seconds to wait after so many failures.
    pub const fn delay(&self, failures: i64) -> i64 {
        let over = failures - self.free;
        if over < 0 {
            return 0;
        }
        // Doubling 20 times passes every ceiling.
        let doubled = self.first << if over > 20 { 20 } else { over };
        if doubled > self.most {
            self.most
        } else {
            doubled
        }
    }

    /// What stands at a moment: failures that nobody repeated for long are forgotten. A clock that was set back must
    /// not lock anybody out: what lies in the future is over.
    pub const fn at(&self, attempts: Attempts, now: Moment) -> Attempts {
        let rested = now.0 - attempts.last_at.0;
        if rested >= self.forget * SECOND {
            return Attempts {
                failures: 0,
                next_at: now,
                ..attempts
            };
        }
        if rested < 0 {
            return Attempts {
                next_at: now,
                last_at: now,
                ..attempts
            };
        }
        attempts
    }

    /// Seconds until the next attempt is heard, counted up; `None` = at once.
    pub const fn wait(&self, attempts: Attempts, now: Moment) -> Option<i64> {
        let left = self.at(attempts, now).next_at.0 - now.0;
        if left <= 0 {
            None
        } else {
            Some((left + SECOND - 1) / SECOND)
        }
    }

    /// What stands after one more failure. Attempts that are not heard are no failures: they delay nobody.
    pub const fn failed(&self, attempts: Attempts, now: Moment) -> Attempts {
        let before = self.at(attempts, now);
        let failures = before.failures + 1;
        Attempts {
            failures,
            last_at: now,
            next_at: Moment(now.0 + self.delay(failures) * SECOND),
            succeeded_at: before.succeeded_at,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Schedule; 5] = [PAIR, ACCOUNT, ADDRESS, CODE, CODES];
    const NONE: Attempts = Attempts {
        failures: 0,
        last_at: Moment(0),
        next_at: Moment(0),
        succeeded_at: None,
    };

    fn after(schedule: Schedule, failures: i64, mut now: Moment) -> (Attempts, Moment) {
        let mut attempts = NONE;
        for _ in 0..failures {
            now = Moment(now.0.max(attempts.next_at.0));
            attempts = schedule.failed(attempts, now);
        }
        (attempts, now)
    }

    #[test]
    fn delays_never_shrink_and_never_pass_the_ceiling() {
        for schedule in ALL {
            let delays: Vec<i64> = (0..10_000)
                .map(|failures| schedule.delay(failures))
                .collect();
            assert!(delays.is_sorted());
            assert_eq!(delays.last(), Some(&schedule.most));
            assert!(
                delays[..schedule.free as usize]
                    .iter()
                    .all(|delay| *delay == 0)
            );
            assert!(
                schedule.forget > schedule.most,
                "waiting is no way to forget"
            );
        }
        assert_eq!(
            (1..=8).map(|n| PAIR.delay(n)).collect::<Vec<_>>(),
            [0, 0, 2, 4, 8, 16, 32, 64]
        );
    }

    #[test]
    fn nobody_is_locked_out_for_good() {
        for schedule in ALL {
            let (attempts, now) = after(schedule, 1_000, Moment(0));
            assert!(schedule.wait(attempts, now).is_some());
            let later = Moment(now.0 + schedule.most * SECOND);
            assert_eq!(schedule.wait(attempts, later), None);
        }
    }

    #[test]
    fn an_attempt_that_is_not_heard_does_not_lengthen_the_wait() {
        let (attempts, now) = after(PAIR, 20, Moment(0));
        let mut left = PAIR.wait(attempts, now).unwrap();
        for second in 1..900 {
            let next = PAIR
                .wait(attempts, Moment(now.0 + second * SECOND))
                .unwrap();
            assert_eq!(next, left - 1);
            left = next;
        }
    }

    #[test]
    fn an_account_is_guessed_at_most_a_hundred_times_in_any_hour() {
        let mut now = Moment(0);
        let mut attempts = NONE;
        let mut moments = Vec::new();
        while now.0 < 24 * 3_600 * SECOND {
            moments.push(now.0);
            attempts = ACCOUNT.failed(attempts, now);
            now = Moment(attempts.next_at.0.max(now.0 + 1));
        }
        for (i, start) in moments.iter().enumerate() {
            let within = moments[i..]
                .iter()
                .take_while(|at| **at < start + 3_600 * SECOND);
            assert!(within.count() <= 100);
        }
    }

    #[test]
    fn a_clock_that_was_set_back_by_a_year_locked_nobody_out() {
        let year = 365 * 24 * 3_600 * SECOND;
        let (attempts, now) = after(PAIR, 50, Moment(year));
        assert_eq!(PAIR.wait(attempts, Moment(now.0 - year)), None);
    }

    #[test]
    fn a_day_of_rest_forgets_everything_but_the_success() {
        let (attempts, now) = after(PAIR, 50, Moment(0));
        let known = Attempts {
            succeeded_at: Some(Moment(7)),
            ..attempts
        };
        let rested = PAIR.failed(known, Moment(now.0 + PAIR.forget * SECOND));
        assert_eq!((rested.failures, rested.succeeded_at), (1, Some(Moment(7))));
    }
}

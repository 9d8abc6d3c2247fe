//! Working days: a due date on a weekend or a holiday moves to the next working day.

use super::MonthDay;
use jiff::civil::{Date, Weekday};
use std::collections::BTreeSet;

/// The public holidays that count somewhere; weekends need not be among them.
///
/// The cabinet decides on holidays every year; an empty set knows only weekends.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Holidays {
    once: BTreeSet<Date>,
    yearly: BTreeSet<MonthDay>,
    /// Days on which one works although a holiday stands: they win.
    works: BTreeSet<Date>,
    works_yearly: BTreeSet<MonthDay>,
}

impl Holidays {
    /// Adds a holiday that falls on one day.
    pub fn add(&mut self, day: Date) {
        self.once.insert(day);
    }

    /// Adds a holiday that returns every year.
    pub fn add_yearly(&mut self, day: MonthDay) {
        self.yearly.insert(day);
    }

    /// Takes one day out, whatever holiday stands on it.
    pub fn works(&mut self, day: Date) {
        self.works.insert(day);
    }

    /// Takes a day of every year out.
    pub fn works_yearly(&mut self, day: MonthDay) {
        self.works_yearly.insert(day);
    }

    /// Whether the day is a holiday.
    pub fn contains(&self, day: Date) -> bool {
        let yearly = MonthDay::of(day);
        let stands = self.once.contains(&day) || self.yearly.contains(&yearly);
        stands && !self.works.contains(&day) && !self.works_yearly.contains(&yearly)
    }
}

impl FromIterator<Date> for Holidays {
    fn from_iter<I: IntoIterator<Item = Date>>(days: I) -> Self {
        Self {
            once: days.into_iter().collect(),
            ..Self::default()
        }
    }
}

/// Monday to Friday and not a holiday.
pub fn is_working_day(day: Date, holidays: &Holidays) -> bool {
    !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) && !holidays.contains(day)
}

/// The day itself if it is a working day, else the first one after it.
pub fn next_working_day(day: Date, holidays: &Holidays) -> Date {
    walk(day, holidays, Date::tomorrow)
}

/// The working day that comes `count` working days after `day` (before it, when negative); `day` is not counted.
/// With 0 it is [`next_working_day`].
pub fn add_working_days(day: Date, count: i32, holidays: &Holidays) -> Date {
    let step = if count < 0 {
        Date::yesterday
    } else {
        Date::tomorrow
    };
    let mut found = next_working_day(day, holidays);
    if count != 0 {
        found = day;
    }
    for _ in 0..count.unsigned_abs() {
        let Ok(next) = step(found) else { break };
        found = walk(next, holidays, step);
    }
    found
}

/// The first working day from `day` on. At the end of the calendar (years −9999 and 9999) it stays where it is.
fn walk(mut day: Date, holidays: &Holidays, step: fn(Date) -> Result<Date, jiff::Error>) -> Date {
    while !is_working_day(day, holidays) {
        match step(day) {
            Ok(next) => day = next,
            Err(_) => break,
        }
    }
    day
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    #[test]
    fn a_due_date_moves_over_weekend_and_holidays() {
        // 30 January 2027 is a Saturday; the Monday after it is entered as a holiday.
        let holidays: Holidays = [date(2027, 2, 1)].into_iter().collect();
        assert_eq!(
            next_working_day(date(2027, 1, 30), &Holidays::default()),
            date(2027, 2, 1)
        );
        assert_eq!(
            next_working_day(date(2027, 1, 30), &holidays),
            date(2027, 2, 2)
        );
        assert_eq!(
            next_working_day(date(2027, 1, 29), &holidays),
            date(2027, 1, 29)
        );
    }

    #[test]
    fn three_working_days_jump_over_a_long_weekend() {
        let holidays: Holidays = [date(2027, 2, 1)].into_iter().collect();
        let friday = date(2027, 1, 29);
        assert_eq!(add_working_days(friday, 3, &holidays), date(2027, 2, 4));
        assert_eq!(add_working_days(date(2027, 2, 4), -3, &holidays), friday);
        assert_eq!(
            add_working_days(date(2027, 1, 30), 0, &holidays),
            date(2027, 2, 2)
        );
        assert_eq!(
            add_working_days(date(2027, 1, 30), 1, &holidays),
            date(2027, 2, 2)
        );
    }

    #[test]
    fn the_last_day_of_the_calendar_is_no_trap() {
        let last = date(9999, 12, 31);
        let holidays: Holidays = [last].into_iter().collect();
        assert_eq!(next_working_day(last, &holidays), last);
        assert_eq!(add_working_days(last, 2, &holidays), last);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn counting_working_days_is_the_inverse_of_adding_them(
            start in 0i32..4_000, count in 1i32..40, off in prop::collection::btree_set(0i32..4_200, 0..200)
        ) {
            use jiff::ToSpan;
            let day = |n: i32| date(2020, 1, 1).saturating_add(n.days());
            let holidays: Holidays = off.into_iter().map(day).collect();
            let end = add_working_days(day(start), count, &holidays);
            let counted = (start + 1..).map(day).take_while(|d| *d <= end).filter(|d| is_working_day(*d, &holidays));
            prop_assert_eq!(counted.count(), count as usize);
            prop_assert!(is_working_day(end, &holidays));
        }
    }
}

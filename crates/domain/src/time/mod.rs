//! Time as Thai offices count it: three kinds of year in the Buddhist era (พ.ศ. = CE + 543), fiscal quarters,
//! periods, days and moments. Three "years" with the same number are three different periods.

mod month_day;
mod thai;
mod typed;
mod working_days;

pub use month_day::MonthDay;
pub use thai::{long_date, month_name, short_date, short_month_name};
pub use typed::{DateProblem, parse_date, parse_year_be};
pub use working_days::{Holidays, add_working_days, is_working_day, next_working_day};

use jiff::civil::{Date, date};
use serde::{Deserialize, Serialize};

/// Years between the Buddhist and the common era.
pub const BE_OFFSET: i16 = 543;

/// A moment in microseconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Moment(pub i64);

impl Moment {
    /// The civil day in Thailand (UTC+7, no summer time), where every office of the chain stands.
    pub fn thai_day(self) -> Date {
        const MICROS_PER_DAY: i64 = 86_400_000_000;
        const OFFSET: i64 = 7 * 3_600_000_000;
        let days = self.0.saturating_add(OFFSET).div_euclid(MICROS_PER_DAY);
        let days = i32::try_from(days).unwrap_or(if days < 0 { i32::MIN } else { i32::MAX });
        date(1970, 1, 1)
            .checked_add(jiff::Span::new().days(days.clamp(-4_371_587, 2_932_896)))
            .unwrap_or(if days < 0 { Date::MIN } else { Date::MAX })
    }
}

/// ปีงบประมาณ พ.ศ. N: 1 October N−1 to 30 September N.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FiscalYear(pub i16);

/// ปีการศึกษา พ.ศ. N: 16 May N to 31 March N+1 (about; the ministry may shift it).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AcademicYear(pub i16);

/// ปีปฏิทิน พ.ศ. N: 1 January to 31 December.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CalendarYear(pub i16);

coded! {
    /// A fiscal quarter (ไตรมาส), counted from October.
    pub enum Quarter {
        /// October to December.
        Q1 = "Q1",
        /// January to March.
        Q2 = "Q2",
        /// April to June.
        Q3 = "Q3",
        /// July to September.
        Q4 = "Q4",
    }
}

coded! {
    /// The kind of year a number such as 2569 counts.
    pub enum PeriodKind {
        /// ปีงบประมาณ.
        Fiscal = "fiscal",
        /// ปีการศึกษา.
        Academic = "academic",
        /// ปีปฏิทิน.
        Calendar = "calendar",
    }
}

/// The Gregorian day `year`-`month`-`day` of a Buddhist-era year; the years of plans are well inside the range.
const fn be(year: i16, month: i8, day: i8) -> Date {
    date(year - BE_OFFSET, month, day)
}

impl FiscalYear {
    /// 1 October of the year before.
    pub const fn first_day(self) -> Date {
        be(self.0 - 1, 10, 1)
    }

    /// 30 September.
    pub const fn last_day(self) -> Date {
        be(self.0, 9, 30)
    }

    /// The fiscal year in which a day lies.
    pub fn of(day: Date) -> Self {
        Self(day.year() + BE_OFFSET + i16::from(day.month() >= 10))
    }
}

impl AcademicYear {
    /// 16 May.
    pub const fn first_day(self) -> Date {
        be(self.0, 5, 16)
    }

    /// 31 March of the year after.
    pub const fn last_day(self) -> Date {
        be(self.0 + 1, 3, 31)
    }
}

impl CalendarYear {
    /// 1 January.
    pub const fn first_day(self) -> Date {
        be(self.0, 1, 1)
    }

    /// 31 December.
    pub const fn last_day(self) -> Date {
        be(self.0, 12, 31)
    }
}

impl Quarter {
    /// 1 to 4.
    pub const fn number(self) -> u8 {
        self as u8 + 1
    }

    /// The quarter in which a day lies.
    pub fn of(day: Date) -> Self {
        match day.month() {
            10..=12 => Quarter::Q1,
            1..=3 => Quarter::Q2,
            4..=6 => Quarter::Q3,
            _ => Quarter::Q4,
        }
    }
}

/// A fiscal year as a whole, or one of its quarters. Two bytes, ordered: the year before its quarters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FiscalPeriod(u16);

impl FiscalPeriod {
    /// The whole year. Years outside พ.ศ. 0 ..= 13,000 are clamped.
    pub const fn year(year: FiscalYear) -> Self {
        Self::pack(year, 0)
    }

    /// One quarter of the year.
    pub const fn quarter(year: FiscalYear, quarter: Quarter) -> Self {
        Self::pack(year, quarter.number())
    }

    const fn pack(FiscalYear(year): FiscalYear, part: u8) -> Self {
        let year = if year < 0 {
            0
        } else if year > 13_000 {
            13_000
        } else {
            year as u16
        };
        Self(year * 5 + part as u16)
    }

    /// Which fiscal year.
    pub const fn fiscal_year(self) -> FiscalYear {
        FiscalYear((self.0 / 5) as i16)
    }

    /// Which quarter; `None` = the whole year.
    pub const fn of_quarter(self) -> Option<Quarter> {
        match self.0 % 5 {
            0 => None,
            n => Some(Quarter::ALL[(n - 1) as usize]),
        }
    }

    /// The period as stored: year × 5 + quarter (0 = the whole year).
    pub const fn packed(self) -> u16 {
        self.0
    }

    /// The inverse of [`Self::packed`].
    pub const fn from_packed(packed: u16) -> Self {
        Self(packed)
    }

    /// Last day of the period.
    pub const fn last_day(self) -> Date {
        let year = self.fiscal_year();
        match self.of_quarter() {
            None | Some(Quarter::Q4) => year.last_day(),
            Some(Quarter::Q1) => be(year.0 - 1, 12, 31),
            Some(Quarter::Q2) => be(year.0, 3, 31),
            Some(Quarter::Q3) => be(year.0, 6, 30),
        }
    }
}

/// A year of one kind, or a quarter of a fiscal year: what an observation, a target or a duty speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Period {
    /// Which kind of year.
    pub kind: PeriodKind,
    /// Its number (พ.ศ.).
    pub year: i16,
    /// A fiscal quarter; `None` = the whole year. Only fiscal years have quarters.
    pub quarter: Option<Quarter>,
}

impl Period {
    /// A whole fiscal year.
    pub const fn fiscal(FiscalYear(year): FiscalYear) -> Self {
        Self {
            kind: PeriodKind::Fiscal,
            year,
            quarter: None,
        }
    }

    /// Last day of the period.
    pub const fn last_day(self) -> Date {
        match (self.kind, self.quarter) {
            (PeriodKind::Fiscal, None) => FiscalYear(self.year).last_day(),
            (PeriodKind::Fiscal, Some(quarter)) => {
                FiscalPeriod::quarter(FiscalYear(self.year), quarter).last_day()
            }
            (PeriodKind::Academic, _) => AcademicYear(self.year).last_day(),
            (PeriodKind::Calendar, _) => CalendarYear(self.year).last_day(),
        }
    }

    /// The period as one number for storage and dense columns, ordered by year and then by kind.
    /// Year × 16 + kind × 5 + quarter (0 = the whole year).
    pub const fn packed(self) -> u32 {
        let quarter = match self.quarter {
            None => 0,
            Some(quarter) => quarter.number() as u32,
        };
        (self.year as u32) * 16 + (self.kind as u32) * 5 + quarter
    }

    /// The inverse of [`Self::packed`]; `None` for a number that no period packs to.
    pub const fn from_packed(packed: u32) -> Option<Self> {
        let (year, rest) = (packed / 16, packed % 16);
        let (kind, quarter) = (rest / 5, rest % 5);
        if kind > 2 || year > 13_000 || (quarter > 0 && kind != 0) {
            return None;
        }
        Some(Self {
            kind: PeriodKind::ALL[kind as usize],
            year: year as i16,
            quarter: if quarter == 0 {
                None
            } else {
                Some(Quarter::ALL[(quarter - 1) as usize])
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fiscal_year_2570_runs_from_october_2026_to_september_2027() {
        assert_eq!(FiscalYear(2570).first_day(), date(2026, 10, 1));
        assert_eq!(FiscalYear(2570).last_day(), date(2027, 9, 30));
        assert_eq!(FiscalYear::of(date(2026, 9, 30)), FiscalYear(2569));
        assert_eq!(FiscalYear::of(date(2026, 10, 1)), FiscalYear(2570));
        assert_eq!(Quarter::of(date(2026, 10, 1)), Quarter::Q1);
    }

    #[test]
    fn the_day_in_thailand_begins_seven_hours_before_the_one_of_greenwich() {
        // 2026-09-30T16:59:59Z and a second later: the fiscal year changes.
        let last = Moment(1_790_787_599_000_000);
        assert_eq!(last.thai_day(), date(2026, 9, 30));
        assert_eq!(Moment(last.0 + 1_000_000).thai_day(), date(2026, 10, 1));
        assert_eq!(Moment(-1).thai_day(), date(1970, 1, 1));
        assert_eq!(Moment(i64::MAX).thai_day(), Date::MAX);
        assert_eq!(Moment(i64::MIN).thai_day(), Date::MIN);
    }

    #[test]
    fn three_years_with_the_same_number_are_three_periods() {
        let ends = [
            PeriodKind::Fiscal,
            PeriodKind::Academic,
            PeriodKind::Calendar,
        ]
        .map(|kind| {
            Period {
                kind,
                year: 2569,
                quarter: None,
            }
            .last_day()
        });
        assert_eq!(
            ends,
            [date(2026, 9, 30), date(2027, 3, 31), date(2026, 12, 31)]
        );
    }

    #[test]
    fn packing_a_period_loses_nothing() {
        for kind in PeriodKind::ALL {
            let quarters: Vec<_> = match kind {
                PeriodKind::Fiscal => std::iter::once(None)
                    .chain(Quarter::ALL.iter().copied().map(Some))
                    .collect(),
                _ => vec![None],
            };
            for quarter in quarters {
                let period = Period {
                    kind: *kind,
                    year: 2569,
                    quarter,
                };
                assert_eq!(Period::from_packed(period.packed()), Some(period));
            }
        }
        for quarter in Quarter::ALL {
            let period = FiscalPeriod::quarter(FiscalYear(2569), *quarter);
            assert_eq!(FiscalPeriod::from_packed(period.packed()), period);
            assert_eq!(
                (period.fiscal_year(), period.of_quarter()),
                (FiscalYear(2569), Some(*quarter))
            );
        }
    }
}

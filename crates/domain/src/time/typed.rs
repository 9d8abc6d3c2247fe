//! Dates and years as people type them: day first, Buddhist era, any separator, month names, ๐–๙.

use super::BE_OFFSET;
use super::thai::{is_english, month_of};
use crate::text::{clean, from_thai_digits};
use jiff::civil::Date;

/// Buddhist-era years that a plan, an order or a birthday can have.
const BUDDHIST: std::ops::RangeInclusive<i16> = 2400..=2700;
/// The same years in the common era, where no Buddhist-era year can be meant.
const COMMON: std::ops::RangeInclusive<i16> = 1857..=2157;

/// Why a text is no date or no year.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DateProblem {
    /// There is no text.
    #[error("there is no date")]
    Empty,
    /// The text has not the shape of a date.
    #[error("{found:?} is not a date: write it as 23/11/2569 or 23 พ.ย. 2569")]
    NotADate {
        /// The text as typed.
        found: String,
    },
    /// The word between day and year is no month.
    #[error("{found:?} is not the name of a month")]
    NoSuchMonthName {
        /// The word as typed.
        found: String,
    },
    /// The second number is no month: perhaps day and month are exchanged.
    #[error("there is no month {month}: the day comes first, then the month")]
    NoSuchMonth {
        /// The number as typed.
        month: u32,
    },
    /// The month has fewer days.
    #[error("there is no day {day} in that month: it has {last}")]
    NoSuchDay {
        /// The number as typed.
        day: u32,
        /// The last day of that month in that year.
        last: i8,
    },
    /// No year of these times.
    #[error("{year} is not a year of these times")]
    NoSuchYear {
        /// The number as typed.
        year: u32,
    },
    /// The year looks like one of the common era; the field wants the Buddhist era.
    #[error("the year looks like one of the common era")]
    DidYouMeanBuddhist {
        /// The day if the year is one of the common era.
        suggestion: Date,
    },
    /// The year looks like one of the common era; the field wants the Buddhist era.
    #[error("the year looks like one of the common era: did you mean {suggestion}?")]
    DidYouMeanBuddhistYear {
        /// The Buddhist-era year of that common year.
        suggestion: i16,
    },
}

/// The era that is written beside a year.
#[derive(Clone, Copy, PartialEq)]
enum Era {
    Buddhist,
    Common,
    /// Nothing is written, but the form is one that is used with the common era: ISO 8601, English months.
    Either,
    Unsaid,
}

/// The day that a text names: `23/11/2569`, `23-11-69`, `๒๓ พ.ย. ๒๕๖๙`, `23 พฤศจิกายน พ.ศ. 2569`, `2569-11-23`,
/// `2026-11-23`, `23 November 2026`.
///
/// Two digits of a year are พ.ศ. 25xx. A year of the common era is taken only where the form leaves no doubt (year
/// first, an English month, ค.ศ.); elsewhere it is asked with [`DateProblem::DidYouMeanBuddhist`].
pub fn parse_date(text: &str) -> Result<Date, DateProblem> {
    let text = from_thai_digits(&clean(text).text);
    if text.is_empty() {
        return Err(DateProblem::Empty);
    }
    let not_a_date = || DateProblem::NotADate {
        found: text.clone(),
    };
    let (words, numbers) = words_and_numbers(&text);
    let before = words[0].trim_end_matches(' ');
    let after = words[words.len() - 1];
    if !["", "วันที่"].contains(&before) || !after.is_empty() || numbers.iter().any(|n| n.len() > 4)
    {
        return Err(not_a_date());
    }
    match (numbers.as_slice(), &words[1..words.len() - 1]) {
        ([year, month, day], [a, b]) if year.len() == 4 && a == b && is_separator(a) => {
            day_of(day, month, year, Era::Either)
        }
        ([day, month, year], [a, b]) if day.len() <= 2 && month.len() <= 2 && is_separator(a) => {
            let (rest, era) = era_of(b);
            let era_alone = rest.is_empty() && era != Era::Unsaid;
            if !(is_separator(rest) || era_alone) {
                return Err(not_a_date());
            }
            day_of(day, month, year, era)
        }
        ([day, year], [between]) if day.len() <= 2 => {
            let (name, era) = era_of(between);
            let name = name.trim_matches([' ', '-', '/', ',']);
            let month = month_of(name).ok_or_else(|| match is_separator(between) {
                true => not_a_date(),
                false => DateProblem::NoSuchMonthName {
                    found: name.to_owned(),
                },
            })?;
            let era = if era == Era::Unsaid && is_english(name) {
                Era::Either
            } else {
                era
            };
            day_of(day, &month.to_string(), year, era)
        }
        _ => Err(not_a_date()),
    }
}

/// The Buddhist-era year that a text names: `2569`, `๒๕๖๙`, `69`, `พ.ศ. 2569`, `ปีงบประมาณ พ.ศ. 2569`, `ค.ศ. 2026`.
pub fn parse_year_be(text: &str) -> Result<i16, DateProblem> {
    let text = from_thai_digits(&clean(text).text);
    if text.is_empty() {
        return Err(DateProblem::Empty);
    }
    let (words, numbers) = words_and_numbers(&text);
    let ([before, ""], [year]) = (words.as_slice(), numbers.as_slice()) else {
        return Err(DateProblem::NotADate { found: text });
    };
    let (kind, era) = era_of(before);
    if !["", "ปี", "ปีงบประมาณ", "ปีการศึกษา", "ปีปฏิทิน"].contains(&kind.trim())
    {
        return Err(DateProblem::NotADate { found: text });
    }
    match year_of(year, era)? {
        Year::Sure(year) => Ok(year + BE_OFFSET),
        Year::Asked(year) => Err(DateProblem::DidYouMeanBuddhistYear {
            suggestion: year + BE_OFFSET,
        }),
    }
}

/// What stands between, before and after the numbers, and the numbers: always one word more than numbers.
fn words_and_numbers(text: &str) -> (Vec<&str>, Vec<&str>) {
    let (mut words, mut numbers) = (Vec::new(), Vec::new());
    let mut rest = text;
    loop {
        let start = rest
            .find(|c: char| c.is_ascii_digit())
            .unwrap_or(rest.len());
        words.push(&rest[..start]);
        rest = &rest[start..];
        if rest.is_empty() {
            return (words, numbers);
        }
        let end = rest
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(rest.len());
        numbers.push(&rest[..end]);
        rest = &rest[end..];
    }
}

fn is_separator(text: &str) -> bool {
    matches!(text.trim(), "/" | "-" | ".") || (!text.is_empty() && text.trim().is_empty())
}

/// Takes พ.ศ. or ค.ศ. off the end.
fn era_of(text: &str) -> (&str, Era) {
    const ERAS: [(&str, Era); 6] = [
        ("พ.ศ.", Era::Buddhist),
        ("พ.ศ", Era::Buddhist),
        ("พศ", Era::Buddhist),
        ("ค.ศ.", Era::Common),
        ("ค.ศ", Era::Common),
        ("คศ", Era::Common),
    ];
    let said = text.trim_end();
    ERAS.iter()
        .find_map(|(name, era)| Some((said.strip_suffix(name)?, *era)))
        .unwrap_or((text, Era::Unsaid))
}

/// A year of the common era that is certain, or one that is asked for.
enum Year {
    Sure(i16),
    Asked(i16),
}

fn year_of(digits: &str, era: Era) -> Result<Year, DateProblem> {
    let year = number(digits);
    let small = i16::try_from(year).map_err(|_| DateProblem::NoSuchYear { year })?;
    match era {
        Era::Buddhist | Era::Unsaid | Era::Either if digits.len() == 2 => {
            Ok(Year::Sure(2500 + small - BE_OFFSET))
        }
        Era::Common | Era::Either if COMMON.contains(&small) => Ok(Year::Sure(small)),
        Era::Buddhist | Era::Unsaid | Era::Either if BUDDHIST.contains(&small) => {
            Ok(Year::Sure(small - BE_OFFSET))
        }
        Era::Buddhist | Era::Unsaid if COMMON.contains(&small) => Ok(Year::Asked(small)),
        _ => Err(DateProblem::NoSuchYear { year }),
    }
}

fn day_of(day: &str, month: &str, year: &str, era: Era) -> Result<Date, DateProblem> {
    let (day, month) = (number(day), number(month));
    let year = year_of(year, era)?;
    let (Year::Sure(common) | Year::Asked(common)) = year;
    let first = i8::try_from(month)
        .ok()
        .and_then(|month| Date::new(common, month, 1).ok())
        .ok_or(DateProblem::NoSuchMonth { month })?;
    let last = first.days_in_month();
    let found = i8::try_from(day)
        .ok()
        .and_then(|day| Date::new(common, first.month(), day).ok())
        .ok_or(DateProblem::NoSuchDay { day, last })?;
    match year {
        Year::Sure(_) => Ok(found),
        Year::Asked(_) => Err(DateProblem::DidYouMeanBuddhist { suggestion: found }),
    }
}

/// A number that no day, month or year has becomes one that none has.
fn number(digits: &str) -> u32 {
    digits.parse().unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Locale;
    use crate::time::{long_date, short_date};
    use jiff::civil::date;
    use proptest::prelude::*;

    #[test]
    fn what_people_type_is_understood() {
        for typed in [
            "23/11/2569",
            "23-11-69",
            "23.11.2569",
            " 23 / 11 / 2569 ",
            "๒๓/๑๑/๒๕๖๙",
            "๒๓ พ.ย. ๒๕๖๙",
            "23 พ.ย. 69",
            "23พย69",
            "23 พฤศจิกายน พ.ศ. 2569",
            "วันที่ ๒๓ พฤศจิกายน พ.ศ. ๒๕๖๙",
            "23-พ.ย.-2569",
            "23/11/พ.ศ. 2569",
            "2569-11-23",
            "2026-11-23",
            "2569/11/23",
            "23 November 2026",
            "23 Nov 2569",
            "23-Nov-2026",
            "23 พ.ย. ค.ศ. 2026",
            "23/11/ค.ศ.2026",
        ] {
            assert_eq!(parse_date(typed), Ok(date(2026, 11, 23)), "{typed}");
        }
    }

    #[test]
    fn a_common_year_is_asked_where_the_buddhist_one_is_usual() {
        let asked = DateProblem::DidYouMeanBuddhist {
            suggestion: date(2026, 11, 23),
        };
        for typed in ["23/11/2026", "23 พ.ย. 2026", "23 พฤศจิกายน พ.ศ. 2026"]
        {
            assert_eq!(parse_date(typed), Err(asked.clone()), "{typed}");
        }
        let asked = DateProblem::DidYouMeanBuddhistYear { suggestion: 2569 };
        assert_eq!(parse_year_be("2026"), Err(asked));
    }

    #[test]
    fn an_impossible_date_says_what_is_wrong() {
        assert_eq!(
            parse_date("30/2/2569"),
            Err(DateProblem::NoSuchDay { day: 30, last: 28 })
        );
        assert_eq!(parse_date("29 ก.พ. 2567"), Ok(date(2024, 2, 29)));
        assert_eq!(
            parse_date("31 เม.ย. 2569"),
            Err(DateProblem::NoSuchDay { day: 31, last: 30 })
        );
        assert_eq!(
            parse_date("0/1/2569"),
            Err(DateProblem::NoSuchDay { day: 0, last: 31 })
        );
        assert_eq!(
            parse_date("11/23/2569"),
            Err(DateProblem::NoSuchMonth { month: 23 })
        );
        assert_eq!(
            parse_date("1/1/569"),
            Err(DateProblem::NoSuchYear { year: 569 })
        );
        assert_eq!(
            parse_date("1/1/ค.ศ. 2569"),
            Err(DateProblem::NoSuchYear { year: 2569 })
        );
        let name = DateProblem::NoSuchMonthName {
            found: "พฤษจิกายน".into(),
        };
        assert_eq!(parse_date("23 พฤษจิกายน 2569"), Err(name));
        assert_eq!(parse_date("  "), Err(DateProblem::Empty));
        for typed in [
            "พรุ่งนี้",
            "2569",
            "23/11",
            "23/11/2569 น.",
            "23/11-พ",
            "1/2/3/4",
            "23112569",
            "เดือน 1/1/2569",
        ] {
            let found = typed.to_owned();
            assert_eq!(
                parse_date(typed),
                Err(DateProblem::NotADate { found }),
                "{typed}"
            );
        }
    }

    #[test]
    fn years_are_of_the_buddhist_era() {
        for typed in [
            "2569",
            "๒๕๖๙",
            "69",
            "พ.ศ. 2569",
            "ปีงบประมาณ พ.ศ. ๒๕๖๙",
            "ปี 2569",
            "ค.ศ. 2026",
        ] {
            assert_eq!(parse_year_be(typed), Ok(2569), "{typed}");
        }
        assert_eq!(
            parse_year_be("3000"),
            Err(DateProblem::NoSuchYear { year: 3000 })
        );
        assert_eq!(parse_year_be(""), Err(DateProblem::Empty));
        assert!(matches!(
            parse_year_be("2566-2570"),
            Err(DateProblem::NotADate { .. })
        ));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn every_printed_date_is_read_back(days in 0i32..80_000) {
            use jiff::ToSpan;
            let day = date(1900, 1, 1).saturating_add(days.days());
            for locale in [Locale::Th, Locale::En] {
                prop_assert_eq!(parse_date(&long_date(day, locale)), Ok(day));
                prop_assert_eq!(parse_date(&short_date(day, locale)), Ok(day));
            }
            prop_assert_eq!(parse_date(&day.to_string()), Ok(day));
        }

        #[test]
        fn no_text_is_too_odd(text in prop_oneof!["[0-9/.พศคม \\-]{0,16}", any::<String>()]) {
            let _ = (parse_date(&text), parse_year_be(&text));
        }
    }
}

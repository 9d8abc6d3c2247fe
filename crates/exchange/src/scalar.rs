//! From what stands in one cell to numbers, years and days: as Thai offices write them, exact, and never guessed.
//! Texts are read by the domain; here is what only files have: floats of spreadsheets, quarters, serial days.

use domain::{
    indicator::Quantity,
    money::{MoneyProblem, Satang, parse_baht},
    text::from_thai_digits,
    time::{DateProblem, FiscalPeriod, FiscalYear, Quarter, parse_date, parse_year_be},
};
use jiff::civil::Date;

/// Why a cell is not what its column asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Wrong {
    /// It is not a number at all.
    NotANumber,
    /// Commas that part no thousands, and the likeliest amount.
    MisplacedComma(Option<Satang>),
    /// It is below zero.
    Negative,
    /// More decimals than the unit has (satang: 2).
    TooFine,
    /// It does not fit.
    TooLarge,
    /// A year of the common era; the same year in the Buddhist era.
    CommonEra(i16),
    /// Not a year that a plan could speak of.
    NotAYear,
    /// Not a day.
    NotADate,
}

/// What officials write where there is nothing to say.
pub(crate) fn means_nothing(text: &str) -> bool {
    let dash_or_space = |c: char| matches!(c, '-' | '–' | '—' | '−') || c.is_whitespace();
    text.chars().all(dash_or_space)
}

/// Money in baht as printed; a dash or nothing is `None`.
pub(crate) fn baht(text: &str) -> Result<Option<Satang>, Wrong> {
    match parse_baht(text) {
        Ok(Some(amount)) if amount < Satang::ZERO => Err(Wrong::Negative),
        Ok(amount) => Ok(amount),
        Err(MoneyProblem::NotAnAmount { .. }) => Err(Wrong::NotANumber),
        Err(MoneyProblem::TooManyDecimals { .. }) => Err(Wrong::TooFine),
        Err(MoneyProblem::MisplacedComma { readings, .. }) => {
            Err(Wrong::MisplacedComma(readings.first().copied()))
        }
        Err(MoneyProblem::TooLarge { .. }) => Err(Wrong::TooLarge),
    }
}

/// A number of at least 0 as printed, in units of 10^-`decimals`: "60", "๖๐.๕", "ร้อยละ 60", "60%", "1,234".
pub(crate) fn decimal(text: &str, decimals: u32) -> Result<i64, Wrong> {
    let text = from_thai_digits(text);
    let text = text.trim();
    let text = text.strip_prefix("ร้อยละ").unwrap_or(text).trim_start();
    let text = text.strip_suffix('%').unwrap_or(text).trim_end();
    match text.strip_prefix(['-', '−', '–']) {
        Some(rest) => match decimal_digits(rest.trim(), decimals)? {
            0 => Ok(0),
            _ => Err(Wrong::Negative),
        },
        None => decimal_digits(text, decimals),
    }
}

fn decimal_digits(text: &str, decimals: u32) -> Result<i64, Wrong> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    let rest: Vec<&str> = groups.collect();
    let grouped = rest.is_empty() || (1..=3).contains(&first.len());
    let even = rest.iter().all(|group| group.len() == 3 && digits(group));
    if first.is_empty() || !digits(first) || !grouped || !even || !digits(fraction) {
        return Err(Wrong::NotANumber);
    }
    if text.ends_with('.') {
        return Err(Wrong::NotANumber);
    }
    let fraction = fraction.trim_end_matches('0');
    if fraction.len() > decimals as usize {
        return Err(Wrong::TooFine);
    }
    let padding = "0".repeat(decimals as usize - fraction.len());
    let all = format!("{}{}{fraction}{padding}", first, rest.concat());
    all.parse().map_err(|_| Wrong::TooLarge)
}

/// The same for a number that a spreadsheet keeps as binary floating point: 2569.0 is 2569 and 0.1 + 0.2 is 0.3.
pub(crate) fn decimal_of_float(number: f64, decimals: u32) -> Result<i64, Wrong> {
    if number < 0.0 {
        return Err(Wrong::Negative);
    }
    let scaled = number * 10_f64.powi(decimals as i32);
    // Above 2^53 a float no longer tells whole numbers apart.
    if !scaled.is_finite() || scaled >= 9_007_199_254_740_992.0 {
        return Err(Wrong::TooLarge);
    }
    let rounded = scaled.round();
    if (scaled - rounded).abs() > 1e-6_f64.max(scaled * 1e-12) {
        return Err(Wrong::TooFine);
    }
    Ok(rounded as i64)
}

/// A measured number as printed.
pub(crate) fn quantity(text: &str) -> Result<Quantity, Wrong> {
    decimal(text, 6).map(Quantity)
}

/// An amount without what grouping and a zero fraction add: two texts with the same rest say the same to anybody.
pub(crate) fn plain(text: &str) -> String {
    let text: String = text
        .chars()
        .filter(|c| *c != ',' && !c.is_whitespace())
        .collect();
    match text.split_once('.') {
        Some((whole, fraction))
            if fraction.bytes().all(|byte| byte == b'0') && !fraction.is_empty() =>
        {
            whole.to_owned()
        }
        _ => text,
    }
}

/// A number kept by a spreadsheet, printed as a person would type it: "1.1", "2569".
pub(crate) fn float_text(number: f64) -> String {
    if number == number.trunc() && number.abs() < 1e15 {
        format!("{number:.0}")
    } else {
        format!("{number}")
    }
}

/// A year of the Buddhist era: "2569", "๒๕๖๙", "พ.ศ. 2569", "ปีงบประมาณ 2569", and "2569.0" of a float kept as text.
pub(crate) fn year(text: &str) -> Result<i16, Wrong> {
    let text = text.trim();
    match parse_year_be(text.strip_suffix(".0").unwrap_or(text)) {
        Ok(year) => Ok(year),
        Err(DateProblem::DidYouMeanBuddhistYear { suggestion }) => {
            Err(Wrong::CommonEra(suggestion))
        }
        Err(_) => Err(Wrong::NotAYear),
    }
}

/// A fiscal year or a quarter of it: "2569", "2569Q1", "Q1/2569", "ไตรมาส 1/2569", "2569 ไตรมาสที่ 1".
pub(crate) fn fiscal_period(text: &str) -> Result<FiscalPeriod, Wrong> {
    let text = from_thai_digits(text).to_lowercase();
    let text = text.replace("ไตรมาสที่", "q").replace("ไตรมาส", "q");
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let Some(at) = text.find('q') else {
        return year(&text).map(|year| FiscalPeriod::year(FiscalYear(year)));
    };
    let (before, after) = (&text[..at], &text[at + 1..]);
    let quarter = match after.chars().next() {
        Some(c @ '1'..='4') => Quarter::ALL[c as usize - '1' as usize],
        _ => return Err(Wrong::NotAYear),
    };
    let rest = &after[1..];
    let outside = |text: &str| text.trim_matches(['/', '-', ',', '.']).to_owned();
    let stated = match (before.is_empty(), rest.is_empty()) {
        (true, _) => outside(rest),
        (_, true) => outside(before),
        _ => return Err(Wrong::NotAYear),
    };
    year(&stated).map(|year| FiscalPeriod::quarter(FiscalYear(year), quarter))
}

/// A day as people write it.
pub(crate) fn day(text: &str) -> Result<Date, Wrong> {
    match parse_date(text) {
        Ok(day) => Ok(day),
        Err(DateProblem::DidYouMeanBuddhist { suggestion }) => Err(Wrong::CommonEra(
            suggestion.year() + domain::time::BE_OFFSET,
        )),
        Err(_) => Err(Wrong::NotADate),
    }
}

/// The day of a serial number of Excel (1900 system), for dates that came as plain numbers: 1990 to 2099 only.
pub(crate) fn day_of_serial(number: f64) -> Result<Date, Wrong> {
    if number != number.trunc() || !(32_874.0..73_051.0).contains(&number) {
        return Err(Wrong::NotADate);
    }
    jiff::civil::date(1899, 12, 30)
        .checked_add(jiff::Span::new().days(number as i64))
        .map_err(|_| Wrong::NotADate)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    #[test]
    fn money_is_read_as_officials_write_it() {
        for (text, satang) in [
            ("538,800.-", 53_880_000),
            ("๕๓๘,๘๐๐.-", 53_880_000),
            ("160000", 16_000_000),
            ("1,234.50 บาท", 123_450),
            ("0", 0),
        ] {
            assert_eq!(baht(text), Ok(Some(Satang(satang))), "{text}");
        }
        assert_eq!((baht("-"), baht(" ")), (Ok(None), Ok(None)));
        assert_eq!(baht("ตามจ่ายจริง"), Err(Wrong::NotANumber));
        assert_eq!(baht("(500)"), Err(Wrong::Negative));
        assert_eq!(baht("1.234"), Err(Wrong::TooFine));
        assert_eq!(baht("99999999999999999999"), Err(Wrong::TooLarge));
        assert!(matches!(baht("1,2345"), Err(Wrong::MisplacedComma(_))));
    }

    #[test]
    fn target_values_are_read_exactly() {
        for (text, millionths) in [
            ("60", 60_000_000),
            ("ร้อยละ ๖๐.๕", 60_500_000),
            ("1,234%", 1_234_000_000),
        ] {
            assert_eq!(quantity(text), Ok(Quantity(millionths)), "{text}");
        }
        for text in ["1,23", ",100", "abc", "12.", "1 2", "1e5", ""] {
            assert_eq!(quantity(text), Err(Wrong::NotANumber), "{text}");
        }
        assert_eq!(quantity("-5"), Err(Wrong::Negative));
        assert_eq!(quantity("0.1234567"), Err(Wrong::TooFine));
    }

    #[test]
    fn a_dash_is_missing_and_not_zero() {
        assert!(
            ["", " ", "-", "–", " - ", "--"]
                .into_iter()
                .all(means_nothing)
        );
        assert!(!means_nothing("0"));
    }

    #[test]
    fn floats_of_spreadsheets_are_the_numbers_people_typed() {
        assert_eq!(decimal_of_float(2569.0, 0), Ok(2569));
        assert_eq!(decimal_of_float(0.1 + 0.2, 2), Ok(30));
        assert_eq!(decimal_of_float(28_134_351.0, 2), Ok(2_813_435_100));
        assert_eq!(decimal_of_float(1.005, 2), Err(Wrong::TooFine));
        assert_eq!(decimal_of_float(f64::NAN, 2), Err(Wrong::TooLarge));
        assert_eq!(decimal_of_float(1e300, 2), Err(Wrong::TooLarge));
        assert_eq!(
            (float_text(2569.0), float_text(1.1)),
            ("2569".into(), "1.1".into())
        );
    }

    #[test]
    fn a_year_of_another_era_is_never_taken_silently() {
        for text in ["2569", "๒๕๖๙", "พ.ศ. 2569", "ปีงบประมาณ พ.ศ. ๒๕๖๙", "2569.0"]
        {
            assert_eq!(year(text), Ok(2569), "{text}");
        }
        assert_eq!(year("2026"), Err(Wrong::CommonEra(2569)));
        for text in ["", "abc", "9999", "256", "2569/2570", "-2569"] {
            assert_eq!(year(text), Err(Wrong::NotAYear), "{text}");
        }
    }

    #[test]
    fn quarters_are_read_in_both_orders() {
        let first = FiscalPeriod::quarter(FiscalYear(2569), Quarter::Q1);
        for text in [
            "2569Q1",
            "2569-Q1",
            "q1/2569",
            "ไตรมาส 1/2569",
            "๒๕๖๙ ไตรมาสที่ ๑",
            "ไตรมาส 1 ปีงบประมาณ 2569",
        ] {
            assert_eq!(fiscal_period(text), Ok(first), "{text}");
        }
        assert_eq!(
            fiscal_period("2569"),
            Ok(FiscalPeriod::year(FiscalYear(2569)))
        );
        assert_eq!(fiscal_period("2569Q5"), Err(Wrong::NotAYear));
        assert_eq!(fiscal_period("2026Q1"), Err(Wrong::CommonEra(2569)));
    }

    #[test]
    fn days_are_read_in_both_eras() {
        for text in [
            "2 ตุลาคม 2568",
            "2 ต.ค. 2568",
            "๒/๑๐/๒๕๖๘",
            "2025-10-02",
            "2568-10-02",
        ] {
            assert_eq!(day(text), Ok(date(2025, 10, 2)), "{text}");
        }
        assert_eq!(day("2/10/2025"), Err(Wrong::CommonEra(2568)));
        for text in ["", "ตุลาคม", "32/1/2568", "30 ก.พ. 2568", "2568"] {
            assert_eq!(day(text), Err(Wrong::NotADate), "{text}");
        }
        assert_eq!(day_of_serial(45_932.0), Ok(date(2025, 10, 2)));
        assert_eq!(day_of_serial(2569.0), Err(Wrong::NotADate));
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn money_printed_by_us_is_read_back(satang in 0_i64..9_000_000_000_000) {
            prop_assert_eq!(baht(&Satang(satang).grouped()), Ok(Some(Satang(satang))));
        }

        #[test]
        fn no_text_makes_the_readers_fail(text in "\\PC{0,20}|[๐-๙0-9,./Qqก-ฮ -]{0,20}") {
            let _ = (baht(&text), quantity(&text), year(&text), fiscal_period(&text), day(&text));
        }
    }
}

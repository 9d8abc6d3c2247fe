//! Numbers, money, shares, days and moments as a page writes them. Buddhist era in Thai, common era in English; a
//! fiscal or academic year keeps its Thai number in both.

use domain::indicator::Quantity;
use domain::issue::Arg;
use domain::locale::Locale;
use domain::money::{Satang, group_thousands};
use domain::share::Share;
use domain::time::{BE_OFFSET, Moment, Period, PeriodKind};
use jiff::civil::Date;
use jiff::tz::Offset;

/// "1,234".
pub fn count(number: u64) -> String {
    group_thousands(i64::try_from(number).unwrap_or(i64::MAX))
}

/// "41,826,072 บาท".
pub fn money(locale: Locale, money: Satang) -> String {
    money.baht_with_unit(locale).replace(' ', "\u{a0}")
}

/// "11/14".
pub fn of(n: u64, of: u64) -> String {
    format!("{}/{}", count(n), count(of))
}

/// "78.6%" of a numerator over a denominator, rounded half up to one place; `None` where nothing can be divided.
/// Rates above 100 are real and stay as they are.
pub fn percent(n: u64, of: u64) -> Option<String> {
    let tenths = (u128::from(n) * 2_000)
        .checked_add(u128::from(of))?
        .checked_div(u128::from(of) * 2)?;
    Some(format!(
        "{}.{}%",
        group_thousands(i64::try_from(tenths / 10).ok()?),
        tenths % 10
    ))
}

/// "ร้อยละ 100" or "33.3 %" of a numerator over a denominator, without a place that says nothing.
pub fn share(locale: Locale, n: u64, of: u64) -> Option<String> {
    let number = percent(n, of)?;
    let number = number.trim_end_matches('%');
    let number = number.strip_suffix(".0").unwrap_or(number);
    Some(match locale {
        Locale::Th => format!("ร้อยละ\u{a0}{number}"),
        Locale::En => format!("{number}\u{a0}%"),
    })
}

/// "ร้อยละ 33.33" or "33.33 %": a share as it was typed.
pub fn exact_share(locale: Locale, share: Share) -> String {
    let number = share.percent();
    match locale {
        Locale::Th => format!("ร้อยละ\u{a0}{number}"),
        Locale::En => format!("{number}\u{a0}%"),
    }
}

/// "1,518" or "46.25": a measured number, exactly.
pub fn quantity(number: Quantity) -> String {
    let (whole, rest) = (number.0 / 1_000_000, (number.0 % 1_000_000).abs());
    let sign = if number.0 < 0 && whole == 0 { "-" } else { "" };
    let whole = group_thousands(whole);
    if rest == 0 {
        return format!("{sign}{whole}");
    }
    let rest = format!("{rest:06}");
    format!("{sign}{whole}.{}", rest.trim_end_matches('0'))
}

/// A measured number rounded to at most two places, halves away from zero.
pub fn rounded(number: Quantity) -> String {
    let half = 5_000 * number.0.signum();
    quantity(Quantity(number.0.saturating_add(half) / 10_000 * 10_000))
}

/// "51.6%" of a printed percentage, as it was printed.
pub fn plain_percent(printed: &str) -> String {
    format!("{printed}%")
}

/// "23 พ.ย. 2569" or "23 Nov 2026", for tables.
pub fn short_day(locale: Locale, day: Date) -> String {
    domain::time::short_date(day, locale).replace(' ', "\u{a0}")
}

/// "23 พฤศจิกายน พ.ศ. 2569" or "23 November 2026", for headings.
pub fn long_day(locale: Locale, day: Date) -> String {
    // Day with month, era with year: the whole would be too long for a narrow column.
    domain::time::long_date(day, locale)
        .replace(' ', "\u{a0}")
        .replace("\u{a0}พ.ศ.", " พ.ศ.")
}

/// A moment as a clock on the wall in Thailand shows it; `None` outside the years that a calendar knows.
fn local(moment: Moment) -> Option<jiff::civil::DateTime> {
    let stamp = jiff::Timestamp::from_microsecond(moment.0).ok()?;
    Some(Offset::constant(7).to_datetime(stamp))
}

/// "23 พ.ย. 2569 เวลา 09:45 น." or "23 Nov 2026, 09:45".
pub fn moment(locale: Locale, moment: Moment) -> String {
    let Some(local) = local(moment) else {
        return String::new();
    };
    locale
        .fill(
            "ui.moment",
            &[
                ("day", Arg::Text(short_day(locale, local.date()))),
                ("time", Arg::Text(hours(local))),
            ],
        )
        .replace(' ', "\u{a0}")
}

/// "09:45".
pub fn clock_time(moment: Moment) -> String {
    local(moment).map(hours).unwrap_or_default()
}

fn hours(at: jiff::civil::DateTime) -> String {
    format!("{:02}:{:02}", at.hour(), at.minute())
}

/// "ปีงบประมาณ 2570 ไตรมาส 1" or "fiscal year B.E. 2570, quarter 1". A calendar year is written in the era of the language.
pub fn period(locale: Locale, period: Period) -> String {
    let year = ("year", Arg::Text(year_alone(locale, period)));
    let key = format!("ui.period.{}", period.kind);
    let text = match period.quarter {
        None => locale.fill(&key, &[year]),
        Some(quarter) => locale.fill(
            "ui.period.quarter",
            &[year, ("quarter", Arg::Text(quarter.number().to_string()))],
        ),
    };
    text.replace(' ', "\u{a0}")
}

/// "2569", or "2026" of a calendar year in English: where the kind of year stands beside it.
pub fn year_alone(locale: Locale, period: Period) -> String {
    let year = match (period.kind, locale) {
        (PeriodKind::Calendar, Locale::En) => period.year - BE_OFFSET,
        _ => period.year,
    };
    year.to_string()
}

/// Years of a plan: "พ.ศ. 2566–2570" or "2023–2027 (B.E. 2566–2570)".
pub fn year_range(locale: Locale, from: i16, to: i16) -> String {
    let range = |shift: i16| match from == to {
        true => (from - shift).to_string(),
        false => format!("{}–{}", from - shift, to - shift),
    };
    match locale {
        Locale::Th => format!("พ.ศ.\u{a0}{}", range(0)),
        Locale::En => format!("{} (B.E.\u{a0}{})", range(BE_OFFSET), range(0)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::time::{FiscalYear, Quarter};
    use jiff::civil::date;

    #[test]
    fn shares_are_rounded_half_up_and_may_pass_one_hundred() {
        assert_eq!(percent(11, 14).as_deref(), Some("78.6%"));
        assert_eq!(percent(1, 8).as_deref(), Some("12.5%"));
        assert_eq!(percent(1, 16).as_deref(), Some("6.3%"));
        assert_eq!(percent(12_267, 10_000).as_deref(), Some("122.7%"));
        assert_eq!(percent(0, 5).as_deref(), Some("0.0%"));
        assert_eq!(percent(3, 0), None);
    }

    #[test]
    fn a_whole_share_had_a_place_behind_the_point_and_in_thai_no_word() {
        let share = |locale, n, of| share(locale, n, of).unwrap_or_default();
        assert_eq!(share(Locale::Th, 10_000, 10_000), "ร้อยละ\u{a0}100");
        assert_eq!(share(Locale::En, 10_000, 10_000), "100\u{a0}%");
        assert_eq!(share(Locale::Th, 1, 3), "ร้อยละ\u{a0}33.3");
    }

    #[test]
    fn a_measured_number_is_written_exactly_and_rounded_only_where_said() {
        assert_eq!(quantity(Quantity::whole(-1_518)), "-1,518");
        assert_eq!(quantity(Quantity(46_250_000)), "46.25");
        assert_eq!(quantity(Quantity(-500_000)), "-0.5");
        assert_eq!(rounded(Quantity(66_666_667)), "66.67");
        assert_eq!(rounded(Quantity(-66_666_667)), "-66.67");
        assert_eq!(rounded(Quantity(4_999)), "0");
    }

    #[test]
    fn years_follow_the_era_of_the_language_but_a_fiscal_year_keeps_its_number() {
        let day = date(2026, 11, 23);
        assert_eq!(short_day(Locale::Th, day), "23\u{a0}พ.ย.\u{a0}2569");
        assert_eq!(short_day(Locale::En, day), "23\u{a0}Nov\u{a0}2026");
        let quarter = Period {
            quarter: Some(Quarter::Q1),
            ..Period::fiscal(FiscalYear(2570))
        };
        assert_eq!(
            period(Locale::En, quarter),
            "fiscal\u{a0}year\u{a0}B.E.\u{a0}2570,\u{a0}quarter\u{a0}1"
        );
        let calendar = Period {
            kind: PeriodKind::Calendar,
            year: 2569,
            quarter: None,
        };
        assert!(period(Locale::En, calendar).ends_with("2026"));
        assert_eq!(year_range(Locale::Th, 2566, 2570), "พ.ศ.\u{a0}2566–2570");
        assert_eq!(
            year_range(Locale::En, 2566, 2570),
            "2023–2027 (B.E.\u{a0}2566–2570)"
        );
    }

    #[test]
    fn moments_are_shown_in_the_time_of_thailand() {
        // 2026-11-23T02:45:00Z.
        let at = Moment(1_795_401_900_000_000);
        assert_eq!(
            moment(Locale::En, at).replace('\u{a0}', " "),
            "23 Nov 2026, 09:45"
        );
        assert_eq!(clock_time(at), "09:45");
    }
}

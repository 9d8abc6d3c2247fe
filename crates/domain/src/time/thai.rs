//! Dates as Thai papers print them, with the English form beside.

use super::BE_OFFSET;
use crate::locale::Locale;
use jiff::civil::Date;

const LONG_TH: [&str; 12] = [
    "มกราคม",
    "กุมภาพันธ์",
    "มีนาคม",
    "เมษายน",
    "พฤษภาคม",
    "มิถุนายน",
    "กรกฎาคม",
    "สิงหาคม",
    "กันยายน",
    "ตุลาคม",
    "พฤศจิกายน",
    "ธันวาคม",
];
const SHORT_TH: [&str; 12] = [
    "ม.ค.",
    "ก.พ.",
    "มี.ค.",
    "เม.ย.",
    "พ.ค.",
    "มิ.ย.",
    "ก.ค.",
    "ส.ค.",
    "ก.ย.",
    "ต.ค.",
    "พ.ย.",
    "ธ.ค.",
];
const LONG_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The month's full name ("พฤศจิกายน", "November"); `month` counts from 1 and is clamped to 1 ..= 12.
pub fn month_name(month: i8, locale: Locale) -> &'static str {
    let place = place(month);
    match locale {
        Locale::Th => LONG_TH[place],
        Locale::En => LONG_EN[place],
    }
}

/// The month's short name ("พ.ย.", "Nov"); `month` counts from 1 and is clamped to 1 ..= 12.
pub fn short_month_name(month: i8, locale: Locale) -> &'static str {
    let place = place(month);
    match locale {
        Locale::Th => SHORT_TH[place],
        Locale::En => &LONG_EN[place][..3],
    }
}

fn place(month: i8) -> usize {
    usize::from(month.clamp(1, 12).unsigned_abs()) - 1
}

/// "23 พฤศจิกายน พ.ศ. 2569" or "23 November 2026". For orders, pass the text through `to_thai_digits`.
pub fn long_date(day: Date, locale: Locale) -> String {
    let month = month_name(day.month(), locale);
    match locale {
        Locale::Th => format!("{} {month} พ.ศ. {}", day.day(), day.year() + BE_OFFSET),
        Locale::En => format!("{} {month} {}", day.day(), day.year()),
    }
}

/// "23 พ.ย. 2569" or "23 Nov 2026".
pub fn short_date(day: Date, locale: Locale) -> String {
    let year = match locale {
        Locale::Th => day.year() + BE_OFFSET,
        Locale::En => day.year(),
    };
    let month = short_month_name(day.month(), locale);
    format!("{} {month} {year}", day.day())
}

/// The month (1 to 12) of a name as people type it, long or short, Thai or English, with or without its points.
pub(super) fn month_of(name: &str) -> Option<i8> {
    let name = letters(name);
    let is = |month: &str| letters(month) == name;
    let found = LONG_TH
        .iter()
        .position(|month| is(month))
        .or_else(|| SHORT_TH.iter().position(|month| is(month)))
        // January of talk: มกรา, กุมภา, มีนา …
        .or_else(|| {
            let ends = ["คม", "ยน", "พันธ์"];
            LONG_TH.iter().position(|month| {
                ends.iter()
                    .any(|end| month.strip_suffix(end) == Some(name.as_str()))
            })
        })
        .or_else(|| {
            LONG_EN
                .iter()
                .position(|month| is(month) || is(&month[..3]))
        })
        .or_else(|| (name == "sept").then_some(8))?;
    i8::try_from(found + 1).ok()
}

/// Whether the name is English: then a year such as 2026 is one of the common era.
pub(super) fn is_english(name: &str) -> bool {
    name.contains(|c: char| c.is_ascii_alphabetic())
}

fn letters(name: &str) -> String {
    let kept = name.chars().filter(|c| *c != '.' && !c.is_whitespace());
    kept.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::to_thai_digits;
    use jiff::civil::date;

    #[test]
    fn a_day_is_printed_as_on_paper() {
        let day = date(2026, 11, 23);
        assert_eq!(long_date(day, Locale::Th), "23 พฤศจิกายน พ.ศ. 2569");
        assert_eq!(
            to_thai_digits(&long_date(day, Locale::Th)),
            "๒๓ พฤศจิกายน พ.ศ. ๒๕๖๙"
        );
        assert_eq!(short_date(day, Locale::Th), "23 พ.ย. 2569");
        assert_eq!(long_date(day, Locale::En), "23 November 2026");
        assert_eq!(short_date(day, Locale::En), "23 Nov 2026");
    }

    #[test]
    fn every_name_of_a_month_is_understood() {
        for month in 1..=12 {
            for locale in [Locale::Th, Locale::En] {
                for name in [month_name(month, locale), short_month_name(month, locale)] {
                    assert_eq!(month_of(name), Some(month), "{name}");
                    assert_eq!(
                        month_of(&name.replace('.', "").to_uppercase()),
                        Some(month),
                        "{name}"
                    );
                }
            }
        }
        assert_eq!(month_of("กุมภา"), Some(2));
        assert_eq!(month_of("Sept."), Some(9));
        assert_eq!(month_of("พฤศจิกา ยน"), Some(11));
        assert_eq!(month_of("ม.ย."), None);
        assert_eq!(month_of(""), None);
    }
}

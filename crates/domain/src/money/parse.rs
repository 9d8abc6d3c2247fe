//! Money as people type it: "538,800.-", "๕๓๘,๘๐๐ บาท", "1.5 ล้านบาท", "(1,200.00)"; a dash or nothing is missing.

use super::Satang;
use crate::text::{clean, from_thai_digits};

/// No budget of a province, and no national one, comes near 10¹³ baht: more is a slip of the hand.
pub const MOST_BAHT: i64 = 10_000_000_000_000;

/// Why a text is no amount of money.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MoneyProblem {
    /// Not an amount at all.
    #[error("{found:?} is not an amount in baht: write it as 538,800 or 538,800.50")]
    NotAnAmount {
        /// The text as typed.
        found: String,
    },
    /// A fraction of a satang.
    #[error("{found:?} has a fraction of a satang: two digits after the point at most")]
    TooManyDecimals {
        /// The text as typed.
        found: String,
    },
    /// Commas that do not group thousands: nobody can tell which digit is wrong.
    #[error("the commas in {found:?} do not group thousands")]
    MisplacedComma {
        /// The text as typed.
        found: String,
        /// What it may have meant: with the last comma as the point, and with the commas left out.
        readings: Vec<Satang>,
    },
    /// More than `MOST_BAHT`.
    #[error("{found:?} is more than ten million million baht")]
    TooLarge {
        /// The text as typed.
        found: String,
    },
}

/// The amount that a text names. Nothing, or a dash as tables have it, is `None`: missing is not zero; "0" is zero.
///
/// Understood: ๐–๙, grouped thousands, a point with up to two digits, `.-` at the end, บาท, `฿`, `N บาท N สตางค์`,
/// พัน, หมื่น, แสน and ล้าน after a number when the result is whole satang, a minus or brackets for a negative amount.
pub fn parse_baht(text: &str) -> Result<Option<Satang>, MoneyProblem> {
    let found = clean(text).text;
    let digits = from_thai_digits(&found);
    let not_an_amount = || MoneyProblem::NotAnAmount {
        found: found.clone(),
    };
    let (text, negative) = sign(&digits).ok_or_else(not_an_amount)?;
    if text.is_empty() {
        return if negative {
            Err(not_an_amount())
        } else {
            Ok(None)
        };
    }
    let (text, satang) = satang_part(text).ok_or_else(not_an_amount)?;
    let (number, zeros) = unit(text);
    let amount = amount(number, zeros, &found)?;
    if satang > 0 && amount % 100 > 0 {
        return Err(not_an_amount());
    }
    let amount = amount + satang;
    if amount > MOST_BAHT * 100 {
        return Err(MoneyProblem::TooLarge { found });
    }
    Ok(Some(Satang(if negative { -amount } else { amount })))
}

/// What is left without its sign, and whether it is negative; the lone dash of a table leaves nothing. Two signs are
/// nothing that can be read.
fn sign(text: &str) -> Option<(&str, bool)> {
    const DASHES: [char; 4] = ['-', '–', '—', '−'];
    if text.trim_matches(DASHES).is_empty() {
        return Some(("", false));
    }
    let bracketed = text
        .strip_prefix('(')
        .and_then(|text| text.strip_suffix(')'));
    let (text, negative) = match (bracketed, text.strip_prefix(DASHES)) {
        (Some(inner), _) => (inner.trim(), true),
        (None, Some(rest)) => (rest.trim(), true),
        (None, None) => (text, false),
    };
    (!(negative && text.starts_with(DASHES))).then_some((text, negative))
}

/// Takes "… บาท 50 สตางค์" apart; satang without that word are 0.
fn satang_part(text: &str) -> Option<(&str, i64)> {
    let Some(text) = text.strip_suffix("สตางค์") else {
        return Some((text, 0));
    };
    let (baht, satang) = text.split_once("บาท")?;
    let satang = satang.trim();
    let whole = satang.len() <= 2 && satang.bytes().all(|b| b.is_ascii_digit());
    Some((baht, satang.parse().ok().filter(|_| whole)?))
}

/// Takes the currency and a word such as ล้าน off; returns the number and how many zeros the word stands for.
fn unit(text: &str) -> (&str, usize) {
    const CURRENCY: [&str; 6] = ["ถ้วน", "บาท", "baht", "Baht", "THB", "฿"];
    const TENS: [(&str, usize); 4] = [("ล้าน", 6), ("แสน", 5), ("หมื่น", 4), ("พัน", 3)];
    let mut text = text.trim();
    for name in CURRENCY {
        text = text.strip_suffix(name).unwrap_or(text).trim_end();
    }
    text = text.strip_prefix('฿').unwrap_or(text).trim_start();
    // ".-" says that there are no satang.
    text = text
        .strip_suffix('-')
        .filter(|text| text.ends_with('.'))
        .unwrap_or(text);
    let tens = TENS
        .iter()
        .find_map(|(name, zeros)| Some((text.strip_suffix(name)?.trim_end(), *zeros)));
    tens.unwrap_or((text, 0))
}

/// The number in satang, times 10 to the power of `zeros`.
fn amount(number: &str, zeros: usize, found: &str) -> Result<i64, MoneyProblem> {
    let found = found.to_owned();
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let plain = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let groups: Vec<&str> = whole.split(',').collect();
    if whole.is_empty() || !plain(fraction) || !groups.iter().all(|group| plain(group)) {
        return Err(MoneyProblem::NotAnAmount { found });
    }
    let digits = groups.concat();
    let significant = digits.trim_start_matches('0');
    // 13 digits before the point and 2 behind it are 10¹³ baht: everything longer is too large and would overflow.
    if significant.len() + zeros > 14 {
        return Err(MoneyProblem::TooLarge { found });
    }
    if !grouped(&groups) {
        let readings = readings(&groups, fraction, zeros);
        return Err(MoneyProblem::MisplacedComma { found, readings });
    }
    in_satang(significant, fraction, zeros).ok_or(MoneyProblem::TooManyDecimals { found })
}

/// One group of any length, or 1 to 3 digits and then threes.
fn grouped(groups: &[&str]) -> bool {
    let [first, rest @ ..] = groups else {
        return false;
    };
    let threes = rest.iter().all(|group| group.len() == 3);
    !first.is_empty() && threes && (rest.is_empty() || first.len() <= 3)
}

/// `whole`.`fraction` × 10^`zeros` baht in satang; `None` if that is no whole number of them.
fn in_satang(whole: &str, fraction: &str, zeros: usize) -> Option<i64> {
    let places = zeros + 2;
    if fraction.len() > places {
        return None;
    }
    let padded = format!("0{whole}{fraction}{}", "0".repeat(places - fraction.len()));
    padded.parse().ok()
}

/// What commas in wrong places may have meant: the last one typed for the point, or groups of the wrong length.
fn readings(groups: &[&str], fraction: &str, zeros: usize) -> Vec<Satang> {
    let mut found = Vec::new();
    if let [before @ .., last] = groups
        && (1..=2).contains(&last.len())
        && fraction.is_empty()
        && grouped(before)
    {
        found.extend(in_satang(&before.concat(), last, zeros));
    }
    found.extend(in_satang(&groups.concat(), fraction, zeros));
    found.into_iter().map(Satang).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn is(typed: &str, satang: i64) {
        assert_eq!(parse_baht(typed), Ok(Some(Satang(satang))), "{typed}");
    }

    #[test]
    fn money_is_read_as_officials_write_it() {
        for typed in [
            "538800",
            "538,800",
            "538,800.-",
            "538,800.00",
            "538,800.",
            "๕๓๘,๘๐๐ บาท",
            "538,800 บาทถ้วน",
            "538,800.- บาท",
            "฿538,800",
            "538,800 baht",
            "0.5388 ล้านบาท",
            "5.388 แสนบาท",
            "538.8 พันบาท",
        ] {
            is(typed, 53_880_000);
        }
        is("538,800.50", 53_880_050);
        is("538,800 บาท 50 สตางค์", 53_880_050);
        is("1.5 ล้านบาท", 150_000_000);
        is("1.23456789 ล้าน", 123_456_789);
        is("10,000,000,000,000", MOST_BAHT * 100);
    }

    #[test]
    fn missing_is_not_zero() {
        for typed in ["", " ", "-", "–", "—", "--"] {
            assert_eq!(parse_baht(typed), Ok(None), "{typed:?}");
        }
        for typed in ["0", "0.00", "๐ บาท", "0.-"] {
            is(typed, 0);
        }
    }

    #[test]
    fn brackets_and_a_minus_are_negative() {
        for typed in ["(1,200.50)", "-1,200.50", "−1,200.50 บาท", "(1,200.50 บาท)"] {
            is(typed, -120_050);
        }
        assert!(parse_baht("(-5)").is_err());
        assert!(parse_baht("()").is_err());
    }

    #[test]
    fn commas_that_do_not_group_are_asked_not_guessed() {
        let readings = |typed: &str| match parse_baht(typed) {
            Err(MoneyProblem::MisplacedComma { readings, .. }) => readings,
            other => panic!("{typed}: {other:?}"),
        };
        assert_eq!(
            readings("5,388,00"),
            [Satang::baht(5_388), Satang::baht(538_800)]
        );
        assert_eq!(
            readings("538,800,50"),
            [Satang(53_880_050), Satang::baht(53_880_050)]
        );
        assert_eq!(
            readings("5388,50"),
            [Satang(538_850), Satang::baht(538_850)]
        );
        assert_eq!(readings("5,38,800"), [Satang::baht(538_800)]);
        assert_eq!(readings(",500"), [Satang::baht(500)]);
    }

    #[test]
    fn what_is_no_amount_says_why() {
        for typed in ["1.234", "538,800.555 บาท", "1.123456789 ล้านบาท"] {
            assert!(
                matches!(parse_baht(typed), Err(MoneyProblem::TooManyDecimals { .. })),
                "{typed}"
            );
        }
        for typed in [
            "10,000,000,000,000.01",
            "99999999999999999999999",
            "20000000 ล้านบาท",
        ] {
            assert!(
                matches!(parse_baht(typed), Err(MoneyProblem::TooLarge { .. })),
                "{typed}"
            );
        }
        for typed in [
            "ไม่ใช้งบประมาณ",
            "5 คน",
            "1.2.3",
            "1 000",
            "1e5",
            "บาท",
            ".",
            "5 บาท 100 สตางค์",
            "1.50 บาท 5 สตางค์",
        ] {
            assert!(
                matches!(parse_baht(typed), Err(MoneyProblem::NotAnAmount { .. })),
                "{typed}"
            );
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn every_printed_amount_is_read_back(satang in -MOST_BAHT * 100..=MOST_BAHT * 100) {
            let amount = Satang(satang);
            prop_assert_eq!(parse_baht(&amount.grouped()), Ok(Some(amount)));
            let thai = amount.baht_with_unit(crate::locale::Locale::Th);
            prop_assert_eq!(parse_baht(&crate::text::to_thai_digits(&thai)), Ok(Some(amount)));
        }

        #[test]
        fn no_text_is_too_odd(text in prop_oneof!["[0-9,.()บาทล้น \\-]{0,16}", any::<String>()]) {
            let _ = parse_baht(&text);
        }
    }
}

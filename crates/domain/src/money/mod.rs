//! Money in whole satang, split so that nothing is lost, and printed as officials write it.

mod parse;
mod words;

pub use parse::{MoneyProblem, parse_baht};
pub use words::baht_in_words;

use crate::locale::Locale;
use serde::{Deserialize, Serialize};

/// Money in satang (1/100 baht).
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Satang(pub i64);

impl Satang {
    /// Nothing. A true zero: "not stated" is `Option::None`.
    pub const ZERO: Satang = Satang(0);

    /// Whole baht.
    pub const fn baht(baht: i64) -> Self {
        Self(baht * 100)
    }

    /// "41,826,072" or "0.50": grouped baht, with satang only where there are some.
    pub fn grouped(self) -> String {
        let (baht, satang) = (self.0 / 100, (self.0 % 100).abs());
        let sign = if self.0 < 0 && baht == 0 { "-" } else { "" };
        let whole = group_thousands(baht);
        if satang == 0 {
            format!("{sign}{whole}")
        } else {
            format!("{sign}{whole}.{satang:02}")
        }
    }

    /// "41,826,072 บาท" or "41,826,072 baht".
    pub fn baht_with_unit(self, locale: Locale) -> String {
        match locale {
            Locale::Th => format!("{} บาท", self.grouped()),
            Locale::En => format!("{} baht", self.grouped()),
        }
    }

    /// Splits the money over `weights` (any unit) by the largest remainder: the parts are whole satang and their sum
    /// is exactly `self` × Σweights / `whole`, rounded down once. Equal remainders go to the earlier weight.
    ///
    /// `whole` is what all weights would total if nothing were left over; with `whole` = Σweights everything is split.
    pub fn split(self, weights: &[u64], whole: u64) -> Vec<Satang> {
        if whole == 0 {
            return vec![Satang::ZERO; weights.len()];
        }
        let sign: i128 = if self.0 < 0 { -1 } else { 1 };
        let amount = i128::from(self.0).abs();
        let whole = i128::from(whole);
        let product = |weight: u64| amount * i128::from(weight);
        let total_weight: i128 = weights.iter().map(|w| i128::from(*w)).sum();
        let mut left = amount * total_weight / whole;
        let mut parts: Vec<i128> = weights.iter().map(|w| product(*w) / whole).collect();
        left -= parts.iter().sum::<i128>();
        let mut order: Vec<usize> = (0..weights.len()).collect();
        order.sort_by_key(|&i| std::cmp::Reverse(product(weights[i]) % whole));
        for &i in order.iter().take(usize::try_from(left).unwrap_or(0)) {
            parts[i] += 1;
        }
        parts
            .into_iter()
            .map(|part| Satang((sign * part) as i64))
            .collect()
    }
}

impl std::ops::Add for Satang {
    type Output = Satang;
    fn add(self, other: Satang) -> Satang {
        Satang(self.0 + other.0)
    }
}

impl std::ops::Sub for Satang {
    type Output = Satang;
    fn sub(self, other: Satang) -> Satang {
        Satang(self.0 - other.0)
    }
}

impl std::iter::Sum for Satang {
    fn sum<I: Iterator<Item = Satang>>(parts: I) -> Satang {
        parts.fold(Satang::ZERO, std::ops::Add::add)
    }
}

/// "1,234,567" and "-1,000".
pub fn group_thousands(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if number < 0 {
        out.push('-');
    }
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_split_in_whole_satang_and_nothing_is_lost() {
        let parts = Satang(100).split(&[3_333, 3_333, 3_334], 10_000);
        assert_eq!(parts, [Satang(33), Satang(33), Satang(34)]);
        assert_eq!(
            Satang(1).split(&[5_000, 5_000], 10_000),
            [Satang(1), Satang(0)]
        );
        assert_eq!(Satang(-100).split(&[1, 2], 3), [Satang(-33), Satang(-67)]);
    }

    #[test]
    fn what_no_weight_claims_is_not_given_away() {
        assert_eq!(Satang(100).split(&[4_000], 10_000), [Satang(40)]);
        assert_eq!(Satang(100).split(&[], 10_000), []);
    }

    #[test]
    fn money_is_grouped_by_thousands() {
        assert_eq!(Satang::baht(41_826_072).grouped(), "41,826,072");
        assert_eq!(Satang(-50).grouped(), "-0.50");
        assert_eq!(Satang(123_456).grouped(), "1,234.56");
    }
}

//! Shares: whole ten-thousandths, so that a project's shares in one framework can total exactly one.

use crate::text::from_thai_digits;
use serde::{Deserialize, Serialize};

/// A share of a whole, in ten-thousandths (0 ..= 10,000).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub struct Share(u16);

/// A share outside 0 ..= 10,000 ten-thousandths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a share is 0 to 10,000 ten-thousandths, not {0}")]
pub struct ShareOutOfRange(pub i64);

/// Why what was typed is no share in per cent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoPercentage {
    /// Nothing was typed, or no number.
    #[error("not a number with at most two decimals")]
    Unreadable,
    /// More than the whole, or less than nothing.
    #[error("a share is 0 to 100 per cent")]
    OutOfRange,
}

impl Share {
    /// The whole: 10,000 ten-thousandths.
    pub const WHOLE: Share = Share(10_000);
    /// Nothing.
    pub const ZERO: Share = Share(0);

    /// A share of `parts` ten-thousandths.
    pub const fn new(parts: u16) -> Result<Self, ShareOutOfRange> {
        if parts <= 10_000 {
            Ok(Self(parts))
        } else {
            Err(ShareOutOfRange(parts as i64))
        }
    }

    /// Ten-thousandths, 0 ..= 10,000.
    pub const fn parts(self) -> u16 {
        self.0
    }

    /// The share that somebody types in per cent, with at most two decimals: `40`, `33.33`, `ร้อยละ ๑๒.๕`, `50 %`.
    pub fn of_percent(typed: &str) -> Result<Self, NoPercentage> {
        let typed = from_thai_digits(typed);
        let typed = typed.trim();
        let number = typed.strip_prefix("ร้อยละ").unwrap_or(typed);
        let number = number.strip_suffix('%').unwrap_or(number).trim();
        let (negative, number) = match number.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, number),
        };
        let (whole, places) = number.split_once('.').unwrap_or((number, "0"));
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit());
        if !digits(whole) || !digits(places) || places.len() > 2 {
            return Err(NoPercentage::Unreadable);
        }
        let parts = format!("{whole}{places:0<2}").parse::<u16>();
        match parts.map(Self::new) {
            Ok(Ok(share)) if !negative || share == Self::ZERO => Ok(share),
            _ => Err(NoPercentage::OutOfRange),
        }
    }

    /// The share in per cent as it is typed: `40`, `33.33`, `12.5`.
    pub fn percent(self) -> String {
        percent(i64::from(self.0))
    }
}

/// Any number of ten-thousandths in per cent, such as a total over the whole.
pub fn percent(parts: i64) -> String {
    let text = format!("{}.{:02}", parts / 100, parts % 100);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

impl TryFrom<u16> for Share {
    type Error = ShareOutOfRange;
    fn try_from(parts: u16) -> Result<Self, Self::Error> {
        Self::new(parts)
    }
}

impl From<Share> for u16 {
    fn from(share: Share) -> u16 {
        share.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_never_more_than_the_whole() {
        assert_eq!(Share::new(10_000), Ok(Share::WHOLE));
        assert_eq!(Share::new(10_001), Err(ShareOutOfRange(10_001)));
    }

    #[test]
    fn a_share_is_typed_in_per_cent_as_people_write_it() {
        for (typed, parts) in [
            ("40", 4_000),
            ("33.33", 3_333),
            ("12.5", 1_250),
            (" ร้อยละ ๑๒.๕๐ ", 1_250),
            ("100 %", 10_000),
            ("0", 0),
            ("007", 700),
        ] {
            assert_eq!(
                Share::of_percent(typed).map(Share::parts),
                Ok(parts),
                "{typed}"
            );
        }
        for typed in [
            "",
            "ครึ่งหนึ่ง",
            "33.333",
            "1.",
            ".5",
            "1,5",
            "5 0",
            "--1",
            "1.-2",
        ] {
            let read = Share::of_percent(typed);
            assert_eq!(read, Err(NoPercentage::Unreadable), "{typed}");
        }
        for typed in ["100.01", "101", "-1", "99999999999999999999"] {
            let read = Share::of_percent(typed);
            assert_eq!(read, Err(NoPercentage::OutOfRange), "{typed}");
        }
    }

    #[test]
    fn what_is_shown_in_per_cent_is_read_back_as_the_same_share() {
        for parts in 0..=10_000 {
            let share = Share(parts);
            assert_eq!(Share::of_percent(&share.percent()), Ok(share));
        }
        assert_eq!(Share(3_330).percent(), "33.3");
        assert_eq!(percent(15_000), "150");
    }
}

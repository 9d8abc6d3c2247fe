//! Shares: whole ten-thousandths, so that a project's shares in one framework can total exactly one.

use serde::{Deserialize, Serialize};

/// A share of a whole, in ten-thousandths (0 ..= 10,000).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub struct Share(u16);

/// A share outside 0 ..= 10,000 ten-thousandths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a share is 0 to 10,000 ten-thousandths, not {0}")]
pub struct ShareOutOfRange(pub i64);

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
}

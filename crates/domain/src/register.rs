//! The register of organisations beyond their names: codes of other registers, display order, who went on in whom.

use crate::{
    ids::{OrganisationCodeId, OrganisationId, ReorganisationId, SuccessionId},
    text::sort_key,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

coded! {
    /// The registers of the state in which an organisation has a code. Our own code stands in its words.
    pub enum CodeKind {
        /// รหัส SMIS, eight digits.
        Smis = "smis",
        /// รหัสสถานศึกษา 10 หลัก.
        TenDigit = "ten_digit",
        /// รหัสกรมการปกครอง of the area that it governs; where it merely lies is in its words.
        Dopa = "dopa",
        /// Our own code before it was changed: files of that time go on meaning the same organisation.
        Former = "former",
    }
}

impl CodeKind {
    /// The kinds that a person enters, in the order of forms.
    pub const ENTERED: [CodeKind; 3] = [CodeKind::Smis, CodeKind::TenDigit, CodeKind::Dopa];

    /// Whether a code has the shape of its kind: SMIS eight digits, สถานศึกษา ten digits, กรมการปกครอง two, four, six
    /// or eight digits. A former code has the shape that it had.
    pub fn fits(self, code: &str) -> bool {
        let digits = code.bytes().all(|byte| byte.is_ascii_digit());
        match self {
            CodeKind::Smis => digits && code.len() == 8,
            CodeKind::TenDigit => digits && code.len() == 10,
            CodeKind::Dopa => digits && matches!(code.len(), 2 | 4 | 6 | 8),
            CodeKind::Former => !code.is_empty(),
        }
    }
}

/// One code of an organisation. No two organisations have the same code of one kind; former codes are unique within
/// their province, as the codes were.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrganisationCode {
    /// Its id.
    pub id: OrganisationCodeId,
    /// Whose.
    pub organisation: OrganisationId,
    /// In which register.
    pub kind: CodeKind,
    /// The code as the register prints it.
    pub code: String,
    /// The province of a former code; `None` = known nationally.
    pub province: Option<String>,
}

/// Where an organisation stands among others in lists: lower numbers first, those without a number after them by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DisplayOrder {
    /// Which organisation.
    pub organisation: OrganisationId,
    /// From 1.
    pub position: u32,
}

/// Where an organisation stands in every list, table and choice: compared, it gives the one order in which they are
/// shown. Those with a display order come first, by it; the others follow by name in Thai order, on a board by sector.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ListPlace {
    position: u32,
    sector: usize,
    name: Vec<u8>,
}

impl ListPlace {
    /// The place of an organisation with that display order, if it has one, and that name.
    pub fn of(position: Option<u32>, name_th: &str) -> Self {
        Self {
            position: position.unwrap_or(u32::MAX),
            sector: 0,
            name: sort_key(name_th),
        }
    }

    /// The same in a list whose rows stand by sector: that comes before the name, and after a display order.
    #[must_use]
    pub fn in_sector(self, sector: usize) -> Self {
        match self.position {
            u32::MAX => Self { sector, ..self },
            _ => self,
        }
    }
}

coded! {
    /// How organisations go on in others.
    pub enum Reorganisation {
        /// ยุบรวม: several go on in one.
        Merge = "merge",
        /// แยก: one goes on in several.
        Split = "split",
    }
}

/// That one organisation goes on in another from a day. Both keep what they had before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Succession {
    /// Its id.
    pub id: SuccessionId,
    /// Which merging or splitting it belongs to.
    pub reorganisation: ReorganisationId,
    /// Which of the two.
    pub kind: Reorganisation,
    /// Who came before.
    pub predecessor: OrganisationId,
    /// Who came after.
    pub successor: OrganisationId,
    /// The first day of the new order.
    pub on: Date,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_display_order_comes_first_then_the_sector_then_the_name_in_thai_order() {
        let (ko, kho, ke) = ("กข", "ขก", "เกก");
        let mut all = [
            (ListPlace::of(None, kho), kho),
            (ListPlace::of(None, ke), ke),
            (ListPlace::of(Some(2), ko), "2"),
            (ListPlace::of(Some(1), kho), "1"),
            (ListPlace::of(Some(1), ko), "1 ก"),
            (ListPlace::of(None, ko), ko),
        ];
        all.sort();
        assert_eq!(all.map(|(_, name)| name), ["1 ก", "1", "2", ko, ke, kho]);
        let sector = |position, n, name| ListPlace::of(position, name).in_sector(n);
        assert!(
            sector(None, 0, kho) < sector(None, 1, ko),
            "by sector before the name"
        );
        assert!(
            sector(Some(1), 9, kho) < sector(Some(2), 0, ko),
            "a number stands above sectors"
        );
    }

    #[test]
    fn a_ten_digit_code_in_the_column_of_smis_is_none() {
        assert!(CodeKind::Smis.fits("67010001") && !CodeKind::Smis.fits("1067010001"));
        assert!(CodeKind::TenDigit.fits("1067010001") && !CodeKind::TenDigit.fits("67010001"));
        assert!(
            !CodeKind::Smis.fits("๖๗๐๑๐๐๐๑"),
            "digits are turned before they are asked"
        );
        assert!(
            ["67", "6701", "670101", "67010101"]
                .iter()
                .all(|code| CodeKind::Dopa.fits(code))
        );
        assert!(!CodeKind::Dopa.fits("670") && !CodeKind::Dopa.fits(""));
    }
}

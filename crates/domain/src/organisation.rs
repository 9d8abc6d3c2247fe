//! Organisations (หน่วยงาน) and their dated places in two forests.

use crate::ids::{MembershipId, OrganisationId};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

coded! {
    /// The two parents of an organisation. Every roll-up names its axis.
    pub enum Axis {
        /// สังกัด, the reporting line: grants rights downwards.
        ReportsTo = "reports_to",
        /// Who coordinates (ศธจ. → ศธภ. → ministry): counts, reminds, drafts on behalf.
        CoordinatedBy = "coordinated_by",
    }
}

coded! {
    /// Decides in which N an organisation counts; it differs by step of the value chain.
    pub enum Class {
        /// หน่วยงานทางการศึกษา.
        EducationAgency = "education_agency",
        /// หน่วยงานที่มีสถานศึกษาในสังกัดหรือที่กำกับดูแล.
        AgencyWithSchools = "agency_with_schools",
        /// สถานศึกษา.
        School = "school",
        /// หน่วยงานที่เกี่ยวข้อง, such as พมจ. and สสจ.
        Related = "related",
    }
}

/// An organisation as the thread sees it. Names and codes are in [`OrganisationText`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organisation {
    /// Its id for life: renaming, moving and merging never change it.
    pub id: OrganisationId,
    /// In which N it counts; a ministry or department counts in none.
    pub class: Option<Class>,
    /// First day on which it exists, when known.
    pub opened: Option<Date>,
    /// First day on which it no longer exists.
    pub closed: Option<Date>,
}

/// The words and codes of an organisation.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrganisationText {
    /// Our code or the code of the importing file, unique within `province`.
    pub code: String,
    /// The province (two digits of กรมการปกครอง) in which the code is known; `None` = nationally, as for ministries.
    pub province: Option<String>,
    /// Full name as printed.
    pub name_th: String,
    /// English name, where an official one is known.
    pub name_en: Option<String>,
    /// Short name as used (สพป.พช.1).
    pub short_name_th: Option<String>,
    /// Kind in the words of the catalogue: `primary_area_office`, `vocational_college` …
    pub kind: Option<String>,
    /// สังกัด as printed.
    pub affiliation_th: Option<String>,
    /// District (กรมการปกครอง code).
    pub district_dopa: Option<String>,
}

impl Membership {
    /// Whether it is in force on a day.
    pub fn holds_on(&self, day: Date) -> bool {
        self.valid_from.is_none_or(|from| from <= day) && self.valid_to.is_none_or(|to| day < to)
    }
}

/// Whether a text is the two-digit code of one of the 77 provinces (รหัสจังหวัด กรมการปกครอง): they are numbered by
/// region without gaps, 10–27, 30–58, 60–67, 70–77, 80–86 and 90–96.
pub fn is_province(code: &str) -> bool {
    let digits = code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_digit());
    digits
        && code.parse().is_ok_and(|number: u8| {
            matches!(number, 10..=27 | 30..=58 | 60..=67 | 70..=77 | 80..=86 | 90..=96)
        })
}

/// One dated place of an organisation in one forest: under `parent` from `valid_from` until the day before `valid_to`.
///
/// The memberships of one organisation on one axis never overlap. Without any membership it is a root.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Membership {
    /// Its id.
    pub id: MembershipId,
    /// Who is placed.
    pub organisation: OrganisationId,
    /// In which forest.
    pub axis: Axis,
    /// Under whom.
    pub parent: OrganisationId,
    /// First day; `None` = since ever.
    pub valid_from: Option<Date>,
    /// First day after; `None` = until further notice.
    pub valid_to: Option<Date>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trail_was_opened_for_a_province_that_does_not_exist() {
        for wrong in [
            "กทม มหานคร",
            "",
            "6",
            "067",
            "28",
            "59",
            "68",
            "97",
            "+1",
            "TH",
            "๖๗",
        ] {
            assert!(!is_province(wrong), "{wrong}");
        }
        let all = (0..100).filter(|number| is_province(&format!("{number:02}")));
        assert_eq!(all.count(), 77);
    }
}

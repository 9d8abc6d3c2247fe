//! The sheets of a plan and their columns: English names and the Thai headings that offices use.

use crate::schools::SCHOOLS;
use domain::text::search_key;
use std::{collections::HashMap, sync::LazyLock};

/// One column of a sheet.
#[derive(Debug)]
pub(crate) struct Column {
    /// Name in the documented format.
    pub(crate) name: &'static str,
    /// Other headings of the same meaning.
    pub(crate) synonyms: &'static [&'static str],
    /// A sheet without it cannot be read.
    pub(crate) required: bool,
}

pub(crate) const fn must(name: &'static str, synonyms: &'static [&'static str]) -> Column {
    Column {
        name,
        synonyms,
        required: true,
    }
}

pub(crate) const fn may(name: &'static str, synonyms: &'static [&'static str]) -> Column {
    Column {
        name,
        synonyms,
        required: false,
    }
}

/// A kind of sheet.
#[derive(Debug)]
pub(crate) struct Sheet {
    /// Name in the documented format: the file is `<name>.csv`.
    pub(crate) name: &'static str,
    /// Other names of the same meaning.
    pub(crate) synonyms: &'static [&'static str],
    /// Its columns, in the documented order.
    pub(crate) columns: &'static [Column],
}

const SOURCE: Column = may("source", &["แหล่งที่มา", "ที่มา", "แหล่งข้อมูล"]);
const CERTAINTY: Column = may("certainty", &["ความแน่ชัด"]);
const NOTE: Column = may("note", &["หมายเหตุ", "remark"]);
pub(crate) const NAME_EN: Column = may("name_en", &["ชื่อภาษาอังกฤษ", "ชื่ออังกฤษ"]);
const FISCAL_YEAR: Column = may(
    "fiscal_year_be",
    &["ปีงบประมาณ", "ปีงบประมาณ พ.ศ.", "fiscal_year"],
);
const PROJECT_CODE: Column = must("project_code", &["รหัสโครงการ", "code", "รหัส"]);

pub(crate) const PLAN: Sheet = Sheet {
    name: "plan",
    synonyms: &["แผน"],
    columns: &[
        must("plan_code", &["รหัสแผน", "code", "รหัส"]),
        must("name_th", &["ชื่อแผน", "ชื่อ", "name"]),
        NAME_EN,
        may("level", &["ระดับแผน", "ระดับของแผน", "ระดับ"]),
        may("edition_label", &["ฉบับ", "ชื่อฉบับ"]),
        may("period_kind", &["ชนิดของปี", "ประเภทปี"]),
        may("period_from", &["ปีเริ่มต้น", "ตั้งแต่ปี", "จากปี"]),
        may("period_to", &["ปีสิ้นสุด", "ถึงปี"]),
        may("province_dopa", &["รหัสจังหวัด"]),
        may(
            "owner_code",
            &["หน่วยงานเจ้าของแผน", "รหัสหน่วยงานเจ้าของแผน", "หน่วยงาน"],
        ),
        NOTE,
        SOURCE,
        CERTAINTY,
    ],
};

pub(crate) const STRATEGIES: Sheet = Sheet {
    name: "strategies",
    synonyms: &["ยุทธศาสตร์"],
    columns: &[
        must(
            "strategy_no",
            &["ยุทธศาสตร์ที่", "รหัสยุทธศาสตร์", "ลำดับที่", "code", "รหัส"],
        ),
        FISCAL_YEAR,
        must("name_th", &["ชื่อยุทธศาสตร์", "ยุทธศาสตร์", "ชื่อ", "name"]),
        NAME_EN,
        NOTE,
        SOURCE,
        CERTAINTY,
    ],
};

pub(crate) const OBJECTIVES: Sheet = Sheet {
    name: "objectives",
    synonyms: &["วัตถุประสงค์"],
    columns: &[
        must(
            "objective_no",
            &["วัตถุประสงค์ที่", "รหัสวัตถุประสงค์", "code", "รหัส"],
        ),
        must(
            "strategy_no",
            &["ยุทธศาสตร์ที่", "รหัสยุทธศาสตร์", "ยุทธศาสตร์", "parent_code"],
        ),
        FISCAL_YEAR,
        must("name_th", &["ชื่อวัตถุประสงค์", "วัตถุประสงค์", "ชื่อ", "name"]),
        NAME_EN,
        NOTE,
        SOURCE,
        CERTAINTY,
    ],
};

pub(crate) const INDICATORS: Sheet = Sheet {
    name: "indicators",
    synonyms: &["kpis", "kpi", "ตัวชี้วัด"],
    columns: &[
        must("code", &["kpi_no", "ตัวชี้วัดที่", "รหัสตัวชี้วัด", "รหัส"]),
        may("parent_code", &["อยู่ภายใต้", "รหัสองค์ประกอบแม่"]),
        may("objective_no", &["วัตถุประสงค์ที่", "รหัสวัตถุประสงค์", "วัตถุประสงค์"]),
        FISCAL_YEAR,
        may("name_th", &["ชื่อตัวชี้วัด", "ตัวชี้วัด", "ชื่อ", "name"]),
        NAME_EN,
        may("target_percent", &["ค่าเป้าหมาย (ร้อยละ)", "เป้าหมายร้อยละ"]),
        may("target", &["ค่าเป้าหมาย", "เป้าหมาย"]),
        may("target_high", &["ค่าเป้าหมายสูงสุด"]),
        may("target_shape", &["รูปแบบค่าเป้าหมาย"]),
        may("unit", &["หน่วยวัด", "หน่วยนับ"]),
        may("direction", &["ทิศทาง", "ทิศทางที่ดี"]),
        may(
            "owner_code",
            &["หน่วยงานที่รับผิดชอบ", "หน่วยงานรับผิดชอบ", "หน่วยงาน"],
        ),
        may("owner_scope", &["ขอบเขต", "ระดับพื้นที่"]),
        may("success_indicator_th", &["คำอธิบายความสำเร็จ", "ความสำเร็จ"]),
        NOTE,
        SOURCE,
        CERTAINTY,
    ],
};

pub(crate) const NODES: Sheet = Sheet {
    name: "nodes",
    synonyms: &["องค์ประกอบ", "องค์ประกอบของแผน", "โครงสร้างแผน"],
    columns: &[
        must("code", &["รหัส", "รหัสองค์ประกอบ", "ลำดับที่"]),
        may("parent_code", &["อยู่ภายใต้", "รหัสองค์ประกอบแม่", "รหัสแม่"]),
        must("kind", &["ชนิด", "ประเภท"]),
        may("label_th", &["คำเรียก", "ชื่อเรียก"]),
        must("name_th", &["ชื่อ", "ข้อความ", "name"]),
        NAME_EN,
        FISCAL_YEAR,
        NOTE,
        SOURCE,
        CERTAINTY,
    ],
};

pub(crate) const AGENCIES: Sheet = Sheet {
    name: "agencies",
    synonyms: &["หน่วยงาน", "organisations"],
    columns: &[
        must("agency_code", &["รหัสหน่วยงาน", "code", "รหัส"]),
        must("name_th", &["ชื่อหน่วยงาน", "หน่วยงาน", "ชื่อ", "ชื่อเต็ม", "name"]),
        may("short_name_th", &["ชื่อย่อ", "ชื่อย่อหน่วยงาน"]),
        NAME_EN,
        NOTE,
        SOURCE,
        CERTAINTY,
    ],
};

pub(crate) const PROJECTS: Sheet = Sheet {
    name: "projects",
    synonyms: &["โครงการ"],
    columns: &[
        must("code", &["รหัสโครงการ", "project_code", "รหัส"]),
        must(
            "title",
            &["ชื่อโครงการ", "โครงการ", "โครงการ/กิจกรรม", "name_th", "name"],
        ),
        FISCAL_YEAR,
        may("academic_year_be", &["ปีการศึกษา", "academic_year"]),
        may("strategy_no", &["ยุทธศาสตร์", "ยุทธศาสตร์ที่", "รหัสยุทธศาสตร์"]),
        may("node_code", &["รหัสองค์ประกอบ", "อยู่ภายใต้"]),
        must(
            "agency_code",
            &[
                "หน่วยงาน",
                "รหัสหน่วยงาน",
                "หน่วยงานรับผิดชอบ",
                "หน่วยงานที่รับผิดชอบ",
                "หน่วยงานเจ้าของโครงการ",
                "หน่วยงานผู้รับผิดชอบ",
            ],
        ),
        may(
            "budget_baht",
            &[
                "งบประมาณ",
                "งบประมาณ (บาท)",
                "วงเงินงบประมาณ",
                "วงเงิน",
                "จำนวนเงิน",
            ],
        ),
        may("budget_mode", &["การใช้งบประมาณ", "ลักษณะการใช้งบประมาณ"]),
        may("approved_on", &["วันที่อนุมัติ", "วันที่อนุมัติโครงการ"]),
        may("target_group", &["กลุ่มเป้าหมาย"]),
        may("activities", &["กิจกรรม", "กิจกรรมหลัก", "กิจกรรมสำคัญ"]),
        NOTE,
        SOURCE,
        CERTAINTY,
    ],
};

pub(crate) const ACTIVITIES: Sheet = Sheet {
    name: "activities",
    synonyms: &["กิจกรรม"],
    columns: &[
        PROJECT_CODE,
        may("position", &["ลำดับ", "ลำดับที่"]),
        must("title", &["กิจกรรม", "ชื่อกิจกรรม", "name_th"]),
    ],
};

pub(crate) const BUDGET: Sheet = Sheet {
    name: "budget",
    synonyms: &["งบประมาณ"],
    columns: &[
        PROJECT_CODE,
        must("period", &["ปีงบประมาณ", "ช่วงเวลา", "งวด", "fiscal_year_be"]),
        must("stage", &["ขั้นของเงิน", "ขั้น", "สถานะเงิน"]),
        may("source", &["แหล่งเงิน", "แหล่งงบประมาณ"]),
        may("category", &["งบรายจ่าย", "หมวดรายจ่าย"]),
        may("kind", &["ประเภทรายจ่าย", "ประเภทค่าใช้จ่าย"]),
        must("amount", &["จำนวนเงิน", "จำนวนเงิน (บาท)", "งบประมาณ (บาท)"]),
    ],
};

pub(crate) const LINKS: Sheet = Sheet {
    name: "links",
    synonyms: &["sdg4_labels", "ความเชื่อมโยง"],
    columns: &[
        PROJECT_CODE,
        may("plan_code", &["รหัสแผน", "กรอบ", "framework"]),
        must(
            "target_code",
            &["รหัสเป้าหมาย", "เป้าหมายย่อย", "รหัสเป้าหมายย่อย"],
        ),
        may("share", &["สัดส่วน"]),
        may("share_percent", &["สัดส่วน (ร้อยละ)", "ร้อยละ"]),
        may("primary", &["เป้าหมายหลัก"]),
        may("state", &["สถานะ"]),
        may("reason_th", &["เหตุผล"]),
        may("reason_en", &["เหตุผลภาษาอังกฤษ"]),
        SOURCE,
        CERTAINTY,
    ],
};

/// Every sheet of a plan, in the order in which they are read: what is pointed to comes before what points.
pub(crate) const ALL: [&Sheet; 10] = [
    &PLAN,
    &AGENCIES,
    &STRATEGIES,
    &OBJECTIVES,
    &NODES,
    &INDICATORS,
    &PROJECTS,
    &ACTIVITIES,
    &BUDGET,
    &LINKS,
];

/// A heading or a name as it is compared: small letters, without spaces, marks between words and colons.
pub(crate) fn folded(heading: &str) -> String {
    let key = search_key(heading);
    key.chars()
        .filter(|c| !matches!(c, '_' | '-' | '.' | ':' | '*' | '/' | '(' | ')'))
        .collect()
}

impl Column {
    /// Every heading that means this column.
    pub(crate) fn names(&self) -> impl Iterator<Item = &'static str> {
        std::iter::once(self.name).chain(self.synonyms.iter().copied())
    }

    /// Its usual Thai heading.
    pub(crate) fn thai(&self) -> &'static str {
        let thai = self.synonyms.iter().find(|name| !name.is_ascii());
        thai.copied().unwrap_or(self.name)
    }
}

/// For each sheet what its folded headings mean: folding all of them for every cell would be most of the work.
static HEADINGS: LazyLock<HashMap<&'static str, HashMap<String, usize>>> = LazyLock::new(|| {
    let of_sheet = |sheet: &Sheet| {
        let columns = sheet.columns.iter().enumerate();
        let named = columns.flat_map(|(at, column)| column.names().map(move |name| (name, at)));
        named.map(|(name, at)| (folded(name), at)).collect()
    };
    ALL.iter()
        .chain(&[&SCHOOLS])
        .map(|sheet| (sheet.name, of_sheet(sheet)))
        .collect()
});

impl Sheet {
    /// The column that a heading means, by its position in [`Sheet::columns`].
    pub(crate) fn column_of(&self, heading: &str) -> Option<usize> {
        HEADINGS.get(self.name)?.get(&folded(heading)).copied()
    }

    /// The sheet that a file or sheet name means.
    pub(crate) fn by_name(name: &str) -> Option<&'static Sheet> {
        let name = folded(name);
        let means = |sheet: &&&Sheet| {
            folded(sheet.name) == name || sheet.synonyms.iter().any(|other| folded(other) == name)
        };
        ALL.iter().find(means).copied()
    }

    /// Every name of every sheet, for suggestions.
    pub(crate) fn names() -> impl Iterator<Item = &'static str> {
        ALL.iter()
            .flat_map(|sheet| std::iter::once(sheet.name).chain(sheet.synonyms.iter().copied()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_heading_means_two_columns_of_a_sheet() {
        for sheet in ALL.iter().chain(&[&SCHOOLS]) {
            let mut seen = std::collections::BTreeMap::new();
            for column in sheet.columns {
                for name in column.names() {
                    if let Some(other) = seen.insert(folded(name), column.name) {
                        assert_eq!(other, column.name, "{} {name}", sheet.name);
                    }
                }
            }
        }
    }

    #[test]
    fn no_name_means_two_sheets() {
        let names: Vec<String> = Sheet::names().map(folded).collect();
        let distinct: std::collections::BTreeSet<&String> = names.iter().collect();
        assert_eq!(names.len(), distinct.len());
    }

    #[test]
    fn every_table_and_column_is_documented() {
        let page = include_str!("../../../docs/import-format.md");
        let word = |text: &str, wanted: &str| {
            text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
                .any(|word| word == wanted)
        };
        // What holds for every table stands before the first of them.
        let every_table = page.split("\n### ").next().unwrap_or_default();
        for sheet in ALL.iter().chain(&[&SCHOOLS]) {
            // Under the heading that names the table; a Thai heading that tables share is written once.
            let section = page.split("\n### ").find(|part| {
                part.lines()
                    .next()
                    .is_some_and(|line| word(line, sheet.name))
            });
            let section = section.unwrap_or_else(|| panic!("no section on {}", sheet.name));
            for column in sheet.columns {
                let named = word(section, column.name) || word(every_table, column.name);
                let known = named && page.contains(column.thai());
                assert!(known, "{} {}", sheet.name, column.name);
            }
        }
    }
}

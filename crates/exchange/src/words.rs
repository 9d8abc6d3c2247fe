//! The Thai words that stand in files for the closed lists of the domain, beside their codes.

use domain::{
    indicator::Direction,
    organisation::Class,
    plan::{Level, NodeKind},
    project::{BudgetMode, ExpenseCategory, ExpenseKind, Stage},
    provenance::Certainty,
    text::search_key,
    time::PeriodKind,
};
use std::str::FromStr;

/// A closed list that a column may hold.
pub(crate) trait Words: FromStr + Copy + 'static {
    /// Every code.
    fn codes() -> Vec<&'static str>;
    /// Thai words and what they stand for.
    const WORDS: &'static [(&'static str, Self)];

    /// The value of a code or a Thai word.
    fn read(text: &str) -> Option<Self> {
        if let Ok(value) = text.trim().to_lowercase().parse() {
            return Some(value);
        }
        let key = search_key(text);
        let word = |(word, _): &&(&str, Self)| search_key(word) == key;
        Self::WORDS.iter().find(word).map(|(_, value)| *value)
    }
}

macro_rules! words {
    ($name:ident { $($word:literal => $value:ident),+ $(,)? }) => {
        impl Words for $name {
            fn codes() -> Vec<&'static str> {
                $name::ALL.iter().map(|value| value.code()).collect()
            }
            const WORDS: &'static [(&'static str, Self)] = &[$(($word, $name::$value)),+];
        }
    };
}

words!(Level {
    "แผนระดับที่ 1" => Level1, "แผนระดับ 1" => Level1, "ยุทธศาสตร์ชาติ" => Level1,
    "แผนระดับที่ 2" => Level2, "แผนระดับ 2" => Level2,
    "แผนระดับที่ 3" => Level3, "แผนระดับ 3" => Level3,
    "แผนที่นำทาง SDG4 จังหวัด" => ProvincialRoadmap,
    "แผนพัฒนาการศึกษาจังหวัด" => ProvincialPlan,
    "แผนตามประเภทการศึกษา" => EducationType,
    "แผนปฏิบัติราชการ ระยะ 5 ปี" => FiveYear,
    "แผนปฏิบัติราชการรายปี" => Annual, "แผนปฏิบัติการประจำปี" => Annual, "แผนปฏิบัติการ" => Annual,
});
words!(PeriodKind {
    "ปีงบประมาณ" => Fiscal, "ปีการศึกษา" => Academic, "ปีปฏิทิน" => Calendar,
});
words!(NodeKind {
    "เป้าหมายย่อย" => Target, "ยุทธศาสตร์" => Strategy, "ประเด็น" => Issue, "ประเด็นการพัฒนา" => Issue,
    "แผนย่อย" => SubPlan, "หมุดหมาย" => Milestone, "เป้าประสงค์" => Objective, "วัตถุประสงค์" => Objective,
    "ตัวชี้วัด" => Indicator, "กลยุทธ์" => Measure, "แนวทาง" => Measure, "แนวทางการพัฒนา" => Measure,
    "มาตรการ" => Measure, "แผนงาน" => Programme,
});
words!(Direction { "เพิ่มขึ้น" => Up, "มากดี" => Up, "ลดลง" => Down, "น้อยดี" => Down, "เท่าเทียม" => Parity });
words!(BudgetMode {
    "ใช้งบประมาณ" => Budget, "ไม่ใช้งบประมาณ" => NoBudget,
    "ใช้งบของหน่วยงานอื่น" => OtherAgency, "ใช้งบหน่วยงานอื่น" => OtherAgency, "รอจัดสรร" => Awaiting,
});
words!(Stage {
    "เสนอขอ" => Requested, "คำขอ" => Requested, "ได้รับจัดสรร" => Allotted, "จัดสรร" => Allotted,
    "โอน" => Transferred, "ก่อหนี้ผูกพัน" => Committed, "ผูกพัน" => Committed, "เบิกจ่าย" => Disbursed,
});
words!(ExpenseCategory {
    "งบบุคลากร" => Personnel, "งบดำเนินงาน" => Operations, "งบลงทุน" => Investment,
    "งบเงินอุดหนุน" => Subsidy, "งบรายจ่ายอื่น" => Other,
});
words!(ExpenseKind {
    "ค่าตอบแทน" => Remuneration, "ค่าใช้สอย" => Services, "ค่าวัสดุ" => Materials,
    "ค่าสาธารณูปโภค" => Utilities, "ค่าครุภัณฑ์" => Equipment, "ค่าที่ดินและสิ่งก่อสร้าง" => Construction,
});
words!(Class {
    "สถานศึกษา" => School, "โรงเรียน" => School, "หน่วยงานทางการศึกษา" => EducationAgency,
    "หน่วยงานที่มีสถานศึกษาในสังกัด" => AgencyWithSchools, "หน่วยงานที่เกี่ยวข้อง" => Related,
});
words!(Certainty { "อ่านจากต้นฉบับ" => Seen, "จำได้" => Recalled, "ข้อเสนอ" => Proposal });

/// The kind of money a category must have, where the kind decides it.
pub(crate) fn category_of(kind: ExpenseKind) -> ExpenseCategory {
    match kind {
        ExpenseKind::Remuneration
        | ExpenseKind::Services
        | ExpenseKind::Materials
        | ExpenseKind::Utilities => ExpenseCategory::Operations,
        ExpenseKind::Equipment | ExpenseKind::Construction => ExpenseCategory::Investment,
    }
}

/// Yes or no of a cell.
pub(crate) fn yes_no(text: &str) -> Option<bool> {
    match search_key(text).as_str() {
        "1" | "true" | "yes" | "y" | "ใช่" | "หลัก" | "✓" | "/" => Some(true),
        "0" | "false" | "no" | "n" | "ไม่" | "ไม่ใช่" | "รอง" => {
            Some(false)
        }
        _ => None,
    }
}

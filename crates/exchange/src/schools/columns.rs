//! The columns of a list of schools, with the headings that offices print.

use crate::sheets::{NAME_EN, Sheet, may, must};

/// A list of schools, or of other organisations: a file of its own and no part of a plan.
pub(crate) const SCHOOLS: Sheet = Sheet {
    name: "schools",
    synonyms: &["สถานศึกษา", "โรงเรียน", "รายชื่อสถานศึกษา", "รายชื่อโรงเรียน"],
    columns: &[
        must(
            "name_th",
            &[
                "ชื่อสถานศึกษา",
                "ชื่อโรงเรียน",
                "สถานศึกษา",
                "โรงเรียน",
                "ชื่อหน่วยงาน",
                "ชื่อ",
                "school_name",
                "name",
            ],
        ),
        may("code", &["รหัสหน่วยงาน", "รหัส"]),
        may(
            "smis_code",
            &[
                "รหัส SMIS",
                "SMIS",
                "รหัส SMIS 8 หลัก",
                "รหัสโรงเรียน 8 หลัก",
                "รหัส 8 หลัก",
                "รหัสโรงเรียน",
            ],
        ),
        may(
            "ten_digit_code",
            &[
                "รหัสสถานศึกษา 10 หลัก",
                "รหัส 10 หลัก",
                "รหัสโรงเรียน 10 หลัก",
                "รหัสกระทรวง 10 หลัก",
                "รหัสกระทรวง",
                "รหัสสถานศึกษา",
            ],
        ),
        may("dopa_code", &["รหัสกรมการปกครอง"]),
        may(
            "parent_code",
            &[
                "หน่วยงานต้นสังกัด",
                "รหัสหน่วยงานต้นสังกัด",
                "ต้นสังกัด",
                "สังกัด",
                "สำนักงานเขตพื้นที่การศึกษา",
                "เขตพื้นที่การศึกษา",
                "เขตพื้นที่",
                "parent_agency_code",
            ],
        ),
        may(
            "coordinator_code",
            &[
                "หน่วยงานผู้ประสาน",
                "รหัสหน่วยงานผู้ประสาน",
                "หน่วยงานประสาน",
                "ผู้ประสาน",
            ],
        ),
        may("district", &["อำเภอ", "รหัสอำเภอ", "district_dopa", "อ."]),
        may("class", &["กลุ่มหน่วยงาน", "ประเภทหน่วยงาน"]),
        may("kind", &["ประเภทสถานศึกษา", "ชนิดสถานศึกษา"]),
        may("opened", &["วันที่จัดตั้ง", "วันเดือนปีที่จัดตั้ง", "วันที่ก่อตั้ง", "วันก่อตั้ง"]),
        may("short_name_th", &["ชื่อย่อ"]),
        NAME_EN,
        may("display_order", &["ลำดับการแสดง", "ลำดับแสดงผล"]),
        // Thai lists number their rows; the numbers say nothing.
        may("row_number", &["ลำดับ", "ลำดับที่", "ที่", "no", "no."]),
    ],
};

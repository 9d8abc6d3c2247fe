//! Lists of schools as offices send them.

use domain::{
    issue::{Place, Severity},
    register::CodeKind,
};
use exchange::schools::{SchoolReading, read_schools, schools_template};
use jiff::civil::date;
use rust_xlsxwriter::Workbook;

fn read(csv: &str) -> SchoolReading {
    read_schools("รายชื่อ.csv", csv.as_bytes()).unwrap()
}

/// Row, heading and code of what is wrong.
fn wrong(reading: &SchoolReading) -> Vec<(u32, String, &'static str)> {
    let cell = |at: &Place| match at {
        Place::Cell { row, column, .. } => (*row, column.clone()),
        _ => (0, String::new()),
    };
    let errors = reading
        .issues
        .iter()
        .filter(|it| it.severity == Severity::Error);
    errors
        .map(|issue| {
            let (row, column) = cell(&issue.at);
            (row, column, issue.code)
        })
        .collect()
}

#[test]
fn headings_are_known_as_thai_offices_print_them() {
    let lists = [
        "ที่,ชื่อโรงเรียน,รหัส SMIS,รหัสกระทรวง,สังกัด,อำเภอ\n1,โรงเรียนตัวอย่าง,67010001,1067010001,สพป.เพชรบูรณ์ เขต 1,หล่มสัก\n",
        "ลำดับที่;ชื่อสถานศึกษา;รหัสโรงเรียน;รหัส 10 หลัก;เขตพื้นที่การศึกษา;รหัสอำเภอ\n1;โรงเรียนตัวอย่าง;๖๗๐๑๐๐๐๑;10-67010001;สพป.เพชรบูรณ์ เขต 1;หล่มสัก\n",
        "รายชื่อโรงเรียน ปีการศึกษา 2569,,,,\nname_th,smis_code,ten_digit_code,parent_code,district\nโรงเรียนตัวอย่าง,67010001,1067010001,สพป.เพชรบูรณ์ เขต 1,หล่มสัก\n",
    ];
    for list in lists {
        let reading = read(list);
        assert!(!reading.blocked(), "{:?}", reading.issues);
        let row = &reading.list.rows[0].value;
        assert_eq!(row.name_th, "โรงเรียนตัวอย่าง");
        assert_eq!(row.code_of(CodeKind::Smis), Some("67010001"));
        assert_eq!(row.code_of(CodeKind::TenDigit), Some("1067010001"));
        assert_eq!(row.key(), Some("1067010001"));
        assert_eq!(row.parent.as_deref(), Some("สพป.เพชรบูรณ์ เขต 1"));
        assert_eq!(row.district.as_deref(), Some("หล่มสัก"));
    }
}

#[test]
fn everything_that_is_wrong_is_said_at_once_by_cell() {
    let reading = read(
        "ชื่อโรงเรียน,รหัส SMIS,รหัส 10 หลัก,วันที่จัดตั้ง,กลุ่มหน่วยงาน\n\
         โรงเรียนตัวอย่าง 1,1067010001,67010001,31/2/2569,school\n\
         ,67010002,,,school\n\
         โรงเรียนตัวอย่าง 3,,,,school\n\
         โรงเรียนตัวอย่าง 4,67010004,,,โรงงาน\n\
         โรงเรียนตัวอย่าง 5,67010005,,,\n\
         โรงเรียนตัวอย่าง 6,67010005,,,\n\
         โรงเรียนตัวอย่าง 7,67010007,,16 พ.ค. 2510,โรงเรียน\n",
    );
    let said = wrong(&reading);
    let expected = [
        (2, "รหัส SMIS", "organisation.not_smis"),
        (2, "รหัส 10 หลัก", "organisation.not_ten_digits"),
        (2, "วันที่จัดตั้ง", "import.not_a_date"),
        (3, "ชื่อโรงเรียน", "import.missing_value"),
        (4, "ชื่อโรงเรียน", "import.school_without_code"),
        (7, "รหัส SMIS", "import.duplicate_code"),
    ];
    for (row, column, code) in expected {
        assert!(
            said.contains(&(row, column.to_owned(), code)),
            "{row} {column} {code}: {said:?}"
        );
    }
    assert!(
        said.iter()
            .any(|(row, _, code)| *row == 5 && code.starts_with("import.unknown_word")),
        "{said:?}"
    );
    assert_eq!(said.len(), expected.len() + 1, "{said:?}");
    let left: Vec<&str> = reading
        .list
        .rows
        .iter()
        .map(|row| row.value.name_th.as_str())
        .collect();
    assert_eq!(left, ["โรงเรียนตัวอย่าง 7"]);
    assert_eq!(reading.list.rows[0].value.opened, Some(date(1967, 5, 16)));
}

#[test]
fn the_empty_workbook_that_we_give_is_one_that_we_read() {
    let empty = read_schools("schools.xlsx", &schools_template().unwrap()).unwrap();
    assert!(empty.list.rows.is_empty());
    assert!(!empty.blocked(), "{:?}", empty.issues);
    assert!(empty.list.headings.contains_key("ten_digit_code"));
}

#[test]
fn of_several_sheets_the_one_that_is_called_a_list_of_schools_is_read() {
    let mut book = Workbook::new();
    let other = book.add_worksheet().set_name("สรุป").unwrap();
    other.write(0, 0, "ชื่อ").unwrap();
    other.write(0, 1, "รหัส").unwrap();
    other.write(1, 0, "รวม").unwrap();
    let list = book.add_worksheet().set_name("โรงเรียน").unwrap();
    for (at, heading) in ["ชื่อโรงเรียน", "รหัส SMIS", "วันที่จัดตั้ง"].iter().enumerate()
    {
        list.write(0, at as u16, *heading).unwrap();
    }
    list.write(1, 0, "โรงเรียนตัวอย่าง").unwrap();
    list.write(1, 1, 67_010_001).unwrap();
    list.write(1, 2, "16/5/2510").unwrap();
    let reading = read_schools("รายชื่อ.xlsx", &book.save_to_buffer().unwrap()).unwrap();
    assert!(!reading.blocked(), "{:?}", reading.issues);
    assert_eq!(
        reading.list.rows[0].value.code_of(CodeKind::Smis),
        Some("67010001")
    );
    assert_eq!(reading.list.rows[0].value.opened, Some(date(1967, 5, 16)));
}

#[test]
fn what_is_no_list_is_said_to_be_none() {
    for bytes in [&b"\x00\x01\x02\x03\x00\x00"[..], b"a,b\n1,2\n", b""] {
        let reading = read_schools("x.csv", bytes).unwrap();
        assert!(
            reading.blocked() && reading.list.rows.is_empty(),
            "{:?}",
            reading.issues
        );
    }
    assert!(read_schools("x.xls", b"\xD0\xCF\x11\xE0 old").is_err());
}

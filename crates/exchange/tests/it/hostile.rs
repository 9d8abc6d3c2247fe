//! Files that are no plan at all, too large, locked or not there.

use crate::kit::{
    AGENCIES, HEADING, STRATEGIES, codes, first, folder, only, read, said, whole, with_projects,
};
use exchange::{ReadError, ReadOptions, read_plan};
use std::io::Write;

fn error(path: &std::path::Path) -> ReadError {
    let error = read_plan(path, &ReadOptions::default()).unwrap_err();
    said(&error.issue());
    error
}

#[test]
fn a_folder_that_is_not_there_and_one_without_a_plan_are_two_things() {
    let empty = tempfile::TempDir::new().unwrap();
    assert!(matches!(
        error(&empty.path().join("nowhere")),
        ReadError::NotFound(_)
    ));
    assert!(matches!(error(empty.path()), ReadError::NotAPlan(_)));
    let other = folder(&[("readme.md", "x"), ("photos.csv", "a,b\n1,2\n")]);
    assert!(matches!(error(other.path()), ReadError::NotAPlan(_)));
    let single = folder(&[("projects.csv", "code\n")]);
    assert!(matches!(
        error(&single.path().join("projects.csv")),
        ReadError::NotAPlan(_)
    ));
}

#[test]
fn an_unreadable_file_is_said_and_the_others_are_read() {
    let folder = folder(&[("agencies.csv", AGENCIES), ("strategies.csv", STRATEGIES)]);
    std::fs::create_dir(folder.path().join("projects.csv")).unwrap();
    let reading = read(folder.path());
    assert_eq!(
        (only(&reading).code, &only(&reading).at),
        ("import.cannot_read", &whole("projects.csv"))
    );
    assert!(reading.blocked());
    assert_eq!(reading.plan.agencies.len(), 2);
}

#[test]
fn fifty_megabytes_of_binary_rubbish_are_seen_from_their_beginning() {
    let mut seed = 0x2545_F491_4F6C_DD1D_u64;
    let noise: Vec<u8> = std::iter::repeat_with(|| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        seed.to_le_bytes()
    })
    .take(50 * 1024 * 1024 / 8)
    .flatten()
    .collect();
    let reading = read(with_projects(&noise).path());
    assert_eq!(
        (only(&reading).code, &only(&reading).at),
        ("import.not_text", &whole("projects.csv"))
    );
}

#[test]
fn fifty_megabytes_of_wrong_rows_end_in_a_short_list() {
    let mut list = format!("{HEADING}\n").into_bytes();
    while list.len() < 50 * 1024 * 1024 {
        writeln!(list, "P{},,ไม่ใช่ปี,99,ใครก็ได้,ไม่ใช่เงิน", list.len()).unwrap();
    }
    let reading = read(with_projects(&list).path());
    assert!(reading.blocked());
    assert!(
        reading.issues.len() < 400,
        "{} issues",
        reading.issues.len()
    );
    let more = first(&reading, "import.more_of_same");
    assert_eq!(more.at, whole("projects.csv"));
    first(&reading, "import.gave_up");
    first(&reading, "import.too_many_rows");
    assert!(reading.plan.projects.is_empty());
}

#[test]
fn fifty_megabytes_of_unknown_agencies_end_in_a_short_list() {
    let mut list = format!("{HEADING}\n").into_bytes();
    while list.len() < 50 * 1024 * 1024 {
        writeln!(list, "P{0},อ่าน,2569,1,หน่วยงานที่ {0},5", list.len()).unwrap();
    }
    let agencies: String = (0..600)
        .map(|n| format!("a{n},หน่วยงานตัวอย่าง {n}\n"))
        .collect();
    let agencies = format!("agency_code,name_th\n{agencies}");
    let folder = folder(&[
        ("agencies.csv", agencies.as_bytes()),
        ("strategies.csv", STRATEGIES.as_bytes()),
        ("projects.csv", &list),
    ]);
    let reading = read(folder.path());
    assert!(reading.blocked() && reading.issues.len() < 200);
    first(&reading, "import.more_of_same");
}

#[test]
fn fifty_megabytes_without_a_line_end_or_a_heading_are_no_table() {
    let one_line = "ก".repeat(17 * 1024 * 1024);
    let reading = read(with_projects(one_line.as_bytes()).path());
    first(&reading, "import.cell_too_long");
    first(&reading, "import.no_heading");
    let commas = vec![b','; 50 * 1024 * 1024];
    let reading = read(with_projects(&commas).path());
    assert_eq!(
        codes(&reading),
        [
            "import.too_many_columns",
            "import.not_a_table",
            "import.empty_file"
        ]
    );
    first(&reading, "import.not_a_table");
}

#[test]
fn a_workbook_named_csv_is_recognised() {
    let folder = folder(&[
        ("agencies.csv", AGENCIES.as_bytes()),
        ("projects.csv", b"PK\x03\x04xxxx"),
    ]);
    assert_eq!(only(&read(folder.path())).code, "import.workbook_named_csv");
}

#[test]
fn a_file_that_is_neither_utf_8_nor_windows_874_is_said() {
    let latin = b"code,title\nP1,caf\xE9 \xFC\xFB\xFE na\xEFve\n".repeat(3);
    assert_eq!(
        first(
            &read(with_projects(&latin).path()),
            "import.unknown_encoding"
        )
        .at,
        whole("projects.csv")
    );
}

#[test]
fn workbooks_that_are_none_are_said() {
    let folder = folder(&[
        ("text.xlsx", &b"code,title\n"[..]),
        ("cut.xlsx", b"PK\x03\x04\x14\x00\x00\x00"),
        ("old.xls", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1rest"),
        ("locked.xlsx", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1rest"),
        ("empty.xlsx", b""),
    ]);
    for name in ["text.xlsx", "cut.xlsx", "empty.xlsx"] {
        assert!(
            matches!(error(&folder.path().join(name)), ReadError::NotAWorkbook(_)),
            "{name}"
        );
    }
    for name in ["old.xls", "locked.xlsx"] {
        assert!(
            matches!(error(&folder.path().join(name)), ReadError::OldWorkbook(_)),
            "{name}"
        );
    }
}

#[test]
fn a_zip_that_unpacks_without_end_is_refused() {
    let folder = tempfile::TempDir::new().unwrap();
    let path = folder.path().join("bomb.xlsx");
    let mut archive = zip::ZipWriter::new(std::fs::File::create(&path).unwrap());
    let zeros = vec![0_u8; 1024 * 1024];
    for part in 0..3 {
        let options = zip::write::SimpleFileOptions::default();
        archive
            .start_file(format!("xl/worksheets/sheet{part}.xml"), options)
            .unwrap();
        for _ in 0..25 {
            archive.write_all(&zeros).unwrap();
        }
    }
    archive.finish().unwrap();
    assert!(std::fs::metadata(&path).unwrap().len() < 1024 * 1024);
    assert!(matches!(error(&path), ReadError::UnpacksTooLarge(_)));
}

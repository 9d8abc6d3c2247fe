//! How a file is written: encodings, separators, headings, rows of the wrong length.

use crate::kit::{
    AGENCIES, HEADING, PROJECT, STRATEGIES, blocks, cell, codes, first, folder, only, projects,
    read, thai, whole, with_projects,
};
use domain::issue::Severity;
use encoding_rs::WINDOWS_874;

fn list() -> String {
    format!("{HEADING}\n{PROJECT}\n")
}

#[test]
fn a_windows_874_file_is_read_and_says_so() {
    let list = list();
    let (bytes, _, lost) = WINDOWS_874.encode(&list);
    assert!(!lost);
    let folder = with_projects(&bytes);
    let reading = read(folder.path());
    let issue = only(&reading);
    assert_eq!(
        (issue.code, &issue.at),
        ("import.windows_874", &whole("projects.csv"))
    );
    assert_eq!(issue.severity, Severity::Warning);
    assert!(!reading.blocked());
    assert_eq!(reading.plan.projects[0].value.title, "โครงการอ่านออกเขียนได้");
}

#[test]
fn a_byte_order_mark_needs_no_word() {
    let folder = with_projects(format!("\u{FEFF}{}", list()).as_bytes());
    let reading = read(folder.path());
    assert!(reading.issues.is_empty());
    assert_eq!(reading.plan.projects[0].value.code, "P1");
}

#[test]
fn a_utf_16_file_is_read_and_says_so() {
    let units = list();
    let bytes: Vec<u8> = [0xFF, 0xFE]
        .into_iter()
        .chain(units.encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    let folder = with_projects(&bytes);
    let reading = read(folder.path());
    assert_eq!(only(&reading).code, "import.utf16");
    assert_eq!(reading.plan.projects[0].value.title, "โครงการอ่านออกเขียนได้");
}

#[test]
fn semicolons_and_tabs_part_cells_too() {
    for (separator, word) in [(";", "อัฒภาค (;)"), ("\t", "แท็บ")] {
        let folder = with_projects(list().replace(',', separator).as_bytes());
        let reading = read(folder.path());
        let issue = only(&reading);
        assert_eq!(
            (issue.code, issue.severity),
            ("import.delimiter", Severity::Advice)
        );
        assert!(thai(issue).contains(word));
        assert_eq!(reading.plan.projects.len(), 1);
    }
}

#[test]
fn a_lost_letter_is_said_at_its_cell_and_kept() {
    let folder = projects(&["P1,โครงการ\u{FFFD}่านออกเขียนได้,2569,1,peo,5"]);
    let reading = read(folder.path());
    let issue = only(&reading);
    assert_eq!(
        (issue.code, &issue.at),
        ("import.damaged_text", &cell("projects.csv", 2, "title"))
    );
    assert!(!reading.blocked());
    assert!(reading.plan.projects[0].value.title.contains('\u{FFFD}'));
}

#[test]
fn a_missing_required_column_names_the_nearest_heading_found() {
    let folder =
        with_projects("code,title,fiscal_year_be,agency_cod\nP1,อ่าน,2569,peo\n".as_bytes());
    let reading = read(folder.path());
    let issue = only(&reading);
    assert_eq!(
        (issue.code, &issue.at),
        ("import.missing_column_like", &cell("projects.csv", 1, ""))
    );
    assert_eq!(
        thai(issue),
        "ไม่พบคอลัมน์ “หน่วยงาน” (agency_code) ซึ่งจำเป็นต้องมี หัวคอลัมน์ที่ใกล้เคียงที่สุดคือ “agency_cod”"
    );
    assert!(reading.blocked());
}

#[test]
fn all_missing_columns_are_said_at_once() {
    let folder = with_projects(b"fiscal_year_be,strategy_no\n2569,1\n");
    let reading = read(folder.path());
    assert_eq!(codes(&reading), ["import.missing_column"; 3]);
}

#[test]
fn an_unknown_column_is_kept_out_with_a_warning() {
    let folder = with_projects(
        "code,title,fiscal_year_be,agency_code,สีประจำโครงการ\nP1,อ่าน,2569,peo,ฟ้า\n".as_bytes(),
    );
    let reading = read(folder.path());
    let issue = only(&reading);
    assert_eq!(issue.at, cell("projects.csv", 1, "สีประจำโครงการ"));
    assert_eq!(
        (issue.code, issue.severity),
        ("import.unknown_column", Severity::Warning)
    );
    assert_eq!(reading.plan.projects.len(), 1);
    let folder = with_projects(
        "code,title,fiscal_year_be,agency_code,ชื่อโครงการณ์\nP1,อ่าน,2569,peo,ฟ้า\n".as_bytes(),
    );
    let reading = read(folder.path());
    assert!(thai(only(&reading)).contains("หมายถึง “ชื่อโครงการ” ใช่หรือไม่"));
}

#[test]
fn two_headings_of_the_same_meaning_are_not_chosen_between() {
    let folder = with_projects("code,รหัสโครงการ,title,agency_code\nP1,P1,อ่าน,peo\n".as_bytes());
    let reading = read(folder.path());
    assert_eq!(only(&reading).at, cell("projects.csv", 1, "รหัสโครงการ"));
    assert_eq!(only(&reading).code, "import.column_twice");
}

#[test]
fn an_empty_file_and_one_with_a_heading_only_are_two_things() {
    let reading = read(with_projects(b"").path());
    assert_eq!(
        (only(&reading).code, &only(&reading).at),
        ("import.empty_file", &whole("projects.csv"))
    );
    assert!(reading.blocked());
    let reading = read(with_projects(b"\n\n ,\n").path());
    assert_eq!(only(&reading).code, "import.empty_file");
    let reading = read(with_projects(HEADING.as_bytes()).path());
    assert_eq!(
        (only(&reading).code, blocks(only(&reading))),
        ("import.no_rows", false)
    );
}

#[test]
fn rows_with_too_many_or_too_few_cells_are_said_and_not_shifted() {
    let folder = projects(&[
        "P1,อ่าน, เขียน,2569,1,peo,5",
        "P2,คิด,2569,1,peo",
        PROJECT.replace("P1", "P3").as_str(),
    ]);
    let reading = read(folder.path());
    let many = first(&reading, "import.too_many_cells");
    assert_eq!(many.at, cell("projects.csv", 2, ""));
    assert_eq!(thai(many), "แถวนี้มี 7 ช่อง มากกว่าหัวตารางซึ่งมี 6 ช่อง");
    assert_eq!(
        first(&reading, "import.too_few_cells").at,
        cell("projects.csv", 3, "")
    );
    let kept: Vec<&str> = reading
        .plan
        .projects
        .iter()
        .map(|row| row.value.code.as_str())
        .collect();
    assert_eq!(kept, ["P3"]);
    let empty_at_the_end = projects(&["P1,อ่าน,2569,1,peo,5,,"]);
    assert!(read(empty_at_the_end.path()).issues.is_empty());
}

#[test]
fn line_breaks_inside_quotes_do_not_move_the_numbers_of_rows() {
    let folder = projects(&[
        "P1,\"โครงการอ่านออก\nเขียนได้\",2569,1,peo,5",
        "",
        "P2,คิดเลขเป็น,2569,1,peo,ห้าบาท",
    ]);
    let reading = read(folder.path());
    assert_eq!(only(&reading).at, cell("projects.csv", 4, "budget_baht"));
    assert_eq!(reading.plan.projects[0].value.title, "โครงการอ่านออก เขียนได้");
    assert_eq!(reading.plan.projects[0].place, cell("projects.csv", 2, ""));
}

#[test]
fn a_quote_that_never_closes_is_said_where_it_opens() {
    let folder = projects(&[PROJECT, "P2,\"อ่าน,2569,1,peo,5", "P3,คิด,2569,1,peo,5"]);
    let reading = read(folder.path());
    assert_eq!(
        (only(&reading).code, &only(&reading).at),
        ("import.quote_not_closed", &cell("projects.csv", 3, ""))
    );
    assert!(reading.blocked());
}

#[test]
fn titles_above_the_heading_are_passed_over_and_said() {
    let list = format!("แผนปฏิบัติการประจำปี 2569,,,,,\n,,,,,\n{}", list());
    let reading = read(with_projects(list.as_bytes()).path());
    let issue = only(&reading);
    assert_eq!(
        (issue.code, issue.severity),
        ("import.rows_above_heading", Severity::Advice)
    );
    assert_eq!(reading.plan.projects[0].place, cell("projects.csv", 4, ""));
}

#[test]
fn a_column_without_a_heading_is_said_when_it_holds_data() {
    let folder = with_projects("code,title,,agency_code\nP1,อ่าน,ลืมหัว,peo\n".as_bytes());
    let reading = read(folder.path());
    let issue = first(&reading, "import.column_without_heading");
    assert_eq!(issue.at, cell("projects.csv", 1, "C"));
}

#[test]
fn files_of_other_names_are_said_and_left_alone() {
    let folder = folder(&[
        ("agencies.csv", AGENCIES),
        ("strategies.csv", STRATEGIES),
        ("projets.csv", &list()),
        ("โครงการ.csv", &list()),
        ("notes.txt", "x"),
        ("~$projects.csv", "x"),
    ]);
    let reading = read(folder.path());
    let issue = only(&reading);
    assert_eq!(
        (issue.code, &issue.at),
        ("import.unknown_file", &whole("projets.csv"))
    );
    assert_eq!(reading.plan.projects[0].place, cell("โครงการ.csv", 2, ""));
}

#[test]
fn two_files_of_the_same_meaning_are_not_chosen_between() {
    let folder = folder(&[
        ("agencies.csv", AGENCIES),
        ("strategies.csv", STRATEGIES),
        ("projects.csv", &list()),
        ("โครงการ.csv", &list()),
    ]);
    let reading = read(folder.path());
    assert_eq!(
        (only(&reading).code, &only(&reading).at),
        ("import.sheet_twice", &whole("โครงการ.csv"))
    );
    assert!(reading.blocked());
}

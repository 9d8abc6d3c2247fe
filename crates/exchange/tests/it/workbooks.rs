//! Workbooks: merged cells, formulas, floats, dates, hidden and huge sheets.

use crate::kit::{blocks, cell, codes, first, only, read, thai, whole};
use domain::{issue::Severity, money::Satang, project::ProjectYear, time::FiscalYear};
use exchange::Reading;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};
use std::io::{Read, Write};
use tempfile::TempDir;

const HEADING: [&str; 7] = [
    "รหัสโครงการ",
    "ชื่อโครงการ",
    "ปีงบประมาณ",
    "ยุทธศาสตร์",
    "หน่วยงาน",
    "งบประมาณ",
    "วันที่อนุมัติ",
];
const FILE: &str = "แผน.xlsx › โครงการ";

/// A workbook with agencies, strategies and one right project, changed by the story.
fn book(change: impl FnOnce(&mut Worksheet)) -> TempDir {
    let mut book = Workbook::new();
    let agencies = book.add_worksheet().set_name("หน่วยงาน").unwrap();
    agencies
        .write_row(0, 0, ["รหัสหน่วยงาน", "ชื่อหน่วยงาน"])
        .unwrap();
    agencies
        .write_row(1, 0, ["peo", "สำนักงานศึกษาธิการจังหวัดตัวอย่าง"])
        .unwrap();
    let strategies = book.add_worksheet().set_name("ยุทธศาสตร์").unwrap();
    strategies
        .write_row(0, 0, ["ยุทธศาสตร์ที่", "ชื่อยุทธศาสตร์"])
        .unwrap();
    strategies.write_row(1, 0, ["1", "พัฒนาผู้เรียน"]).unwrap();
    let projects = book.add_worksheet().set_name("โครงการ").unwrap();
    projects.write_row(0, 0, HEADING).unwrap();
    for (column, text) in [(0, "P1"), (1, "โครงการอ่านออกเขียนได้"), (4, "peo")]
    {
        projects.write(1, column, text).unwrap();
    }
    projects.write(1, 2, 2569.0).unwrap();
    projects.write(1, 3, 1).unwrap();
    projects.write(1, 5, 160_000.5).unwrap();
    change(projects);
    let folder = TempDir::new().unwrap();
    book.save(folder.path().join("แผน.xlsx")).unwrap();
    folder
}

fn reading(folder: &TempDir) -> Reading {
    read(&folder.path().join("แผน.xlsx"))
}

/// The same workbook with the XML of one of its parts changed.
fn rewritten(folder: &TempDir, part: &str, change: impl Fn(String) -> String) {
    let path = folder.path().join("แผน.xlsx");
    let mut old =
        zip::ZipArchive::new(std::io::Cursor::new(std::fs::read(&path).unwrap())).unwrap();
    let mut new = zip::ZipWriter::new(std::fs::File::create(&path).unwrap());
    for at in 0..old.len() {
        let mut file = old.by_index(at).unwrap();
        let mut text = String::new();
        file.read_to_string(&mut text).unwrap();
        let name = file.name().unwrap().into_owned();
        if name == part {
            let changed = change(text.clone());
            assert_ne!(changed, text, "the story changes nothing");
            text = changed;
        }
        new.start_file(name, zip::write::SimpleFileOptions::default())
            .unwrap();
        new.write_all(text.as_bytes()).unwrap();
    }
    new.finish().unwrap();
}

#[test]
fn numbers_kept_as_floats_are_the_numbers_people_typed() {
    let reading = reading(&book(|_| {}));
    assert_eq!(codes(&reading), Vec::<&str>::new());
    let project = &reading.plan.projects[0];
    assert_eq!(project.place, cell(FILE, 2, ""));
    assert_eq!(project.value.year, ProjectYear::Fiscal(FiscalYear(2569)));
    assert_eq!(project.value.budget, Some(Satang(16_000_050)));
    assert_eq!(project.value.node.as_deref(), Some("1"));
}

#[test]
fn dates_are_read_from_serial_numbers_with_and_without_their_format() {
    let date = ExcelDateTime::from_ymd(2025, 10, 2).unwrap();
    let format = Format::new().set_num_format("d/m/yyyy");
    let dated = reading(&book(|sheet| {
        sheet
            .write_datetime_with_format(1, 6, &date, &format)
            .unwrap();
    }));
    assert_eq!(codes(&dated), Vec::<&str>::new());
    let approved = Some(jiff::civil::date(2025, 10, 2));
    assert_eq!(dated.plan.projects[0].value.approved_on, approved);
    let serial = reading(&book(|sheet| {
        sheet.write(1, 6, 45_932).unwrap();
    }));
    assert_eq!(
        (only(&serial).code, only(&serial).severity),
        ("import.serial_read", Severity::Advice)
    );
    assert_eq!(serial.plan.projects[0].value.approved_on, approved);
}

#[test]
fn a_code_that_the_program_turned_into_a_date_is_said() {
    let date = ExcelDateTime::from_ymd(2026, 1, 1).unwrap();
    let format = Format::new().set_num_format("d.m");
    let reading = reading(&book(|sheet| {
        sheet
            .write_datetime_with_format(1, 0, &date, &format)
            .unwrap();
    }));
    assert_eq!(
        (only(&reading).code, &only(&reading).at),
        ("import.text_became_date", &cell(FILE, 2, "รหัสโครงการ"))
    );
}

#[test]
fn the_value_of_merged_cells_belongs_to_the_first_and_the_range_is_said() {
    let reading = reading(&book(|sheet| {
        for (row, code) in [(2, "P2"), (3, "P3")] {
            sheet.write(row, 0, code).unwrap();
            sheet.write(row, 1, "คิดเลขเป็น").unwrap();
            sheet.write(row, 2, 2569).unwrap();
            sheet.write(row, 5, 10).unwrap();
        }
        sheet
            .merge_range(1, 4, 3, 4, "peo", &Format::new())
            .unwrap();
    }));
    let merged = first(&reading, "import.merged_cells");
    assert_eq!(merged.at, cell(FILE, 2, "E"));
    assert_eq!(
        thai(merged),
        "เซลล์ E2:E4 ถูกผสานไว้ ระบบอ่านค่าเป็นของเซลล์ E2 เท่านั้น เซลล์อื่นถือว่าว่าง"
    );
    let missing: Vec<_> = reading
        .issues
        .iter()
        .filter(|issue| blocks(issue))
        .map(|issue| issue.at.clone())
        .collect();
    assert_eq!(
        missing,
        [cell(FILE, 3, "หน่วยงาน"), cell(FILE, 4, "หน่วยงาน")]
    );
    assert_eq!(reading.plan.projects.len(), 1);
}

#[test]
fn a_formula_gives_the_result_that_was_saved_with_it() {
    let reading = reading(&book(|sheet| {
        sheet
            .write_formula(1, 5, Formula::new("=100000+60000").set_result("160000"))
            .unwrap();
    }));
    let issue = only(&reading);
    assert_eq!((issue.code, &issue.at), ("import.formulas", &whole(FILE)));
    assert_eq!(
        reading.plan.projects[0].value.budget,
        Some(Satang::baht(160_000))
    );
}

#[test]
fn a_formula_without_a_saved_result_is_not_a_missing_amount() {
    let folder = book(|sheet| {
        sheet
            .write_formula(1, 5, Formula::new("=1+2").set_result("3"))
            .unwrap();
    });
    rewritten(&folder, "xl/worksheets/sheet3.xml", |xml| {
        xml.replace("</f><v>3</v>", "</f>")
    });
    let reading = reading(&folder);
    let issue = first(&reading, "import.formula_without_value");
    assert_eq!(issue.at, cell(FILE, 2, "งบประมาณ"));
    assert!(reading.plan.projects.is_empty() && reading.blocked());
}

#[test]
fn a_formula_that_ends_in_an_error_is_said() {
    let folder = book(|sheet| {
        sheet
            .write_formula(1, 5, Formula::new("=1/0").set_result("3"))
            .unwrap();
    });
    rewritten(&folder, "xl/worksheets/sheet3.xml", |xml| {
        let cell = xml.find("<f>1/0</f>").unwrap();
        let start = xml[..cell].rfind("<c ").unwrap();
        let with_type = xml[start..].replacen("<c ", "<c t=\"e\" ", 1);
        format!(
            "{}{}",
            &xml[..start],
            with_type.replacen("<v>3</v>", "<v>#DIV/0!</v>", 1)
        )
    });
    let reading = reading(&folder);
    assert_eq!(
        first(&reading, "import.formula_error").at,
        cell(FILE, 2, "งบประมาณ")
    );
    assert!(reading.blocked());
}

#[test]
fn a_year_that_is_a_date_or_a_fraction_is_said() {
    for year in [2569.5, 2026.0] {
        let reading = reading(&book(|sheet| {
            sheet.write(1, 2, year).unwrap();
        }));
        assert_eq!(only(&reading).at, cell(FILE, 2, "ปีงบประมาณ"));
        assert!(reading.blocked());
    }
}

#[test]
fn a_sheet_that_claims_its_last_cell_costs_nothing() {
    let reading = reading(&book(|sheet| {
        sheet.write(1_048_575, 16_383, "x").unwrap();
    }));
    assert_eq!(
        (only(&reading).code, &only(&reading).at),
        ("import.too_many_columns", &cell(FILE, 1_048_576, "XFD"))
    );
    assert_eq!(reading.plan.projects.len(), 1);
}

#[test]
fn an_unknown_sheet_is_said_and_a_hidden_one_is_nobodys_business() {
    let folder = TempDir::new().unwrap();
    let mut book = Workbook::new();
    let projects = book.add_worksheet().set_name("projects").unwrap();
    projects
        .write_row(0, 0, ["code", "title", "ปีงบประมาณ", "agency_code"])
        .unwrap();
    projects
        .write_row(1, 0, ["P1", "อ่าน", "๒๕๖๙", "peo"])
        .unwrap();
    book.add_worksheet()
        .set_name("สรุปผู้บริหาร")
        .unwrap()
        .write(0, 0, "x")
        .unwrap();
    book.add_worksheet()
        .set_name("ซ่อน")
        .unwrap()
        .set_hidden(true)
        .write(0, 0, "x")
        .unwrap();
    book.save(folder.path().join("แผน.xlsx")).unwrap();
    let reading = reading(&folder);
    assert_eq!(
        (only(&reading).code, &only(&reading).at),
        ("import.unknown_sheet", &whole("แผน.xlsx › สรุปผู้บริหาร"))
    );
    assert_eq!(reading.plan.projects.len(), 1);
}

#[test]
fn a_sheet_whose_inside_is_damaged_is_said() {
    let folder = book(|_| {});
    rewritten(&folder, "xl/worksheets/sheet3.xml", |xml| {
        xml.replace("</sheetData>", "")
    });
    let reading = reading(&folder);
    assert_eq!(first(&reading, "import.sheet_unreadable").at, whole(FILE));
    assert!(reading.blocked());
}

//! Folders and workbooks for the stories, and short ways to look at what was read.

use domain::{
    issue::{Issue, Place, Severity},
    locale::Locale,
};
use exchange::{ReadOptions, Reading, read_plan};
use std::path::Path;
use tempfile::TempDir;

pub const AGENCIES: &str = "agency_code,name_th,short_name_th\n\
    peo,สำนักงานศึกษาธิการจังหวัดตัวอย่าง,ศธจ.ตัวอย่าง\n\
    area1,สำนักงานเขตพื้นที่การศึกษาประถมศึกษาตัวอย่าง เขต 1,สพป.ตย.1\n";
pub const STRATEGIES: &str =
    "strategy_no,fiscal_year_be,name_th\n1,2569,พัฒนาผู้เรียน\n2,2569,พัฒนาครู\n";
pub const HEADING: &str = "code,title,fiscal_year_be,strategy_no,agency_code,budget_baht";
pub const PROJECT: &str = "P1,โครงการอ่านออกเขียนได้,2569,1,peo,160000";

/// A folder with these files.
pub fn folder<B: AsRef<[u8]>>(files: &[(&str, B)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, content) in files {
        std::fs::write(folder.path().join(name), content).unwrap();
    }
    folder
}

/// Reads with the usual options.
pub fn read(path: &Path) -> Reading {
    read_plan(path, &ReadOptions::default()).unwrap()
}

/// Reads and leaves out what is wrong.
pub fn read_skipping(path: &Path) -> Reading {
    let options = ReadOptions {
        skip_bad: true,
        ..ReadOptions::default()
    };
    read_plan(path, &options).unwrap()
}

/// A plan of one list of projects with the usual agencies and strategies.
pub fn projects(rows: &[&str]) -> TempDir {
    let list = format!("{HEADING}\n{}\n", rows.join("\n"));
    with_projects(list.as_bytes())
}

/// The same with the bytes of the list.
pub fn with_projects(list: &[u8]) -> TempDir {
    folder(&[
        ("agencies.csv", AGENCIES.as_bytes()),
        ("strategies.csv", STRATEGIES.as_bytes()),
        ("projects.csv", list),
    ])
}

/// Where a cell of a file is.
pub fn cell(file: &str, row: u32, column: &str) -> Place {
    Place::Cell {
        file: file.to_owned(),
        row,
        column: column.to_owned(),
    }
}

/// A file as a whole.
pub fn whole(file: &str) -> Place {
    Place::File {
        file: file.to_owned(),
    }
}

/// The codes of all issues, in order.
pub fn codes(reading: &Reading) -> Vec<&'static str> {
    reading.issues.iter().map(|issue| issue.code).collect()
}

/// The one issue of a reading, after looking that both languages can say it and its hint.
pub fn only(reading: &Reading) -> &Issue {
    let [issue] = &reading.issues[..] else {
        panic!("one issue expected: {:#?}", reading.issues);
    };
    said(issue);
    issue
}

/// The first issue of a code.
pub fn first<'r>(reading: &'r Reading, code: &str) -> &'r Issue {
    let found = reading.issues.iter().find(|issue| issue.code == code);
    let issue = found.unwrap_or_else(|| panic!("{code} expected: {:#?}", reading.issues));
    said(issue);
    issue
}

/// Both languages have the sentence and the hint of an issue, and every word they ask for is there.
pub fn said(issue: &Issue) {
    for locale in Locale::ALL {
        let hint = locale.hint(issue);
        let sentence = locale.issue(issue);
        let hint = hint.unwrap_or_else(|| panic!("no hint for {} in {locale}", issue.code));
        for text in [&sentence, &hint] {
            assert!(!text.contains(['{', '}']), "{text}");
            assert!(!text.starts_with("issue."), "{text}");
        }
        assert!(!locale.place(&issue.at).is_empty());
    }
}

/// What an issue says in Thai.
pub fn thai(issue: &Issue) -> String {
    Locale::Th.issue(issue)
}

/// Whether an issue blocks.
pub fn blocks(issue: &Issue) -> bool {
    issue.severity == Severity::Error
}

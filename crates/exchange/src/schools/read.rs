//! Reads a list of schools: one table, a CSV file or a sheet of a workbook, with everything that is wrong said at once.

use super::SCHOOLS;
use crate::{
    decode, delimited, headings,
    headings::Mapped,
    plan::Row,
    reading::ReadError,
    record::{Draft, Record, excerpt, read_all},
    refer::duplicate,
    report::Report,
    sheets::{Sheet, folded},
    table::{Cell, Table},
    workbook,
};
use domain::{
    issue::{Issue, Issues, Place, Severity},
    organisation::Class,
    register::CodeKind,
    text::{from_thai_digits, search_key},
};
use jiff::civil::Date;
use serde::Serialize;
use std::{
    collections::{BTreeMap, HashMap},
    path::Path,
};

/// The columns of codes of other registers.
const CODES: [(&str, CodeKind); 3] = [
    ("smis_code", CodeKind::Smis),
    ("ten_digit_code", CodeKind::TenDigit),
    ("dopa_code", CodeKind::Dopa),
];
/// A list is no larger than this; the whole country has some thirty thousand schools.
const MAX_BYTES: usize = 20 * 1024 * 1024;

/// What a list says of one school. What a cell does not state is not known, and never "none".
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SchoolRow {
    /// Its full name.
    pub name_th: String,
    /// Our code, where the list has one.
    pub code: Option<String>,
    /// Codes of other registers, each of the shape of its kind.
    pub codes: Vec<(CodeKind, String)>,
    /// Code, full or short name of the agency that it reports to (สังกัด).
    pub parent: Option<String>,
    /// Code, full or short name of the office that coordinates it.
    pub coordinator: Option<String>,
    /// Name or code of its district.
    pub district: Option<String>,
    /// In which N it counts.
    pub class: Option<Class>,
    /// What kind of school it is, in the words of the list.
    pub kind: Option<String>,
    /// Its first day.
    pub opened: Option<Date>,
    /// Short name.
    pub short_name_th: Option<String>,
    /// English name.
    pub name_en: Option<String>,
    /// Where it stands in lists.
    pub position: Option<u32>,
}

impl SchoolRow {
    /// Its code of a kind.
    pub fn code_of(&self, kind: CodeKind) -> Option<&str> {
        let code = self.codes.iter().find(|(of, _)| *of == kind);
        code.map(|(_, code)| code.as_str())
    }

    /// By what the list knows it: our code, else the ten digits, else SMIS.
    pub fn key(&self) -> Option<&str> {
        let own = self.code.as_deref();
        own.or_else(|| self.code_of(CodeKind::TenDigit))
            .or_else(|| self.code_of(CodeKind::Smis))
    }
}

/// A list of schools as read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct SchoolList {
    /// Its rows.
    pub rows: Vec<Row<SchoolRow>>,
    /// The headings that the file has, by the documented name of the column.
    pub headings: BTreeMap<String, String>,
}

impl SchoolList {
    /// The cell of a row in a column, named as the file names it.
    pub fn cell(&self, row: &Place, name: &str) -> Place {
        match row {
            Place::Cell { file, row, .. } => Place::Cell {
                file: file.clone(),
                row: *row,
                column: self.headings.get(name).cloned().unwrap_or_default(),
            },
            other => other.clone(),
        }
    }
}

/// A list with everything that is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchoolReading {
    /// The rows without errors.
    pub list: SchoolList,
    /// All problems at once.
    pub issues: Issues,
}

impl SchoolReading {
    /// Whether the list must not be taken in.
    pub fn blocked(&self) -> bool {
        self.issues
            .iter()
            .any(|issue| issue.severity == Severity::Error)
    }
}

/// Reads a list of schools from the bytes of a file with that name; the format is in `docs/import-format.md`.
///
/// # Errors
/// When there is no table to read at all. Whatever is wrong inside it is in [`SchoolReading::issues`].
pub fn read_schools(name: &str, bytes: &[u8]) -> Result<SchoolReading, ReadError> {
    let mut report = Report::new(50);
    let path = Path::new(name);
    if bytes.len() > MAX_BYTES {
        return Err(ReadError::TooLarge(path.to_owned()));
    }
    let is_book = bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xD0\xCF\x11\xE0");
    let table = if is_book {
        let sheets = workbook::read(path, bytes, name, &mut report)?;
        likeliest(sheets).ok_or_else(|| ReadError::NotAWorkbook(path.to_owned()))?
    } else {
        match decode::decode(bytes, name) {
            Ok((text, note)) => {
                note.into_iter().for_each(|note| report.add(note));
                delimited::read(&text, name, &mut report)
            }
            Err(issue) => {
                report.add(*issue);
                return Ok(SchoolReading {
                    list: SchoolList::default(),
                    issues: report.finish(),
                });
            }
        }
    };
    let mut list = SchoolList::default();
    if let Some(mapped) = headings::map(table, &SCHOOLS, &mut report) {
        let drafts = read_all(&mapped, &mut report, school);
        twice(&mapped, &drafts, &mut report);
        for draft in drafts {
            let at = mapped.row(draft.row);
            if let Some(value) = draft.value.filter(|_| !report.is_bad(&at)) {
                list.rows.push(Row { place: at, value });
            }
        }
        list.headings = mapped.headings();
    }
    Ok(SchoolReading {
        list,
        issues: report.finish(),
    })
}

/// The sheet that is called a list of schools, else the one with the most headings of one.
fn likeliest(sheets: Vec<(String, Table)>) -> Option<Table> {
    let known = |(name, table): &(String, Table)| {
        let name = folded(name);
        let called = std::iter::once(SCHOOLS.name)
            .chain(SCHOOLS.synonyms.iter().copied())
            .any(|other| folded(other) == name);
        (called, most_headings(table, &SCHOOLS))
    };
    // Of equal ones the first.
    let mut best: Option<((bool, usize), Table)> = None;
    for sheet in sheets {
        let rank = known(&sheet);
        if best.as_ref().is_none_or(|(other, _)| rank > *other) {
            best = Some((rank, sheet.1));
        }
    }
    best.map(|(_, table)| table)
}

fn most_headings(table: &Table, sheet: &Sheet) -> usize {
    let known = |cell: &&Cell| match cell {
        Cell::Text(text) => sheet.column_of(text).is_some(),
        _ => false,
    };
    let rows = table.rows.iter().take(15);
    rows.map(|row| row.cells.iter().filter(known).count())
        .max()
        .unwrap_or(0)
}

fn school(record: &mut Record<'_>) -> Draft<SchoolRow> {
    let name_th = record.need("name_th");
    let own = record.text("code").map(|code| from_thai_digits(&code));
    let mut codes = Vec::new();
    for (column, kind) in CODES {
        let Some(text) = record.text(column) else {
            continue;
        };
        let code: String = from_thai_digits(&text)
            .chars()
            .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '‐' | '‑' | '–'))
            .collect();
        if kind.fits(&code) {
            codes.push((kind, code));
        } else {
            let issue = Issue::error(record.at(column), wrong_code(kind));
            record.tell(issue.with("found", excerpt(&text)));
        }
    }
    let parent = record.text("parent_code");
    let coordinator = record.text("coordinator_code");
    let district = record.text("district");
    let class = record.word("class");
    let kind = record.text("kind");
    let opened = record.day("opened");
    let short_name_th = record.text("short_name_th");
    let name_en = record.text("name_en");
    let position = record.position("display_order");
    let value = name_th.map(|name_th| SchoolRow {
        name_th,
        code: own,
        codes,
        parent,
        coordinator,
        district,
        class,
        kind,
        opened,
        short_name_th,
        name_en,
        position,
    });
    if value.as_ref().is_some_and(|row| row.key().is_none()) {
        let no_code_said = CODES.iter().all(|(column, _)| record.is_blank(column));
        if no_code_said {
            let issue = Issue::error(record.at("name_th"), "import.school_without_code");
            record.tell(issue);
        }
    }
    let code = value.as_ref().and_then(|row| row.key().map(str::to_owned));
    Draft {
        row: record.number(),
        code,
        value,
    }
}

const fn wrong_code(kind: CodeKind) -> &'static str {
    match kind {
        CodeKind::Smis => "organisation.not_smis",
        CodeKind::TenDigit => "organisation.not_ten_digits",
        CodeKind::Dopa | CodeKind::Former => "organisation.not_dopa",
    }
}

/// Two rows with one code of one kind: it stands at the second and names the first.
fn twice(sheet: &Mapped, drafts: &[Draft<SchoolRow>], report: &mut Report) {
    let mut first: HashMap<(&str, String), u32> = HashMap::new();
    for draft in drafts {
        let Some(row) = &draft.value else { continue };
        let own = row.code.as_deref().map(|code| ("code", code));
        let others = CODES
            .iter()
            .filter_map(|(column, kind)| Some((*column, row.code_of(*kind)?)));
        for (column, code) in own.into_iter().chain(others) {
            let key = (column, search_key(code));
            match first.get(&key) {
                Some(other) => {
                    let (at, first) = (sheet.place(draft.row, column), sheet.place(*other, column));
                    duplicate(code, at, &first, report);
                }
                None => {
                    first.insert(key, draft.row);
                }
            }
        }
    }
}

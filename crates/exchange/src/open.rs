//! From a path to tables: the files of a folder or the sheets of a workbook that belong to a plan.

use crate::{
    decode, delimited, nearest::nearest, reading::ReadError, report::Report, sheets::Sheet,
    table::Table, workbook,
};
use domain::issue::{Issue, Place};
use std::{
    fs::File,
    io::{self, Read},
    path::{Path, PathBuf},
};

/// Plans of offices are a few megabytes at most.
const MAX_FILE: u64 = 100 * 1024 * 1024;

/// What sheet it is, and its table unless its file cannot be read; why not is told.
type Opened = Vec<(&'static Sheet, Option<Table>)>;

/// Opens a folder or a workbook.
pub(crate) fn open(path: &Path, report: &mut Report) -> Result<Opened, ReadError> {
    let metadata = std::fs::metadata(path).map_err(|reason| cannot_read(path, reason))?;
    if metadata.is_dir() {
        return folder(path, report);
    }
    let bytes = match bytes(path) {
        Ok(bytes) => bytes,
        Err(Unread::TooLarge) => return Err(ReadError::TooLarge(path.to_owned())),
        Err(Unread::Io(reason)) => return Err(cannot_read(path, reason)),
    };
    let name = name_of(path);
    let extension = path
        .extension()
        .map(|end| end.to_string_lossy().to_lowercase());
    let is_workbook = matches!(extension.as_deref(), Some("xlsx" | "xlsm" | "xls"));
    if !is_workbook && !bytes.starts_with(b"PK\x03\x04") {
        return Err(ReadError::NotAPlan(path.to_owned()));
    }
    let sheets = workbook::read(path, &bytes, &name, report)?;
    let opened = sheets
        .into_iter()
        .map(|(sheet, table)| (sheet, table.place(), Some(table)));
    known(opened.collect(), "import.unknown_sheet", report, path)
}

fn cannot_read(path: &Path, reason: io::Error) -> ReadError {
    let path = path.to_owned();
    match reason.kind() {
        io::ErrorKind::NotFound => ReadError::NotFound(path),
        _ => ReadError::CannotRead { path, reason },
    }
}

fn name_of(path: &Path) -> String {
    path.file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy()
        .into_owned()
}

/// The CSV files of a folder, in the order of their names.
fn folder(path: &Path, report: &mut Report) -> Result<Opened, ReadError> {
    let entries = std::fs::read_dir(path).and_then(Iterator::collect::<io::Result<Vec<_>>>);
    let entries = entries.map_err(|reason| cannot_read(path, reason))?;
    let mut files: Vec<PathBuf> = entries.iter().map(std::fs::DirEntry::path).collect();
    files.sort();
    let mut tables = Vec::new();
    for file in files {
        let name = name_of(&file);
        let lower = name.to_lowercase();
        let stem = [".csv", ".tsv"]
            .iter()
            .find_map(|end| lower.strip_suffix(end));
        let Some(stem) = stem.filter(|_| !lower.starts_with(['.', '~'])) else {
            continue;
        };
        let at = Place::File { file: name.clone() };
        let table = match Sheet::by_name(stem) {
            Some(_) => table(&file, &name, report),
            None => None,
        };
        tables.push((stem.to_owned(), at, table));
    }
    known(tables, "import.unknown_file", report, path)
}

/// Keeps the tables whose names are known, and tells of the others.
fn known(
    tables: Vec<(String, Place, Option<Table>)>,
    unknown: &'static str,
    report: &mut Report,
    path: &Path,
) -> Result<Opened, ReadError> {
    let mut opened: Opened = Vec::new();
    for (name, at, table) in tables {
        match Sheet::by_name(&name) {
            None => {
                let like = nearest(&name, Sheet::names()).unwrap_or("projects");
                report.add(Issue::warning(at, unknown).with("like", like));
            }
            Some(sheet) if opened.iter().any(|(other, _)| other.name == sheet.name) => {
                report.add(Issue::error(at, "import.sheet_twice").with("sheet", sheet.name));
            }
            Some(sheet) => opened.push((sheet, table)),
        }
    }
    if opened.is_empty() {
        return Err(ReadError::NotAPlan(path.to_owned()));
    }
    Ok(opened)
}

fn table(path: &Path, name: &str, report: &mut Report) -> Option<Table> {
    let at = || Place::File {
        file: name.to_owned(),
    };
    let bytes = match bytes(path) {
        Ok(bytes) => bytes,
        Err(Unread::TooLarge) => {
            report.add(Issue::error(at(), "import.file_too_large"));
            return None;
        }
        Err(Unread::Io(reason)) => {
            let issue = Issue::error(at(), "import.cannot_read");
            report.add(issue.with("reason", reason.to_string()));
            return None;
        }
    };
    match decode::decode(&bytes, name) {
        Ok((text, note)) => {
            drop(bytes);
            note.into_iter().for_each(|note| report.add(note));
            Some(delimited::read(&text, name, report))
        }
        Err(issue) => {
            report.add(*issue);
            None
        }
    }
}

enum Unread {
    TooLarge,
    Io(io::Error),
}

/// The bytes of a file; of one that is no text and no workbook only the beginning, which is enough to say so.
fn bytes(path: &Path) -> Result<Vec<u8>, Unread> {
    let mut file = File::open(path).map_err(Unread::Io)?;
    let mut bytes = Vec::new();
    let mut read = |most: u64, bytes: &mut Vec<u8>| {
        (&mut file)
            .take(most)
            .read_to_end(bytes)
            .map_err(Unread::Io)
    };
    read(decode::SAMPLE as u64, &mut bytes)?;
    if !bytes.starts_with(b"PK\x03\x04") && decode::is_rubbish(&bytes) {
        return Ok(bytes);
    }
    read(MAX_FILE + 1, &mut bytes)?;
    if bytes.len() as u64 > MAX_FILE {
        return Err(Unread::TooLarge);
    }
    Ok(bytes)
}

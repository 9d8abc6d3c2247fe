//! Workbooks (.xlsx): cells one by one, so that a sheet that claims a million columns costs nothing.

use crate::{
    reading::ReadError,
    report::Report,
    table::{
        Cell, MAX_CELL, MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Merged, RawRow, Table, cell_place, cut,
        letters,
    },
};
use calamine::{DataRef, Reader, SheetVisible, Xlsx};
use domain::issue::Issue;
use jiff::civil::Date;
use std::{
    collections::BTreeMap,
    io::{Cursor, Read},
    path::Path,
};

/// A workbook of an office unpacks to a few megabytes; this much would come from a trap.
const MAX_UNPACKED: u64 = 64 * 1024 * 1024;
/// More parts than this has no workbook that a person made.
const MAX_PARTS: usize = 5_000;

type Book<'b> = Xlsx<Cursor<&'b [u8]>>;

/// The sheets of a workbook that people see, by name.
pub(crate) fn read(
    path: &Path,
    bytes: &[u8],
    name: &str,
    report: &mut Report,
) -> Result<Vec<(String, Table)>, ReadError> {
    if bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        return Err(ReadError::OldWorkbook(path.to_owned()));
    }
    unpacks_to_a_sane_size(path, bytes)?;
    let broken = |_| ReadError::NotAWorkbook(path.to_owned());
    let mut book: Book<'_> = Xlsx::new(Cursor::new(bytes)).map_err(broken)?;
    let shown = book.sheets_metadata().iter();
    let shown = shown.filter(|sheet| sheet.visible == SheetVisible::Visible);
    let names: Vec<String> = shown.map(|sheet| sheet.name.clone()).collect();
    let mut tables = Vec::new();
    for sheet in names {
        let mut table = Table {
            file: format!("{name} › {sheet}"),
            rows: Vec::new(),
            merged: Vec::new(),
            ragged_is_wrong: false,
        };
        if cells(&mut book, &sheet, &mut table, report).is_err() {
            report.add(Issue::error(table.place(), "import.sheet_unreadable"));
            table.rows.clear();
        }
        if let Ok(merged) = book.merge_cells_by_sheet_name(&sheet) {
            let several = merged.iter().filter(|cells| cells.start != cells.end);
            table.merged = several
                .map(|cells| Merged {
                    rows: (cells.start.0 + 1, cells.end.0 + 1),
                    columns: (cells.start.1, cells.end.1),
                })
                .collect();
        }
        tables.push((sheet, table));
    }
    Ok(tables)
}

/// Unpacks every part once into nothing and counts: the sizes that an archive states may be lies.
fn unpacks_to_a_sane_size(path: &Path, bytes: &[u8]) -> Result<(), ReadError> {
    let broken = || ReadError::NotAWorkbook(path.to_owned());
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| broken())?;
    if archive.len() > MAX_PARTS {
        return Err(ReadError::UnpacksTooLarge(path.to_owned()));
    }
    let mut left = MAX_UNPACKED;
    for part in 0..archive.len() {
        let part = archive.by_index(part).map_err(|_| broken())?;
        if part.size() > left {
            return Err(ReadError::UnpacksTooLarge(path.to_owned()));
        }
        let mut part = part.take(left + 1);
        let unpacked = std::io::copy(&mut part, &mut std::io::sink()).map_err(|_| broken())?;
        left = left
            .checked_sub(unpacked)
            .ok_or_else(|| ReadError::UnpacksTooLarge(path.to_owned()))?;
    }
    Ok(())
}

/// Reads the cells of one sheet into `table`.
fn cells(
    book: &mut Book<'_>,
    sheet: &str,
    table: &mut Table,
    report: &mut Report,
) -> Result<(), calamine::XlsxError> {
    let mut rows: BTreeMap<u32, Vec<Cell>> = BTreeMap::new();
    let mut held = 0_usize;
    let mut formulas = 0_usize;
    let mut too_wide = false;
    let mut reader = book.worksheet_cells_reader(sheet)?;
    while let Some(cell) = reader.next_cell_with_formula()? {
        let (row, column) = (cell.pos.0.saturating_add(1), cell.pos.1 as usize);
        let mut value = match (&cell.formula, value(&cell.value)) {
            (Some(formula), Cell::Empty) if cell.value == DataRef::Empty => {
                Cell::Uncomputed(formula.clone())
            }
            (_, value) => value,
        };
        if value.is_blank() {
            continue;
        }
        formulas += usize::from(cell.formula.is_some());
        if column >= MAX_COLUMNS {
            if !too_wide {
                let at = cell_place(&table.file, row, &letters(cell.pos.1));
                report.add(Issue::error(at, "import.too_many_columns").with("limit", MAX_COLUMNS));
            }
            too_wide = true;
            continue;
        }
        if let Cell::Text(text) = &mut value
            && let Some(beginning) = cut(text)
        {
            *text = beginning;
            let at = cell_place(&table.file, row, &letters(cell.pos.1));
            report.add(Issue::error(at, "import.cell_too_long").with("limit", MAX_CELL));
        }
        let cells = rows.entry(row).or_default();
        if cells.len() <= column {
            held += column + 1 - cells.len();
            cells.resize(column + 1, Cell::Empty);
        }
        cells[column] = value;
        if rows.len() > MAX_ROWS || held > MAX_CELLS {
            report.add(Issue::error(table.place(), "import.too_many_rows").with("limit", MAX_ROWS));
            break;
        }
    }
    if formulas > 0 {
        report.add(Issue::advice(table.place(), "import.formulas").with("count", formulas));
    }
    table.rows = rows
        .into_iter()
        .map(|(number, cells)| RawRow { number, cells })
        .collect();
    Ok(())
}

fn value(value: &DataRef<'_>) -> Cell {
    match value {
        DataRef::Empty => Cell::Empty,
        DataRef::Int(number) => Cell::Number(*number as f64),
        DataRef::Float(number) => Cell::Number(*number),
        DataRef::String(text) => text_cell(text),
        DataRef::SharedString(text) => text_cell(text),
        DataRef::Bool(yes) => Cell::Bool(*yes),
        DataRef::DateTime(moment) if moment.is_duration() => Cell::Number(moment.as_f64()),
        DataRef::DateTime(moment) => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            match Date::new(year as i16, month as i8, day as i8) {
                Ok(date) => Cell::Date(date),
                // 29 February 1900, which only Excel knows.
                Err(_) => Cell::Number(moment.as_f64()),
            }
        }
        DataRef::DateTimeIso(text) => match text.get(..10).unwrap_or(text).parse() {
            Ok(date) => Cell::Date(date),
            Err(_) => text_cell(text),
        },
        DataRef::DurationIso(text) => text_cell(text),
        DataRef::Error(error) => Cell::Error(error.to_string()),
    }
}

fn text_cell(text: &str) -> Cell {
    if text.is_empty() {
        Cell::Empty
    } else {
        Cell::Text(text.to_owned())
    }
}

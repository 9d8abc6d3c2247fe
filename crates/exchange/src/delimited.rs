//! CSV as spreadsheets write it: commas, semicolons or tabs, quoted line breaks, rows numbered as on the screen.

use crate::{
    report::Report,
    table::{
        Cell, MAX_CELL, MAX_CELLS, MAX_COLUMNS, MAX_ROWS, RawRow, Table, cell_place, cut, letters,
        row_place,
    },
};
use domain::issue::{Arg, Issue};

/// The rows of a text file.
pub(crate) fn read(text: &str, file: &str, report: &mut Report) -> Table {
    let mut table = Table {
        file: file.to_owned(),
        rows: Vec::new(),
        merged: Vec::new(),
        ragged_is_wrong: true,
    };
    let (text, first_row, declared) = match separator_line(text) {
        Some((delimiter, rest)) => (rest, 2, Some(delimiter)),
        None => (text, 1, None),
    };
    let delimiter = declared.unwrap_or_else(|| likely_delimiter(text));
    if delimiter != b',' {
        let name = match delimiter {
            b';' => "import.word.semicolon",
            b'\t' => "import.word.tab",
            _ => "import.word.bar",
        };
        report.add(
            Issue::advice(table.place(), "import.delimiter").with("delimiter", Arg::Key(name)),
        );
    }
    let Some(numbers) = row_numbers(text, delimiter, first_row, &table, report) else {
        return table;
    };
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    let mut held = 0;
    for number in numbers {
        // The text is valid UTF-8 and rows may be ragged: nothing is left that could fail but the end.
        if !matches!(reader.read_record(&mut record), Ok(true)) {
            break;
        }
        let mut cells: Vec<Cell> = record.iter().map(text_cell).collect();
        if cells.iter().all(Cell::is_blank) {
            continue;
        }
        for (column, cell) in cells.iter_mut().enumerate() {
            if let Cell::Text(text) = cell
                && let Some(beginning) = cut(text)
            {
                *text = beginning;
                let at = cell_place(file, number, &letters(column as u32));
                report.add(Issue::error(at, "import.cell_too_long").with("limit", MAX_CELL));
            }
        }
        held += cells.len();
        if held > MAX_CELLS {
            report.add(Issue::error(table.place(), "import.too_many_rows").with("limit", MAX_ROWS));
            break;
        }
        table.rows.push(RawRow { number, cells });
    }
    table
}

fn text_cell(text: &str) -> Cell {
    if text.is_empty() {
        Cell::Empty
    } else {
        Cell::Text(text.to_owned())
    }
}

/// Excel's own first line `sep=;`: the delimiter and the rest of the text.
fn separator_line(text: &str) -> Option<(u8, &str)> {
    let (line, rest) = text.split_once('\n')?;
    let line = line.trim_end_matches('\r').trim_matches('"');
    let delimiter = line.strip_prefix("sep=")?;
    match delimiter.as_bytes() {
        [one] if b",;\t|".contains(one) => Some((*one, rest)),
        _ => None,
    }
}

/// The delimiter that occurs most in the first record outside quotes; a comma if none does.
fn likely_delimiter(text: &str) -> u8 {
    let mut counts = [0_usize; 4];
    let mut quoted = false;
    for byte in text.trim_start().bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => break,
            _ if quoted => {}
            _ => {
                if let Some(which) = b",;\t|".iter().position(|d| *d == byte) {
                    counts[which] += 1;
                }
            }
        }
    }
    let best = (0..4).max_by_key(|&which| (counts[which], std::cmp::Reverse(which)));
    best.filter(|&which| counts[which] > 0)
        .map_or(b',', |which| b",;\t|"[which])
}

/// The number on the screen of every record that is not an empty line; `None` when the file is no table.
///
/// A spreadsheet gives a record with line breaks inside quotes one number and counts empty lines, which the reader of
/// records leaves out. The scan also guards the reader: one record cannot grow without end.
fn row_numbers(
    text: &str,
    delimiter: u8,
    first_row: u32,
    table: &Table,
    report: &mut Report,
) -> Option<Vec<u32>> {
    let bytes = text.as_bytes();
    let mut numbers = Vec::new();
    let mut number = first_row;
    let mut i = 0;
    while i < bytes.len() {
        match bytes[i] {
            b'\r' if bytes.get(i + 1) == Some(&b'\n') => i += 1,
            b'\r' | b'\n' => {}
            _ => {
                if numbers.len() == MAX_ROWS {
                    report.add(
                        Issue::error(table.place(), "import.too_many_rows").with("limit", MAX_ROWS),
                    );
                    break;
                }
                let record = record_end(bytes, i, delimiter);
                if record.columns > MAX_COLUMNS {
                    let at = row_place(&table.file, number);
                    report.add(
                        Issue::error(at, "import.too_many_columns").with("limit", MAX_COLUMNS),
                    );
                    report.add(Issue::error(table.place(), "import.not_a_table"));
                    return None;
                }
                if !record.closed {
                    let at = row_place(&table.file, number);
                    report.add(Issue::error(at, "import.quote_not_closed"));
                    return Some(numbers);
                }
                numbers.push(number);
                i = record.end;
                number += 1;
                continue;
            }
        }
        i += 1;
        number += 1;
    }
    Some(numbers)
}

struct Record {
    /// Just behind the line end.
    end: usize,
    columns: usize,
    closed: bool,
}

/// Where the record that begins at `start` ends, by the grammar of RFC 4180: a quote opens at the start of a cell only.
fn record_end(bytes: &[u8], start: usize, delimiter: u8) -> Record {
    let mut columns = 1;
    let mut cell_start = true;
    let mut i = start;
    while i < bytes.len() && columns <= MAX_COLUMNS {
        let byte = bytes[i];
        if cell_start && byte == b'"' {
            i += 1;
            loop {
                match bytes.get(i) {
                    None => {
                        return Record {
                            end: i,
                            columns,
                            closed: false,
                        };
                    }
                    Some(b'"') if bytes.get(i + 1) == Some(&b'"') => i += 2,
                    Some(b'"') => break,
                    Some(_) => i += 1,
                }
            }
            cell_start = false;
        } else if byte == delimiter {
            columns += 1;
            cell_start = true;
        } else if byte == b'\n' || byte == b'\r' {
            let pair = byte == b'\r' && bytes.get(i + 1) == Some(&b'\n');
            return Record {
                end: i + 1 + usize::from(pair),
                columns,
                closed: true,
            };
        } else {
            cell_start = false;
        }
        i += 1;
    }
    Record {
        end: i,
        columns,
        closed: true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn table(text: &str) -> (Table, Vec<&'static str>) {
        let mut report = Report::new(50);
        let table = read(text, "f.csv", &mut report);
        (
            table,
            report.finish().iter().map(|issue| issue.code).collect(),
        )
    }

    #[test]
    fn rows_have_the_numbers_of_the_screen() {
        let (read, issues) = table("a,b\r\n\r\n\"1\r\n2\",x\r\n,\r\n3,y\r\n");
        let numbers: Vec<u32> = read.rows.iter().map(|row| row.number).collect();
        assert_eq!((numbers, issues), (vec![1, 3, 5], vec![]));
        assert_eq!(read.rows[1].cells[0], Cell::Text("1\r\n2".into()));
    }

    #[test]
    fn semicolons_tabs_and_a_declared_separator_are_seen() {
        for (text, first) in [
            ("a;b\n1,5;2\n", 1),
            ("a\tb\n1,5\t2\n", 1),
            ("sep=;\na;b\n1,5;2\n", 2),
        ] {
            let (read, issues) = table(text);
            assert_eq!(issues, ["import.delimiter"]);
            assert_eq!(read.rows[0].number, first);
            assert_eq!(
                read.rows[1].cells,
                [Cell::Text("1,5".into()), Cell::Text("2".into())]
            );
        }
    }

    #[test]
    fn a_quote_that_never_closes_is_said_where_it_opens() {
        let mut report = Report::new(50);
        let read = read("a,b\n1,2\n3,\"4\n5,6\n", "f.csv", &mut report);
        assert_eq!(read.rows.len(), 2);
        let issues = report.finish();
        assert_eq!(
            (issues[0].code, &issues[0].at),
            ("import.quote_not_closed", &row_place("f.csv", 3))
        );
    }

    #[test]
    fn a_line_of_a_million_commas_is_no_table() {
        let (read, issues) = table(&",".repeat(1_000_000));
        assert!(read.rows.is_empty());
        assert_eq!(issues, ["import.too_many_columns", "import.not_a_table"]);
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn the_scan_and_the_reader_agree_on_what_a_record_is(text in "[a\",\n\r ]{0,40}") {
            let mut report = Report::new(50);
            let empty = Table { file: String::new(), rows: Vec::new(), merged: Vec::new(), ragged_is_wrong: true };
            if let Some(numbers) = row_numbers(&text, b',', 1, &empty, &mut report)
                && report.finish().is_empty()
            {
                let reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
                prop_assert_eq!(numbers.len(), reader.into_records().count());
            }
        }
    }
}

//! Which column is which: finds the heading row of a table and what its headings mean.

use crate::{
    nearest::nearest,
    report::Report,
    sheets::{Column, Sheet},
    table::{Cell, RawRow, Table, cell_place, letters, row_place},
};
use domain::{
    issue::{Issue, Place},
    text::clean,
};
use std::collections::BTreeMap;

/// Titles of a list stand above its heading; farther down nobody looks for one.
const HEADING_WITHIN: usize = 15;

/// A table whose columns are known.
#[derive(Debug)]
pub(crate) struct Mapped {
    /// What it is.
    pub(crate) sheet: &'static Sheet,
    /// Name of the file, or `workbook › sheet`.
    pub(crate) file: String,
    /// For each column of the sheet where it stands and what its heading says.
    columns: Vec<Option<(usize, String)>>,
    /// The rows below the heading.
    pub(crate) rows: Vec<RawRow>,
}

impl Mapped {
    /// Where a column stands, if the table has it.
    pub(crate) fn column(&self, name: &str) -> Option<usize> {
        self.found(name).map(|(at, _)| *at)
    }

    /// A cell, named by the heading that the file has for the column.
    pub(crate) fn place(&self, row: u32, column: &str) -> Place {
        let heading = self.found(column).map_or("", |(_, heading)| heading);
        cell_place(&self.file, row, heading)
    }

    /// A row as a whole.
    pub(crate) fn row(&self, row: u32) -> Place {
        row_place(&self.file, row)
    }

    /// The headings that the table has, by the documented name of the column.
    pub(crate) fn headings(&self) -> BTreeMap<String, String> {
        let columns = self.sheet.columns.iter().zip(&self.columns);
        columns
            .filter_map(|(column, found)| Some((column.name.to_owned(), found.as_ref()?.1.clone())))
            .collect()
    }

    fn found(&self, name: &str) -> Option<&(usize, String)> {
        let at = self
            .sheet
            .columns
            .iter()
            .position(|column| column.name == name);
        debug_assert!(at.is_some(), "{} has no column {name}", self.sheet.name);
        self.columns.get(at?)?.as_ref()
    }
}

/// Finds the heading and maps the columns; `None` when the table cannot be read for want of a heading or a column.
pub(crate) fn map(table: Table, sheet: &'static Sheet, report: &mut Report) -> Option<Mapped> {
    let Some(at) = heading_row(&table, sheet) else {
        report.add(Issue::error(table.place(), "import.empty_file"));
        return None;
    };
    let headings: Vec<String> = table.rows[at].cells.iter().map(heading).collect();
    let number = table.rows[at].number;
    let at_heading = |heading: &str| cell_place(&table.file, number, heading);
    let mut columns: Vec<Option<(usize, String)>> = vec![None; sheet.columns.len()];
    let mut strangers: Vec<(usize, &str)> = Vec::new();
    let mut readable = true;
    for (place, heading) in headings.iter().enumerate() {
        if heading.is_empty() {
            continue;
        }
        match sheet.column_of(heading) {
            None => strangers.push((place, heading)),
            Some(which) => match &columns[which] {
                None => columns[which] = Some((place, heading.clone())),
                Some((_, first)) => {
                    readable = false;
                    let issue = Issue::error(at_heading(heading), "import.column_twice");
                    report.add(
                        issue
                            .with("column", heading.as_str())
                            .with("first", first.as_str()),
                    );
                }
            },
        }
    }
    if columns.iter().all(Option::is_none) {
        let required = sheet.columns.iter().filter(|column| column.required);
        let expected: Vec<String> = required
            .map(|column| format!("{} ({})", column.thai(), column.name))
            .collect();
        let issue = Issue::error(row_place(&table.file, number), "import.no_heading");
        report.add(issue.with("expected", expected.join(", ")));
        return None;
    }
    if at > 0 {
        let above = Issue::advice(row_place(&table.file, number), "import.rows_above_heading");
        report.add(above.with("count", at));
    }
    let mut taken: Vec<&str> = Vec::new();
    for (column, found) in sheet.columns.iter().zip(&columns) {
        if column.required && found.is_none() {
            readable = false;
            let like = like_column(column, &strangers);
            taken.extend(like);
            report.add(missing(column, like, at_heading("")));
        }
    }
    for (_, heading) in strangers
        .iter()
        .filter(|(_, heading)| !taken.contains(heading))
    {
        report.add(unknown(heading, sheet, at_heading(heading)));
    }
    let rows: Vec<RawRow> = table.rows[at + 1..].to_vec();
    tell_of_merged(&table, number, report);
    tell_of_nameless(&table, &headings, &rows, number, report);
    if table.ragged_is_wrong {
        tell_of_ragged(&table.file, headings.len(), &rows, report);
    }
    if rows.is_empty() && readable {
        report.add(Issue::warning(table.place(), "import.no_rows"));
    }
    readable.then_some(Mapped {
        sheet,
        file: table.file,
        columns,
        rows,
    })
}

/// The first of the rows in which most headings are known; the first row if none is.
fn heading_row(table: &Table, sheet: &Sheet) -> Option<usize> {
    let known = |row: &RawRow| {
        let headings = row
            .cells
            .iter()
            .map(heading)
            .filter(|text| !text.is_empty());
        headings
            .filter(|text| sheet.column_of(text).is_some())
            .count()
    };
    let rows = table
        .rows
        .iter()
        .take(HEADING_WITHIN)
        .map(known)
        .enumerate();
    rows.max_by_key(|(at, known)| (*known, std::cmp::Reverse(*at)))
        .map(|(at, _)| at)
}

/// The text of a heading; of a text that is too long to be one only the beginning.
fn heading(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => {
            let beginning: String = text.chars().take(300).collect();
            clean(&beginning).text.replace('\n', " ")
        }
        _ => String::new(),
    }
}

fn like_column<'h>(column: &Column, strangers: &[(usize, &'h str)]) -> Option<&'h str> {
    let headings = || strangers.iter().map(|(_, heading)| *heading);
    column.names().find_map(|name| nearest(name, headings()))
}

fn missing(column: &Column, like: Option<&str>, at: Place) -> Issue {
    let issue = match like {
        Some(like) => Issue::error(at, "import.missing_column_like").with("like", like),
        None => Issue::error(at, "import.missing_column"),
    };
    issue
        .with("column", column.name)
        .with("thai", column.thai())
}

fn unknown(heading: &str, sheet: &Sheet, at: Place) -> Issue {
    let names = sheet.columns.iter().flat_map(Column::names);
    match nearest(heading, names) {
        Some(like) => Issue::warning(at, "import.unknown_column_like").with("like", like),
        None => Issue::warning(at, "import.unknown_column"),
    }
    .with("column", heading)
}

fn tell_of_merged(table: &Table, heading: u32, report: &mut Report) {
    for merged in table
        .merged
        .iter()
        .filter(|merged| merged.rows.1 >= heading)
    {
        let at = cell_place(&table.file, merged.rows.0, &letters(merged.columns.0));
        let first = format!("{}{}", letters(merged.columns.0), merged.rows.0);
        let issue = Issue::warning(at, "import.merged_cells");
        report.add(issue.with("range", merged.range()).with("first", first));
    }
}

fn tell_of_nameless(
    table: &Table,
    headings: &[String],
    rows: &[RawRow],
    number: u32,
    report: &mut Report,
) {
    let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    // In a text file a cell beyond the heading is a comma too many, which its row says.
    let end = if table.ragged_is_wrong {
        headings.len()
    } else {
        width
    };
    for column in 0..end {
        let nameless = headings.get(column).is_none_or(String::is_empty);
        if nameless && rows.iter().any(|row| !row.cell(column).is_blank()) {
            let letters = letters(column as u32);
            let at = cell_place(&table.file, number, &letters);
            report.add(Issue::warning(at, "import.column_without_heading").with("column", letters));
        }
    }
}

fn tell_of_ragged(file: &str, expected: usize, rows: &[RawRow], report: &mut Report) {
    for row in rows {
        let surplus = row.cells.iter().skip(expected).any(|cell| !cell.is_blank());
        let code = match row.cells.len() {
            found if found > expected && surplus => "import.too_many_cells",
            found if found < expected => "import.too_few_cells",
            _ => continue,
        };
        let issue = Issue::error(row_place(file, row.number), code);
        report.add(
            issue
                .with("found", row.cells.len())
                .with("expected", expected),
        );
    }
}

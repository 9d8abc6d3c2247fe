//! A table before anybody knows what its columns mean.

use domain::issue::Place;
use jiff::civil::Date;

/// More rows than this are no plan of an office; reading stops there.
pub(crate) const MAX_ROWS: usize = 50_000;
/// More columns than this are no table that a person made.
pub(crate) const MAX_COLUMNS: usize = 500;
/// More cells than this would fill the memory with nothing.
pub(crate) const MAX_CELLS: usize = 2_000_000;
/// The longest text of a cell, in characters: Excel's own limit.
pub(crate) const MAX_CELL: usize = 32_767;

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cell {
    /// Nothing.
    Empty,
    /// Text as it stands, not yet cleaned.
    Text(String),
    /// A number that a spreadsheet keeps as binary floating point.
    Number(f64),
    /// A day.
    Date(Date),
    /// TRUE or FALSE.
    Bool(bool),
    /// An error value such as `#REF!`.
    Error(String),
    /// A formula whose result the program that wrote the file did not keep.
    Uncomputed(String),
}

impl Cell {
    /// Whether a person sees nothing in the cell.
    pub(crate) fn is_blank(&self) -> bool {
        match self {
            Cell::Empty => true,
            Cell::Text(text) => text.trim().is_empty(),
            _ => false,
        }
    }
}

/// Cuts a text that is longer than a cell can be; `None` when it is not. The row is told to be wrong then.
pub(crate) fn cut(text: &str) -> Option<String> {
    let (end, _) = text.char_indices().nth(MAX_CELL)?;
    Some(text[..end].to_owned())
}

/// A row with the number that a spreadsheet shows for it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct RawRow {
    /// Counted from 1, blank rows included.
    pub(crate) number: u32,
    /// From the first column on.
    pub(crate) cells: Vec<Cell>,
}

impl RawRow {
    /// The cell at a column, counted from 0; beyond the end of the row there is nothing.
    pub(crate) fn cell(&self, column: usize) -> &Cell {
        self.cells.get(column).unwrap_or(&Cell::Empty)
    }
}

/// Cells that were merged into one: rows as on the screen, columns from 0, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Merged {
    /// First and last row, from 1.
    pub(crate) rows: (u32, u32),
    /// First and last column, from 0.
    pub(crate) columns: (u32, u32),
}

impl Merged {
    /// "B3:B7".
    pub(crate) fn range(&self) -> String {
        let corner = |column: u32, row: u32| format!("{}{row}", letters(column));
        let first = corner(self.columns.0, self.rows.0);
        format!("{first}:{}", corner(self.columns.1, self.rows.1))
    }
}

/// The letters that a spreadsheet shows above a column, counted from 0: A, B … Z, AA.
pub(crate) fn letters(column: u32) -> String {
    let mut rest = column + 1;
    let mut letters = Vec::new();
    while rest > 0 {
        letters.push(char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

/// A file or sheet as rows of cells; rows without any content are left out.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Table {
    /// Name of the file, or `workbook › sheet`.
    pub(crate) file: String,
    /// Its rows, heading included.
    pub(crate) rows: Vec<RawRow>,
    /// Merged cells.
    pub(crate) merged: Vec<Merged>,
    /// Whether every row has to have as many cells as the heading: true of text files, where a comma too many shifts
    /// the rest of the row.
    pub(crate) ragged_is_wrong: bool,
}

impl Table {
    /// The table as a whole.
    pub(crate) fn place(&self) -> Place {
        Place::File {
            file: self.file.clone(),
        }
    }
}

/// A row of a file.
pub(crate) fn row_place(file: &str, row: u32) -> Place {
    cell_place(file, row, "")
}

/// A cell of a file.
pub(crate) fn cell_place(file: &str, row: u32, column: &str) -> Place {
    Place::Cell {
        file: file.to_owned(),
        row,
        column: column.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_the_letters_of_the_screen() {
        let shown = [0, 25, 26, 701, 702, 16_383].map(letters);
        assert_eq!(shown, ["A", "Z", "AA", "ZZ", "AAA", "XFD"]);
    }
}

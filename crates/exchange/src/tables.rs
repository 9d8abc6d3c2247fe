//! Tables out as a workbook: what a page shows, for people who go on working with it in a spreadsheet.

use rust_xlsxwriter::{Color, Format, FormatBorder, Workbook, XlsxError};

/// One sheet of text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sheet {
    /// Its name, at most 31 letters.
    pub name: String,
    /// The first line.
    pub headings: Vec<String>,
    /// The lines below.
    pub rows: Vec<Vec<String>>,
}

impl Sheet {
    /// An empty sheet.
    pub fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            ..Self::default()
        }
    }
}

/// The sheets as a workbook. Every cell is text, so that no code loses a zero and no text becomes a formula.
///
/// # Errors
/// When a name or the number of rows is more than a workbook takes.
pub fn workbook(sheets: &[Sheet]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let heading = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_border(FormatBorder::Thin)
        .set_background_color(Color::RGB(0xE8EEF4));
    for table in sheets {
        let sheet = book.add_worksheet().set_name(&table.name)?;
        for (at, title) in (0_u16..).zip(&table.headings) {
            sheet.write_string_with_format(0, at, title, &heading)?;
            sheet.set_column_width(at, if at == 0 { 48 } else { 18 })?;
        }
        for (row, line) in (1_u32..).zip(&table.rows) {
            for (at, text) in (0_u16..).zip(line) {
                sheet.write_string(row, at, text)?;
            }
        }
        sheet.set_freeze_panes(1, 1)?;
        sheet
            .set_landscape()
            .set_paper_size(9)
            .set_print_fit_to_pages(1, 0);
    }
    book.save_to_buffer()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]
mod tests {
    use super::*;
    use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};

    #[test]
    fn a_text_that_looks_like_a_formula_or_a_number_stays_a_text() {
        let mut sheet = Sheet::new("ขั้นตอน");
        sheet.headings = vec!["หน่วยงาน".to_owned(), "รหัส".to_owned()];
        sheet.rows = vec![vec![
            "=HYPERLINK(\"http://x\")".to_owned(),
            "0067".to_owned(),
        ]];
        let bytes = workbook(&[sheet]).unwrap();
        let mut book: Xlsx<_> = open_workbook_from_rs(std::io::Cursor::new(bytes)).unwrap();
        let range = book.worksheet_range("ขั้นตอน").unwrap();
        let text = |row, column| range.get_value((row, column)).cloned().unwrap();
        assert_eq!(
            text(1, 0),
            Data::String("=HYPERLINK(\"http://x\")".to_owned())
        );
        assert_eq!(text(1, 1), Data::String("0067".to_owned()));
    }
}

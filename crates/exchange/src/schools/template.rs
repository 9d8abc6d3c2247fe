//! An empty workbook for a list of schools: the headings, and a second sheet that says what belongs under each.

use super::SCHOOLS;
use domain::locale::Locale;
use rust_xlsxwriter::{Color, Format, FormatBorder, Workbook, XlsxError};

/// Rows that are set up for writing; more are fine.
const ROWS: u32 = 1_000;

/// The workbook as bytes: sheet `สถานศึกษา` with the headings only, and a sheet that explains them in two languages.
///
/// # Errors
/// When the workbook cannot be written, which no input causes.
pub fn schools_template() -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let heading = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_border(FormatBorder::Thin)
        .set_background_color(Color::RGB(0xE8EEF4));
    // Codes are texts: a spreadsheet would take leading zeros away and round ten digits.
    let text = Format::new().set_num_format("@");
    let columns = || {
        SCHOOLS
            .columns
            .iter()
            .filter(|column| column.name != "row_number")
    };

    let sheet = book.add_worksheet().set_name(SCHOOLS.synonyms[0])?;
    for (at, column) in (0_u16..).zip(columns()) {
        sheet.write_with_format(0, at, column.thai(), &heading)?;
        sheet.set_column_width(at, if column.name == "name_th" { 40 } else { 20 })?;
        if column.name.ends_with("code") {
            for row in 1..=ROWS {
                sheet.write_blank(row, at, &text)?;
            }
        }
    }
    sheet.set_freeze_panes(1, 0)?;

    let sheet = book.add_worksheet().set_name("คำอธิบาย")?;
    let titles = ["หัวคอลัมน์", "column", "คำอธิบาย", "what"];
    for (at, title) in (0_u16..).zip(titles) {
        sheet.write_with_format(0, at, title, &heading)?;
        sheet.set_column_width(at, [28, 18, 60, 60][usize::from(at)])?;
    }
    let wrapped = Format::new().set_text_wrap();
    for (row, column) in (1_u32..).zip(columns()) {
        let key = format!("schools.column.{}", column.name);
        sheet.write(row, 0, column.thai())?;
        sheet.write(row, 1, column.name)?;
        sheet.write_with_format(row, 2, Locale::Th.text(&key), &wrapped)?;
        sheet.write_with_format(row, 3, Locale::En.text(&key), &wrapped)?;
    }
    book.save_to_buffer()
}

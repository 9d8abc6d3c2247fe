//! One row, read column by column: every cell that is not what it should be says so at its place.

use crate::{
    headings::Mapped,
    nearest::nearest,
    report::{MAX_BAD_ROWS, Report},
    scalar::{self, Wrong},
    table::{Cell, RawRow},
    words::{Words, yes_no},
};
use domain::{
    indicator::Quantity,
    issue::{Issue, Place},
    money::Satang,
    share::Share,
    text::clean,
    time::FiscalPeriod,
};
use jiff::civil::Date;

/// A row of a sheet whose columns are known.
pub(crate) struct Record<'a> {
    sheet: &'a Mapped,
    row: &'a RawRow,
    report: &'a mut Report,
}

/// What was read from a row: `value` is absent when something that it cannot do without is.
#[derive(Debug)]
pub(crate) struct Draft<T> {
    /// Row as on the screen.
    pub(crate) row: u32,
    /// The code that other rows name it by, also of a row that is wrong otherwise.
    pub(crate) code: Option<String>,
    /// The rest.
    pub(crate) value: Option<T>,
}

/// Reads every row of a sheet; gives up when nearly nothing in it is right.
pub(crate) fn read_all<T>(
    sheet: &Mapped,
    report: &mut Report,
    read: impl Fn(&mut Record<'_>) -> Draft<T>,
) -> Vec<Draft<T>> {
    let mut drafts = Vec::new();
    let mut bad = 0;
    for row in &sheet.rows {
        let mut record = Record { sheet, row, report };
        drafts.push(read(&mut record));
        bad += usize::from(report.is_bad(&sheet.place(row.number, sheet.sheet.columns[0].name)));
        if bad >= MAX_BAD_ROWS {
            let at = Place::File {
                file: sheet.file.clone(),
            };
            let left = sheet.rows.len() - drafts.len();
            let issue = Issue::error(at, "import.gave_up").with("bad", bad);
            report.add(issue.with("left", left));
            break;
        }
    }
    drafts
}

impl Record<'_> {
    /// Row as on the screen.
    pub(crate) fn number(&self) -> u32 {
        self.row.number
    }

    /// The cell of a column.
    pub(crate) fn at(&self, column: &str) -> Place {
        self.sheet.place(self.row.number, column)
    }

    /// Adds an issue.
    pub(crate) fn tell(&mut self, issue: Issue) {
        self.report.add(issue);
    }

    /// Whether a person sees nothing, or a dash, in the cell of a column.
    pub(crate) fn is_blank(&self, column: &str) -> bool {
        match self.cell(column) {
            Cell::Text(text) => scalar::means_nothing(text),
            cell => cell.is_blank(),
        }
    }

    fn cell(&self, column: &str) -> &Cell {
        self.sheet
            .column(column)
            .map_or(&Cell::Empty, |at| self.row.cell(at))
    }

    /// Text on one line; `None` for nothing or a dash.
    pub(crate) fn text(&mut self, column: &str) -> Option<String> {
        self.lines(column).map(|text| text.replace('\n', " "))
    }

    /// Text with its line breaks; `None` for nothing or a dash.
    pub(crate) fn lines(&mut self, column: &str) -> Option<String> {
        let raw = match self.cell(column).clone() {
            Cell::Empty => return None,
            Cell::Text(text) => text,
            Cell::Number(number) => scalar::float_text(number),
            Cell::Bool(yes) => yes.to_string(),
            Cell::Date(date) => {
                let issue = Issue::error(self.at(column), "import.text_became_date");
                self.tell(issue.with("found", date.to_string()));
                return None;
            }
            Cell::Error(_) | Cell::Uncomputed(_) => {
                self.no_value(column);
                return None;
            }
        };
        let cleaned = clean(&raw);
        if cleaned.damaged {
            let issue = Issue::warning(self.at(column), "import.damaged_text");
            self.tell(issue.with("text", excerpt(&cleaned.text)));
        }
        (!scalar::means_nothing(&cleaned.text)).then_some(cleaned.text)
    }

    /// Text that the row cannot do without.
    pub(crate) fn need(&mut self, column: &str) -> Option<String> {
        let text = self.text(column);
        if text.is_none() && !self.has_said(column) {
            self.tell(Issue::error(self.at(column), "import.missing_value"));
        }
        text
    }

    /// Whether an empty answer for the column already has its issue.
    fn has_said(&self, column: &str) -> bool {
        matches!(
            self.cell(column),
            Cell::Date(_) | Cell::Error(_) | Cell::Uncomputed(_)
        )
    }

    fn no_value(&mut self, column: &str) {
        let issue = match self.cell(column) {
            Cell::Error(error) => {
                Issue::error(self.at(column), "import.formula_error").with("found", error.as_str())
            }
            Cell::Uncomputed(formula) => {
                Issue::error(self.at(column), "import.formula_without_value")
                    .with("formula", excerpt(formula))
            }
            _ => return,
        };
        self.tell(issue);
    }

    /// A word of a closed list.
    pub(crate) fn word<T: Words>(&mut self, column: &str) -> Option<T> {
        let text = self.text(column)?;
        let word = T::read(&text);
        if word.is_none() {
            let codes = T::codes();
            let issue = match nearest(&text, codes.iter().copied()) {
                Some(like) => {
                    Issue::error(self.at(column), "import.unknown_word_like").with("like", like)
                }
                None => Issue::error(self.at(column), "import.unknown_word"),
            };
            self.tell(
                issue
                    .with("found", excerpt(&text))
                    .with("known", codes.join(", ")),
            );
        }
        word
    }

    /// A value that texts and spreadsheet numbers are read into by their own functions.
    fn scalar<T>(
        &mut self,
        column: &str,
        of_text: impl Fn(&str) -> Result<Option<T>, Wrong>,
        of_number: impl Fn(f64) -> Result<T, Wrong>,
        otherwise: Wrong,
    ) -> Option<T> {
        let cell = self.cell(column).clone();
        let (found, read) = match cell {
            Cell::Empty => return None,
            Cell::Text(text) => {
                let text = clean(&text).text;
                if scalar::means_nothing(&text) {
                    return None;
                }
                let read = of_text(&text);
                (text, read)
            }
            Cell::Number(number) => (scalar::float_text(number), of_number(number).map(Some)),
            Cell::Date(date) => (date.to_string(), Err(otherwise)),
            Cell::Bool(yes) => (yes.to_string(), Err(otherwise)),
            Cell::Error(_) | Cell::Uncomputed(_) => {
                self.no_value(column);
                return None;
            }
        };
        match read {
            Ok(value) => value,
            Err(wrong) => {
                let issue = wrong_value(self.at(column), wrong);
                self.tell(issue.with("found", excerpt(&found)));
                None
            }
        }
    }

    /// Money in baht.
    pub(crate) fn baht(&mut self, column: &str) -> Option<Satang> {
        let of_number = |number| scalar::decimal_of_float(number, 2).map(Satang);
        let amount = self.scalar(column, scalar::baht, of_number, Wrong::NotANumber)?;
        if let Cell::Text(text) = self.cell(column)
            && scalar::plain(text) != scalar::plain(&amount.grouped())
        {
            let found = excerpt(text);
            let issue = Issue::advice(self.at(column), "import.number_read");
            self.tell(issue.with("found", found).with("read", amount.grouped()));
        }
        Some(amount)
    }

    /// A measured number.
    pub(crate) fn quantity(&mut self, column: &str) -> Option<Quantity> {
        let of_number = |number| scalar::decimal_of_float(number, 6).map(Quantity);
        self.scalar(
            column,
            |text| scalar::quantity(text).map(Some),
            of_number,
            Wrong::NotANumber,
        )
    }

    /// A whole number from 1.
    pub(crate) fn position(&mut self, column: &str) -> Option<u32> {
        let of_number = |number| scalar::decimal_of_float(number, 0);
        let of_text = |text: &str| scalar::decimal(text, 0).map(Some);
        let number = self.scalar(column, of_text, of_number, Wrong::NotANumber)?;
        let position = u32::try_from(number).ok().filter(|position| *position > 0);
        if position.is_none() {
            let issue = Issue::error(self.at(column), "import.not_a_number");
            self.tell(issue.with("found", number));
        }
        position
    }

    /// A year of the Buddhist era.
    pub(crate) fn year(&mut self, column: &str) -> Option<i16> {
        let of_text = |text: &str| scalar::year(text).map(Some);
        self.scalar(
            column,
            of_text,
            |number| scalar::year(&scalar::float_text(number)),
            Wrong::NotAYear,
        )
    }

    /// A fiscal year or quarter.
    pub(crate) fn period(&mut self, column: &str) -> Option<FiscalPeriod> {
        let of_text = |text: &str| scalar::fiscal_period(text).map(Some);
        let of_number = |number| scalar::fiscal_period(&scalar::float_text(number));
        self.scalar(column, of_text, of_number, Wrong::NotAYear)
    }

    /// A day.
    pub(crate) fn day(&mut self, column: &str) -> Option<Date> {
        if let Cell::Date(date) = self.cell(column) {
            return Some(*date);
        }
        let of_text = |text: &str| scalar::day(text).map(Some);
        let day = self.scalar(column, of_text, scalar::day_of_serial, Wrong::NotADate)?;
        if let Cell::Number(number) = *self.cell(column) {
            let issue = Issue::advice(self.at(column), "import.serial_read");
            self.tell(
                issue
                    .with("found", number as i64)
                    .with("read", day.to_string()),
            );
        }
        Some(day)
    }

    /// A share: ten-thousandths (`parts_each` = 1) or percent (`parts_each` = 100).
    pub(crate) fn share(&mut self, column: &str, parts_each: u32) -> Option<Share> {
        let decimals = if parts_each == 100 { 2 } else { 0 };
        let of_text = |text: &str| scalar::decimal(text, decimals).map(Some);
        let of_number = |number| scalar::decimal_of_float(number, decimals);
        let parts = self.scalar(column, of_text, of_number, Wrong::NotANumber)?;
        let share = u16::try_from(parts)
            .ok()
            .and_then(|parts| Share::new(parts).ok());
        if share.is_none() {
            let issue = Issue::error(self.at(column), "import.share_too_large");
            let limit = i64::from(Share::WHOLE.parts()) / i64::from(parts_each);
            self.tell(
                issue
                    .with("found", parts / i64::from(parts_each))
                    .with("limit", limit),
            );
        }
        share
    }

    /// Yes or no.
    pub(crate) fn yes(&mut self, column: &str) -> Option<bool> {
        let text = self.text(column)?;
        let answer = yes_no(&text);
        if answer.is_none() {
            let issue = Issue::error(self.at(column), "import.not_yes_or_no");
            self.tell(issue.with("found", excerpt(&text)));
        }
        answer
    }
}

fn wrong_value(at: Place, wrong: Wrong) -> Issue {
    match wrong {
        Wrong::NotANumber => Issue::error(at, "import.not_a_number"),
        Wrong::MisplacedComma(None) => Issue::error(at, "import.misplaced_comma"),
        Wrong::MisplacedComma(Some(likely)) => {
            Issue::error(at, "import.misplaced_comma_like").with("like", likely)
        }
        Wrong::Negative => Issue::error(at, "import.negative"),
        Wrong::TooFine => Issue::error(at, "import.too_many_decimals"),
        Wrong::TooLarge => Issue::error(at, "import.too_large"),
        Wrong::CommonEra(year) => {
            Issue::error(at, "import.common_era").with("like", year.to_string())
        }
        Wrong::NotAYear => Issue::error(at, "import.not_a_year"),
        Wrong::NotADate => Issue::error(at, "import.not_a_date"),
    }
}

/// As much of a text as an issue can show.
pub(crate) fn excerpt(text: &str) -> String {
    let mut short: String = text.chars().take(60).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

//! Everything that can be wrong is one type, wherever it was found: a form, a cell, an API body or a rule.
//!
//! An issue carries a code and its arguments; the sentence is in `locales/` under `issue.<code>` and the
//! next step under `issue.<code>.hint`, so that Thai and English say the same.

use serde::Serialize;

coded! {
    /// How much an issue matters (รายการที่ควรตรวจทาน).
    pub enum Severity {
        /// ต้องแก้ไขก่อนส่ง: blocks the act.
        Error = "error",
        /// ควรแก้ไข: should be repaired, blocks nothing.
        Warning = "warning",
        /// คำแนะนำ: advice.
        Advice = "advice",
    }
}

/// A word that stands in no closed list.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{found:?} is not a {kind}")]
pub struct UnknownCode {
    /// The Rust name of the list.
    pub kind: &'static str,
    /// The word as found.
    pub found: String,
}

/// Where something is wrong.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Place {
    /// The input as a whole.
    Whole,
    /// A file as a whole, by its name as the user gave it.
    File {
        /// Name of the file.
        file: String,
    },
    /// A cell of a table: file or sheet, 1-based row as a spreadsheet counts it (the heading is row 1), column heading.
    Cell {
        /// Name of the file, or `file › sheet`.
        file: String,
        /// Row, counted from 1.
        row: u32,
        /// Heading of the column; empty when the whole row is meant.
        column: String,
    },
    /// A field of a form or an argument of a command.
    Field {
        /// Name of the field.
        field: String,
    },
    /// A thing in the database: what kind of thing, its printed code and its id.
    Thing {
        /// Kind: `project`, `node`, `organisation`, `edition`, `link` …
        what: &'static str,
        /// The code people know it by.
        code: String,
        /// Its id as text.
        id: String,
    },
}

/// One argument of an issue's sentence.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(untagged)]
pub enum Arg {
    /// Text, shown as it is.
    Text(String),
    /// A whole number, shown with thousands separators.
    Number(i64),
    /// Money, shown in baht.
    Money(crate::money::Satang),
    /// A day, shown in the form of the reader.
    Day(jiff::civil::Date),
    /// A word of ours: the key of its sentence in `locales/`, shown in the language of the reader.
    Key(&'static str),
    /// Several words of ours, with commas between them.
    Keys(Vec<&'static str>),
}

/// One thing that is wrong, or should be looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Issue {
    /// Where.
    pub at: Place,
    /// Which: a stable code, `import.unknown_agency` or `LINK-001`; never reused for something else.
    pub code: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// The words that the sentence of `code` asks for.
    pub args: Vec<(&'static str, Arg)>,
}

impl Issue {
    /// An issue that blocks the act.
    pub fn error(at: Place, code: &'static str) -> Self {
        Self {
            at,
            code,
            severity: Severity::Error,
            args: Vec::new(),
        }
    }

    /// An issue that should be repaired and blocks nothing.
    pub fn warning(at: Place, code: &'static str) -> Self {
        Self {
            at,
            code,
            severity: Severity::Warning,
            args: Vec::new(),
        }
    }

    /// Advice.
    pub fn advice(at: Place, code: &'static str) -> Self {
        Self {
            at,
            code,
            severity: Severity::Advice,
            args: Vec::new(),
        }
    }

    /// The same issue with one more argument for its sentence.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Arg>) -> Self {
        self.args.push((name, value.into()));
        self
    }
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Arg::Text(text.to_owned())
    }
}

impl From<String> for Arg {
    fn from(text: String) -> Self {
        Arg::Text(text)
    }
}

impl From<i64> for Arg {
    fn from(number: i64) -> Self {
        Arg::Number(number)
    }
}

impl From<usize> for Arg {
    fn from(number: usize) -> Self {
        Arg::Number(number as i64)
    }
}

impl From<crate::money::Satang> for Arg {
    fn from(money: crate::money::Satang) -> Self {
        Arg::Money(money)
    }
}

impl From<jiff::civil::Date> for Arg {
    fn from(day: jiff::civil::Date) -> Self {
        Arg::Day(day)
    }
}

/// All that is wrong with one input, in the order in which it was found.
pub type Issues = Vec<Issue>;

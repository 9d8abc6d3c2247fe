//! The way in: `read_plan` and what comes out of it.

use crate::{assemble, headings, open, plan::PlanFile, report::Report};
use domain::{
    issue::{Issue, Issues, Place, Severity},
    time::FiscalYear,
};
use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

/// How a plan is to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadOptions {
    /// Leave out rows with errors, and rows that depend on them, instead of rejecting the whole.
    pub skip_bad: bool,
    /// The fiscal year that every row must speak of; without it the file decides.
    pub fiscal_year: Option<FiscalYear>,
    /// Codes of agencies that rows may name though the file does not describe them.
    pub known_agencies: Vec<String>,
    /// So many issues of a kind are listed for each file; the rest is counted.
    pub issues_of_a_kind: usize,
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self {
            skip_bad: false,
            fiscal_year: None,
            known_agencies: Vec::new(),
            issues_of_a_kind: 50,
        }
    }
}

/// A plan as read, with everything that is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The rows without errors, and without those that depend on a row with errors.
    pub plan: PlanFile,
    /// All problems at once, in the order in which they were found.
    pub issues: Issues,
    /// Rows that were left out, when leaving out was asked for.
    pub skipped: Vec<Place>,
}

impl Reading {
    /// Whether the plan must not be imported: it has an error that was not answered by leaving out its row.
    pub fn blocked(&self) -> bool {
        let row = |place: &Place| match place {
            Place::Cell { file, row, .. } => Some((file.clone(), *row)),
            _ => None,
        };
        let skipped: BTreeSet<(String, u32)> = self.skipped.iter().filter_map(row).collect();
        let errors = self
            .issues
            .iter()
            .filter(|issue| issue.severity == Severity::Error);
        errors.map(|issue| row(&issue.at)).any(|row| match row {
            Some(row) => !skipped.contains(&row),
            None => true,
        })
    }
}

/// Why there is no plan to read at all.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// There is nothing at the path.
    #[error("{0}: there is no such file or folder")]
    NotFound(PathBuf),
    /// The system does not let us read it.
    #[error("{path}: cannot be read: {reason}")]
    CannotRead {
        /// Which file or folder.
        path: PathBuf,
        /// What the system says.
        reason: std::io::Error,
    },
    /// A folder without any file of a plan, or a file that is neither.
    #[error("{0}: is neither a folder with files of a plan nor a workbook (.xlsx)")]
    NotAPlan(PathBuf),
    /// A workbook that cannot be opened.
    #[error("{0}: is not a workbook (.xlsx), or it is damaged")]
    NotAWorkbook(PathBuf),
    /// A workbook of the old kind (.xls), or one locked by a password.
    #[error("{0}: is an old workbook (.xls) or locked by a password")]
    OldWorkbook(PathBuf),
    /// A file of more than 100 megabytes.
    #[error("{0}: is too large for a plan")]
    TooLarge(PathBuf),
    /// A small file that unpacks to an unreasonable size.
    #[error("{0}: unpacks to an unreasonable size")]
    UnpacksTooLarge(PathBuf),
}

impl ReadError {
    /// The same in the words of the interface.
    pub fn issue(&self) -> Issue {
        let (path, code) = match self {
            ReadError::NotFound(path) => (path, "import.not_found"),
            ReadError::CannotRead { path, .. } => (path, "import.cannot_read"),
            ReadError::NotAPlan(path) => (path, "import.not_a_plan"),
            ReadError::NotAWorkbook(path) => (path, "import.not_a_workbook"),
            ReadError::OldWorkbook(path) => (path, "import.old_workbook"),
            ReadError::TooLarge(path) => (path, "import.file_too_large"),
            ReadError::UnpacksTooLarge(path) => (path, "import.unpacks_too_large"),
        };
        let file = path.display().to_string();
        let issue = Issue::error(Place::File { file }, code);
        match self {
            ReadError::CannotRead { reason, .. } => issue.with("reason", reason.to_string()),
            _ => issue,
        }
    }
}

/// Reads a plan from a folder of CSV files or from a workbook; the format is in `docs/import-format.md`.
///
/// Whatever is wrong inside the files is in [`Reading::issues`], everything at once. Memory and time are bounded
/// whatever the files hold.
pub fn read_plan(path: &Path, options: &ReadOptions) -> Result<Reading, ReadError> {
    let mut report = Report::new(options.issues_of_a_kind);
    let sheets = open::open(path, &mut report)?;
    let mut given = assemble::Given::default();
    for (sheet, table) in sheets {
        match table.and_then(|table| headings::map(table, sheet, &mut report)) {
            Some(mapped) => given.readable(mapped),
            None => given.unreadable(sheet),
        }
    }
    let (plan, skipped) = assemble::assemble(&given, options, &mut report);
    Ok(Reading {
        plan,
        issues: report.finish(),
        skipped,
    })
}

//! How rows name each other: by code, or by a name that only one of them has.

use crate::{
    headings::Mapped,
    nearest::nearest,
    record::{Draft, excerpt},
    report::Report,
};
use domain::{
    issue::{Issue, Place},
    text::search_key,
};
use std::collections::HashMap;

/// Rows that others may name.
#[derive(Debug, Default)]
pub(crate) struct Known {
    codes: HashMap<String, usize>,
    names: HashMap<String, Vec<usize>>,
    rows: Vec<(String, bool)>,
    /// Nothing is known about them: whatever is written is taken as the code, and compared later.
    open: bool,
    /// Their sheet could not be read: nothing can be said about what is written.
    unreadable: bool,
}

/// What a reference led to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Led {
    /// To this code.
    To(String),
    /// To a row that is left out.
    ToLeftOut(String),
    /// Nowhere; the issue is told.
    Nowhere,
}

/// The codes of the issues about one kind of reference.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Says {
    pub(crate) unknown: &'static str,
    pub(crate) unknown_like: &'static str,
    pub(crate) several: &'static str,
}

pub(crate) const AGENCY: Says = Says {
    unknown: "import.unknown_agency",
    unknown_like: "import.unknown_agency_like",
    several: "import.several_agencies",
};
pub(crate) const PROJECT: Says = Says {
    unknown: "import.unknown_project",
    unknown_like: "import.unknown_project_like",
    several: "import.several_projects",
};
pub(crate) const NODE: Says = Says {
    unknown: "import.unknown_node",
    unknown_like: "import.unknown_node_like",
    several: "import.several_nodes",
};

impl Known {
    /// Nobody yet.
    pub(crate) fn new(open: bool, unreadable: bool) -> Self {
        Self {
            open,
            unreadable,
            ..Self::default()
        }
    }

    /// Adds a row under its code and names; an earlier row of the same code stays.
    pub(crate) fn add<'n>(
        &mut self,
        code: &str,
        names: impl IntoIterator<Item = &'n str>,
        left_out: bool,
    ) {
        let at = self.rows.len();
        self.rows.push((code.to_owned(), left_out));
        self.codes.entry(search_key(code)).or_insert(at);
        for name in names {
            self.names.entry(search_key(name)).or_default().push(at);
        }
    }

    /// Follows a reference.
    pub(crate) fn follow(&self, text: &str, at: Place, says: Says, report: &mut Report) -> Led {
        if self.unreadable {
            return Led::ToLeftOut(text.to_owned());
        }
        if self.open {
            return Led::To(text.to_owned());
        }
        let key = search_key(text);
        let named = self.names.get(&key).map_or(&[][..], Vec::as_slice);
        let found = match (self.codes.get(&key), named) {
            (Some(row), _) => Some(*row),
            (None, [row]) => Some(*row),
            (None, []) => None,
            (None, several) => {
                let codes: Vec<&str> = several
                    .iter()
                    .map(|row| self.rows[*row].0.as_str())
                    .collect();
                let issue = Issue::error(at, says.several).with("found", excerpt(text));
                report.add(issue.with("codes", codes.join(", ")));
                return Led::Nowhere;
            }
        };
        match found.map(|row| &self.rows[row]) {
            Some((code, false)) => Led::To(code.clone()),
            Some((code, true)) => Led::ToLeftOut(code.clone()),
            None => {
                let codes = self.rows.iter().map(|(code, _)| code.as_str());
                let issue = unknown(text, at, says, codes, report);
                report.add(issue);
                Led::Nowhere
            }
        }
    }
}

/// The issue about a reference to nothing, with the nearest code there is.
pub(crate) fn unknown<'c>(
    text: &str,
    at: Place,
    says: Says,
    codes: impl IntoIterator<Item = &'c str>,
    report: &Report,
) -> Issue {
    let lists = report.lists(&at, says.unknown_like) && report.lists(&at, says.unknown);
    let like = lists.then(|| nearest(text, codes)).flatten();
    let issue = match like {
        Some(like) => Issue::error(at, says.unknown_like).with("like", like),
        None => Issue::error(at, says.unknown),
    };
    issue.with("found", excerpt(text))
}

/// Says which rows of a sheet have the code of an earlier row; neither can be taken then.
pub(crate) fn duplicates<T>(
    sheet: &Mapped,
    column: &str,
    drafts: &[Draft<T>],
    report: &mut Report,
) {
    let mut first: HashMap<String, u32> = HashMap::new();
    for draft in drafts {
        let Some(code) = &draft.code else { continue };
        match first.get(&search_key(code)) {
            None => {
                first.insert(search_key(code), draft.row);
            }
            Some(row) => {
                duplicate(
                    code,
                    sheet.place(draft.row, column),
                    &sheet.place(*row, column),
                    report,
                );
            }
        }
    }
}

/// The issue about a code that two rows have: it stands at the second and names the first.
pub(crate) fn duplicate(code: &str, at: Place, first: &Place, report: &mut Report) {
    let issue = Issue::error(at, "import.duplicate_code").with("code", excerpt(code));
    let issue = match first {
        Place::Cell { file, row, .. } => issue
            .with("first_file", file.as_str())
            .with("first_row", i64::from(*row)),
        _ => issue,
    };
    report.add(issue);
    report.mark_bad(first);
}

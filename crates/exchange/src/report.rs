//! Collects what is wrong: everything at once, but bounded, so that a file of rubbish cannot fill the memory.

use domain::issue::{Issue, Issues, Place, Severity};
use std::collections::{BTreeSet, HashMap};

/// So many bad rows in one table mean that it is another kind of table: reading it stops.
pub(crate) const MAX_BAD_ROWS: usize = 5_000;

/// Issues, and the rows that must be left out.
#[derive(Debug)]
pub(crate) struct Report {
    issues: Issues,
    limit: usize,
    seen: HashMap<(String, &'static str), (usize, Severity)>,
    order: Vec<(String, &'static str)>,
    bad: BTreeSet<(String, u32)>,
}

impl Report {
    /// An empty report that keeps `limit` issues of a kind per file and counts the rest.
    pub(crate) fn new(limit: usize) -> Self {
        Self {
            issues: Vec::new(),
            limit: limit.max(1),
            seen: HashMap::new(),
            order: Vec::new(),
            bad: BTreeSet::new(),
        }
    }

    /// Adds an issue; an error at a row marks the row as bad.
    pub(crate) fn add(&mut self, issue: Issue) {
        if let (Place::Cell { file, row, .. }, Severity::Error) = (&issue.at, issue.severity) {
            self.bad.insert((file.clone(), *row));
        }
        let key = (file_of(&issue.at), issue.code);
        if !self.seen.contains_key(&key) {
            self.order.push(key.clone());
        }
        let (count, _) = self.seen.entry(key).or_insert((0, issue.severity));
        *count += 1;
        if *count <= self.limit {
            self.issues.push(issue);
        }
    }

    /// Whether one more issue of this kind would be listed and not only counted: what costs time to find out for its
    /// sentence need not be found out otherwise.
    pub(crate) fn lists(&self, at: &Place, code: &'static str) -> bool {
        let key = (file_of(at), code);
        self.seen
            .get(&key)
            .is_none_or(|(count, _)| *count < self.limit)
    }

    /// Marks a row as bad without a word of its own: the word stands at another place.
    pub(crate) fn mark_bad(&mut self, place: &Place) {
        if let Place::Cell { file, row, .. } = place {
            self.bad.insert((file.clone(), *row));
        }
    }

    /// Whether the row at this place has an error.
    pub(crate) fn is_bad(&self, place: &Place) -> bool {
        match place {
            Place::Cell { file, row, .. } => self.bad.contains(&(file.clone(), *row)),
            _ => false,
        }
    }

    /// The issues, and for each kind of which there were too many how many more there are.
    pub(crate) fn finish(mut self) -> Issues {
        for key in self.order {
            if let Some((count, severity)) = self.seen.get(&key)
                && *count > self.limit
            {
                let (file, code) = key;
                let mut more = Issue::warning(Place::File { file }, "import.more_of_same")
                    .with("count", *count - self.limit)
                    .with("code", code);
                if *severity == Severity::Advice {
                    more.severity = Severity::Advice;
                }
                self.issues.push(more);
            }
        }
        self.issues
    }
}

fn file_of(at: &Place) -> String {
    match at {
        Place::Cell { file, .. } | Place::File { file } => file.clone(),
        _ => String::new(),
    }
}

//! The elements of a plan: unique codes, parents as the file states them, no circles.

use crate::{
    assemble::Sieve,
    headings::Mapped,
    plan::{NodeRow, Row},
    record::{Draft, excerpt},
    refer::{Led, NODE, duplicate, unknown},
    report::Report,
    rows::{NodeDraft, Parent},
    table::row_place,
};
use domain::{
    issue::{Issue, Place},
    plan::NodeKind,
    text::search_key,
};
use std::collections::HashMap;

/// A row that is, or would be, a node.
struct Entry {
    sheet: &'static str,
    row: Place,
    code_at: Place,
    parent_at: Option<Place>,
    printed: String,
    code: String,
    /// Absent when the row is too broken to be a node; its code is known all the same.
    draft: Option<NodeDraft>,
    parent: Option<usize>,
    left_out_with: Option<String>,
}

/// The nodes of a plan, to be found by code or name.
#[derive(Default)]
pub(crate) struct Tree {
    entries: Vec<Entry>,
    by_code: HashMap<String, Vec<usize>>,
    by_name: HashMap<String, Vec<usize>>,
    /// The file describes no nodes: whatever is written is taken as the code, and compared later.
    pub(crate) open: bool,
    /// A sheet of nodes could not be read: nothing can be said about what is written.
    unreadable: bool,
}

impl Tree {
    /// No node yet.
    pub(crate) fn new(open: bool, unreadable: bool) -> Self {
        Self {
            open,
            unreadable,
            ..Self::default()
        }
    }

    /// Adds the rows of a sheet. A code that the same kind of node has already is an error; one that another kind
    /// has in another sheet gets its printed label in front, and the row says so.
    pub(crate) fn add(
        &mut self,
        sheet: &Mapped,
        column: &str,
        drafts: impl IntoIterator<Item = Draft<NodeDraft>>,
        kind: Option<NodeKind>,
        report: &mut Report,
    ) {
        for draft in drafts {
            let Some(printed) = draft.code else { continue };
            let own = draft.value.as_ref().map(|node| node.kind).or(kind);
            let row = row_place(&sheet.file, draft.row);
            let code_at = sheet.place(draft.row, column);
            let mut code = printed.clone();
            for other in self.coded(&printed) {
                let other = &self.entries[*other];
                let same_sheet = other.sheet == sheet.sheet.name;
                let same_kind = other.draft.as_ref().map(|node| node.kind) == own;
                if same_sheet || same_kind {
                    duplicate(&printed, code_at.clone(), &other.code_at, report);
                    break;
                }
                if let Some(node) = &draft.value {
                    code = format!("{} {printed}", node.label_th);
                }
            }
            if code != printed {
                let issue = Issue::advice(code_at.clone(), "import.code_with_label");
                report.add(
                    issue
                        .with("printed", excerpt(&printed))
                        .with("code", excerpt(&code)),
                );
            }
            let at = self.entries.len();
            let parent = draft.value.as_ref().and_then(|node| node.parent.as_ref());
            let parent_at = parent.map(|parent| sheet.place(draft.row, parent.column));
            self.by_code
                .entry(search_key(&printed))
                .or_default()
                .push(at);
            if let Some(node) = &draft.value {
                self.by_name
                    .entry(search_key(&node.name_th))
                    .or_default()
                    .push(at);
            }
            self.entries.push(Entry {
                sheet: sheet.sheet.name,
                row,
                code_at,
                parent_at,
                printed,
                code,
                draft: draft.value,
                parent: None,
                left_out_with: None,
            });
        }
    }

    fn coded(&self, printed: &str) -> &[usize] {
        self.by_code
            .get(&search_key(printed))
            .map_or(&[], Vec::as_slice)
    }

    /// The name that an indicator of this code has in the list of nodes, if one stands there.
    pub(crate) fn indicator(&self, printed: &str) -> Option<Option<String>> {
        let of_kind = |at: &&usize| self.is(**at, Some(NodeKind::Indicator));
        let entry = &self.entries[*self.coded(printed).iter().find(of_kind)?];
        Some(entry.draft.as_ref().map(|node| node.name_th.clone()))
    }

    fn is(&self, at: usize, kind: Option<NodeKind>) -> bool {
        // A row without a kind is broken: it may have been of the kind that is looked for.
        let own = self.entries[at].draft.as_ref().map(|node| node.kind);
        kind.is_none() || own.is_none() || own == kind
    }

    fn find(&self, reference: &Parent) -> Vec<usize> {
        let of_kind = |list: Option<&Vec<usize>>| -> Vec<usize> {
            let list = list.into_iter().flatten().copied();
            list.filter(|at| self.is(*at, reference.kind)).collect()
        };
        let key = search_key(&reference.text);
        let by_code = of_kind(self.by_code.get(&key));
        if !by_code.is_empty() {
            return by_code;
        }
        // "ยุทธศาสตร์ที่ 1" in a column of strategies.
        let label = reference.kind.map(|kind| match kind {
            NodeKind::Strategy => "ยุทธศาสตร์",
            NodeKind::Objective => "วัตถุประสงค์",
            _ => "",
        });
        if let Some(rest) = label.and_then(|label| key.strip_prefix(label)) {
            let rest = rest.strip_prefix("ที่").unwrap_or(rest);
            let by_label = of_kind(self.by_code.get(rest));
            if !by_label.is_empty() {
                return by_label;
            }
        }
        of_kind(self.by_name.get(&key))
    }

    /// Follows a reference to a node.
    pub(crate) fn follow(&self, reference: &Parent, at: Place, report: &mut Report) -> Led {
        match self.follow_to(reference, at, report) {
            Followed::Entry(entry) => {
                let entry = &self.entries[entry];
                let bad = entry.left_out_with.is_some() || report.is_bad(&entry.row);
                if bad {
                    Led::ToLeftOut(entry.code.clone())
                } else {
                    Led::To(entry.code.clone())
                }
            }
            Followed::AsWritten if self.unreadable => Led::ToLeftOut(reference.text.clone()),
            Followed::AsWritten => Led::To(reference.text.clone()),
            Followed::Nowhere => Led::Nowhere,
        }
    }

    fn follow_to(&self, reference: &Parent, at: Place, report: &mut Report) -> Followed {
        if self.open {
            return Followed::AsWritten;
        }
        match self.find(reference)[..] {
            [entry] => Followed::Entry(entry),
            [] if self.unreadable => Followed::AsWritten,
            [] => {
                let kind = reference.kind;
                let entries = self.entries.iter().enumerate();
                let fitting = entries.filter(|(at, _)| self.is(*at, kind));
                let codes = fitting.map(|(_, entry)| entry.printed.as_str());
                let issue = unknown(&reference.text, at, NODE, codes, report);
                report.add(issue);
                Followed::Nowhere
            }
            ref several => {
                let codes: Vec<&str> = several
                    .iter()
                    .map(|at| self.entries[*at].code.as_str())
                    .collect();
                let issue = Issue::error(at, NODE.several).with("found", excerpt(&reference.text));
                report.add(issue.with("codes", codes.join(", ")));
                Followed::Nowhere
            }
        }
    }

    /// Finds every parent, tells of circles, and marks what hangs below a row with errors.
    pub(crate) fn grow(&mut self, report: &mut Report) {
        for at in 0..self.entries.len() {
            let entry = &self.entries[at];
            let reference = entry.draft.as_ref().and_then(|node| node.parent.clone());
            if let Some((reference, place)) = reference.zip(entry.parent_at.clone())
                && let Followed::Entry(parent) = self.follow_to(&reference, place, report)
            {
                self.entries[at].parent = Some(parent);
            }
        }
        self.tell_of_circles(report);
        self.mark_left_out(report);
    }

    fn tell_of_circles(&mut self, report: &mut Report) {
        // 0 = not visited, otherwise the walk that visited it: meeting the own walk again closes a circle.
        let mut visited = vec![0_usize; self.entries.len()];
        for start in 0..self.entries.len() {
            let walk = start + 1;
            let mut at = Some(start);
            while let Some(here) = at {
                if visited[here] == walk {
                    let circle = &self.entries[here];
                    let place = circle
                        .parent_at
                        .clone()
                        .unwrap_or_else(|| circle.row.clone());
                    let issue = Issue::error(place, "import.node_circle");
                    report.add(issue.with("code", excerpt(&circle.printed)));
                    self.entries[here].parent = None;
                    break;
                }
                if visited[here] != 0 {
                    break;
                }
                visited[here] = walk;
                at = self.entries[here].parent;
            }
        }
    }

    fn mark_left_out(&mut self, report: &Report) {
        let mut decided: Vec<Option<Option<String>>> = vec![None; self.entries.len()];
        for start in 0..self.entries.len() {
            // Up to the first node that is decided, bad or at the top; then down again.
            let mut path = Vec::new();
            let mut here = start;
            let above = loop {
                if let Some(known) = &decided[here] {
                    let code = self.entries[here].code.clone();
                    let bad = known.is_some() || report.is_bad(&self.entries[here].row);
                    break bad.then_some(code);
                }
                path.push(here);
                if report.is_bad(&self.entries[here].row) {
                    break None;
                }
                match self.entries[here].parent {
                    Some(parent) => here = parent,
                    None => break None,
                }
            };
            let mut above = above;
            for at in path.into_iter().rev() {
                let bad = above.is_some() || report.is_bad(&self.entries[at].row);
                decided[at] = Some(above.take());
                above = bad.then(|| self.entries[at].code.clone());
            }
        }
        for (entry, with) in self.entries.iter_mut().zip(decided) {
            entry.left_out_with = with.flatten();
        }
    }

    /// Whether `upper` is `lower` or stands above it.
    pub(crate) fn above(&self, upper: &str, lower: &str) -> bool {
        let mut at = self.entries.iter().position(|entry| entry.code == lower);
        while let Some(here) = at {
            if self.entries[here].code == upper {
                return true;
            }
            at = self.entries[here].parent;
        }
        false
    }

    /// The nodes that stay.
    pub(crate) fn rows(&self, sieve: &mut Sieve, report: &mut Report) -> Vec<Row<NodeRow>> {
        let mut siblings: HashMap<Option<usize>, u32> = HashMap::new();
        let mut rows = Vec::new();
        for entry in &self.entries {
            if !sieve.keep(&entry.row, entry.left_out_with.as_deref(), report) {
                continue;
            }
            let Some(node) = &entry.draft else { continue };
            let position = siblings.entry(entry.parent).or_default();
            *position += 1;
            rows.push(Row {
                place: entry.row.clone(),
                value: NodeRow {
                    code: entry.code.clone(),
                    printed_code: entry.printed.clone(),
                    parent: entry.parent.map(|parent| self.entries[parent].code.clone()),
                    kind: node.kind,
                    label_th: node.label_th.clone(),
                    name_th: node.name_th.clone(),
                    name_en: node.name_en.clone(),
                    position: *position,
                    note: node.note.clone(),
                    origin: node.origin.clone(),
                },
            });
        }
        rows
    }
}

enum Followed {
    Entry(usize),
    AsWritten,
    Nowhere,
}

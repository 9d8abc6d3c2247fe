//! What a rule finds: which thing, by id, and the values its sentence asks for. Words come later, from [`Names`].

use crate::{context::Context, order::natural, rule::Rule};
use domain::{
    ids::{EditionId, NodeId, ProjectId},
    issue::{Arg, Issue, Place, Severity},
    names::{Name, Names},
};
use std::collections::BTreeMap;

/// The thing that a finding is about: the one a person opens to repair it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// An edition of a plan.
    Edition(EditionId),
    /// An element of an edition.
    Node(NodeId),
    /// A project.
    Project(ProjectId),
}

impl Subject {
    /// What kind of thing it is, as in `Place::Thing` and in the sentence `thing.<kind>`.
    pub const fn kind(self) -> &'static str {
        match self {
            Subject::Edition(_) => "edition",
            Subject::Node(_) => "node",
            Subject::Project(_) => "project",
        }
    }

    /// Its id as text.
    pub fn id(self) -> String {
        match self {
            Subject::Edition(id) => id.to_string(),
            Subject::Node(id) => id.to_string(),
            Subject::Project(id) => id.to_string(),
        }
    }

    /// What people call it, when the caller knows.
    pub fn name(self, names: &Names) -> Option<&Name> {
        match self {
            Subject::Edition(id) => names.editions.get(&id),
            Subject::Node(id) => names.nodes.get(&id),
            Subject::Project(id) => names.projects.get(&id),
        }
    }

    /// The label printed before its code, where it has one. The label of an edition tells it from others of its plan
    /// and belongs behind the code.
    pub fn label(self, names: &Names) -> Option<String> {
        let name = self.name(names)?;
        let label = name.label.clone().filter(|label| !label.is_empty())?;
        (!matches!(self, Subject::Edition(_))).then_some(label)
    }

    /// Its printed code; its id where the caller has no name for it, so that nothing is lost.
    pub fn code(self, names: &Names) -> String {
        self.name(names)
            .map_or_else(|| self.id(), |name| name.code.clone())
    }
}

/// A value that the sentence of a finding asks for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Value {
    /// A count.
    Number(i64),
    /// Ten-thousandths, shown in per cent; a total may be above the whole.
    Share(u32),
    /// A word of ours: a key of `locales/`.
    Word(&'static str),
    /// An edition, shown by the code of its plan and its label.
    Edition(EditionId),
    /// Nodes with their editions, shown by their printed codes: the same code stands in several editions.
    Nodes(Vec<(EditionId, NodeId)>),
}

impl Value {
    fn arg(&self, names: &Names) -> Arg {
        match self {
            Value::Number(number) => Arg::Number(*number),
            Value::Share(parts) => Arg::Text(per_cent(*parts)),
            Value::Word(key) => Arg::Key(key),
            Value::Edition(id) => Arg::Text(edition(*id, names)),
            Value::Nodes(nodes) => Arg::Text(codes(nodes, names)),
        }
    }
}

/// "4.1.1, 4.1.2 (SDG4 UIS-2026-01)": by edition, in the order in which people count.
fn codes(nodes: &[(EditionId, NodeId)], names: &Names) -> String {
    let mut by_edition: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (of, node) in nodes {
        let codes = by_edition.entry(edition(*of, names)).or_default();
        codes.push(Subject::Node(*node).code(names));
    }
    let of_one = by_edition.into_iter().map(|(edition, mut codes)| {
        codes.sort_by_cached_key(|code| natural(code));
        format!("{} ({edition})", codes.join(", "))
    });
    of_one.collect::<Vec<_>>().join(", ")
}

/// Code of the plan, and the label where one tells its editions apart.
fn edition(id: EditionId, names: &Names) -> String {
    match names.editions.get(&id) {
        None => id.to_string(),
        Some(Name {
            code, label: None, ..
        }) => code.clone(),
        Some(Name {
            code,
            label: Some(label),
            ..
        }) => format!("{code} {label}"),
    }
}

/// "95" or "33.34": ten-thousandths in per cent, without needless zeros.
fn per_cent(parts: u32) -> String {
    let (whole, rest) = (parts / 100, parts % 100);
    if rest == 0 {
        whole.to_string()
    } else {
        format!("{whole}.{rest:02}")
            .trim_end_matches('0')
            .to_owned()
    }
}

/// One thing that a rule found (รายการที่ควรตรวจทาน).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// By which rule.
    pub rule: &'static Rule,
    /// About what.
    pub subject: Subject,
    /// The edition in which it stands; `None` = it is a project outside of every plan.
    pub edition: Option<EditionId>,
    /// What the sentence of the rule asks for.
    pub args: Vec<(&'static str, Value)>,
}

impl Finding {
    /// The same finding with one more value for its sentence.
    pub fn with(&mut self, name: &'static str, value: Value) -> &mut Self {
        self.args.push((name, value));
        self
    }

    /// How much it matters: as much as its rule.
    pub fn severity(&self) -> Severity {
        self.rule.severity
    }

    /// The plan in which the thing stands, as code and label of the edition.
    pub fn plan(&self, names: &Names) -> Option<String> {
        self.edition.map(|id| edition(id, names))
    }

    /// The finding as an issue, with ids turned into the codes people know.
    pub fn issue(&self, names: &Names) -> Issue {
        Issue {
            at: Place::Thing {
                what: self.subject.kind(),
                code: self.subject.code(names),
                id: self.subject.id(),
            },
            code: self.rule.code,
            severity: self.severity(),
            args: self
                .args
                .iter()
                .map(|(name, value)| (*name, value.arg(names)))
                .collect(),
        }
    }
}

/// Where a rule puts what it finds.
#[derive(Debug)]
pub struct Findings {
    rule: &'static Rule,
    found: Vec<Finding>,
}

impl Findings {
    pub(crate) fn of(rule: &'static Rule) -> Self {
        Self {
            rule,
            found: Vec::new(),
        }
    }

    /// Reports a finding about a thing; its values are added with [`Finding::with`].
    pub fn about(&mut self, subject: Subject) -> &mut Finding {
        let at = self.found.len();
        self.found.push(Finding {
            rule: self.rule,
            subject,
            edition: None,
            args: Vec::new(),
        });
        &mut self.found[at]
    }

    /// What was found, each with the edition in which it stands.
    pub(crate) fn into_found(self, context: &Context<'_>) -> Vec<Finding> {
        let mut found = self.found;
        for finding in &mut found {
            finding.edition = context.edition_of(finding.subject);
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_printed_in_per_cent_without_needless_zeros() {
        assert_eq!(
            [10_000, 9_500, 3_334, 12_050, 5].map(per_cent),
            ["100", "95", "33.34", "120.5", "0.05"]
        );
    }

    #[test]
    fn a_thing_without_a_name_is_called_by_its_id() {
        let subject = Subject::Project(ProjectId::from_u128(7));
        assert_eq!(
            subject.code(&Names::default()),
            "00000000-0000-0000-0000-000000000007"
        );
    }
}

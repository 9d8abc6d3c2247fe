//! What a rule finds: which thing, by id, and the values its sentence asks for. Words come later, from [`Names`].

use crate::{Subject, context::Context, order::natural, rule::Rule};
use domain::{
    ids::{EditionId, NodeId, ProjectId, WaiverId},
    issue::{Arg, Issue, Place, Severity},
    money::Satang,
    names::{Name, Names},
};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// A value that the sentence of a finding asks for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Value {
    /// A count.
    Number(i64),
    /// Ten-thousandths, shown in per cent; a total may be above the whole.
    Share(u32),
    /// A word of ours: a key of `locales/`.
    Word(&'static str),
    /// A word of theirs, as written.
    Text(String),
    /// Money.
    Money(Satang),
    /// A day.
    Day(Date),
    /// An edition, shown by the code of its plan and its label.
    Edition(EditionId),
    /// Nodes with their editions, shown by their printed codes: the same code stands in several editions.
    Nodes(Vec<(EditionId, NodeId)>),
    /// Projects, each with the edition in which it stands, if it does.
    Projects(Vec<(Option<EditionId>, ProjectId)>),
}

impl Value {
    fn arg(&self, names: &Names) -> Arg {
        match self {
            Value::Number(number) => Arg::Number(*number),
            Value::Share(parts) => Arg::Text(per_cent(*parts)),
            Value::Word(key) => Arg::Key(key),
            Value::Text(text) => Arg::Text(text.clone()),
            Value::Money(money) => Arg::Money(*money),
            Value::Day(day) => Arg::Day(*day),
            Value::Edition(id) => Arg::Text(edition(*id, names)),
            Value::Nodes(nodes) => {
                let each = nodes.iter();
                let each = each.map(|(of, node)| (Some(*of), Subject::Node(*node)));
                Arg::Text(codes(each, names))
            }
            Value::Projects(projects) => {
                let each = projects.iter();
                let each = each.map(|(of, project)| (*of, Subject::Project(*project)));
                Arg::Text(codes(each, names))
            }
        }
    }
}

/// "4.1.1, 4.1.2 (SDG4 UIS-2026-01)": by edition, in the order in which people count.
fn codes(things: impl Iterator<Item = (Option<EditionId>, Subject)>, names: &Names) -> String {
    let mut by_edition: BTreeMap<Option<String>, Vec<String>> = BTreeMap::new();
    for (of, thing) in things {
        let of = of.map(|id| edition(id, names));
        let codes = by_edition.entry(of).or_default();
        codes.push(thing.code(names));
    }
    let of_one = by_edition.into_iter().map(|(edition, mut codes)| {
        codes.sort_by_cached_key(|code| natural(code));
        let codes = codes.join(", ");
        match edition {
            Some(edition) => format!("{codes} ({edition})"),
            None => codes,
        }
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
    /// The waiver that is in force for it today; `None` = it counts.
    pub waived_by: Option<WaiverId>,
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
            waived_by: None,
        });
        &mut self.found[at]
    }

    /// What was found, each with the edition in which it stands and the waiver that is in force for it.
    pub(crate) fn into_found(self, context: &Context<'_>) -> Vec<Finding> {
        let mut found = self.found;
        for finding in &mut found {
            finding.edition = context.edition_of(finding.subject);
            let (rule, subject) = (finding.rule.code, finding.subject);
            let mut waivers = context.beside.waivers.iter();
            finding.waived_by = waivers
                .find(|waiver| waiver.waives(rule, subject, context.today))
                .map(|waiver| waiver.id);
        }
        found
    }

    /// About which things anything was found.
    pub(crate) fn subjects(&self) -> impl Iterator<Item = Subject> + '_ {
        self.found.iter().map(|finding| finding.subject)
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
}

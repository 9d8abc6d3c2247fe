//! One text that can be put right: its name in forms, what stands, and what may be written there.

use domain::{
    issue::{Issue, Issues, Place},
    text::clean,
};

/// The most letters of a name; of a longer text ten times as many.
const LONGEST_NAME: usize = 500;

/// One text of a thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its name in forms: `title`, `note`, `activity-…`.
    pub name: String,
    /// The text; empty where there is none.
    pub text: String,
    /// Whether it may be changed: what an approved edition prints may not.
    pub open: bool,
    /// What may be written there.
    pub shape: Shape,
}

/// What may be written into a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// One line that cannot be empty.
    Name,
    /// One line, which may be missing.
    Line,
    /// Several lines, which may be missing.
    Text,
}

impl Field {
    /// A name: one line that cannot be empty.
    pub(super) fn name(name: &str, text: &str, open: bool) -> Self {
        Self {
            name: name.to_owned(),
            text: text.to_owned(),
            open,
            shape: Shape::Name,
        }
    }

    /// A name in another language, which may be missing.
    pub(super) fn line(name: &str, text: Option<&String>, open: bool) -> Self {
        Self {
            shape: Shape::Line,
            ..Self::text(name, text, open)
        }
    }

    /// A longer text, which may be missing.
    pub(super) fn text(name: &str, text: Option<&String>, open: bool) -> Self {
        Self {
            name: name.to_owned(),
            text: text.cloned().unwrap_or_default(),
            open,
            shape: Shape::Text,
        }
    }

    /// The same field with what somebody typed, as it is stored.
    pub(super) fn with(&self, typed: &str) -> Self {
        let text = clean(typed).text;
        Self {
            text: match self.shape {
                Shape::Name | Shape::Line => text.replace('\n', " "),
                Shape::Text => text,
            },
            ..self.clone()
        }
    }

    /// Everything that is wrong with it, beside what stands; what somebody leaves as it is, is no fault of theirs.
    pub(super) fn problems(&self, stands: &Self) -> Issues {
        if self.text == stands.text {
            return Issues::new();
        }
        let at = |code| {
            let field = self.name.clone();
            Issue::error(Place::Field { field }, code)
        };
        let mut issues = Issues::new();
        if !stands.open {
            issues.push(at("text.is_fixed"));
        }
        if self.shape == Shape::Name && self.text.is_empty() {
            issues.push(at("text.needed"));
        }
        let longest = match self.shape {
            Shape::Name | Shape::Line => LONGEST_NAME,
            Shape::Text => LONGEST_NAME * 10,
        };
        if self.text.chars().count() > longest {
            issues.push(at("text.too_long").with("most", longest));
        }
        if self.text.contains(char::REPLACEMENT_CHARACTER) {
            issues.push(at("text.damaged"));
        }
        issues
    }
}

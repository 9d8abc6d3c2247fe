//! How a command ends, and how trouble is told: what happened, where, and the next step.

use domain::{
    issue::{Arg, Issue, Issues, Place, Severity},
    locale::Locale,
};
use std::fmt::Write;

/// How a command that did its work ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Exit code 0.
    Clean,
    /// Exit code 1: the work was done and there is something to look at.
    Findings,
}

/// Why a command did not do its work: exit code 2.
#[derive(Debug)]
pub enum Trouble {
    /// What was asked is wrong or cannot be found.
    Issues(Issues),
    /// The database.
    Store(store::Error),
    /// Anything else, in words.
    Other(String),
}

/// What a command gives.
pub type Result<T = Outcome> = std::result::Result<T, Trouble>;

impl Trouble {
    /// One argument of the command is wrong.
    pub fn argument(name: &str, code: &'static str, args: Vec<(&'static str, Arg)>) -> Self {
        let at = Place::Field {
            field: name.to_owned(),
        };
        Trouble::Issues(vec![Issue {
            at,
            code,
            severity: Severity::Error,
            args,
        }])
    }

    /// What the person reads.
    pub fn text(&self, locale: Locale) -> String {
        match self {
            Trouble::Issues(issues) => issues_text(issues, locale),
            Trouble::Store(error) => store_text(error, locale),
            Trouble::Other(text) => format!("{text}\n"),
        }
    }
}

impl From<store::Error> for Trouble {
    fn from(error: store::Error) -> Self {
        Trouble::Store(error)
    }
}

impl From<actions::Error> for Trouble {
    fn from(error: actions::Error) -> Self {
        match error {
            actions::Error::NotFound(issue) | actions::Error::Stale(issue) => {
                Trouble::Issues(vec![*issue])
            }
            actions::Error::Invalid(issues) => Trouble::Issues(issues),
            actions::Error::Forbidden { act, refusal } => Trouble::Issues(vec![refusal.issue(act)]),
            actions::Error::Store(error) => Trouble::Store(error),
            error @ (actions::Error::Catalogue(_) | actions::Error::Hashing) => {
                Trouble::Other(error.to_string())
            }
        }
    }
}

/// Issues, each with its place, its sentence and its next step.
pub fn issues_text(issues: &[Issue], locale: Locale) -> String {
    let mut out = String::new();
    for issue in issues {
        let word = locale.text(match issue.severity {
            Severity::Error => "trouble.error",
            Severity::Warning => "trouble.warning",
            Severity::Advice => "trouble.advice",
        });
        let place = locale.place(&issue.at);
        let colon = if place.is_empty() { "" } else { ": " };
        let _ = writeln!(out, "{word}  {place}{colon}{}", locale.issue(issue));
        if let Some(hint) = locale.hint(issue) {
            let _ = writeln!(out, "    → {hint}");
        }
    }
    out
}

fn store_text(error: &store::Error, locale: Locale) -> String {
    let (key, args): (&str, Vec<(&str, Arg)>) = match error {
        store::Error::Missing { place } => {
            ("trouble.missing", vec![("place", place.as_str().into())])
        }
        store::Error::NotOurs { place, .. } => {
            ("trouble.not_ours", vec![("place", place.as_str().into())])
        }
        store::Error::Newer { .. } => ("trouble.newer", vec![]),
        store::Error::Busy => ("trouble.busy", vec![]),
        store::Error::Unreachable { place, .. } => (
            "trouble.unreachable",
            vec![("place", place.as_str().into())],
        ),
        _ => ("trouble.database", vec![]),
    };
    let detail = match error {
        store::Error::Missing { .. } | store::Error::Busy => String::new(),
        error => format!("    {error}\n"),
    };
    format!("{}\n{detail}", locale.fill(key, &args))
}

//! A report as SARIF 2.1.0 (Static Analysis Results Interchange Format, OASIS Standard, 27 March 2020), so that tools
//! which read findings of other checkers read ours.
//!
//! A plan has no files and lines: each result stands at a logical location, plan and code. Waived findings are results
//! with a suppression, which readers of the format do not count.

mod shape;

pub use shape::Log;

use crate::report::{Both, Report, Row, RuleRow, WaiverRow};
use domain::{issue::Severity, locale::Locale};
use shape::{
    Configuration, Driver, Location, LogicalLocation, Message, PropertyBag, Result, RuleDescriptor,
    Run, Suppression, SuppressionBag, Text, Tool,
};

/// Where the rules of the format are published.
const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// A report as a log of one run. `version` is that of the program.
pub fn log(report: &Report, version: &str) -> Log {
    let open = report.findings.iter().map(|row| result(report, row, None));
    let waived = report.waived.iter();
    let waived = waived.map(|waived| result(report, &waived.row, Some(&waived.waiver)));
    Log {
        schema: SCHEMA,
        version: "2.1.0",
        runs: [Run {
            tool: Tool {
                driver: Driver {
                    name: "saithong",
                    version: version.to_owned(),
                    language: "th",
                    rules: report.rules.iter().map(descriptor).collect(),
                },
            },
            column_kind: "unicodeCodePoints",
            results: open.chain(waived).collect(),
        }],
    }
}

/// How much it matters, in the three words of the format.
const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "note",
    }
}

/// Thai and English on lines of their own: the format has one text for all readers of a log.
fn both(text: &Both) -> String {
    format!("{}\n{}", text.th, text.en)
}

fn descriptor(rule: &RuleRow) -> RuleDescriptor {
    let page = crate::find(rule.code).map_or("", |rule| rule.page);
    RuleDescriptor {
        id: rule.code,
        name: rule.slug,
        short_description: Text {
            text: both(&rule.title),
            markdown: None,
        },
        full_description: Text {
            text: section(page, "What it checks").unwrap_or_else(|| both(&rule.title)),
            markdown: None,
        },
        help: Text {
            text: section(page, "How to repair").unwrap_or_else(|| both(&rule.title)),
            markdown: Some(page.to_owned()),
        },
        default_configuration: Configuration {
            level: level(rule.severity),
        },
    }
}

/// The paragraphs under a heading of a rule's page, in both languages.
fn section(page: &str, english: &str) -> Option<String> {
    let heading = |line: &&str| line.starts_with("## ") && line.ends_with(english);
    let mut lines = page.lines().skip_while(|line| !heading(line));
    lines.next()?;
    let words = lines.take_while(|line| !line.starts_with("## "));
    let words: Vec<&str> = words.filter(|line| !line.trim().is_empty()).collect();
    (!words.is_empty()).then(|| words.join("\n"))
}

fn result(report: &Report, row: &Row, waiver: Option<&WaiverRow>) -> Result {
    let subject = &row.subject;
    let plan = subject.plan.clone().unwrap_or_default();
    let full_name = match plan.is_empty() {
        true => format!("{}/{}", subject.kind, subject.code),
        false => format!("{plan}/{}/{}", subject.kind, subject.code),
    };
    Result {
        rule_id: row.code,
        rule_index: report.rules.iter().position(|rule| rule.code == row.code),
        kind: "fail",
        level: level(row.severity),
        message: Message {
            text: both(&row.sentence),
        },
        locations: [Location {
            logical_locations: [LogicalLocation {
                name: subject.code.clone(),
                fully_qualified_name: full_name,
                kind: subject.kind,
            }],
        }],
        partial_fingerprints: [(
            "saithongFinding/v1",
            format!("{}:{}:{}", row.code, subject.kind, subject.id),
        )]
        .into(),
        properties: PropertyBag {
            plan: subject.plan.clone(),
            name_th: subject.name_th.clone(),
            name_en: subject.name_en.clone(),
            hint: row.hint.as_ref().map(both),
            page: row.page.clone(),
        },
        // An empty list says that nobody suppressed anything; the format tells it from no list at all.
        suppressions: waiver.map(suppression).into_iter().collect(),
    }
}

fn suppression(waiver: &WaiverRow) -> Suppression {
    Suppression {
        kind: "external",
        status: "accepted",
        justification: waiver.sentence(Locale::Th),
        properties: SuppressionBag {
            id: waiver.id.clone(),
            granted_by: waiver.granted_by.clone(),
            until: waiver.until,
            letter: waiver.letter.clone(),
        },
    }
}

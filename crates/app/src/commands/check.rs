//! `saithong check`: everything that should be looked at, with the rule that says why.

use crate::{
    cli::{Check, CheckFormat},
    outcome::{Outcome, Result},
    session::Session,
    table::clip,
};
use checks::{Report, Rule, Scope};
use domain::locale::Locale;
use std::{collections::BTreeSet, fmt::Write};

pub async fn run(session: &Session, args: Check) -> Result {
    let rules = chosen(&args.rule)?;
    let reading = session.read().await?;
    let today = session.today();
    let editions = args
        .plan
        .as_deref()
        .map(|plan| reading.edition(plan).map(|edition| vec![edition]))
        .transpose()?;
    let scope = Scope {
        editions,
        organisations: None,
        today,
    };
    let findings = checks::run_only(&rules, &reading.snapshot, &scope, reading.beside());
    let report = Report::new(today, &rules, &findings, reading.beside());
    match args.format {
        CheckFormat::Json => sayln!("{:#}", serde_json::json!(report)),
        CheckFormat::Sarif => {
            let log = checks::sarif::log(&report, env!("CARGO_PKG_VERSION"));
            sayln!("{:#}", serde_json::json!(log));
        }
        CheckFormat::Text => say!("{}", text(&report, session.locale)),
    }
    Ok(if report.findings.is_empty() {
        Outcome::Clean
    } else {
        Outcome::Findings
    })
}

fn chosen(codes: &[String]) -> Result<Vec<&'static Rule>> {
    if codes.is_empty() {
        return Ok(checks::rules());
    }
    codes
        .iter()
        .map(|code| checks::find(code).ok_or_else(|| super::rule::unknown(code)))
        .collect()
}

/// Findings under the heading of their rule, and a closing line that counts them.
fn text(report: &Report, locale: Locale) -> String {
    let mut out = String::new();
    let plans: BTreeSet<_> = report
        .findings
        .iter()
        .map(|finding| &finding.subject.plan)
        .collect();
    let mut rules: Vec<_> = report
        .rules
        .iter()
        .filter(|rule| rule.findings > 0)
        .collect();
    rules.sort_by_key(|rule| rule.severity);
    for rule in rules {
        let word = checks::severity_word(rule.severity, locale);
        let _ = writeln!(
            out,
            "{} {} · {word} · {}",
            rule.code,
            rule.title.text(locale),
            rule.findings
        );
        for finding in report
            .findings
            .iter()
            .filter(|finding| finding.code == rule.code)
        {
            let subject = &finding.subject;
            let english = subject.name_en.as_deref().filter(|_| locale == Locale::En);
            let name = english.or(subject.name_th.as_deref()).unwrap_or_default();
            // The same code may stand in several plans.
            let plan = subject.plan.as_deref().filter(|_| plans.len() > 1);
            let plan = plan.map_or(String::new(), |plan| format!("{plan} · "));
            let _ = writeln!(out, "  {plan}{} {}", subject.code, clip(name));
            let _ = writeln!(out, "      {}", finding.sentence.text(locale));
        }
        if let Some(hint) = report
            .findings
            .iter()
            .find(|f| f.code == rule.code)
            .and_then(|f| f.hint.as_ref())
        {
            let _ = writeln!(out, "  → {}", hint.text(locale));
        }
        let _ = writeln!(
            out,
            "  {}\n",
            locale.fill("check.page", &[("code", rule.code.into())])
        );
    }
    if !report.waived.is_empty() {
        let _ = writeln!(out, "{}", locale.text("check.waived"));
        for line in report.waived_lines(locale) {
            let _ = writeln!(out, "  {line}");
        }
        out.push('\n');
    }
    let _ = writeln!(out, "{}", report.totals(locale));
    out
}

//! Findings in words: what the command prints, what the API answers and what a page shows.
//!
//! The order is by rule, then by plan and printed code of the thing, so that two runs over the same plan can be compared
//! line by line even when the ids differ. Everything a SARIF file needs is here: the rules, and per finding its rule,
//! level, place and message.

use crate::{beside::Beside, finding::Finding, order::natural, rule::Rule};
use domain::{
    issue::{Arg, Issue, Severity},
    locale::Locale,
    names::Names,
    waiver::Waiver,
};
use jiff::civil::Date;
use serde::Serialize;
use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

/// A sentence in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Both {
    /// ไทย.
    pub th: String,
    /// English.
    pub en: String,
}

impl Both {
    fn of(mut say: impl FnMut(Locale) -> String) -> Self {
        Self {
            th: say(Locale::Th),
            en: say(Locale::En),
        }
    }

    /// The sentence in one language.
    pub fn text(&self, locale: Locale) -> &str {
        match locale {
            Locale::Th => &self.th,
            Locale::En => &self.en,
        }
    }
}

/// A rule that was asked, as a report names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RuleRow {
    /// Its stable code.
    pub code: &'static str,
    /// Its short name in file names.
    pub slug: &'static str,
    /// Its family.
    pub family: &'static str,
    /// How much its findings matter.
    pub severity: Severity,
    /// Its name.
    pub title: Both,
    /// Where its page stands.
    pub page: String,
    /// How many findings it has that count.
    pub findings: usize,
    /// How many of its findings are waived.
    pub waived: usize,
}

/// The thing that a finding is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SubjectRow {
    /// `project`, `node`, `edition`, `organisation`.
    pub kind: &'static str,
    /// Its id.
    pub id: String,
    /// The code people know it by.
    pub code: String,
    /// The label printed before the code: ยุทธศาสตร์, ตัวชี้วัด …
    pub label_th: Option<String>,
    /// The plan in which it stands, by code and label of the edition; the same code stands in many plans.
    pub plan: Option<String>,
    /// Its name as printed, where known.
    pub name_th: Option<String>,
    /// Its English name, where known.
    pub name_en: Option<String>,
}

/// One finding in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    /// Code of the rule.
    pub code: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// About what.
    pub subject: SubjectRow,
    /// What was found.
    pub sentence: Both,
    /// What to do next.
    pub hint: Option<Both>,
    /// The values of the sentence by name, for programs.
    pub args: BTreeMap<&'static str, Arg>,
    /// The page that explains the rule.
    pub page: String,
}

/// A waiver as a report names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WaiverRow {
    /// Its id.
    pub id: String,
    /// Why.
    pub reason: String,
    /// Who gave it.
    pub granted_by: String,
    /// The last day on which it waives.
    pub until: Date,
    /// Number of the letter or resolution it rests on.
    pub letter: Option<String>,
}

impl From<&Waiver> for WaiverRow {
    fn from(waiver: &Waiver) -> Self {
        Self {
            id: waiver.id.to_string(),
            reason: waiver.reason.clone(),
            granted_by: waiver.granted_by.clone(),
            until: waiver.until,
            letter: waiver.letter.clone(),
        }
    }
}

/// A finding that is waived: it stays to be seen and counts for nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WaivedRow {
    /// What was found.
    #[serde(flatten)]
    pub row: Row,
    /// Why it need not be repaired, and until when.
    pub waiver: WaiverRow,
}

/// How many findings there are of each severity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Counts {
    /// ต้องแก้ไขก่อนส่ง.
    pub error: usize,
    /// ควรแก้ไข.
    pub warning: usize,
    /// คำแนะนำ.
    pub advice: usize,
    /// ยกเว้นแล้ว: in none of the others.
    pub waived: usize,
}

/// All findings of one run in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The day for which was looked.
    pub today: Date,
    /// How many findings of each severity.
    pub counts: Counts,
    /// The rules that were asked, also those that found nothing.
    pub rules: Vec<RuleRow>,
    /// The findings that count, by rule, then by plan and printed code of the thing.
    pub findings: Vec<Row>,
    /// The findings that are waived, in the same order.
    pub waived: Vec<WaivedRow>,
}

impl Report {
    /// Puts the findings of `rules` on `today` into words.
    pub fn new(
        today: Date,
        rules: &[&'static Rule],
        findings: &[Finding],
        beside: Beside<'_>,
    ) -> Self {
        let names = beside.names;
        let mut rows: Vec<(&Finding, Issue)> =
            findings.iter().map(|f| (f, f.issue(names))).collect();
        rows.sort_by_cached_key(|(finding, issue)| {
            let code = finding.subject.code(names);
            (
                finding.rule,
                finding.plan(names).map(|plan| natural(&plan)),
                finding.subject.kind(),
                natural(&code),
                issue.args.clone(),
                finding.subject,
            )
        });
        let mut counts = Counts::default();
        let (mut open, mut waived) = (Vec::new(), Vec::new());
        for (finding, issue) in &rows {
            let row = row(finding, issue, names);
            match finding.waived_by.and_then(|id| beside.waiver(id)) {
                Some(waiver) => {
                    counts.waived += 1;
                    let waiver = WaiverRow::from(waiver);
                    waived.push(WaivedRow { row, waiver });
                }
                None => {
                    match finding.severity() {
                        Severity::Error => counts.error += 1,
                        Severity::Warning => counts.warning += 1,
                        Severity::Advice => counts.advice += 1,
                    }
                    open.push(row);
                }
            }
        }
        let rules = rules.iter().map(|rule| RuleRow {
            code: rule.code,
            slug: rule.slug,
            family: rule.family(),
            severity: rule.severity,
            title: Both::of(|locale| rule.title(locale).to_owned()),
            page: rule.page_address(),
            findings: open.iter().filter(|row| row.code == rule.code).count(),
            waived: waived
                .iter()
                .filter(|waived| waived.row.code == rule.code)
                .count(),
        });
        Self {
            today,
            counts,
            rules: rules.collect(),
            findings: open,
            waived,
        }
    }

    /// Whether nothing was found that counts.
    pub fn is_clean(&self) -> bool {
        self.findings.is_empty()
    }

    /// One line per finding: severity, rule, thing, sentence. Stable, so that it can be kept as an expectation. The plan is named where the findings are in several.
    pub fn lines(&self, locale: Locale) -> Vec<String> {
        let plans: BTreeSet<_> = self.findings.iter().map(|row| &row.subject.plan).collect();
        let several = plans.len() > 1;
        let line = |row: &Row| row.line(locale, several);
        self.findings.iter().map(line).collect()
    }

    /// One line per waived finding, as [`Self::lines`] has it, with the end and the reason of the waiver behind it.
    pub fn waived_lines(&self, locale: Locale) -> Vec<String> {
        let plans: BTreeSet<_> = self
            .waived
            .iter()
            .map(|waived| &waived.row.subject.plan)
            .collect();
        let several = plans.len() > 1;
        let line = |waived: &WaivedRow| {
            let line = waived.row.line(locale, several);
            format!("{line} · {}", waived.waiver.sentence(locale))
        };
        self.waived.iter().map(line).collect()
    }

    /// "ต้องแก้ไขก่อนส่ง 1 · ควรแก้ไข 52 · คำแนะนำ 0", and behind it, apart, how many are waived, if any are.
    pub fn totals(&self, locale: Locale) -> String {
        let Counts {
            error,
            warning,
            advice,
            waived,
        } = self.counts;
        let parts = [
            (Severity::Error, error),
            (Severity::Warning, warning),
            (Severity::Advice, advice),
        ]
        .map(|(severity, n)| format!("{} {}", severity_word(severity, locale), group(n)));
        let totals = parts.join(" · ");
        match waived {
            0 => totals,
            n => format!("{totals} ({} {})", locale.text("waiver.waived"), group(n)),
        }
    }
}

impl WaiverRow {
    /// "ยกเว้นถึง 30 ก.ย. 2570: รอผลการพิจารณา (ศธ 0001/2569)".
    pub fn sentence(&self, locale: Locale) -> String {
        let args = [
            ("until", self.until.into()),
            ("reason", self.reason.as_str().into()),
        ];
        let sentence = locale.fill("waiver.until", &args);
        match &self.letter {
            Some(letter) => format!("{sentence} ({letter})"),
            None => sentence,
        }
    }
}

impl Row {
    fn line(&self, locale: Locale, with_plan: bool) -> String {
        let Self { subject, .. } = self;
        let kind = format!("thing.{}", subject.kind);
        // Words stay as printed: a label is Thai and is not translated.
        let what = match (&subject.label_th, locale) {
            (Some(label), Locale::Th) => Cow::Borrowed(label.as_str()),
            _ => locale.text(&kind),
        };
        let plan = match &subject.plan {
            Some(plan) if with_plan => format!(" ({plan})"),
            _ => String::new(),
        };
        let severity = severity_word(self.severity, locale);
        let sentence = self.sentence.text(locale);
        format!(
            "{severity} · {} · {what} {}{plan}: {sentence}",
            self.code, subject.code
        )
    }
}

/// ต้องแก้ไขก่อนส่ง, ควรแก้ไข, คำแนะนำ.
pub fn severity_word(severity: Severity, locale: Locale) -> String {
    locale
        .text(&format!("severity.{}", severity.code()))
        .into_owned()
}

fn row(finding: &Finding, issue: &Issue, names: &Names) -> Row {
    let name = finding.subject.name(names);
    let hint = Locale::Th.hint(issue).zip(Locale::En.hint(issue));
    Row {
        code: issue.code,
        severity: issue.severity,
        subject: SubjectRow {
            kind: finding.subject.kind(),
            id: finding.subject.id(),
            code: finding.subject.code(names),
            label_th: finding.subject.label(names),
            plan: finding.plan(names),
            name_th: name.map(|name| name.name_th.clone()),
            name_en: name.and_then(|name| name.name_en.clone()),
        },
        sentence: Both::of(|locale| locale.issue(issue)),
        hint: hint.map(|(th, en)| Both { th, en }),
        args: issue.args.iter().cloned().collect(),
        page: finding.rule.page_address(),
    }
}

fn group(n: usize) -> String {
    domain::money::group_thousands(n as i64)
}

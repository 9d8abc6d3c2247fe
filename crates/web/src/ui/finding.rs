//! Findings (รายการที่ควรตรวจทาน) and the summary of what is wrong with an input.

use domain::issue::{Issue, Severity};
use domain::locale::Locale;
use maud::{Markup, html};

use super::status::severity_look;
use super::{Icon, code, code_link, flow, icon, small_icon};

/// One finding: how much it matters, its rule, what is so, why it matters, the next thing to do.
#[derive(Debug, Clone)]
pub struct FindingRow<'a> {
    /// How much it matters.
    pub severity: Severity,
    /// Code of the rule.
    pub rule: &'a str,
    /// Page of the rule.
    pub rule_href: Option<&'a str>,
    /// What is so, one sentence.
    pub what: Markup,
    /// Why, or where; may be empty.
    pub why: Markup,
    /// The next thing to do, links or small buttons.
    pub next: Vec<Markup>,
}

impl<'a> FindingRow<'a> {
    /// The row of an issue: its sentence, where it stands and its hint.
    pub fn of(locale: Locale, issue: &'a Issue, rule_href: Option<&'a str>) -> Self {
        let place = locale.place(&issue.at);
        let hint = locale.hint(issue);
        Self {
            severity: issue.severity,
            rule: issue.code,
            rule_href,
            what: flow(&locale.issue(issue)),
            why: html! {
                @if !place.is_empty() { (flow(&place)) }
                @if let Some(hint) = hint { @if !place.is_empty() { "\u{a0}· " } (flow(&hint)) }
            },
            next: Vec::new(),
        }
    }

    /// The finding as it stands in a list (`li`) or alone (`div`).
    pub fn show(&self, locale: Locale) -> Markup {
        let (tone, drawing, key) = severity_look(self.severity);
        html! {
            div class={ "fd " (tone.class()) } {
                p.row {
                    span.sev { (small_icon(drawing)) span { (locale.text(key)) } }
                    @if let Some(href) = self.rule_href { (code_link(self.rule, href)) } @else { (code(self.rule)) }
                }
                h3 { (self.what) }
                @if !self.why.0.is_empty() { p { (self.why) } }
                @if !self.next.is_empty() { div.row { @for next in &self.next { (next) } } }
            }
        }
    }

    /// All of them in one list, without space around: for a flush card.
    pub fn show_all<'r>(locale: Locale, all: impl IntoIterator<Item = &'r FindingRow<'a>>) -> Markup
    where
        'a: 'r,
    {
        html! { ul.fds { @for finding in all { li { (finding.show(locale)) } } } }
    }
}

/// All that is wrong with an input, first on the page, each with what to do.
pub fn error_summary(locale: Locale, title: &str, issues: &[Issue]) -> Markup {
    html! {
        div.errs.stack-s role="alert" tabindex="-1" {
            h2 { (icon(Icon::Octagon)) span { (flow(title)) } }
            ul.stack-s {
                @for issue in issues {
                    li {
                        b { (flow(&locale.issue(issue))) }
                        @if let Some(hint) = locale.hint(issue) { p.small { (flow(&hint)) } }
                    }
                }
            }
        }
    }
}

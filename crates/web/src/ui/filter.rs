//! Filters of a list as a GET form, so that the address can be shared and the page works without script.

use domain::issue::{Issue, Place};
use maud::{Markup, html};

use super::{Icon, flow, small_icon};
use crate::Viewer;
use crate::address::changed;

/// One question of the form.
enum Question<'a> {
    Choose {
        name: &'a str,
        label: &'a str,
        options: Vec<(String, String)>,
        chosen: &'a str,
    },
    Write {
        name: &'a str,
        label: &'a str,
        value: &'a str,
    },
}

/// A bar of filters: chips for the few states that are counted, lists for the rest.
pub struct Filters<'a> {
    action: String,
    results: Option<&'a str>,
    questions: Vec<Question<'a>>,
    kept: Vec<(&'a str, &'a str)>,
    chips: Option<Markup>,
    issues: &'a [Issue],
}

impl<'a> Filters<'a> {
    /// Filters of the page at `action`.
    pub fn new(action: impl Into<String>) -> Self {
        Self {
            action: action.into(),
            results: None,
            questions: Vec::new(),
            kept: Vec::new(),
            chips: None,
            issues: &[],
        }
    }

    /// What is wrong with the answers, said at them.
    #[must_use]
    pub fn wrong(mut self, issues: &'a [Issue]) -> Self {
        self.issues = issues;
        self
    }

    /// With script, only the element with this id is fetched and exchanged when an answer changes; the page then needs
    /// `Script::Refresh`.
    #[must_use]
    pub fn refreshing(mut self, id: &'a str) -> Self {
        self.results = Some(id);
        self
    }

    /// A list to choose from: `(value, word)`, the empty value first for "all".
    #[must_use]
    pub fn choose(
        mut self,
        name: &'a str,
        label: &'a str,
        options: Vec<(String, String)>,
        chosen: &'a str,
    ) -> Self {
        self.questions.push(Question::Choose {
            name,
            label,
            options,
            chosen,
        });
        self
    }

    /// Words to look for within the list.
    #[must_use]
    pub fn write(mut self, name: &'a str, label: &'a str, value: &'a str) -> Self {
        self.questions.push(Question::Write { name, label, value });
        self
    }

    /// An answer that the form passes on unseen.
    #[must_use]
    pub fn keep(mut self, name: &'a str, value: &'a str) -> Self {
        self.kept.push((name, value));
        self
    }

    /// Chips that are links, for states with their counts: `(value, word, count)`, the empty value first for "all".
    #[must_use]
    pub fn chips(
        mut self,
        viewer: &Viewer,
        name: &'a str,
        label: &str,
        options: &[(&str, &str, u64)],
        chosen: &'a str,
    ) -> Self {
        let without_page = changed(viewer.query(), "page", "");
        self.chips = Some(html! {
            nav.chips aria-label=(label) {
                @for (value, word, count) in options {
                    @let query = changed(&without_page, name, value);
                    a.chip href={ (self.action) (query) } aria-current=[(*value == chosen).then_some("true")] {
                        span { (flow(word)) } b.num { (super::count(*count)) }
                    }
                }
            }
        });
        self.keep(name, chosen)
    }

    fn issue(&self, name: &str) -> Option<&'a Issue> {
        let here = |issue: &&Issue| matches!(&issue.at, Place::Field { field } if field == name);
        self.issues.iter().find(here)
    }

    /// The bar, with a way to clear it when anything is chosen.
    pub fn show(self, viewer: &Viewer) -> Markup {
        let any = self.kept.iter().any(|(_, value)| !value.is_empty())
            || self.questions.iter().any(|question| match question {
                Question::Choose { chosen, .. } => !chosen.is_empty(),
                Question::Write { value, .. } => !value.is_empty(),
            });
        let target = self.results.map(|id| format!("#{id}"));
        html! {
            @if let Some(chips) = &self.chips { (chips) }
            form.filters method="get" action=(self.action) aria-label=(viewer.say("ui.filters"))
                hx-get=[target.as_ref().map(|_| &self.action)] hx-target=[&target] hx-select=[&target]
                hx-swap=[target.as_ref().map(|_| "outerHTML")] hx-push-url=[target.as_ref().map(|_| "true")]
                hx-trigger=[target.as_ref().map(|_| "change, submit")] {
                @for (name, value) in self.kept.iter().filter(|(_, value)| !value.is_empty()) {
                    input type="hidden" name=(name) value=(value);
                }
                @for question in &self.questions {
                    @match question {
                        Question::Choose { name, label, options, chosen } => {
                            label {
                                (flow(label))
                                select name=(name) {
                                    @for (value, word) in options { option value=(value) selected[value == chosen] { (word) } }
                                }
                            }
                        }
                        Question::Write { name, label, value } => {
                            @let issue = self.issue(name);
                            @let said = issue.map(|_| format!("e-{name}"));
                            label {
                                (flow(label))
                                input type="search" name=(name) value=(value) maxlength="200" aria-invalid=[issue.map(|_| "true")] aria-describedby=[&said];
                            }
                            @if let Some(issue) = issue { p.err-t role="alert" id=[&said] { (small_icon(Icon::Octagon)) span { (flow(&viewer.locale.issue(issue))) } } }
                        }
                    }
                }
                @if !self.questions.is_empty() {
                    button.btn type="submit" { (small_icon(Icon::Search)) span { (viewer.say("ui.filters.apply")) } }
                }
                @if any { a.btn.btn-g href=(self.action) { (viewer.say("ui.filters.clear")) } }
            }
        }
    }
}

//! Fields of a form in the order label, hint, error, control; what was typed survives every error.

use domain::issue::{Issue, Place};
use domain::time::month_name;
use maud::{Markup, html};

use super::{Icon, flow, icon, small_icon};
use crate::Viewer;
use crate::form::{CSRF, Fields};

/// A form in the making: what it is filled with and what is wrong with that.
pub struct Form<'a> {
    viewer: &'a Viewer,
    /// The first part of the keys of its words: `account.sign_in` finds `account.sign_in.password` for the label of
    /// the field `password`, and `….password.hint` for its hint.
    words: &'a str,
    fields: &'a Fields,
    issues: &'a [Issue],
}

/// Choices in groups: the heading of each, and its values with their words.
pub type Groups = Vec<(String, Vec<(String, String)>)>;

/// What kind of text a field takes, for the keyboard of a telephone and the memory of a browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Words.
    Text,
    /// A name to sign in with.
    Account,
    /// A password that exists.
    Password,
    /// A password in the making.
    NewPassword,
    /// Six digits that are used once.
    Code,
    /// A whole number.
    Number,
    /// A number that may have decimals.
    Decimal,
}

/// How many choices one still looks through; of more, one types a part.
const FEW: usize = 30;

/// How a choice stands in a list through which one searches: its words and its code.
pub fn choice_words(value: &str, word: &str) -> String {
    format!("{word} ({value})")
}

impl<'a> Form<'a> {
    /// A form whose words stand under `words` in `locales/`.
    pub fn new(
        viewer: &'a Viewer,
        words: &'a str,
        fields: &'a Fields,
        issues: &'a [Issue],
    ) -> Self {
        Self {
            viewer,
            words,
            fields,
            issues,
        }
    }

    /// The form with its fields and its one filled button, after the summary of what is wrong.
    pub fn show(&self, action: &str, button: &str, body: Markup) -> Markup {
        self.framed(action, None, button, body)
    }

    /// The same for a form that sends files.
    pub fn show_with_files(&self, action: &str, button: &str, body: Markup) -> Markup {
        self.framed(action, Some("multipart/form-data"), button, body)
    }

    fn framed(&self, action: &str, enctype: Option<&str>, button: &str, body: Markup) -> Markup {
        html! {
            form.stack.form method="post" action=(action) enctype=[enctype] novalidate {
                (self.summary())
                (secret(self.viewer))
                (body)
                div.row { button.btn.btn-p.btn-l type="submit" { span { (flow(button)) } } }
            }
        }
    }

    /// All problems at once, each leading to its field.
    pub fn summary(&self) -> Markup {
        let locale = self.viewer.locale;
        // A form that records nothing says in words of its own what was not done.
        let own = format!("{}.problems", self.words);
        let heading = locale.find(&own).map_or("form.problems", |_| own.as_str());
        html! {
            @if !self.issues.is_empty() {
                div.errs.stack-s id="problems" role="alert" tabindex="-1" autofocus {
                    h2 { (icon(Icon::Octagon)) span { (flow(&self.viewer.say(heading))) } }
                    ul.stack-s {
                        @for issue in self.issues {
                            li {
                                @match &issue.at {
                                    Place::Field { field } => a href={ "#f-" (field) } { (flow(&self.at_field(field, issue))) },
                                    _ => b { (flow(&locale.issue(issue))) },
                                }
                                @if let Some(hint) = locale.hint(issue) { p.small { (flow(&hint)) } }
                            }
                        }
                    }
                }
            }
        }
    }

    /// A problem with the name of its field: two fields may lack the same thing.
    fn at_field(&self, field: &str, issue: &Issue) -> String {
        let locale = self.viewer.locale;
        let said = locale.issue(issue);
        match locale.find(&format!("{}.{field}", self.words)) {
            Some(label) => format!("{label}: {said}"),
            None => said,
        }
    }

    /// A line of text.
    pub fn text(&self, name: &str, kind: Kind) -> Markup {
        let secret = matches!(kind, Kind::Password | Kind::NewPassword | Kind::Code);
        let value = (!secret).then(|| self.fields.text(name));
        let (input, mode, complete) = match kind {
            Kind::Text => ("text", None, None),
            Kind::Account => ("text", None, Some("username")),
            Kind::Password => ("password", None, Some("current-password")),
            Kind::NewPassword => ("password", None, Some("new-password")),
            Kind::Code => ("text", Some("numeric"), Some("one-time-code")),
            Kind::Number => ("text", Some("numeric"), None),
            Kind::Decimal => ("text", Some("decimal"), None),
        };
        let plain = matches!(kind, Kind::Account).then_some("none");
        self.around(name, html! {
            input.in id={ "f-" (name) } name=(name) type=(input) value=[value] inputmode=[mode] autocomplete=[complete]
                autocapitalize=[plain] aria-invalid=[self.wrong(name)] aria-describedby=[self.described(name)];
        })
    }

    /// Several lines of text.
    pub fn lines(&self, name: &str, rows: u8) -> Markup {
        self.around(name, html! {
            textarea.in id={ "f-" (name) } name=(name) rows=(rows) aria-invalid=[self.wrong(name)] aria-describedby=[self.described(name)] {
                (self.fields.text(name))
            }
        })
    }

    /// Several lines of text under a label that is not in `locales/` as it is: "activity 3".
    pub fn lines_called(&self, name: &str, label: &str, rows: u8) -> Markup {
        self.labelled(name, label, html! {
            textarea.in id={ "f-" (name) } name=(name) rows=(rows) aria-invalid=[self.wrong(name)] aria-describedby=[self.described(name)] {
                (self.fields.text(name))
            }
        })
    }

    /// One of a list: values with their words. The first, empty one asks to choose.
    pub fn choice(&self, name: &str, choices: &[(String, String)]) -> Markup {
        let chosen = self.fields.text(name);
        self.around(name, html! {
            select.in id={ "f-" (name) } name=(name) aria-invalid=[self.wrong(name)] aria-describedby=[self.described(name)] {
                option value="" selected[chosen.is_empty()] { (self.viewer.say("form.choose")) }
                @for (value, word) in choices {
                    option value=(value) selected[chosen == value] { (word) }
                }
            }
        })
    }

    /// One of a long list whose choices stand in groups: a telephone shows these as headings.
    pub fn grouped_choice(&self, name: &str, groups: &Groups) -> Markup {
        let chosen = self.fields.text(name);
        self.around(name, html! {
            select.in id={ "f-" (name) } name=(name) aria-invalid=[self.wrong(name)] aria-describedby=[self.described(name)] {
                option value="" selected[chosen.is_empty()] { (self.viewer.say("form.choose")) }
                @for (group, choices) in groups {
                    optgroup label=(group) {
                        @for (value, word) in choices {
                            option value=(value) selected[chosen == value] { (word) }
                        }
                    }
                }
            }
        })
    }

    /// One of a list that may be long: where it is, a field in which one types any part of the word and chooses from
    /// what fits, without script; [`crate::form::picked`] reads either.
    pub fn pick(&self, name: &str, choices: &[(String, String)]) -> Markup {
        if choices.len() <= FEW {
            return self.choice(name, choices);
        }
        let (list, how) = (format!("l-{name}"), format!("p-{name}"));
        let described = self.described(name);
        let described = described.map_or_else(|| how.clone(), |said| format!("{how} {said}"));
        self.around(name, html! {
            span.hint id=(how) { (flow(&self.viewer.say("form.pick.hint"))) }
            input.in id={ "f-" (name) } name=(name) type="text" list=(list) value=(self.fields.text(name)) autocomplete="off"
                aria-invalid=[self.wrong(name)] aria-describedby=(described);
            datalist id=(list) {
                @for (value, word) in choices { option value=(choice_words(value, word)) {} }
            }
        })
    }

    /// A box to tick.
    pub fn tick(&self, name: &str) -> Markup {
        self.tick_called(name, &self.label(name))
    }

    /// A box to tick under a label that stands elsewhere in `locales/`: one of a closed list.
    pub fn tick_called(&self, name: &str, label: &str) -> Markup {
        html! {
            p.f.tick {
                input id={ "f-" (name) } name=(name) type="checkbox" value="1" checked[self.fields.ticked(name)] aria-describedby=[self.described(name)];
                label for={ "f-" (name) } { (flow(label)) }
                (self.hint_and_error(name))
            }
        }
    }

    /// A day as Thai offices write it: day, month, พ.ศ., typed as one line so that a date can be pasted.
    pub fn day(&self, name: &str) -> Markup {
        let part = |part: &str| format!("{name}-{part}");
        let (day, month, year) = (part("day"), part("month"), part("year"));
        let chosen = self.fields.text(&month);
        html! {
            fieldset class=(self.class(name)) id={ "f-" (name) } tabindex="-1" aria-describedby=[self.described(name)] {
                legend { (flow(&self.label(name))) }
                (self.hint_and_error(name))
                div.date {
                    p { label for={ "f-" (day) } { (self.viewer.say("form.day")) }
                        input.in.in-2 id={ "f-" (day) } name=(day) inputmode="numeric" value=(self.fields.text(&day)) aria-invalid=[self.wrong(name)]; }
                    p { label for={ "f-" (month) } { (self.viewer.say("form.month")) }
                        select.in id={ "f-" (month) } name=(month) aria-invalid=[self.wrong(name)] {
                            option value="" selected[chosen.is_empty()] { "–" }
                            @for number in 1..=12_i8 {
                                @let value = number.to_string();
                                option value=(value) selected[chosen == value] { (month_name(number, self.viewer.locale)) }
                            }
                        } }
                    p { label for={ "f-" (year) } { (self.viewer.say("form.year_be")) }
                        input.in.in-4 id={ "f-" (year) } name=(year) inputmode="numeric" value=(self.fields.text(&year)) aria-invalid=[self.wrong(name)]; }
                }
            }
        }
    }

    /// Files to send; `accept` as browsers take it (`.pdf,.png`).
    pub fn files(&self, name: &str, accept: &str, several: bool) -> Markup {
        // No page can choose files for a person: what was chosen is named, so that nothing is forgotten.
        let sent = self.fields.files.iter().filter(|file| file.field == name);
        let names: Vec<&str> = sent.map(|file| &*file.name).collect();
        let again = [("names", names.join(", ").into())];
        self.around(name, html! {
            @if !names.is_empty() { span.hint { (flow(&self.viewer.say_with("form.files_again", &again))) } }
            input.in id={ "f-" (name) } name=(name) type="file" accept=(accept) multiple[several] aria-invalid=[self.wrong(name)] aria-describedby=[self.described(name)];
        })
    }

    /// A value that the form carries and the person does not see.
    pub fn hidden(&self, name: &str, value: &str) -> Markup {
        html! { input type="hidden" name=(name) value=(value); }
    }

    fn around(&self, name: &str, control: Markup) -> Markup {
        self.labelled(name, &self.label(name), control)
    }

    fn labelled(&self, name: &str, label: &str, control: Markup) -> Markup {
        html! {
            div class=(self.class(name)) {
                label for={ "f-" (name) } { (flow(label)) }
                (self.hint_and_error(name))
                (control)
            }
        }
    }

    fn hint_and_error(&self, name: &str) -> Markup {
        html! {
            @if let Some(hint) = self.hint(name) { span.hint id={ "h-" (name) } { (flow(&hint)) } }
            @if let Some(issue) = self.issue(name) {
                span.err-t id={ "e-" (name) } {
                    (small_icon(Icon::Octagon))
                    span { span.sr { (self.viewer.say("form.problem")) } (flow(&self.viewer.locale.issue(issue))) }
                }
            }
        }
    }

    fn label(&self, name: &str) -> String {
        self.viewer
            .say(&format!("{}.{name}", self.words))
            .into_owned()
    }

    fn hint(&self, name: &str) -> Option<String> {
        self.viewer
            .locale
            .find(&format!("{}.{name}.hint", self.words))
            .map(Into::into)
    }

    fn issue(&self, name: &str) -> Option<&Issue> {
        let here = |issue: &&Issue| matches!(&issue.at, Place::Field { field } if field == name);
        self.issues.iter().find(here)
    }

    fn wrong(&self, name: &str) -> Option<&'static str> {
        self.issue(name).map(|_| "true")
    }

    fn class(&self, name: &str) -> &'static str {
        if self.issue(name).is_some() {
            "f bad"
        } else {
            "f"
        }
    }

    fn described(&self, name: &str) -> Option<String> {
        let hint = self.hint(name).map(|_| format!("h-{name}"));
        let error = self.issue(name).map(|_| format!("e-{name}"));
        match (hint, error) {
            (Some(hint), Some(error)) => Some(format!("{hint} {error}")),
            (hint, error) => hint.or(error),
        }
    }
}

/// The field by which a form proves that it comes from the session that asked for it.
pub fn secret(viewer: &Viewer) -> Markup {
    html! {
        @if let Some(signed_in) = viewer.signed_in() { input type="hidden" name=(CSRF) value=(signed_in.csrf); }
    }
}

/// A button that does one thing: a form of its own.
pub fn act_button(viewer: &Viewer, action: &str, word: &str, fields: &[(&str, &str)]) -> Markup {
    html! {
        form.inline method="post" action=(action) {
            (secret(viewer))
            @for (name, value) in fields { input type="hidden" name=(name) value=(value); }
            button.btn.btn-s type="submit" { span { (flow(word)) } }
        }
    }
}

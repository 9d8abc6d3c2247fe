//! Boxes and headings: page heading, section, card, rows, notice, definition list, buttons.

use domain::locale::Locale;
use maud::{Markup, Render, html};

use super::{Icon, Tone, flow, icon, small_icon};

/// The heading of a page: what it is, one line of context, at most three actions.
pub fn heading(title: impl Render, context: impl Render, actions: &[Markup]) -> Markup {
    html! {
        div.ph {
            div { h1 { (title) } p { (context) } }
            @if !actions.is_empty() { div.row { @for action in actions { (action) } } }
        }
    }
}

/// A section of a public page with its own heading, named by `id` for links within the page.
pub fn section(
    id: &str,
    title: &str,
    lead: &str,
    action: Option<Markup>,
    body: impl Render,
) -> Markup {
    html! {
        section.sec aria-labelledby=(id) {
            div.sec-h {
                div { h2 id=(id) { (flow(title)) } @if !lead.is_empty() { p { (flow(lead)) } } }
                @if let Some(action) = action { (action) }
            }
            (body)
        }
    }
}

/// A white box with a heading, an optional line, one control at the right, a body and a foot.
pub struct Card<'a> {
    title: &'a str,
    line: Option<Markup>,
    aside: Option<Markup>,
    foot: Option<Markup>,
    flush: bool,
}

impl<'a> Card<'a> {
    /// A card with a heading of the second level.
    pub fn new(title: &'a str) -> Self {
        Self {
            title,
            line: None,
            aside: None,
            foot: None,
            flush: false,
        }
    }

    /// One line below the heading.
    #[must_use]
    pub fn line(mut self, line: impl Render) -> Self {
        self.line = Some(html! { (line) });
        self
    }

    /// One link, control or mark at the right of the heading.
    #[must_use]
    pub fn aside(mut self, aside: impl Render) -> Self {
        self.aside = Some(html! { (aside) });
        self
    }

    /// A line below the body.
    #[must_use]
    pub fn foot(mut self, foot: impl Render) -> Self {
        self.foot = Some(html! { (foot) });
        self
    }

    /// Without space around the body: for tables, rows and findings.
    #[must_use]
    pub fn flush(mut self) -> Self {
        self.flush = true;
        self
    }

    /// The card around its body.
    pub fn show(self, body: impl Render) -> Markup {
        html! {
            section.card {
                div.card-h {
                    div.grow {
                        h2 { (flow(self.title)) }
                        @if let Some(line) = self.line { p { (line) } }
                    }
                    @if let Some(aside) = self.aside { (aside) }
                }
                @if self.flush { (body) } @else { div.card-b { (body) } }
                @if let Some(foot) = self.foot { div.card-f { (foot) } }
            }
        }
    }
}

/// One line of a list of things.
#[derive(Debug, Clone)]
pub struct Row {
    /// What stands before the name: an icon, a code.
    pub mark: Option<Markup>,
    /// The name.
    pub title: Markup,
    /// Where the name leads.
    pub href: Option<String>,
    /// One line below the name.
    pub line: Option<Markup>,
    /// What stands at the right: a state, a figure.
    pub aside: Option<Markup>,
}

/// A list of things, each with a name that may lead to its page.
pub fn rows(all: impl IntoIterator<Item = Row>) -> Markup {
    html! {
        ul.rows {
            @for row in all {
                li {
                    div { @if let Some(mark) = row.mark { (mark) } }
                    div {
                        div.tt { @if let Some(href) = row.href { a href=(href) { (row.title) } } @else { (row.title) } }
                        @if let Some(line) = row.line { p { (line) } }
                    }
                    @if let Some(aside) = row.aside { div { (aside) } }
                }
            }
        }
    }
}

/// A notice with an icon; `Tone::Mute` for plain information.
pub fn note(tone: Tone, drawing: Icon, body: impl Render) -> Markup {
    let look = match tone {
        Tone::Ok => "note ok",
        Tone::Below | Tone::Risk => "note below",
        Tone::Crit => "note crit",
        _ => "note",
    };
    html! { div class=(look) { (icon(drawing)) div.grow { (body) } } }
}

/// Terms and what they are, two columns.
pub fn definitions<T: Render, D: Render>(pairs: impl IntoIterator<Item = (T, D)>) -> Markup {
    html! { dl.kv { @for (term, what) in pairs { dt { (term) } dd { (what) } } } }
}

/// Says that figures beside it are samples.
pub fn sample(locale: Locale) -> Markup {
    html! { span.sample { (locale.text("ui.sample")) } }
}

/// Marks and what they mean.
pub fn legend(entries: impl IntoIterator<Item = Markup>) -> Markup {
    html! { p.legend { @for entry in entries { span { (entry) } } } }
}

/// A link that looks like a button; at most one of a page is `filled`.
pub fn button(href: &str, drawing: Option<Icon>, word: &str, filled: bool) -> Markup {
    html! {
        a class=(if filled { "btn btn-p" } else { "btn" }) href=(href) { @if let Some(drawing) = drawing { (small_icon(drawing)) } span { (flow(word)) } }
    }
}

/// A small button in a row or a finding.
pub fn small_button(href: &str, word: &str) -> Markup {
    html! { a.btn.btn-s href=(href) { span { (flow(word)) } } }
}

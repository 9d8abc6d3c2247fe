//! Ways through a page: where it lies, segments, tabs, pages of a list, the search form.

use maud::{Markup, html};

use super::{Icon, flow, icon, small_icon};
use crate::Viewer;
use crate::address::changed;

/// One of several ways to look at the same thing.
#[derive(Debug, Clone)]
pub struct Choice {
    /// Its word.
    pub word: String,
    /// Its address.
    pub href: String,
    /// Whether it is the one shown.
    pub here: bool,
}

impl Choice {
    /// A choice.
    pub fn new(word: impl Into<String>, href: impl Into<String>, here: bool) -> Self {
        Self {
            word: word.into(),
            href: href.into(),
            here,
        }
    }
}

/// A segmented control of links: two to four choices.
pub fn segments(label: &str, choices: &[Choice]) -> Markup {
    html! {
        nav.seg aria-label=(label) {
            @for choice in choices {
                @if choice.here { span aria-current="true" { span { (flow(&choice.word)) } } }
                @else { a href=(choice.href) { span { (flow(&choice.word)) } } }
            }
        }
    }
}

/// Tabs as links: parts of one thing, each with its own address, with a count where one helps.
pub fn tabs(label: &str, choices: &[(Choice, Option<u64>)]) -> Markup {
    html! {
        nav.tabs aria-label=(label) {
            @for (choice, count) in choices {
                a href=(choice.href) aria-current=[choice.here.then_some("page")] {
                    span { (flow(&choice.word)) }
                    @if let Some(count) = count { (super::count_badge(*count)) }
                }
            }
        }
    }
}

/// Where the page lies: the pages above it, outermost first, and its own name.
pub fn crumbs(viewer: &Viewer, above: &[(Markup, String)], here: impl maud::Render) -> Markup {
    html! {
        nav.crumbs aria-label=(viewer.say("ui.crumbs")) {
            ol {
                @for (name, href) in above { li { a href=(href) { (name) } (small_icon(Icon::Right)) } }
                li aria-current="page" { span { (here) } }
            }
        }
    }
}

/// Earlier and later parts of a list of `total` things, `per_page` at a time, `page` counted from 1. Nothing where the list
/// is empty: "0–0 of 0" tells less than the words in its place.
pub fn pagination(viewer: &Viewer, page: u64, per_page: u64, total: u64) -> Markup {
    if total == 0 {
        return html! {};
    }
    let pages = total.div_ceil(per_page.max(1)).max(1);
    let page = page.clamp(1, pages);
    let (first, last) = (
        ((page - 1) * per_page + 1).min(total),
        (page * per_page).min(total),
    );
    let to = |page: u64| {
        let word = if page == 1 {
            String::new()
        } else {
            page.to_string()
        };
        let query = changed(viewer.query(), "page", &word);
        if query.is_empty() {
            viewer
                .here()
                .rest
                .split('?')
                .next()
                .map(|rest| viewer.to(rest))
                .unwrap_or_default()
        } else {
            query
        }
    };
    html! {
        nav.pages aria-label=(viewer.say("ui.pages")) {
            p.dim {
                (flow(&viewer.say_with("ui.pages.range", &[
                    ("first", super::count(first).into()), ("last", super::count(last).into()), ("total", super::count(total).into()),
                ])))
            }
            @if pages > 1 {
                ul {
                    @if page > 1 { li { a.btn.btn-s rel="prev" href=(to(page - 1)) { (viewer.say("ui.pages.before")) } } }
                    @if page < pages { li { a.btn.btn-s rel="next" href=(to(page + 1)) { (viewer.say("ui.pages.after")) } } }
                }
            }
        }
    }
}

/// A search box that asks by GET. `wide` where it is the matter of the page; `id` must be unique on the page.
pub fn search_form(viewer: &Viewer, action: &str, id: &str, value: &str, wide: bool) -> Markup {
    // Two search boxes on one page are two landmarks, which must differ in name.
    let label = viewer.say(if wide {
        "ui.search.here"
    } else {
        "ui.search.all"
    });
    html! {
        form class=(if wide { "find wide" } else { "find" }) role="search" method="get" action=(action) aria-label=(label) {
            label.sr for=(id) { (label) }
            input id=(id) type="search" name="q" value=(value) maxlength="200" placeholder=(viewer.say("ui.search.hint"));
            button.btn type="submit" aria-label=(viewer.say("ui.search")) {
                @if wide { (icon(Icon::Search)) span { (viewer.say("ui.search")) } } @else { (small_icon(Icon::Search)) }
            }
        }
    }
}

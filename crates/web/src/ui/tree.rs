//! The tree of a plan's elements; it opens and closes without script. Needs `Group::Tree`.

use domain::locale::Locale;
use maud::{Markup, html};

use super::{Icon, code, flow, icon, small_icon};

/// An element and what stands below it.
#[derive(Debug, Clone)]
pub struct Branch {
    /// Printed label: ยุทธศาสตร์, เป้าประสงค์ …
    pub label: String,
    /// Printed code; empty if it has none.
    pub code: String,
    /// Its name.
    pub name: Markup,
    /// Its page.
    pub href: Option<String>,
    /// A figure or state at the end of the line.
    pub tail: Option<Markup>,
    /// Whether it stands open at first.
    pub open: bool,
    /// Whether it is the one the page speaks of.
    pub here: bool,
    /// Below it.
    pub below: Vec<Branch>,
}

/// The whole tree.
pub fn tree(locale: Locale, branches: &[Branch]) -> Markup {
    html! { div.tree { (level(locale, branches)) } }
}

fn level(locale: Locale, branches: &[Branch]) -> Markup {
    html! {
        ul {
            @for branch in branches {
                li {
                    @if branch.below.is_empty() {
                        div class=(if branch.here { "leaf me" } else { "leaf" }) { (line(branch, branch.href.as_deref())) }
                    } @else {
                        details class=[branch.here.then_some("me")] open[branch.open] {
                            // A link inside what opens and closes could not be told apart from it by a keyboard.
                            summary { (icon(Icon::Right)) (line(branch, None)) }
                            @if let Some(href) = &branch.href {
                                a.own.small href=(href) {
                                    (locale.text("ui.tree.open")) span.sr { " " (branch.name) } (small_icon(Icon::Arrow))
                                }
                            }
                            (level(locale, &branch.below))
                        }
                    }
                }
            }
        }
    }
}

fn line(branch: &Branch, href: Option<&str>) -> Markup {
    html! {
        @if !branch.label.is_empty() { span.lb { (flow(&branch.label)) } }
        @if !branch.code.is_empty() { (code(&branch.code)) }
        span.nm { @if let Some(href) = href { a href=(href) { (branch.name) } } @else { (branch.name) } }
        @if let Some(tail) = &branch.tail { span.cap.dim { (tail) } }
    }
}

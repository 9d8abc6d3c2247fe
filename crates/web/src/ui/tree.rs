//! The tree of a plan's elements; it opens and closes without script. Needs `Group::Tree`.

use maud::{Markup, html};

use super::{Icon, code, flow, icon};

/// An element and what stands below it.
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
pub fn tree(branches: &[Branch]) -> Markup {
    html! { div.tree { (level(branches)) } }
}

fn level(branches: &[Branch]) -> Markup {
    html! {
        ul {
            @for branch in branches {
                li {
                    @if branch.below.is_empty() {
                        div.leaf.me[branch.here] { (line(branch)) }
                    } @else {
                        details.me[branch.here] open[branch.open] {
                            summary { (icon(Icon::Right)) (line(branch)) }
                            (level(&branch.below))
                        }
                    }
                }
            }
        }
    }
}

fn line(branch: &Branch) -> Markup {
    html! {
        @if !branch.label.is_empty() { span.lb { (flow(&branch.label)) } }
        @if !branch.code.is_empty() { (code(&branch.code)) }
        span.nm { @if let Some(href) = &branch.href { a href=(href) { (branch.name) } } @else { (branch.name) } }
        @if let Some(tail) = &branch.tail { span.cap.dim { (tail) } }
    }
}

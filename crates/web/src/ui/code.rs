//! Codes: SDG red marks goal and target codes and nothing else; every other code is grey.

use maud::{Markup, html};

/// The code of a goal or target, red on white paper: `4.1`.
pub fn target_code(code: &str) -> Markup {
    html! { span.tcode { (code) } }
}

/// The code of a target in a list or table, red on a tint.
pub fn target_code_small(code: &str) -> Markup {
    html! { span.tcode.q.s { (code) } }
}

/// The code of a target that leads to its page.
pub fn target_link(code: &str, href: &str) -> Markup {
    html! { a.tcode.q.s href=(href) { (code) } }
}

/// Any other code: of a rule, a project, a plan's element.
pub fn code(code: &str) -> Markup {
    html! { span.code { (code) } }
}

/// A code that leads to the page which explains it.
pub fn code_link(code: &str, href: &str) -> Markup {
    html! { a.code href=(href) { (code) } }
}

/// How many, beside a heading or in a chip.
pub fn count_badge(count: u64) -> Markup {
    html! { span.count { (super::count(count)) } }
}

//! The golden thread as a breadcrumb of rings: where a thing stands between SDG 4 and the classroom.

use domain::locale::Locale;
use maud::{Markup, html};

/// How a ring hangs on the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JointState {
    /// By an approved link.
    Joined,
    /// By a proposed link: drawn broken.
    Proposed,
    /// Something is not connected here: dashed red.
    Missing,
    /// The page itself.
    Here,
}

/// One ring.
#[derive(Debug, Clone)]
pub struct Joint<'a> {
    /// What it is.
    pub text: Markup,
    /// Its page.
    pub href: Option<&'a str>,
    /// How it hangs on the one before.
    pub state: JointState,
}

/// The thread from SDG 4 down; vertical on a phone.
pub fn path(locale: Locale, joints: &[Joint<'_>]) -> Markup {
    let after_gap = |at: usize| at > 0 && joints[at - 1].state == JointState::Missing;
    html! {
        nav aria-label=(locale.text("ui.thread")) {
            ol.path {
                @for (at, joint) in joints.iter().enumerate() {
                    @let look = match joint.state {
                        JointState::Missing => "gap",
                        _ if after_gap(at) => "after-gap",
                        JointState::Proposed => "weak",
                        JointState::Joined | JointState::Here => "",
                    };
                    @let here = (joint.state == JointState::Here).then_some("page");
                    li class=[(!look.is_empty()).then_some(look)] {
                        @if let Some(href) = joint.href { a href=(href) aria-current=[here] { span { (joint.text) (word(locale, joint)) } } }
                        @else { span aria-current=[here] { span { (joint.text) (word(locale, joint)) } } }
                    }
                }
            }
        }
    }
}

/// What the drawing alone would say.
fn word(locale: Locale, joint: &Joint<'_>) -> Markup {
    html! {
        @if joint.state == JointState::Proposed { span.sr { " (" (locale.text("ui.link.proposed")) ")" } }
    }
}

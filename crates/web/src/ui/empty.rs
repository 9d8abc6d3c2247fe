//! Empty places say what belongs there, why it is empty and what can be done. Three kinds, never mixed up.

use maud::{Markup, html};

use super::{Icon, flow, icon};

/// Why a place is empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Empty {
    /// Nothing has been entered yet.
    NoData,
    /// Something is there, but nothing that fits the filters or the words.
    NoMatch,
    /// Something may be there, but it is not open to the viewer.
    NoRight,
}

impl Empty {
    /// The empty place. `what` belongs there, `why` it is empty, `action` is one link or button.
    pub fn show(self, what: &str, why: &str, action: Option<Markup>) -> Markup {
        let drawing = match self {
            Empty::NoData => Icon::Folder,
            Empty::NoMatch => Icon::Search,
            Empty::NoRight => Icon::Lock,
        };
        html! {
            div.empty {
                span.ic { (icon(drawing)) }
                p.tt { (flow(what)) }
                p { (flow(why)) }
                @if let Some(action) = action { (action) }
            }
        }
    }
}

//! The places of the public navigation, in order. A screen that belongs there is one line here.

use maud::{Markup, html};

use crate::Viewer;

/// A place of the navigation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Home of the province.
    Home,
    /// The eight steps.
    Steps,
    /// The glossary.
    Glossary,
    /// About, and how figures are made.
    About,
}

impl Place {
    const ALL: &'static [(Place, &'static str, &'static str)] = &[
        (Place::Home, "/", "ui.nav.home"),
        (Place::Steps, "/steps", "ui.nav.steps"),
        (Place::Glossary, "/glossary", "ui.nav.glossary"),
        (Place::About, "/about", "ui.nav.about"),
    ];
}

/// The list of places, the current one marked.
pub(super) fn list(viewer: &Viewer, here: Option<Place>) -> Markup {
    html! {
        ul {
            @for (place, address, word) in Place::ALL {
                li { a href=(viewer.to(address)) aria-current=[(here == Some(*place)).then_some("page")] { (viewer.say(word)) } }
            }
        }
    }
}

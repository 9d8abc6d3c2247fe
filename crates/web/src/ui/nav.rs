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
    /// The targets of SDG 4.
    Targets,
    /// Plans and their projects.
    Plans,
    /// What should be looked at, and the rules.
    Findings,
    /// The glossary.
    Glossary,
    /// About, and how figures are made.
    About,
}

impl Place {
    /// Place, address, word, and whether it needs data.
    const ALL: &'static [(Place, &'static str, &'static str, bool)] = &[
        (Place::Home, "/", "ui.nav.home", false),
        (Place::Steps, "/steps", "ui.nav.steps", false),
        (Place::Targets, "/targets", "page.nav.targets", true),
        (Place::Plans, "/plans", "page.nav.plans", true),
        (Place::Findings, "/findings", "page.nav.findings", true),
        (Place::Glossary, "/glossary", "ui.nav.glossary", false),
        (Place::About, "/about", "ui.nav.about", false),
    ];
}

/// The list of places, the current one marked.
pub(super) fn list(viewer: &Viewer, here: Option<Place>) -> Markup {
    html! {
        ul {
            @for (place, address, word, _) in Place::ALL.iter().filter(|(.., data)| !data || viewer.app().live().is_some()) {
                li { a href=(viewer.to(address)) aria-current=[(here == Some(*place)).then_some("page")] { (viewer.say(word)) } }
            }
        }
    }
}

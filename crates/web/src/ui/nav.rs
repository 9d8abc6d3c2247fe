//! The places of the public navigation, in order. A screen that belongs there is one line here.

use maud::{Markup, html};

use domain::permission::Act;

use super::{Icon, icon};
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
    /// Indicators.
    Indicators,
    /// Plans and their projects.
    Plans,
    /// What should be looked at, and the rules.
    Findings,
    /// The glossary.
    Glossary,
    /// About, and how figures are made.
    About,
    /// What the reader has to do.
    Work,
    /// The eight-step board.
    Board,
    /// Links to be decided on.
    Links,
    /// Organisations.
    Organisations,
    /// People and their roles.
    People,
    /// The trail.
    Trail,
    /// Settings of the province.
    Settings,
    /// The reader's own account.
    Account,
}

/// A group of places for people who are signed in: its word, and its places with address, word, drawing and the act
/// that leads there; places without an act are for everybody.
type StaffPlaces = &'static [(
    &'static str,
    &'static [(Place, &'static str, &'static str, Icon, Option<Act>)],
)];

const STAFF: StaffPlaces = &[
    (
        "ui.nav.group.work",
        &[
            (Place::Work, "/work", "ui.nav.work", Icon::Inbox, None),
            (Place::Board, "/board", "ui.nav.board", Icon::Chain, None),
            (
                Place::Links,
                "/links",
                "ui.nav.links",
                Icon::Thread,
                Some(Act::DecideLink),
            ),
            (
                Place::Findings,
                "/findings",
                "page.nav.findings",
                Icon::Shield,
                None,
            ),
        ],
    ),
    (
        "ui.nav.group.data",
        &[
            (
                Place::Targets,
                "/targets",
                "page.nav.targets",
                Icon::Target,
                None,
            ),
            (
                Place::Indicators,
                "/indicators",
                "page.nav.indicators",
                Icon::Chart,
                None,
            ),
            (Place::Plans, "/plans", "page.nav.plans", Icon::Folder, None),
            (
                Place::Organisations,
                "/organisations",
                "ui.nav.organisations",
                Icon::Building,
                None,
            ),
        ],
    ),
    (
        "ui.nav.group.care",
        &[
            (
                Place::People,
                "/people",
                "ui.nav.people",
                Icon::Users,
                Some(Act::SeePeople),
            ),
            (
                Place::Trail,
                "/trail",
                "ui.nav.trail",
                Icon::Book,
                Some(Act::ReadTrail),
            ),
            (
                Place::Settings,
                "/settings",
                "ui.nav.settings",
                Icon::Gear,
                Some(Act::Configure),
            ),
        ],
    ),
];

impl Place {
    /// Place, address, word, and whether it needs data.
    const ALL: &'static [(Place, &'static str, &'static str, bool)] = &[
        (Place::Home, "/", "ui.nav.home", false),
        (Place::Steps, "/steps", "ui.nav.steps", false),
        (Place::Targets, "/targets", "page.nav.targets", true),
        (
            Place::Indicators,
            "/indicators",
            "page.nav.indicators",
            true,
        ),
        (Place::Plans, "/plans", "page.nav.plans", true),
        (Place::Findings, "/findings", "page.nav.findings", true),
        (Place::Glossary, "/glossary", "ui.nav.glossary", false),
        (Place::About, "/about", "ui.nav.about", false),
    ];
}

/// The list of places, the current one marked.
pub(super) fn list(viewer: &Viewer, here: Option<Place>) -> Markup {
    listed(viewer, here, |_| true)
}

/// The places for which the top of a wide page has room; the others stand at its foot.
pub(super) fn few(viewer: &Viewer, here: Option<Place>) -> Markup {
    let has_data = viewer.app().live().is_some();
    listed(viewer, here, |place| {
        !has_data || !matches!(place, Place::Glossary | Place::About)
    })
}

fn listed(viewer: &Viewer, here: Option<Place>, keep: impl Fn(Place) -> bool) -> Markup {
    let has_data = viewer.app().live().is_some();
    html! {
        ul {
            @for (place, address, word, _) in Place::ALL.iter().filter(|(place, .., data)| (!data || has_data) && keep(*place)) {
                li { a href=(viewer.to(address)) aria-current=[(here == Some(*place)).then_some("page")] { (viewer.say(word)) } }
            }
        }
    }
}

/// The groups of places for somebody who is signed in, the current one marked; places to which no role of theirs
/// leads are left out.
pub(super) fn staff(viewer: &Viewer, here: Option<Place>) -> Markup {
    html! {
        @for (word, places) in STAFF {
            @let places: Vec<_> = places.iter().filter(|(.., act)| act.is_none_or(|act| viewer.can(act))).collect();
            @if !places.is_empty() {
                h2 { (viewer.say(word)) }
                ul {
                    @for (place, address, word, drawing, _) in places {
                        li { a href=(viewer.to(address)) aria-current=[(here == Some(*place)).then_some("page")] { (icon(*drawing)) span { (viewer.say(word)) } } }
                    }
                }
            }
        }
    }
}

/// The few places at the foot of a telephone.
pub(super) fn tabs(viewer: &Viewer, here: Option<Place>) -> Markup {
    let wanted = [Place::Work, Place::Board, Place::Plans, Place::Findings];
    html! {
        @for (place, address, word, drawing, _) in STAFF.iter().flat_map(|(_, places)| *places).filter(|(place, ..)| wanted.contains(place)) {
            a href=(viewer.to(address)) aria-current=[(here == Some(*place)).then_some("page")] { (icon(*drawing)) span { (short(viewer, word)) } }
        }
    }
}

/// A word that fits a quarter of a telephone, where the whole one does not.
fn short(viewer: &Viewer, word: &str) -> String {
    let short = viewer.locale.find(&format!("{word}.short"));
    short.map_or_else(|| viewer.say(word).into_owned(), Into::into)
}

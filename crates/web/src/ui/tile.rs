//! A tile per target on the home page.

use maud::{Markup, html};

use super::flow;

/// A target with its honest status.
#[derive(Debug, Clone)]
pub struct Tile<'a> {
    /// Code of the target.
    pub code: &'a str,
    /// Short name.
    pub name: Markup,
    /// A pill: achievement, or why there is none.
    pub status: Markup,
    /// How much data there is and as of when.
    pub foot: &'a str,
    /// Where it leads.
    pub href: &'a str,
    /// Nothing is known or it does not apply: drawn dashed, its code grey.
    pub empty: bool,
}

impl Tile<'_> {
    /// All tiles as a list.
    pub fn show_all(all: impl IntoIterator<Item = Self>) -> Markup {
        html! {
            ul.tiles {
                @for tile in all {
                    li {
                        a class=(if tile.empty { "tile none" } else { "tile" }) href=(tile.href) {
                            span class=(if tile.empty { "tcode q off" } else { "tcode q" }) { (tile.code) }
                            p.tt { (tile.name) }
                            (tile.status)
                            p.foot-t { (flow(tile.foot)) }
                        }
                    }
                }
            }
        }
    }
}

//! Where links of a project or alignments of an element are worked on: whose they are, where their pages lie.

use actions::live::Now;
use actions::permission::On;
use axum::response::{IntoResponse, Redirect, Response};
use domain::ids::{NodeId, OrganisationId};
use domain::permission::Act;
use maud::Markup;

use super::lower::Lower;
use super::row::plan_and_label;
use crate::address::changed;
use crate::data::{node_address, node_name};
use crate::ui::{Card, Icon, Place, button, crumbs, flow, heading};
use crate::{Error, Group, Page, Viewer};

/// What serves, with what its pages ask for.
pub struct Desk {
    /// What serves.
    pub lower: Lower,
    /// Who answers for it; nobody where a plan names no owner.
    pub owner: Option<OrganisationId>,
    /// The province of its plan; `None` = national.
    pub province: Option<String>,
    /// Its page.
    pub page: String,
    /// Below which address its links or alignments lie.
    pub below: String,
    /// The label of its edition, where addresses must name it; else nothing.
    pub edition: String,
    /// The pages above, outermost first.
    pub above: Vec<(Markup, String)>,
    /// What it is called.
    pub name: Markup,
    /// The first part of the keys of its words: `page.link` or `page.alignment`.
    pub words: &'static str,
}

impl Desk {
    /// What is asked of who reaches it.
    pub fn on(&self) -> On<'_> {
        On::owned(self.owner, self.province.as_deref())
    }

    /// Whether the reader may do an act to it.
    ///
    /// # Errors
    /// Why not.
    pub async fn allows(&self, v: &Viewer, act: Act) -> Result<(), Error> {
        v.allows(act, self.on()).await
    }

    /// The page where one is proposed, without what was chosen.
    pub fn to_new(&self) -> String {
        format!("{}/new{}", self.below, self.query())
    }

    /// The same after what is served was chosen.
    pub fn to_propose(&self, node: NodeId) -> String {
        let query = changed(&self.query(), "node", &node.to_string());
        format!("{}/new{query}", self.below)
    }

    /// Where a decision on the one to a node is sent.
    pub fn to_decide(&self, node: NodeId) -> String {
        format!("{}/{node}{}", self.below, self.query())
    }

    /// The page where the one to a node is changed.
    pub fn to_change(&self, node: NodeId) -> String {
        format!("{}/{node}/change{}", self.below, self.query())
    }

    fn query(&self) -> String {
        changed("", "edition", &self.edition)
    }

    /// Back to where the links or alignments stand.
    pub fn back(&self) -> Response {
        Redirect::to(&format!("{}#joints", self.page)).into_response()
    }

    /// A page of it under a title of its words.
    pub fn show(&self, v: &Viewer, title: &str, body: Markup) -> Page {
        let title = v.say(&format!("{}.{title}", self.words)).into_owned();
        let mut above = self.above.clone();
        above.push((self.name.clone(), self.page.clone()));
        Page::new(v, title.clone())
            .group(Group::Staff)
            .at(Place::Plans)
            .body(maud::html! {
                (crumbs(v, &above, flow(&title)))
                (heading(flow(&title), &self.name, &[]))
                (body)
            })
    }

    /// What is to be served, with the way to choose something else.
    pub fn served(&self, v: &Viewer, now: &Now, node: NodeId, other: bool) -> Markup {
        let title = v.say(&format!("{}.served", self.words)).into_owned();
        let other = other.then(|| {
            let word = v.say("page.joint.other");
            button(&self.to_new(), Some(Icon::Search), &word, false)
        });
        let card = Card::new(&title);
        let card = match other {
            Some(other) => card.aside(other),
            None => card,
        };
        let name = node_name(v, now, node);
        card.show(maud::html! {
            p { @if let Some(href) = node_address(v, now, node) { a href=(href) { (name) } } @else { (name) } }
            p.small { (flow(&plan_and_label(v, now, node))) }
        })
    }
}

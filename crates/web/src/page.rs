//! A page: its title, its body, the style groups and scripts it needs; becomes an answer with a tag of its content.

use std::hash::{DefaultHasher, Hash, Hasher};

use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, VARY};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};

use crate::Viewer;
use crate::ui::{Place, document};

/// Style sheets that only some pages need.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// Hero and cover of the home page.
    Home,
    /// The chain explorer.
    Rails,
    /// The matrix.
    Matrix,
    /// Charts.
    Charts,
    /// The tree of a plan.
    Tree,
    /// Forms, and the frame for people who are signed in.
    Staff,
}

impl Group {
    pub(crate) const fn file(self) -> &'static str {
        match self {
            Group::Home => "home.css",
            Group::Rails => "rails.css",
            Group::Matrix => "matrix.css",
            Group::Charts => "charts.css",
            Group::Tree => "tree.css",
            Group::Staff => "staff.css",
        }
    }
}

/// Scripts that only some pages need. Without them everything still works.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Script {
    /// Draws charts once they are about to be seen.
    Charts,
    /// Exchanges parts of the page where its markup asks for it.
    Refresh,
}

impl Script {
    pub(crate) const fn file(self) -> &'static str {
        match self {
            Script::Charts => "plots.js",
            Script::Refresh => "refresh.js",
        }
    }
}

/// A page in the making.
pub struct Page {
    viewer: Viewer,
    title: String,
    description: String,
    place: Option<Place>,
    groups: Vec<Group>,
    scripts: Vec<Script>,
    hero: Option<Markup>,
    body: Markup,
    own: bool,
}

impl Page {
    /// A page with its title, which is not yet a heading: the body holds exactly one `h1`.
    pub fn new(viewer: &Viewer, title: impl Into<String>) -> Self {
        Self {
            viewer: viewer.clone(),
            title: title.into(),
            description: String::new(),
            place: None,
            groups: Vec::new(),
            scripts: Vec::new(),
            hero: None,
            body: html! {},
            own: false,
        }
    }

    /// One sentence for search engines.
    #[must_use]
    pub fn described(mut self, description: impl Into<String>) -> Self {
        self.description = description.into();
        self
    }

    /// Which place of the navigation it is, or lies below.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// Needs a group of styles; charts bring their script.
    #[must_use]
    pub fn group(mut self, group: Group) -> Self {
        if !self.groups.contains(&group) {
            self.groups.push(group);
        }
        if group == Group::Charts {
            self.script(Script::Charts)
        } else {
            self
        }
    }

    /// Needs a script.
    #[must_use]
    pub fn script(mut self, script: Script) -> Self {
        if !self.scripts.contains(&script) {
            self.scripts.push(script);
        }
        self
    }

    /// Never kept by anybody between: it shows a secret, or answers a form.
    #[must_use]
    pub fn own(mut self) -> Self {
        self.own = true;
        self
    }

    /// What stands above the body over the whole width.
    #[must_use]
    pub fn hero(mut self, hero: Markup) -> Self {
        self.hero = Some(hero);
        self
    }

    /// The body.
    #[must_use]
    pub fn body(mut self, body: Markup) -> Self {
        self.body = body;
        self
    }

    pub(crate) fn viewer(&self) -> &Viewer {
        &self.viewer
    }

    pub(crate) fn title(&self) -> &str {
        &self.title
    }

    pub(crate) fn description(&self) -> &str {
        &self.description
    }

    pub(crate) fn place(&self) -> Option<Place> {
        self.place
    }

    pub(crate) fn groups(&self) -> &[Group] {
        &self.groups
    }

    pub(crate) fn scripts(&self) -> &[Script] {
        &self.scripts
    }

    pub(crate) fn hero_markup(&self) -> Option<&Markup> {
        self.hero.as_ref()
    }

    pub(crate) fn body_markup(&self) -> &Markup {
        &self.body
    }
}

/// The document, with a weak tag of its content: a browser that has it asks again cheaply after half a minute.
impl IntoResponse for Page {
    fn into_response(self) -> Response {
        let own = self.viewer.signed_in().is_some() || self.own;
        let document = document(&self);
        let mut content = DefaultHasher::new();
        document.hash(&mut content);
        let tag = format!("W/\"{:016x}\"", content.finish());
        let mut response = document.into_response();
        let headers = response.headers_mut();
        headers.insert(
            CONTENT_TYPE,
            HeaderValue::from_static("text/html; charset=utf-8"),
        );
        headers.insert(
            CACHE_CONTROL,
            HeaderValue::from_static(if own {
                "private, no-store"
            } else {
                "public, max-age=30, must-revalidate"
            }),
        );
        headers.insert(VARY, HeaderValue::from_static("accept-encoding, cookie"));
        if let Ok(tag) = HeaderValue::from_str(&tag) {
            headers.insert(ETAG, tag);
        }
        response
    }
}

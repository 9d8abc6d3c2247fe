//! Who is looking, in which language, at which province. Today everybody is the public.

use std::borrow::Cow;

use actions::live::Live;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use domain::issue::Arg;
use domain::locale::Locale;

use crate::address::Address;
use crate::{App, Error, Province};

/// Who is looking. Reads ask it what may be seen; pages ask it for words and addresses.
#[derive(Clone)]
pub struct Viewer {
    /// The language of the page.
    pub locale: Locale,
    /// The province the page speaks of.
    pub province: Province,
    here: Address,
    app: App,
}

impl Viewer {
    /// Somebody without a session, who asked for an address. An address without a known province is read as one of the
    /// first province, so that even "not found" has a frame and a language.
    pub fn public(app: &App, path_and_query: &str) -> Self {
        let here = Address::of(path_and_query);
        let province = app
            .province(&here.province)
            .or(app.provinces().first())
            .cloned()
            .unwrap_or(Province {
                slug: String::new(),
                name_th: String::new(),
                name_en: String::new(),
            });
        Self {
            locale: here.locale,
            province,
            here,
            app: app.clone(),
        }
    }

    /// Whether the address names a province that is here.
    pub fn knows_the_province(&self) -> bool {
        self.here.province == self.province.slug
    }

    /// What all requests share.
    pub fn app(&self) -> &App {
        &self.app
    }

    /// The snapshot and its store.
    ///
    /// # Errors
    /// `NotFound` in a portal without data; its pages have no addresses there.
    pub fn live(&self) -> Result<&Live, Error> {
        self.app.live().map(AsRef::as_ref).ok_or(Error::NotFound)
    }

    /// The address asked for, in the reader's language.
    pub fn here(&self) -> &Address {
        &self.here
    }

    /// The question of the address with its `?`, or nothing: `?q=a&page=2`.
    pub fn query(&self) -> &str {
        self.here
            .rest
            .find('?')
            .map_or("", |at| &self.here.rest[at..])
    }

    /// The address of a place below the province, in the reader's language: `viewer.to("/steps")`.
    pub fn to(&self, rest: &str) -> String {
        Address {
            locale: self.locale,
            province: self.province.slug.clone(),
            rest: rest.to_owned(),
        }
        .to_string()
    }

    /// The same page in another language.
    pub fn same_page_in(&self, locale: Locale) -> String {
        let mut there = self.here.in_language(locale);
        if !self.knows_the_province() {
            there.province.clone_from(&self.province.slug);
            there.rest = "/".to_owned();
        }
        there.to_string()
    }

    /// A sentence of `locales/`.
    pub fn say<'k>(&self, key: &'k str) -> Cow<'k, str> {
        self.locale.text(key)
    }

    /// A sentence of `locales/` with its arguments.
    pub fn say_with(&self, key: &str, args: &[(&str, Arg)]) -> String {
        self.locale.fill(key, args)
    }
}

/// Takes the viewer that `layers::look` put into the request; an address without a known province is "not found".
impl<S: Send + Sync> FromRequestParts<S> for Viewer {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        match parts.extensions.get::<Viewer>() {
            Some(viewer) if viewer.knows_the_province() => Ok(viewer.clone()),
            _ => Err(Error::NotFound),
        }
    }
}

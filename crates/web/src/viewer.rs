//! Who is looking, in which language, at which province.

use std::borrow::Cow;
use std::net::IpAddr;
use std::sync::Arc;

use actions::live::Live;
use actions::permission::On;
use actions::{Ctx, Who};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use domain::issue::Arg;
use domain::locale::Locale;
use domain::permission::{Act, Held, reach};

use store::Store;
use tokio::runtime::Handle;
use tokio::sync::Semaphore;

use crate::address::Address;
use crate::session::SignedIn;
use crate::{App, Error, Province};

/// Who is looking. Reads ask it what may be seen; pages ask it for words and addresses.
#[derive(Clone)]
pub struct Viewer {
    /// The language of the page.
    pub locale: Locale,
    /// The province the page speaks of.
    pub province: Province,
    here: Address,
    signed_in: Option<Arc<SignedIn>>,
    from: Option<IpAddr>,
    app: App,
}

/// How many acts run at the same time; further ones wait their turn. Each holds a thread of its own and may need another
/// one before it ends, for a password or a snapshot: without a limit acts would take all of them and wait for ever.
pub const ACTS_AT_ONCE: usize = 64;
static AT_ONCE: Semaphore = Semaphore::const_new(ACTS_AT_ONCE);

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
            signed_in: None,
            from: None,
            app: app.clone(),
        }
    }

    /// The same somebody, with what the request says of them.
    #[must_use]
    pub fn known(mut self, signed_in: Option<SignedIn>, from: Option<IpAddr>) -> Self {
        self.signed_in = signed_in.map(Arc::new);
        self.from = from;
        self
    }

    /// The same reader after the act that gave their browser a new token.
    #[must_use]
    pub fn renewed(mut self, token: &actions::accounts::Token) -> Self {
        self.signed_in = self.signed_in.map(|one| Arc::new(one.renewed(token)));
        self
    }

    /// Who is signed in; `None` = the public.
    pub fn signed_in(&self) -> Option<&SignedIn> {
        self.signed_in.as_deref()
    }

    /// Who is signed in, on a page for them alone.
    ///
    /// # Errors
    /// [`Error::SignIn`] for the public.
    pub fn somebody(&self) -> Result<&SignedIn, Error> {
        self.signed_in().ok_or(Error::SignIn)
    }

    /// Whether a role of theirs in this province, or above it, carries the act at all: for links that lead to it.
    pub fn can(&self, act: Act) -> bool {
        let day = self.app.now().thai_day();
        let here = |held: &Held| {
            held.province.is_none() || held.province.as_deref() == self.province.dopa()
        };
        let carries = |held: &Held| {
            here(held) && held.grant.holds_on(day) && reach(held.grant.role, act).is_some()
        };
        self.signed_in()
            .is_some_and(|somebody| somebody.held.iter().any(carries))
    }

    /// Whether they may do an act to this one thing: for pages that show what not everybody may see.
    ///
    /// # Errors
    /// [`Error::SignIn`] for the public, [`Error::Enrol`] for who has no second factor and needs one,
    /// [`Error::Forbidden`] with the reason for others.
    pub async fn allows(&self, act: Act, on: On<'_>) -> Result<(), Error> {
        let somebody = self.somebody()?;
        if somebody.must_enrol {
            return Err(Error::Enrol);
        }
        let (store, now) = (self.live()?.store(), self.app.now());
        let may = actions::permission::may(store, somebody.id(), act, on, now);
        match may.await? {
            Ok(_) => Ok(()),
            Err(refusal) => Err(Error::Forbidden { act, refusal }),
        }
    }

    /// The network address from which they look.
    pub fn from(&self) -> Option<IpAddr> {
        self.from
    }

    /// Does an act of theirs: who they are, whence, and the clock of the portal go in with it. Somebody without a session
    /// acts in nobody's name, which only acts that rest on a secret allow.
    ///
    /// The act runs on a thread of its own and to its end, even when the browser goes away in the middle; afterwards
    /// this process's snapshot has it, so that the next page shows what was done.
    ///
    /// # Errors
    /// What the act says.
    pub async fn act<T: Send + 'static>(
        &self,
        act: impl AsyncFnOnce(&Store, &mut Ctx) -> Result<T, actions::Error> + Send + 'static,
    ) -> Result<T, Error> {
        let live = Arc::clone(self.app.live().ok_or(Error::NotFound)?);
        let mut ctx = self.ctx()?;
        let here = Handle::current();
        let turn = AT_ONCE.acquire().await;
        let turn = turn.map_err(|closed| Error::Failed(closed.to_string()))?;
        let task = tokio::task::spawn_blocking(move || {
            let _until_the_end = turn;
            here.block_on(async {
                let done = act(live.store(), &mut ctx).await?;
                if let Err(error) = live.refresh().await {
                    tracing::error!(%error, "the snapshot could not follow an act");
                }
                Ok(done)
            })
        });
        match task.await {
            Ok(done) => done.map_err(|error: actions::Error| error.into()),
            Err(broken) => Err(Error::Failed(broken.to_string())),
        }
    }

    fn ctx(&self) -> Result<Ctx, Error> {
        let name = self
            .signed_in()
            .map_or("", |somebody| &somebody.person.account);
        let mut ctx = self.app.ctx(name)?;
        ctx.who = self
            .signed_in()
            .map_or(Who::Nobody, |somebody| Who::Person(somebody.id()));
        ctx.from = self.from.map(|from| from.to_string());
        Ok(ctx)
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

    /// The address of a place below another province, in the reader's language.
    pub fn to_province(&self, province: &Province, rest: &str) -> String {
        Address {
            locale: self.locale,
            province: province.slug.clone(),
            rest: rest.to_owned(),
        }
        .to_string()
    }

    /// The page where one signs in, and from there back to this one.
    pub fn to_sign_in(&self) -> String {
        let here = self.here.to_string();
        // A one-time link that was used leads nowhere a second time.
        if crate::secrets::secret_at(&here).is_some() {
            return self.to("/sign-in");
        }
        self.to(&format!("/sign-in?next={}", crate::address::encoded(&here)))
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

//! Settings that the whole portal needs and every request shares.

use std::sync::Arc;

use actions::Ctx;
use actions::live::Live;
use domain::locale::Locale;
use domain::time::Moment;
use ipnet::IpNet;

use crate::{Assets, Error};

/// A province as addresses and headings name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Province {
    /// The part of the address: lower-case letters, digits and hyphens, never `en` or `assets`.
    pub slug: String,
    /// Name without จังหวัด.
    pub name_th: String,
    /// English name.
    pub name_en: String,
}

impl Province {
    /// The name in a language.
    pub fn name(&self, locale: Locale) -> &str {
        match locale {
            Locale::Th => &self.name_th,
            Locale::En => &self.name_en,
        }
    }
}

/// Everything that a request may ask for. Cheap to copy: one counted pointer.
#[derive(Clone)]
pub struct App(Arc<Inner>, Option<Arc<Live>>, Arc<Safety>);

/// How the portal is reached, and what it therefore believes and demands.
#[derive(Debug, Clone, Default)]
pub struct Safety {
    /// Browsers reach it over TLS only, by ours or by a proxy's: cookies say so, and so does every answer (HSTS).
    pub secure: bool,
    /// Proxies whose word on the address of a visitor is taken.
    pub proxies: Vec<IpNet>,
}

struct Inner {
    provinces: Vec<Province>,
    assets: Assets,
    clock: Box<dyn Fn() -> Moment + Send + Sync>,
}

impl App {
    /// A portal for these provinces; the first one is where `/` leads. The clock comes in from outside.
    pub fn new(
        provinces: Vec<Province>,
        assets: Assets,
        clock: impl Fn() -> Moment + Send + Sync + 'static,
    ) -> Self {
        if assets.is_empty() {
            tracing::warn!(
                "styles and scripts are not built in: pages work unstyled; run `cargo xtask assets`"
            );
        }
        let inner = Inner {
            provinces,
            assets,
            clock: Box::new(clock),
        };
        Self(Arc::new(inner), None, Arc::default())
    }

    /// The same portal with pages about plans, projects and targets, which ask this snapshot and its store.
    #[must_use]
    pub fn with_live(self, live: Arc<Live>) -> Self {
        Self(self.0, Some(live), self.2)
    }

    /// The same portal, reached in this way.
    #[must_use]
    pub fn with_safety(self, safety: Safety) -> Self {
        Self(self.0, self.1, Arc::new(safety))
    }

    /// How it is reached.
    pub fn safety(&self) -> &Safety {
        &self.2
    }

    /// Whether browsers reach it over TLS only.
    pub fn secure(&self) -> bool {
        self.2.secure
    }

    /// What an act is given: a name for the trail, the clock of the portal, fresh random numbers.
    ///
    /// # Errors
    /// When the operating system has no random numbers to give.
    pub fn ctx(&self, actor: &str) -> Result<Ctx, Error> {
        let inner = Arc::clone(&self.0);
        Ctx::with_clock(actor, move || (inner.clock)())
            .map_err(|error| Error::Failed(error.to_string()))
    }

    /// The snapshot and its store; `None` where only pages without data are shown.
    pub fn live(&self) -> Option<&Arc<Live>> {
        self.1.as_ref()
    }

    /// The provinces, the first one first.
    pub fn provinces(&self) -> &[Province] {
        &self.0.provinces
    }

    /// The province of an address.
    pub fn province(&self, slug: &str) -> Option<&Province> {
        self.0
            .provinces
            .iter()
            .find(|province| province.slug == slug)
    }

    /// Styles, scripts and fonts.
    pub fn assets(&self) -> &Assets {
        &self.0.assets
    }

    /// What the clock says.
    pub fn now(&self) -> Moment {
        (self.0.clock)()
    }
}

//! Settings that the whole portal needs and every request shares.

use std::net::IpAddr;
use std::sync::Arc;

use actions::Ctx;
use actions::live::Live;
use domain::locale::Locale;
use domain::time::Moment;
use ipnet::IpNet;

use crate::limits::{Gates, Limits};
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
pub struct App {
    inner: Arc<Inner>,
    live: Option<Arc<Live>>,
    safety: Arc<Safety>,
    gates: Arc<Gates>,
    sample: bool,
}

/// How the portal is reached, and what it therefore believes and demands.
#[derive(Debug, Clone, Default)]
pub struct Safety {
    /// Browsers reach it over TLS only, by ours or by a proxy's: cookies say so, and so does every answer (HSTS).
    pub secure: bool,
    /// Proxies whose word on the address of a visitor is taken.
    pub proxies: Vec<IpNet>,
}

impl Safety {
    /// Whether an address is one of our proxies.
    pub fn trusts(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.proxies.iter().any(|net| net.contains(&address))
    }
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
        Self {
            inner: Arc::new(inner),
            live: None,
            safety: Arc::default(),
            gates: Arc::new(Gates::of(Limits::default())),
            sample: false,
        }
    }

    /// The same portal with pages about plans, projects and targets, which ask this snapshot and its store.
    #[must_use]
    pub fn with_live(self, live: Arc<Live>) -> Self {
        Self {
            live: Some(live),
            ..self
        }
    }

    /// The same portal, reached in this way.
    #[must_use]
    pub fn with_safety(self, safety: Safety) -> Self {
        Self {
            safety: Arc::new(safety),
            ..self
        }
    }

    /// The same portal with other limits than the usual ones.
    #[must_use]
    pub fn with_limits(self, limits: Limits) -> Self {
        Self {
            gates: Arc::new(Gates::of(limits)),
            ..self
        }
    }

    pub(crate) fn gates(&self) -> &Gates {
        &self.gates
    }

    /// The same portal over a database that holds made-up people and records: every page says so.
    #[must_use]
    pub fn with_sample(self, sample: bool) -> Self {
        Self { sample, ..self }
    }

    /// Whether the database holds made-up people and records.
    pub fn sample(&self) -> bool {
        self.sample
    }

    /// How it is reached.
    pub fn safety(&self) -> &Safety {
        &self.safety
    }

    /// Whether browsers reach it over TLS only.
    pub fn secure(&self) -> bool {
        self.safety.secure
    }

    /// What an act is given: a name for the trail, the clock of the portal, fresh random numbers.
    ///
    /// # Errors
    /// When the operating system has no random numbers to give.
    pub fn ctx(&self, actor: &str) -> Result<Ctx, Error> {
        let inner = Arc::clone(&self.inner);
        Ctx::with_clock(actor, move || (inner.clock)())
            .map_err(|error| Error::Failed(error.to_string()))
    }

    /// The snapshot and its store; `None` where only pages without data are shown.
    pub fn live(&self) -> Option<&Arc<Live>> {
        self.live.as_ref()
    }

    /// The provinces, the first one first.
    pub fn provinces(&self) -> &[Province] {
        &self.inner.provinces
    }

    /// The province of an address.
    pub fn province(&self, slug: &str) -> Option<&Province> {
        self.inner
            .provinces
            .iter()
            .find(|province| province.slug == slug)
    }

    /// Styles, scripts and fonts.
    pub fn assets(&self) -> &Assets {
        &self.inner.assets
    }

    /// What the clock says.
    pub fn now(&self) -> Moment {
        (self.inner.clock)()
    }
}

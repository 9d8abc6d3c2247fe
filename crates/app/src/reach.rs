//! How browsers reach the pages: on which addresses plain http is spoken, certificate and key, trusted proxies.

use crate::{
    cli::Serve,
    outcome::{Result, Trouble},
};
use domain::locale::Locale;
use ipnet::IpNet;
use std::{net::SocketAddr, path::Path, path::PathBuf};
use web::{Safety, Tls, TlsError};

/// How the pages are served, once that is known to be safe.
pub struct Reach {
    /// Where to listen.
    pub listen: SocketAddr,
    /// What cookies, headers and the log build on.
    pub safety: Safety,
    /// Certificate and key, where TLS is ours.
    pub tls: Option<Certified>,
}

/// A certificate with its key, and the files they come from.
#[derive(Clone)]
pub struct Certified {
    /// What connections use.
    pub tls: Tls,
    chain: PathBuf,
    key: PathBuf,
}

impl Reach {
    /// For the same computer alone, in plain http.
    ///
    /// # Errors
    /// Any other address is refused, with what to do instead.
    pub fn loopback(locale: Locale, listen: SocketAddr) -> Result<Self> {
        only_loopback(locale, listen, "serve.plain_demo")?;
        Ok(Self {
            listen,
            safety: Safety::default(),
            tls: None,
        })
    }

    /// As asked on the command line.
    ///
    /// # Errors
    /// Plain http that others could hear, and files that hold no certificate or key.
    pub fn asked(locale: Locale, args: Serve) -> Result<Self> {
        let tls = match (args.tls_cert, args.tls_key) {
            (Some(chain), Some(key)) => Some(Certified::read(locale, chain, key)?),
            (None, None) => None,
            _ => return Err(Trouble::Other(locale.text("serve.tls_half").into_owned())),
        };
        if tls.is_none() && args.behind_proxy.is_empty() {
            only_loopback(locale, args.listen, "serve.plain")?;
        }
        Ok(Self {
            listen: args.listen,
            safety: Safety {
                secure: tls.is_some() || !args.behind_proxy.is_empty(),
                proxies: args.behind_proxy,
            },
            tls,
        })
    }

    /// What a person on this computer types into a browser, or gives to the proxy.
    pub fn scheme(&self) -> &'static str {
        match self.tls {
            Some(_) => "https",
            None => "http",
        }
    }
}

fn only_loopback(locale: Locale, listen: SocketAddr, sentence: &str) -> Result<()> {
    if listen.ip().to_canonical().is_loopback() {
        return Ok(());
    }
    let args = [("address", listen.to_string().into())];
    Err(Trouble::Other(locale.fill(sentence, &args)))
}

impl Certified {
    fn read(locale: Locale, chain: PathBuf, key: PathBuf) -> Result<Self> {
        let tls = Tls::new(&file(locale, &chain)?, &file(locale, &key)?)
            .map_err(|error| unfit(locale, error, &chain, &key))?;
        Ok(Self { tls, chain, key })
    }

    /// Reads both files again: new connections get the new certificate.
    ///
    /// # Errors
    /// The same as at the start; the old certificate is used further.
    pub fn read_again(&self, locale: Locale) -> Result<()> {
        let (chain, key) = (file(locale, &self.chain)?, file(locale, &self.key)?);
        self.tls
            .replace(&chain, &key)
            .map_err(|error| unfit(locale, error, &self.chain, &self.key))
    }
}

fn file(locale: Locale, path: &Path) -> Result<Vec<u8>> {
    std::fs::read(path).map_err(|error| {
        let args = [
            ("file", path.display().to_string().into()),
            ("why", error.to_string().into()),
        ];
        Trouble::Other(locale.fill("serve.tls_file", &args))
    })
}

fn unfit(locale: Locale, error: TlsError, chain: &Path, key: &Path) -> Trouble {
    let (sentence, path, why) = match error {
        TlsError::NoCertificate => ("serve.tls_no_certificate", chain, String::new()),
        TlsError::NoKey => ("serve.tls_no_key", key, String::new()),
        TlsError::Unfit(why) => ("serve.tls_unfit", chain, why),
    };
    let args = [
        ("file", path.display().to_string().into()),
        ("why", why.into()),
    ];
    Trouble::Other(locale.fill(sentence, &args))
}

/// One network, or one address alone.
pub fn network(typed: &str) -> std::result::Result<IpNet, String> {
    let typed = typed.trim();
    let alone = || {
        typed
            .parse()
            .map(|address: std::net::IpAddr| address.into())
    };
    typed
        .parse()
        .or_else(|_| alone())
        .map_err(|_| typed.to_owned())
}

//! TLS of our own: a certificate with its key, which may be exchanged while the program runs.

use std::sync::Arc;

use tokio::sync::watch;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

/// What is shown to browsers from the next connection on. Copies share it.
#[derive(Debug, Clone)]
pub struct Tls(Arc<watch::Sender<Arc<ServerConfig>>>);

/// Why a certificate and a key are of no use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TlsError {
    /// The first file holds no certificate in PEM.
    NoCertificate,
    /// The second file holds no private key in PEM, or an encrypted one.
    NoKey,
    /// They are there and do not fit each other, or the kind is not supported; in the words of the library.
    Unfit(String),
}

impl Tls {
    /// Reads a chain of certificates, the server's own first, and its key; both PEM.
    ///
    /// # Errors
    /// [`TlsError`].
    pub fn new(chain: &[u8], key: &[u8]) -> Result<Self, TlsError> {
        let config = config(chain, key)?;
        Ok(Self(Arc::new(watch::Sender::new(config))))
    }

    /// Shows another certificate from the next connection on; connections that stand go on.
    ///
    /// # Errors
    /// [`TlsError`]; the old certificate is shown further.
    pub fn replace(&self, chain: &[u8], key: &[u8]) -> Result<(), TlsError> {
        self.0.send_replace(config(chain, key)?);
        Ok(())
    }

    pub(crate) fn acceptor(&self) -> TlsAcceptor {
        TlsAcceptor::from(Arc::clone(&self.0.borrow()))
    }
}

/// TLS 1.3, and 1.2 with forward secrecy: what the library holds to be safe, and nothing that it only tolerates.
fn config(chain: &[u8], key: &[u8]) -> Result<Arc<ServerConfig>, TlsError> {
    let chain: Vec<CertificateDer<'static>> = CertificateDer::pem_slice_iter(chain)
        .collect::<Result<_, _>>()
        .map_err(|_| TlsError::NoCertificate)?;
    if chain.is_empty() {
        return Err(TlsError::NoCertificate);
    }
    let key = PrivateKeyDer::from_pem_slice(key).map_err(|_| TlsError::NoKey)?;
    let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .and_then(|config| config.with_no_client_auth().with_single_cert(chain, key))
        .map_err(|error| TlsError::Unfit(error.to_string()))?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Arc::new(config))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair() -> (Vec<u8>, Vec<u8>) {
        let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
        (
            made.cert.pem().into_bytes(),
            made.signing_key.serialize_pem().into_bytes(),
        )
    }

    #[test]
    fn a_certificate_goes_with_its_own_key_alone() {
        let ((chain, key), (_, other)) = (pair(), pair());
        let tls = Tls::new(&chain, &key).unwrap();
        assert!(matches!(Tls::new(&chain, &other), Err(TlsError::Unfit(_))));
        assert_eq!(Tls::new(&key, &key).unwrap_err(), TlsError::NoCertificate);
        assert_eq!(Tls::new(&chain, &chain).unwrap_err(), TlsError::NoKey);
        assert_eq!(Tls::new(b"", b"").unwrap_err(), TlsError::NoCertificate);
        let before = Arc::clone(&tls.0.borrow());
        assert!(tls.replace(&chain, &other).is_err());
        assert!(
            Arc::ptr_eq(&before, &tls.0.borrow()),
            "a mistake leaves the old one"
        );
        let (chain, key) = pair();
        tls.replace(&chain, &key).unwrap();
        assert!(!Arc::ptr_eq(&before, &tls.0.borrow()));
    }
}

//! Real connections: TLS and its renewal, heads that are too long or never end, an end that does not wait for ever.

use domain::time::Moment;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};
use web::{App, Assets, Patience, Province, Safety, Tls};

use crate::portal::NOW;

const ASK: &[u8] =
    b"GET /en/phetchabun/about HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";

/// A portal that listens on a port of its own until it is told to stop.
struct Served {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    served: JoinHandle<std::io::Result<()>>,
}

async fn served(tls: Option<Tls>, patience: Patience) -> Served {
    let province = Province {
        slug: "phetchabun".to_owned(),
        name_th: "เพชรบูรณ์".to_owned(),
        name_en: "Phetchabun".to_owned(),
    };
    let safety = Safety {
        secure: tls.is_some(),
        proxies: Vec::new(),
    };
    let app = App::new(vec![province], Assets::none(), || -> Moment { NOW }).with_safety(safety);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel();
    let served = tokio::spawn(async move {
        let stop = async move {
            let _ = stopped.await;
        };
        web::serve(listener, &app, tls, patience, stop).await
    });
    Served {
        address,
        stop,
        served,
    }
}

struct Certificate {
    der: CertificateDer<'static>,
    chain: String,
    key: String,
}

fn certificate() -> Certificate {
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    Certificate {
        der: made.cert.der().clone(),
        chain: made.cert.pem(),
        key: made.signing_key.serialize_pem(),
    }
}

/// Asks over TLS, trusting one certificate alone.
async fn ask_over_tls(address: SocketAddr, trusted: &Certificate) -> std::io::Result<String> {
    let mut roots = RootCertStore::empty();
    roots.add(trusted.der.clone()).unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let stream = TcpStream::connect(address).await?;
    let name = ServerName::try_from("localhost").unwrap();
    let stream = TlsConnector::from(Arc::new(config))
        .connect(name, stream)
        .await?;
    ask(stream, ASK).await
}

async fn ask(
    mut stream: impl AsyncRead + AsyncWrite + Unpin,
    what: &[u8],
) -> std::io::Result<String> {
    stream.write_all(what).await?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await?;
    Ok(String::from_utf8_lossy(&answer).into_owned())
}

/// Whoever asks as everybody does is answered.
async fn answers(served: &Served) {
    let stream = TcpStream::connect(served.address).await.unwrap();
    let answer = ask(stream, ASK).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
}

#[tokio::test]
async fn pages_come_over_tls_and_a_new_certificate_needs_no_new_start() {
    let (first, second) = (certificate(), certificate());
    let tls = Tls::new(first.chain.as_bytes(), first.key.as_bytes()).unwrap();
    let served = served(Some(tls.clone()), Patience::default()).await;
    let answer = ask_over_tls(served.address, &first).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
    assert!(
        answer.contains("strict-transport-security: max-age=31536000; includeSubDomains"),
        "{answer}"
    );
    assert!(
        ask_over_tls(served.address, &second).await.is_err(),
        "an unknown certificate"
    );

    tls.replace(second.chain.as_bytes(), second.key.as_bytes())
        .unwrap();
    assert!(
        ask_over_tls(served.address, &second)
            .await
            .unwrap()
            .starts_with("HTTP/1.1 200 OK")
    );
    assert!(ask_over_tls(served.address, &first).await.is_err());

    let plain = TcpStream::connect(served.address).await.unwrap();
    let answer = ask(plain, ASK).await.unwrap_or_default();
    assert!(
        !answer.contains("HTTP/1.1") && !answer.contains("<html"),
        "{answer}"
    );
    served.stop.send(()).unwrap();
    served.served.await.unwrap().unwrap();
}

#[tokio::test]
async fn a_head_that_never_ends_and_one_that_is_too_long_are_not_waited_for() {
    let patience = Patience {
        head: Duration::from_millis(200),
        ..Patience::default()
    };
    let served = served(None, patience).await;
    let slow = TcpStream::connect(served.address).await.unwrap();
    // The connection ends from the other side, or this would wait for ever.
    let answer = ask(slow, b"GET / HTTP/1.1\r\nhost: loc")
        .await
        .unwrap_or_default();
    assert!(!answer.contains("200 OK"), "{answer}");
    let long = format!(
        "GET / HTTP/1.1\r\nhost: localhost\r\nx: {}\r\n\r\n",
        "a".repeat(100_000)
    );
    let stream = TcpStream::connect(served.address).await.unwrap();
    let answer = ask(stream, long.as_bytes()).await.unwrap_or_default();
    assert!(
        answer.is_empty() || answer.starts_with("HTTP/1.1 431"),
        "{answer}"
    );
    answers(&served).await;
}

#[tokio::test]
async fn the_end_does_not_wait_for_ever() {
    let patience = Patience {
        stopping: Duration::from_millis(200),
        ..Patience::default()
    };
    let served = served(None, patience).await;
    let mut half = TcpStream::connect(served.address).await.unwrap();
    half.write_all(
        b"POST /en/phetchabun/sign-in HTTP/1.1\r\nhost: localhost\r\ncontent-length: 9\r\n\r\na",
    )
    .await
    .unwrap();
    answers(&served).await;
    served.stop.send(()).unwrap();
    served.served.await.unwrap().unwrap();
    assert!(
        TcpStream::connect(served.address).await.is_err(),
        "nobody listens any more"
    );
}

#[tokio::test]
async fn a_hundred_requests_a_second_from_one_address_are_served() {
    let served = served(None, Patience::default()).await;
    for number in 0..400 {
        let stream = TcpStream::connect(served.address).await.unwrap();
        let answer = ask(stream, ASK).await.unwrap();
        assert!(answer.starts_with("HTTP/1.1 200 OK"), "{number}: {answer}");
    }
}

#[tokio::test]
async fn a_caller_who_asked_and_never_took_the_answers_was_waited_for_without_end() {
    let patience = Patience {
        taking: Duration::from_millis(200),
        ..Patience::default()
    };
    let served = served(None, patience).await;
    let mut stream = TcpStream::connect(served.address).await.unwrap();
    let one = b"GET /en/phetchabun/about HTTP/1.1\r\nhost: localhost\r\n\r\n";
    // Nothing is read here: sooner or later the answers fill what lies between, and the other side ends it.
    let asking = async { while stream.write_all(one).await.is_ok() {} };
    let ended = tokio::time::timeout(Duration::from_secs(60), asking).await;
    assert!(ended.is_ok(), "the connection still stands");
    answers(&served).await;
}

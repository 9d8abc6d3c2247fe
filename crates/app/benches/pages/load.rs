//! An open loop: requests at a constant rate, each timed from the moment it was due to the last byte of its answer.

use http_body_util::{BodyExt, Empty};
use hyper::{
    Request, StatusCode,
    body::Bytes,
    client::conn::http1::{SendRequest, handshake},
    header::{ACCEPT_ENCODING, HOST},
};
use hyper_util::rt::TokioIo;
use std::{
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tokio::{
    net::TcpStream,
    time::{Instant, sleep_until, timeout},
};

type Failure = Box<dyn std::error::Error + Send + Sync>;
type Sender = SendRequest<Empty<Bytes>>;

/// After this an answer counts as an error.
const PATIENCE: Duration = Duration::from_secs(10);

/// What was measured.
pub struct Figures {
    /// From due to done, the shortest first; answers that failed are not among them.
    latencies: Vec<Duration>,
    bytes: u64,
    /// What went wrong, once per request.
    pub errors: Vec<String>,
    /// From the first moment due to the last answer.
    pub took: Duration,
}

impl Figures {
    /// The latency that so many per cent of the answers did not exceed (nearest rank); zero without answers.
    pub fn percentile(&self, percent: f64) -> Duration {
        let rank = (self.latencies.len() as f64 * percent / 100.0).ceil() as usize;
        self.latencies
            .get(rank.saturating_sub(1))
            .copied()
            .unwrap_or_default()
    }

    /// Bytes of a body as transferred, on average.
    pub fn mean_bytes(&self) -> f64 {
        self.bytes as f64 / (self.latencies.len().max(1) as f64)
    }
}

/// Asks the addresses in turn, `rate` times a second, `requests` times in all.
pub async fn run(server: SocketAddr, addresses: &[String], rate: u32, requests: u32) -> Figures {
    // Connections that wait for work; a request that finds none opens one more, as another browser would.
    let idle: Arc<Mutex<Vec<Sender>>> = Arc::default();
    let start = Instant::now();
    let mut under_way = Vec::new();
    for (n, address) in (0..requests).zip(addresses.iter().cycle()) {
        let due = start + Duration::from_secs(1) * n / rate;
        sleep_until(due).await;
        let (idle, address) = (idle.clone(), address.clone());
        under_way.push(tokio::spawn(async move {
            let answer = timeout(PATIENCE, ask(server, &idle, &address)).await;
            let bytes = match answer {
                Ok(Ok(bytes)) => Ok(bytes),
                Ok(Err(error)) => Err(format!("{address}: {error}")),
                Err(_) => Err(format!(
                    "{address}: no answer within {} s",
                    PATIENCE.as_secs()
                )),
            };
            (due.elapsed(), bytes)
        }));
    }
    let mut figures = Figures {
        latencies: Vec::new(),
        bytes: 0,
        errors: Vec::new(),
        took: Duration::ZERO,
    };
    for request in under_way {
        match request.await {
            Ok((latency, Ok(bytes))) => {
                figures.latencies.push(latency);
                figures.bytes += bytes;
            }
            Ok((_, Err(error))) => figures.errors.push(error),
            Err(error) => figures.errors.push(error.to_string()),
        }
    }
    figures.took = start.elapsed();
    figures.latencies.sort();
    figures
}

/// One request on an idle or a new connection; gives the size of the body.
async fn ask(server: SocketAddr, idle: &Mutex<Vec<Sender>>, address: &str) -> Result<u64, Failure> {
    let waiting = idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
    let mut sender = match waiting.filter(|sender| !sender.is_closed()) {
        Some(sender) => sender,
        None => {
            let stream = TcpStream::connect(server).await?;
            stream.set_nodelay(true)?;
            let (sender, connection) = handshake(TokioIo::new(stream)).await?;
            tokio::spawn(connection);
            sender
        }
    };
    let request = Request::get(address)
        .header(HOST, server.to_string())
        .header(ACCEPT_ENCODING, "gzip, deflate, br")
        .body(Empty::new())?;
    sender.ready().await?;
    let response = sender.send_request(request).await?;
    let status = response.status();
    let body = response.into_body().collect().await?.to_bytes();
    if status != StatusCode::OK {
        return Err(format!("status {status}").into());
    }
    idle.lock()
        .unwrap_or_else(PoisonError::into_inner)
        .push(sender);
    Ok(body.len() as u64)
}

/// Words as they may stand in a question: everything but letters and digits as `%XX`.
pub fn encoded(words: &str) -> String {
    let byte = |byte: u8| match byte {
        b if b.is_ascii_alphanumeric() => char::from(b).to_string(),
        b => format!("%{b:02X}"),
    };
    words.bytes().map(byte).collect()
}

//! Answers on a listener until it is told to stop: plain or with TLS, and never waiting for anybody without end.

use std::convert::Infallible;
use std::future::Future;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::{sleep, timeout};
use tokio_io_timeout::TimeoutStream;
use tower::ServiceExt;

use crate::{App, Safety, Tls, router};

/// Connections of everybody together; further ones wait.
const CONNECTIONS: usize = 4_096;
/// Line and headers of a request together.
const HEAD_BYTES: usize = 32 * 1024;

/// How long is waited.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// For the whole head of a request, and for the next one on a connection that is kept.
    pub head: Duration,
    /// For agreeing on TLS.
    pub handshake: Duration,
    /// For a caller who takes nothing of an answer that waits to be sent.
    pub taking: Duration,
    /// For answers under way when the program is told to stop.
    pub stopping: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            head: Duration::from_secs(20),
            handshake: Duration::from_secs(10),
            taking: Duration::from_secs(60),
            stopping: Duration::from_secs(10),
        }
    }
}

/// Serves the portal until `stop` is done; answers under way are finished first, as far as patience goes.
///
/// # Errors
/// When the listener breaks down.
pub async fn serve(
    listener: TcpListener,
    app: &App,
    tls: Option<Tls>,
    patience: Patience,
    stop: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let (routes, places) = (router(app), Arc::new(Semaphore::new(CONNECTIONS)));
    let under_way = GracefulShutdown::new();
    let mut stop = pin!(stop);
    loop {
        let next = async {
            let place = Arc::clone(&places).acquire_owned().await;
            (place, accept(&listener).await)
        };
        let (place, (stream, caller)) = tokio::select! {
            next = next => next,
            () = &mut stop => break,
        };
        if !may_call(app.safety(), caller.ip(), tls.is_some()) {
            tracing::warn!(
                "plain http was asked for by another computer than the proxy, and refused"
            );
            continue;
        }
        // A proxy speaks for many.
        let proxy = app.safety().trusts(caller.ip());
        let connected = match proxy {
            true => None,
            false => match app.gates().connect(caller.ip()) {
                Some(connected) => Some(connected),
                None => continue,
            },
        };
        let (routes, watcher) = (routes.clone(), under_way.watcher());
        let acceptor = tls.as_ref().map(Tls::acceptor);
        tokio::spawn(async move {
            let _until_the_end = (place, connected);
            // Small answers go at once.
            let _ = stream.set_nodelay(true);
            match acceptor {
                None => talk(stream, caller, routes, patience, watcher).await,
                Some(acceptor) => {
                    if let Ok(Ok(stream)) =
                        timeout(patience.handshake, acceptor.accept(stream)).await
                    {
                        talk(stream, caller, routes, patience, watcher).await;
                    }
                }
            }
        });
    }
    drop(listener);
    if timeout(patience.stopping, under_way.shutdown())
        .await
        .is_err()
    {
        tracing::warn!("answers under way were broken off: the time for ending is over");
    }
    Ok(())
}

/// Without TLS only the same computer and the proxies that were named may call.
fn may_call(safety: &Safety, caller: IpAddr, tls: bool) -> bool {
    let caller = caller.to_canonical();
    tls || caller.is_loopback() || safety.trusts(caller)
}

/// The next connection. One that is gone again is none; when the computer has no more to give, it is asked again a
/// little later.
async fn accept(listener: &TcpListener) -> (TcpStream, SocketAddr) {
    loop {
        match listener.accept().await {
            Ok(accepted) => return accepted,
            Err(error) if gone(&error) => {}
            Err(error) => {
                tracing::error!(%error, "no connection can be taken");
                sleep(Duration::from_secs(1)).await;
            }
        }
    }
}

fn gone(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionAborted
            | io::ErrorKind::ConnectionRefused
            | io::ErrorKind::ConnectionReset
    )
}

/// Answers the requests of one connection. What breaks it is the caller's: there is nobody to tell.
async fn talk<S>(
    stream: S,
    caller: SocketAddr,
    routes: Router,
    patience: Patience,
    watcher: Watcher,
) where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(patience.taking));
    let answer = service_fn(move |request: Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(caller));
        let routes = routes.clone();
        async move {
            Ok::<_, Infallible>(
                routes
                    .oneshot(request)
                    .await
                    .unwrap_or_else(|never| match never {}),
            )
        }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(patience.head)
        .max_buf_size(HEAD_BYTES)
        .serve_connection(TokioIo::new(Box::pin(stream)), answer);
    let _ = watcher.watch(connection).await;
}

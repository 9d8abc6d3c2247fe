//! What happens to every request and answer: viewer, error pages, unchanged pages, policy of the browser, one line of log.

use std::any::Any;
use std::net::{IpAddr, SocketAddr};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use axum::Router;
use axum::extract::{ConnectInfo, DefaultBodyLimit, Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, IF_NONE_MATCH, REFERRER_POLICY,
    RETRY_AFTER, STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Redirect, Response};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::timeout::RequestBodyTimeoutLayer;

use crate::secrets::{for_the_log, secret_at};
use crate::whence::visitor;
use crate::{App, Error, Viewer, pages, session};

/// What a form without files may hold; an address that takes files says its own limit.
const FORM_BYTES: usize = 64 * 1024;

/// How long a visitor may be silent while sending a form or a file.
const SILENCE: Duration = Duration::from_secs(20);
/// How long a request may take in all, its sending included: a large file over a slow line is the longest. An act that
/// has begun goes on to its end.
const IN_ALL: Duration = Duration::from_secs(300);

/// No inline style, no inline script, nothing from elsewhere. Blocks of JSON for charts are data, which it does not touch.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; \
                      connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

static SENT_ALWAYS: [(HeaderName, &str); 6] = [
    (CONTENT_SECURITY_POLICY, POLICY),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (X_FRAME_OPTIONS, "DENY"),
    (REFERRER_POLICY, "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
];

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Puts the layers around the routes; the last one is the outermost.
pub fn around(routes: Router<App>, app: &App) -> Router {
    routes
        .layer(CatchPanicLayer::custom(stumbled))
        .layer(DefaultBodyLimit::max(FORM_BYTES))
        .layer(RequestBodyTimeoutLayer::new(SILENCE))
        .layer(from_fn(in_time))
        .layer(from_fn(at_home))
        .layer(from_fn(in_words))
        .layer(from_fn_with_state(app.clone(), look))
        .layer(from_fn(unchanged))
        .layer(
            CompressionLayer::new()
                .br(true)
                .gzip(true)
                .quality(tower_http::CompressionLevel::Precise(4)),
        )
        .layer(from_fn_with_state(app.clone(), logged))
        .layer(from_fn_with_state(app.clone(), guarded))
        .with_state(app.clone())
}

/// The short code by which a person on the telephone and a line of the log find each other.
#[derive(Debug, Clone)]
pub struct RequestId(pub String);

/// Codes are counted from the moment of the first request, so that they differ between runs and tell nothing.
fn next_id(app: &App) -> RequestId {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let now = u64::try_from(app.now().0).unwrap_or_default();
    // Steps of the golden ratio spread neighbours over the whole range (the increment of SplitMix64).
    let mut left = now.wrapping_add(
        COUNT
            .fetch_add(1, Ordering::Relaxed)
            .wrapping_mul(0x9E37_79B9_7F4A_7C15),
    );
    let mut code = String::with_capacity(9);
    for place in 0..8 {
        if place == 4 {
            code.push('-');
        }
        code.push(char::from(LETTERS[(left >> 59) as usize]));
        left = left.rotate_left(5);
    }
    RequestId(code)
}

/// One line per request: what was asked, how it was answered. No address of a person, no question, no agent, no secret.
async fn logged(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let id = next_id(&app);
    let method = request.method().clone();
    let path = for_the_log(request.uri().path()).into_owned();
    request.extensions_mut().insert(id.clone());
    let before = app.now();
    let mut response = next.run(request).await;
    let micros = app.now().0 - before.0;
    tracing::info!(%method, path, status = response.status().as_u16(), micros, id = id.0, "answered");
    if let Ok(value) = HeaderValue::from_str(&id.0) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    response
}

/// What every browser is told, errors and files included.
async fn guarded(State(app): State<App>, request: Request, next: Next) -> Response {
    let secret = secret_at(request.uri().path()).is_some();
    let mut response = next.run(request).await;
    if app.secure() {
        let year = HeaderValue::from_static("max-age=31536000; includeSubDomains");
        response
            .headers_mut()
            .insert(STRICT_TRANSPORT_SECURITY, year);
    }
    for (name, value) in &SENT_ALWAYS {
        response
            .headers_mut()
            .insert(name.clone(), HeaderValue::from_static(value));
    }
    if secret {
        // The address itself is the secret.
        let nothing = HeaderValue::from_static("no-referrer");
        response.headers_mut().insert(REFERRER_POLICY, nothing);
    }
    response
}

/// Nobody waits without end.
async fn in_time(request: Request, next: Next) -> Response {
    match tokio::time::timeout(IN_ALL, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Error::TooSlow.into_response(),
    }
}

/// A page that the browser already has is not sent again.
async fn unchanged(request: Request, next: Next) -> Response {
    let known = (request.method() == Method::GET)
        .then(|| request.headers().get(IF_NONE_MATCH).cloned())
        .flatten();
    let mut response = next.run(request).await;
    let same = |known: &HeaderValue, tag: &HeaderValue| {
        let (known, tag) = (
            known.to_str().unwrap_or_default(),
            tag.to_str().unwrap_or_default(),
        );
        known
            .split(',')
            .map(str::trim)
            .any(|known| known == tag || known == "*")
    };
    if let (Some(known), Some(tag)) = (&known, response.headers().get(ETAG))
        && same(known, tag)
    {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        *response.body_mut() = axum::body::Body::empty();
        response.headers_mut().remove(CONTENT_TYPE);
        response
            .headers_mut()
            .remove(axum::http::header::CONTENT_LENGTH);
    }
    response
}

/// Says who is looking, for pages and for error pages alike.
async fn look(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let asked = request
        .uri()
        .path_and_query()
        .map_or("/", |asked| asked.as_str())
        .to_owned();
    let from = whence(&app, &request);
    let viewer = Viewer::public(&app, &asked).known(None, from);
    // Only what came over a network has an address, and a limit.
    let enough = from.map_or(Ok(()), |from| {
        app.gates()
            .ask(from, request.method(), request.uri().path())
    });
    if let Err(seconds) = enough {
        let id = request.extensions().get::<RequestId>().cloned();
        return in_the_frame(&viewer, id, Error::TooMany(seconds).into_response());
    }
    // Files are the same for everybody: their sending must not wait for the database.
    let somebody = match asked.starts_with("/assets/") {
        true => Ok(None),
        false => session::of_request(&app, request.headers()).await,
    };
    match somebody {
        Ok(somebody) => {
            let viewer = viewer.known(somebody, from);
            request.extensions_mut().insert(viewer);
            next.run(request).await
        }
        Err(error) => {
            let id = request.extensions().get::<RequestId>().cloned();
            in_the_frame(&viewer, id, error.into_response())
        }
    }
}

/// The address of the visitor: of the one who called, unless that is a trusted proxy, whose last word is then taken.
fn whence(app: &App, request: &Request) -> Option<IpAddr> {
    let caller = request.extensions().get::<ConnectInfo<SocketAddr>>()?;
    let lines: Vec<Option<&str>> = request
        .headers()
        .get_all("x-forwarded-for")
        .iter()
        .map(|line| line.to_str().ok())
        .collect();
    let trusted = |address| app.safety().trusts(address);
    Some(visitor(caller.0.ip(), lines.into_iter(), trusted))
}

/// Takes what changes something from pages of this site alone. Browsers say whence a form comes; where neither header
/// is there, it is no browser, and has no cookie that another site could use.
async fn at_home(request: Request, next: Next) -> Response {
    if matches!(
        *request.method(),
        Method::GET | Method::HEAD | Method::OPTIONS
    ) {
        return next.run(request).await;
    }
    let secret = secret_at(request.uri().path()).is_some();
    match from_here(request.headers(), secret) {
        true => next.run(request).await,
        false => Error::Form.into_response(),
    }
}

/// A page that is shown `secret`ly tells no origin; older browsers then say `null`. Who knows its address needs no other proof.
fn from_here(headers: &HeaderMap, secret: bool) -> bool {
    let said = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    match (said("sec-fetch-site"), said("origin")) {
        (Some(site), _) => site == "same-origin" || site == "none",
        (None, Some("null")) => secret,
        (None, Some(origin)) => {
            let host = origin.split_once("://").map(|(_, host)| host);
            host.is_some() && host == said("host")
        }
        (None, None) => true,
    }
}

/// Turns a bare status into a whole page in the reader's language: what happened, what to try, whom to tell.
async fn in_words(request: Request, next: Next) -> Response {
    let viewer = request.extensions().get::<Viewer>().cloned();
    let id = request.extensions().get::<RequestId>().cloned();
    let response = next.run(request).await;
    match viewer {
        Some(viewer) => in_the_frame(&viewer, id, response),
        None => response,
    }
}

fn in_the_frame(viewer: &Viewer, id: Option<RequestId>, response: Response) -> Response {
    let status = response.status();
    let spoken = response
        .headers()
        .get(CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    let failed = status.is_client_error() || status.is_server_error();
    let Some(id) = id else {
        return response;
    };
    if !failed || spoken {
        return response;
    }
    let error = response.extensions().get::<Error>().cloned();
    let led = match &error {
        Some(Error::SignIn) => Some(viewer.to_sign_in()),
        Some(Error::Enrol) => Some(viewer.to("/account/second-factor")),
        _ => None,
    };
    if let Some(there) = led {
        return Redirect::to(&there).into_response();
    }
    if let Some(Error::Failed(what)) = &error {
        tracing::error!(id = id.0, what, "failed");
    }
    if let Some(Error::Forbidden { act, .. }) = &error {
        tracing::warn!(id = id.0, act = ?act, "refused");
    }
    if matches!(error, Some(Error::Form)) {
        tracing::warn!(id = id.0, "a form that is not of this session");
    }
    let allow = response.headers().get(axum::http::header::ALLOW).cloned();
    let mut page = pages::errors::page(viewer, status, error.as_ref(), &id.0).into_response();
    *page.status_mut() = status;
    page.headers_mut()
        .insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    page.headers_mut().remove(ETAG);
    if let Some(allow) = allow {
        page.headers_mut().insert(axum::http::header::ALLOW, allow);
    }
    if let Some(Error::TooMany(seconds)) = error {
        page.headers_mut().insert(RETRY_AFTER, seconds.into());
    }
    page
}

/// A panic is a fault of ours: it goes to the log, and the reader gets the page of status 500.
fn stumbled(panic: Box<dyn Any + Send>) -> Response {
    let what = match (panic.downcast_ref::<&str>(), panic.downcast_ref::<String>()) {
        (Some(text), _) => (*text).to_owned(),
        (_, Some(text)) => text.clone(),
        _ => "a panic without words".to_owned(),
    };
    Error::Failed(what).into_response()
}

#[cfg(test)]
mod tests {
    use axum::body::{Body, to_bytes};
    use axum::routing::get;
    use domain::time::Moment;
    use tower::ServiceExt;

    use super::*;
    use crate::{Assets, Province};

    /// 2026-11-23T02:45:00Z.
    const NOW: Moment = Moment(1_795_401_900_000_000);

    async fn fails() -> Error {
        Error::Failed("the secret name of the table".to_owned())
    }

    async fn panics() -> Response {
        panic!("the secret name of the column")
    }

    async fn answer(path: &str) -> (StatusCode, String, String) {
        let province = Province {
            slug: "p".to_owned(),
            name_th: "ก".to_owned(),
            name_en: "P".to_owned(),
        };
        let app = App::new(vec![province], Assets::none(), || NOW);
        let routes = Router::new()
            .route("/en/p/fails", get(fails))
            .route("/en/p/panics", get(panics));
        let request = Request::builder().uri(path).body(Body::empty()).unwrap();
        let response = around(routes, &app).oneshot(request).await.unwrap();
        let (status, id) = (
            response.status(),
            response.headers()[REQUEST_ID].to_str().unwrap().to_owned(),
        );
        let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        (status, id, String::from_utf8(body.to_vec()).unwrap())
    }

    #[tokio::test]
    async fn a_fault_of_ours_shows_a_code_and_the_time_and_never_its_cause() {
        for path in ["/en/p/fails", "/en/p/panics"] {
            let (status, id, text) = answer(path).await;
            assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR, "{path}");
            assert!(
                text.contains(&id) && text.contains("23\u{a0}Nov\u{a0}2026,\u{a0}09:45"),
                "{path}: {text}"
            );
            assert!(!text.contains("secret"), "{path}");
            assert!(text.contains("<html lang=\"en\">"), "{path}");
        }
    }
}

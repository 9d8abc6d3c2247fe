//! What the log knows: that something was asked and how it was answered; nothing that opens anything, nobody's address,
//! nothing that was typed.

use crate::board_office::Office;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Method, Request, StatusCode};
use domain::people::Role;
use http_body_util::BodyExt;
use std::fmt::{Debug, Write};
use std::net::SocketAddr;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use tower::ServiceExt;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::Interest;
use tracing::{Event, Metadata, Subscriber};

static HEARS: AtomicBool = AtomicBool::new(false);
static HEARD: Mutex<String> = Mutex::new(String::new());

/// Hears everything, of every library and every level, while it is asked to.
struct Ear;

struct Line<'a>(&'a mut String);

impl Visit for Line<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let _ = write!(self.0, " {field}={value:?}");
    }
    fn record_str(&mut self, field: &Field, value: &str) {
        let _ = write!(self.0, " {field}={value}");
    }
}

fn hear(target: &str, record: impl FnOnce(&mut Line<'_>)) {
    let mut line = String::from(target);
    record(&mut Line(&mut line));
    let mut heard = HEARD.lock().unwrap();
    heard.push_str(&line);
    heard.push('\n');
}

impl Subscriber for Ear {
    fn register_callsite(&self, _: &'static Metadata<'static>) -> Interest {
        Interest::sometimes()
    }
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        HEARS.load(Ordering::Relaxed)
    }
    fn new_span(&self, span: &Attributes<'_>) -> Id {
        hear(span.metadata().target(), |line| span.record(line));
        Id::from_u64(1)
    }
    fn record(&self, _: &Id, values: &Record<'_>) {
        hear("span", |line| values.record(line));
    }
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn event(&self, event: &Event<'_>) {
        hear(event.metadata().target(), |line| event.record(line));
    }
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

const TYPED: [&str; 5] = [
    "account-nobody-has",
    "password-nobody-has",
    "question-of-somebody",
    "203.0.113.77",
    "browser-of-somebody",
];

async fn ask(
    office: &Office,
    method: Method,
    path: &str,
    cookie: &str,
    body: String,
) -> (StatusCode, String) {
    let mut request = Request::builder()
        .method(method)
        .uri(path)
        .header("cookie", cookie)
        .header("user-agent", TYPED[4])
        .header("referer", format!("http://localhost{path}"))
        .header("x-forwarded-for", TYPED[3])
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from(body))
        .unwrap();
    let from: SocketAddr = "203.0.113.77:4000".parse().unwrap();
    request.extensions_mut().insert(ConnectInfo(from));
    let response = office.portal.clone().oneshot(request).await.unwrap();
    let status = response.status();
    let policy = response.headers()["referrer-policy"]
        .to_str()
        .unwrap()
        .to_owned();
    response.into_body().collect().await.unwrap();
    (status, policy)
}

#[tokio::test]
async fn no_secret_and_no_person_goes_to_the_log() {
    tracing::subscriber::set_global_default(Ear).unwrap();
    let mut office = Office::open().await;
    let planner = office.somebody(Role::Planner, "PNBPEO").await;
    let csrf = office.csrf(&planner).await;
    let (invitation, reset) = office.links(&planner).await;
    let password = "ม้าสีน้ำตาล วิ่งข้ามสะพานไม้";

    HEARS.store(true, Ordering::Relaxed);
    let sign_in = format!("account={}&password={}", TYPED[0], TYPED[1]);
    let (status, _) = ask(&office, Method::POST, "/phetchabun/sign-in", "", sign_in).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    let known = format!("account=example-planner&password={}", TYPED[1]);
    ask(&office, Method::POST, "/phetchabun/sign-in", "", known).await;
    let search = format!("/phetchabun/search?q={}", TYPED[2]);
    let (status, policy) = ask(
        &office,
        Method::GET,
        &search,
        planner.cookie(),
        String::new(),
    )
    .await;
    assert_eq!((status, policy.as_str()), (StatusCode::OK, "same-origin"));
    for path in [
        format!("/phetchabun/invitation/{invitation}"),
        format!("/en/phetchabun/reset/{reset}"),
        format!("/phetchabun/reset/{reset}/"),
        format!("/phetchabun/{reset}"),
        format!("/phetchabun//invitation/{invitation}"),
    ] {
        ask(&office, Method::GET, &path, "", String::new()).await;
    }
    let page = format!("/phetchabun/invitation/{invitation}");
    let (status, policy) = ask(&office, Method::GET, &page, "", String::new()).await;
    assert_eq!((status, policy.as_str()), (StatusCode::OK, "no-referrer"));
    let typed = format!(
        "password={password}&again={password}&csrf={csrf}&field={}",
        TYPED[2]
    );
    for path in [
        "account/password",
        "account/sessions",
        "people/example-planner/role",
    ] {
        let path = format!("/phetchabun/{path}");
        ask(
            &office,
            Method::POST,
            &path,
            planner.cookie(),
            typed.clone(),
        )
        .await;
        ask(
            &office,
            Method::POST,
            &path,
            planner.cookie(),
            "csrf=0".to_owned(),
        )
        .await;
    }
    let form = format!("/phetchabun/reset/{reset}");
    let (status, _) = ask(
        &office,
        Method::POST,
        &form,
        "",
        format!("password={password}&again={password}"),
    )
    .await;
    assert_eq!(status, StatusCode::SEE_OTHER, "the password was set");
    HEARS.store(false, Ordering::Relaxed);

    let heard = HEARD.lock().unwrap().clone();
    let cookie = planner.cookie().split_once('=').unwrap().1;
    let secrets = [
        invitation.as_str(),
        &reset,
        cookie,
        &csrf,
        password,
        "example-planner",
        "ตัวอย่าง planner",
    ];
    for secret in secrets.into_iter().chain(TYPED) {
        let lines: Vec<&str> = heard.lines().filter(|line| line.contains(secret)).collect();
        // The path of a page about a person names their account, as an address of the public would not.
        let lines: Vec<&&str> = lines
            .iter()
            .filter(|line| !line.contains("path=/phetchabun/people/"))
            .collect();
        assert!(lines.is_empty(), "{secret} is in the log: {lines:?}");
    }
    for told in [
        "path=/phetchabun/invitation/…",
        "path=/en/phetchabun/reset/…",
        "path=/phetchabun/…",
        "status=422",
    ] {
        assert!(heard.contains(told), "{told} is missing in {heard}");
    }
}

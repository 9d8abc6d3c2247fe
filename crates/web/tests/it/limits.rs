//! Too many requests from one address: a page that says so and until when, and nobody else pays for it.

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Method, Request, StatusCode};
use http_body_util::BodyExt;
use std::net::{IpAddr, SocketAddr};
use std::num::NonZeroU32;
use std::time::Duration;
use tower::ServiceExt;
use web::{App, Assets, Limits, Province, Rate, Safety};

use crate::portal::{Answer, NOW};

const PROXY: &str = "10.0.0.1";

/// A portal behind a proxy that lets one visitor read three pages in an hour, send two forms and try one secret.
fn tight() -> Router {
    let province = Province {
        slug: "phetchabun".to_owned(),
        name_th: "เพชรบูรณ์".to_owned(),
        name_en: "Phetchabun".to_owned(),
    };
    let rate = |burst| Rate {
        burst: NonZeroU32::new(burst).unwrap(),
        every: Duration::from_secs(3_600),
    };
    let limits = Limits {
        reading: rate(3),
        changing: rate(2),
        secrets: rate(1),
        connections: 1,
        sending: 1,
    };
    let safety = Safety {
        secure: true,
        proxies: vec!["10.0.0.0/8".parse().unwrap()],
    };
    let app = App::new(vec![province], Assets::none(), || NOW);
    web::router(&app.with_safety(safety).with_limits(limits))
}

async fn ask(
    portal: &Router,
    caller: &str,
    forwarded: Option<&str>,
    method: Method,
    path: &str,
) -> Answer {
    let caller: IpAddr = caller.parse().unwrap();
    let mut request = Request::builder().method(method).uri(path);
    if let Some(forwarded) = forwarded {
        request = request.header("x-forwarded-for", forwarded);
    }
    let mut request = request.body(Body::empty()).unwrap();
    request
        .extensions_mut()
        .insert(ConnectInfo(SocketAddr::from((caller, 50_000))));
    let response = portal.clone().oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = body.collect().await.unwrap().to_bytes().to_vec();
    Answer {
        status: parts.status,
        headers: parts.headers,
        bytes,
    }
}

async fn read(portal: &Router, caller: &str, forwarded: Option<&str>) -> Answer {
    ask(portal, caller, forwarded, Method::GET, "/phetchabun/about").await
}

#[tokio::test]
async fn who_asks_too_much_gets_a_page_that_says_when_to_come_back() {
    let portal = tight();
    for _ in 0..3 {
        assert_eq!(
            read(&portal, "192.0.2.1", None).await.status,
            StatusCode::OK
        );
    }
    let refused = read(&portal, "192.0.2.1", None).await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    let wait: u64 = refused.header("retry-after").parse().unwrap();
    assert!((1..=3_600).contains(&wait), "{wait}");
    assert!(
        refused.text().contains("<html lang=\"th\"")
            && refused.header("cache-control") == "no-store"
    );
    // Styles of that very page still come, forms have a count of their own, and others read on.
    let style = ask(&portal, "192.0.2.1", None, Method::GET, "/assets/base.css").await;
    assert_eq!(
        style.status,
        StatusCode::NOT_FOUND,
        "this portal has no files"
    );
    for _ in 0..2 {
        let form = ask(
            &portal,
            "192.0.2.1",
            None,
            Method::POST,
            "/phetchabun/about",
        )
        .await;
        assert_eq!(form.status, StatusCode::METHOD_NOT_ALLOWED);
    }
    let form = ask(
        &portal,
        "192.0.2.1",
        None,
        Method::POST,
        "/phetchabun/about",
    )
    .await;
    assert_eq!(form.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(
        read(&portal, "192.0.2.2", None).await.status,
        StatusCode::OK
    );
}

#[tokio::test]
async fn one_time_links_can_not_be_tried_in_a_row() {
    let portal = tight();
    let first = ask(
        &portal,
        "192.0.2.1",
        None,
        Method::GET,
        "/phetchabun/reset/a",
    )
    .await;
    assert_eq!(
        first.status,
        StatusCode::NOT_FOUND,
        "no such pages without data"
    );
    let second = ask(
        &portal,
        "192.0.2.1",
        None,
        Method::POST,
        "/en/phetchabun/invitation/b",
    )
    .await;
    assert_eq!(second.status, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn visitors_behind_the_proxy_are_told_apart_and_nobody_else_can_take_another_address() {
    let portal = tight();
    for visitor in ["198.51.100.1", "198.51.100.2"] {
        for _ in 0..3 {
            assert_eq!(
                read(&portal, PROXY, Some(visitor)).await.status,
                StatusCode::OK
            );
        }
        // What the visitor put before the proxy's own word is not believed.
        let forged = format!("203.0.113.9, {visitor}");
        let refused = read(&portal, PROXY, Some(&forged)).await;
        assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS, "{visitor}");
        // A proxy that writes the port, too, does not hand the visitor's own word on.
        let forged = format!("203.0.113.9, {visitor}:5678");
        let refused = read(&portal, PROXY, Some(&forged)).await;
        assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS, "{visitor}");
    }
    for number in 0..4 {
        let forged = format!("203.0.113.{number}");
        let answer = read(&portal, "192.0.2.7", Some(&forged)).await;
        assert_eq!(answer.status == StatusCode::OK, number < 3, "{number}");
    }
}

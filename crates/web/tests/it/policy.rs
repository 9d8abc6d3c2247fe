//! What browsers are told: nothing inline, nothing from elsewhere, no frames; unchanged pages are not sent again.

use axum::http::{Method, StatusCode};

use crate::portal::{ask, everywhere, get, portal};

#[tokio::test]
async fn every_answer_carries_the_policy_errors_and_files_too() {
    let portal = portal();
    let more = [
        "/",
        "/favicon.svg",
        "/phetchabun/nothing",
        "/assets/nothing.css",
    ]
    .map(str::to_owned);
    for path in everywhere().chain(more) {
        let answer = get(&portal, &path).await;
        let policy = answer.header("content-security-policy");
        assert!(
            policy.starts_with("default-src 'none'") && !policy.contains("unsafe"),
            "{path}: {policy}"
        );
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            ("referrer-policy", "same-origin"),
        ] {
            assert_eq!(answer.header(name), value, "{path}");
        }
        assert!(
            answer.header("permissions-policy").contains("camera=()"),
            "{path}"
        );
    }
}

#[tokio::test]
async fn no_page_has_inline_style_or_script_or_anything_from_elsewhere() {
    let portal = portal();
    for path in everywhere() {
        let text = get(&portal, &path).await.text();
        assert!(
            !text.contains(" style=") && !text.contains("<style"),
            "{path}: inline style"
        );
        for script in text.split("<script").skip(1) {
            let head = script.split('>').next().unwrap();
            assert!(
                head.contains(" src=\"/assets/") || head.contains("type=\"application/json\""),
                "{path}: <script{head}>"
            );
        }
        for handler in [
            " onclick=",
            " onload=",
            " onsubmit=",
            " onchange=",
            "javascript:",
            " hx-on",
        ] {
            assert!(!text.contains(handler), "{path}: {handler}");
        }
        for outside in [" src=\"http", " href=\"http", " action=\"http", "url(http"] {
            assert!(!text.contains(outside), "{path}: {outside}");
        }
    }
}

#[tokio::test]
async fn a_page_that_the_browser_has_is_not_sent_again() {
    let portal = portal();
    let first = get(&portal, "/phetchabun/about").await;
    let tag = first.header("etag").to_owned();
    assert!(tag.starts_with("W/\""), "{tag}");
    assert_eq!(
        first.header("cache-control"),
        "public, max-age=30, must-revalidate"
    );
    let again = ask(
        &portal,
        Method::GET,
        "/phetchabun/about",
        &[("if-none-match", &tag)],
    )
    .await;
    assert_eq!(
        (again.status, again.bytes.len()),
        (StatusCode::NOT_MODIFIED, 0)
    );
    let other = ask(
        &portal,
        Method::GET,
        "/en/phetchabun/about",
        &[("if-none-match", &tag)],
    )
    .await;
    assert_eq!(other.status, StatusCode::OK);
}

#[tokio::test]
async fn pages_are_compressed_for_who_takes_it() {
    let portal = portal();
    let plain = get(&portal, "/phetchabun/about").await;
    for packing in ["br", "gzip"] {
        let packed = ask(
            &portal,
            Method::GET,
            "/phetchabun/about",
            &[("accept-encoding", packing)],
        )
        .await;
        assert_eq!(packed.header("content-encoding"), packing);
        assert!(
            packed.bytes.len() * 3 < plain.bytes.len(),
            "{packing}: {} of {}",
            packed.bytes.len(),
            plain.bytes.len()
        );
    }
}

#[tokio::test]
async fn asking_for_the_head_gives_no_body() {
    let answer = ask(&portal(), Method::HEAD, "/phetchabun/", &[]).await;
    assert_eq!((answer.status, answer.bytes.len()), (StatusCode::OK, 0));
}

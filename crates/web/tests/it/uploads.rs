//! Files are read when the token is right and the right is there, and not before.

use crate::board_office::{Office, Somebody};
use axum::body::{Body, Bytes};
use axum::http::{Method, Request, StatusCode};
use domain::people::Role;
use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};
use tower::ServiceExt;

const MEGABYTE: usize = 1024 * 1024;

/// A form with a file of so many megabytes, which counts how much of it somebody has read.
struct Flood {
    head: Option<Bytes>,
    left: usize,
    read: Arc<AtomicUsize>,
}

impl hyper::body::Body for Flood {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<hyper::body::Frame<Bytes>, Infallible>>> {
        let data = match (self.head.take(), self.left) {
            (Some(head), _) => head,
            (None, 0) => return Poll::Ready(None),
            (None, left) => {
                self.left = left - 1;
                Bytes::from(vec![b'x'; MEGABYTE])
            }
        };
        self.read.fetch_add(data.len(), Ordering::Relaxed);
        Poll::Ready(Some(Ok(hyper::body::Frame::data(data))))
    }
}

/// The status of the answer, and how many bytes were read for it.
async fn flood(office: &Office, who: &Somebody, path: &str, csrf: &str) -> (StatusCode, usize) {
    let read = Arc::new(AtomicUsize::new(0));
    let head = format!(
        "--x\r\ncontent-disposition: form-data; name=\"csrf\"\r\n\r\n{csrf}\r\n\
         --x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\n%PDF"
    );
    let body = Flood {
        head: Some(head.into()),
        left: 40,
        read: Arc::clone(&read),
    };
    let request = Request::builder()
        .method(Method::POST)
        .uri(path)
        .header("cookie", who.cookie())
        .header("content-type", "multipart/form-data; boundary=x")
        .body(Body::new(body))
        .unwrap();
    let response = office.portal.clone().oneshot(request).await.unwrap();
    (response.status(), read.load(Ordering::Relaxed))
}

#[tokio::test]
async fn fifty_megabytes_were_read_before_anybody_asked_for_the_token_or_the_right() {
    let mut office = Office::open().await;
    let coordinator = office.somebody(Role::Coordinator, "ESAO-PNB2").await;
    let csrf = office.csrf(&coordinator).await;
    for act in ["record", "draft", "answer"] {
        let own = format!("/phetchabun/board/ESAO-PNB2/7.2/{act}?year=2570");
        let others = format!("/phetchabun/board/ESAO-PNB1/7.2/{act}?year=2570");
        for (path, csrf) in [(&own, "00"), (&others, csrf.as_str())] {
            let (status, read) = flood(&office, &coordinator, path, csrf).await;
            assert_eq!(status, StatusCode::FORBIDDEN, "{path}");
            assert!(read < MEGABYTE, "{path}: {read} bytes");
        }
    }
    // Whoever may record is read to the end: here until one file is larger than any form.
    let own = "/phetchabun/board/ESAO-PNB2/7.2/record?year=2570";
    let (status, read) = flood(&office, &coordinator, own, &csrf).await;
    assert!(
        status.is_client_error() && read > 39 * MEGABYTE,
        "{status} {read}"
    );
}

#[tokio::test]
async fn a_form_without_files_is_small_also_where_files_are_taken() {
    let mut office = Office::open().await;
    let coordinator = office.somebody(Role::Coordinator, "ESAO-PNB2").await;
    let csrf = office.csrf(&coordinator).await;
    let path = "/phetchabun/board/ESAO-PNB2/7.2/record?year=2570";
    let headers = [
        ("cookie", coordinator.cookie()),
        ("content-type", "application/x-www-form-urlencoded"),
    ];
    let body = format!("csrf={csrf}&note={}", "x".repeat(70 * 1024));
    let answer = office.post(path, &headers, &body).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn strangers_took_the_room_for_files_at_addresses_that_take_none() {
    let mut office = Office::open().await;
    let coordinator = office.somebody(Role::Coordinator, "ESAO-PNB2").await;
    let csrf = office.csrf(&coordinator).await;
    for path in [
        "/phetchabun/sign-in",
        "/phetchabun/board/ESAO-PNB2/7.2/detach?year=2570",
    ] {
        let (status, read) = flood(&office, &coordinator, path, &csrf).await;
        assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE, "{path}");
        assert!(read <= 2 * MEGABYTE, "{path}: {read} bytes");
    }
}

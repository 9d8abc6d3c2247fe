//! The mark: three knots on a golden thread.

use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::IntoResponse;
use maud::{Markup, PreEscaped};

const DRAWING: &str = concat!(
    r##"<rect width="36" height="36" rx="9" fill="#c5192d"/>"##,
    r##"<path d="M7 27.5c0-7 5.5-7 11-9.5s11-3 11-9.5" fill="none" stroke="#f4d58d" stroke-width="3" stroke-linecap="round"/>"##,
    r##"<g fill="#fff"><circle cx="7.5" cy="27.5" r="3.2"/><circle cx="18" cy="18" r="3.2"/><circle cx="28.5" cy="8.5" r="3.2"/></g>"##,
);

/// The mark inside a page.
pub fn mark() -> Markup {
    PreEscaped(format!(
        r#"<svg viewBox="0 0 36 36" aria-hidden="true">{DRAWING}</svg>"#
    ))
}

/// `GET /favicon.svg`: the mark as a file, so that it is there before anything is built.
pub async fn favicon() -> impl IntoResponse {
    let file =
        format!(r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 36 36">{DRAWING}</svg>"#);
    (
        [
            (CONTENT_TYPE, "image/svg+xml"),
            (CACHE_CONTROL, "public, max-age=604800"),
        ],
        file,
    )
}

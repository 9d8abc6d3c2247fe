//! A portal of two provinces with a fixed clock, and what an answer holds.

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode};
use domain::time::Moment;
use http_body_util::BodyExt;
use tower::ServiceExt;
use web::{App, Assets, Province};

/// 2026-11-23T02:45:00Z, a Monday morning in Thailand.
pub const NOW: Moment = Moment(1_795_401_900_000_000);

/// Every page that is open to everybody, as written in Thai below a province.
pub const PAGES: &[&str] = &[
    "/",
    "/search",
    "/search?q=SDG",
    "/search?q=zzz",
    "/steps",
    "/glossary",
    "/glossary?q=SDG",
    "/about",
    "/accessibility",
    "/_gallery",
];

/// The portal with the given files.
pub fn portal_with(assets: Assets) -> Router {
    let province = |slug: &str, name_th: &str, name_en: &str| Province {
        slug: slug.to_owned(),
        name_th: name_th.to_owned(),
        name_en: name_en.to_owned(),
    };
    let provinces = vec![
        province("phetchabun", "เพชรบูรณ์", "Phetchabun"),
        province("narathiwat", "นราธิวาส", "Narathiwat"),
    ];
    web::router(&App::new(provinces, assets, || NOW))
}

/// The portal as it is built, or unstyled if nothing was built.
pub fn portal() -> Router {
    portal_with(Assets::embedded())
}

/// What came back.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

impl Answer {
    /// A header as text, empty if it is not there.
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8(self.bytes.clone()).unwrap()
    }

    /// What stands in `main`, without markup, spaces drawn together.
    pub fn main(&self) -> String {
        let text = self.text();
        let main = text
            .split_once("<main")
            .unwrap()
            .1
            .split_once("</main>")
            .unwrap()
            .0;
        plain(main.split_once('>').unwrap().1)
    }
}

/// Text without markup; no-break spaces become spaces.
pub fn plain(markup: &str) -> String {
    let mut out = String::new();
    for part in markup.split('<') {
        out.push_str(part.split_once('>').map_or(part, |(_, text)| text));
    }
    out.replace('\u{a0}', " ")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// Asks with a method and headers.
pub async fn ask(portal: &Router, method: Method, path: &str, headers: &[(&str, &str)]) -> Answer {
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let response = portal
        .clone()
        .oneshot(request.body(Body::empty()).unwrap())
        .await
        .unwrap();
    let (parts, body) = response.into_parts();
    let bytes = body.collect().await.unwrap().to_bytes().to_vec();
    Answer {
        status: parts.status,
        headers: parts.headers,
        bytes,
    }
}

/// `GET`.
pub async fn get(portal: &Router, path: &str) -> Answer {
    ask(portal, Method::GET, path, &[]).await
}

/// Every page in both languages.
pub fn everywhere() -> impl Iterator<Item = String> {
    PAGES.iter().flat_map(|page| {
        [
            format!("/phetchabun{page}"),
            format!("/en/phetchabun{page}"),
        ]
    })
}

//! Styles, scripts and fonts, embedded under names with a hash: kept by browsers for a year, compressed at build time.

use std::collections::HashMap;

use axum::extract::{Path, State};
use axum::http::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, VARY};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse, Response};

use crate::{App, Error};

/// One file as built.
pub struct Asset {
    /// Name without hash, as pages ask for it: `base.css`.
    name: &'static str,
    /// Name with hash, as browsers ask for it: `base.3FA9C2D1.css`.
    file: &'static str,
    plain: &'static [u8],
    br: Option<&'static [u8]>,
    gz: Option<&'static [u8]>,
}

static EMBEDDED: &[Asset] = include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// The files that pages may ask for.
pub struct Assets {
    by_name: HashMap<&'static str, &'static Asset>,
    by_file: HashMap<&'static str, &'static Asset>,
}

impl Assets {
    /// What was built into this binary; empty if nothing was.
    pub fn embedded() -> Self {
        Self::of(EMBEDDED)
    }

    /// Nothing: pages work unstyled.
    pub fn none() -> Self {
        Self::of(&[])
    }

    fn of(assets: &'static [Asset]) -> Self {
        Self {
            by_name: assets.iter().map(|asset| (asset.name, asset)).collect(),
            by_file: assets.iter().map(|asset| (asset.file, asset)).collect(),
        }
    }

    /// Whether nothing was built in.
    pub fn is_empty(&self) -> bool {
        self.by_name.is_empty()
    }

    /// Address of the file a page knows as `name`; `None` without a build.
    pub fn address(&self, name: &str) -> Option<String> {
        self.by_name
            .get(name)
            .map(|asset| format!("/assets/{}", asset.file))
    }
}

/// `GET /assets/{file}`.
pub async fn serve(
    State(app): State<App>,
    Path(file): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let asset = app
        .assets()
        .by_file
        .get(file.as_str())
        .ok_or(Error::NotFound)?;
    let (body, packing) = asset.packed_for(&headers);
    let mut response = body.into_response();
    let answer = response.headers_mut();
    answer.insert(CONTENT_TYPE, HeaderValue::from_static(asset.kind()));
    answer.insert(
        CACHE_CONTROL,
        HeaderValue::from_static("public, max-age=31536000, immutable"),
    );
    answer.insert(VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(packing) = packing {
        answer.insert(CONTENT_ENCODING, HeaderValue::from_static(packing));
    }
    Ok(response)
}

impl Asset {
    fn kind(&self) -> &'static str {
        match self.file.rsplit('.').next().unwrap_or_default() {
            "css" => "text/css; charset=utf-8",
            "js" => "text/javascript; charset=utf-8",
            "svg" => "image/svg+xml",
            "woff2" => "font/woff2",
            _ => "application/octet-stream",
        }
    }

    /// The smallest form that the browser takes. `identity` weights are not told apart: every browser that names
    /// `br` or `gzip` wants it.
    fn packed_for(&self, headers: &HeaderMap) -> (&'static [u8], Option<&'static str>) {
        let takes = |packing: &str| {
            headers
                .get_all(ACCEPT_ENCODING)
                .iter()
                .filter_map(|value| value.to_str().ok())
                .flat_map(|value| value.split(','))
                .any(|offer| {
                    let mut parts = offer.split(';').map(str::trim);
                    parts.next() == Some(packing) && !parts.any(|q| q == "q=0")
                })
        };
        match (self.br, self.gz) {
            (Some(br), _) if takes("br") => (br, Some("br")),
            (_, Some(gz)) if takes("gzip") => (gz, Some("gzip")),
            _ => (self.plain, None),
        }
    }
}

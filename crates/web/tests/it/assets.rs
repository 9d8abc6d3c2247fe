//! Styles, scripts and fonts: hashed names, kept for a year, compressed; and everything works without them.

use axum::http::{Method, StatusCode};
use web::Assets;

use crate::portal::{ask, everywhere, get, portal, portal_with};

/// The files as built; a build is part of testing, not of compiling.
fn built() -> Assets {
    let assets = Assets::embedded();
    assert!(
        !assets.is_empty(),
        "styles and scripts are not built; type: cargo xtask assets"
    );
    assets
}

#[tokio::test]
async fn without_a_build_every_page_works_unstyled() {
    let portal = portal_with(Assets::none());
    for path in everywhere() {
        let answer = get(&portal, &path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        let text = answer.text();
        assert!(!text.contains("/assets/") && text.contains("<h1"), "{path}");
    }
}

#[tokio::test]
async fn files_have_hashed_names_and_are_kept_for_a_year() {
    let (assets, portal) = (built(), portal());
    for name in [
        "base.css",
        "home.css",
        "rails.css",
        "matrix.css",
        "charts.css",
        "tree.css",
        "print.css",
        "site.js",
        "plots.js",
        "refresh.js",
    ] {
        let address = assets
            .address(name)
            .unwrap_or_else(|| panic!("{name} was not built"));
        let (stem, kind) = name.split_once('.').unwrap();
        let hash = address
            .strip_prefix(&format!("/assets/{stem}."))
            .unwrap()
            .strip_suffix(&format!(".{kind}"))
            .unwrap();
        assert!(
            hash.len() == 8 && hash.chars().all(|c| c.is_ascii_alphanumeric()),
            "{address}"
        );
        let plain = get(&portal, &address).await;
        assert_eq!(
            plain.header("cache-control"),
            "public, max-age=31536000, immutable",
            "{address}"
        );
        let packed = ask(
            &portal,
            Method::GET,
            &address,
            &[("accept-encoding", "gzip, br")],
        )
        .await;
        assert_eq!(
            (packed.status, packed.header("content-encoding")),
            (StatusCode::OK, "br"),
            "{address}"
        );
        assert!(packed.bytes.len() <= plain.bytes.len(), "{address}");
    }
}

#[tokio::test]
async fn a_browser_that_refuses_a_packing_does_not_get_it() {
    let address = built().address("base.css").unwrap();
    let portal = portal();
    for (takes, gets) in [("br;q=0, gzip", "gzip"), ("br;q=0", ""), ("deflate", "")] {
        let answer = ask(
            &portal,
            Method::GET,
            &address,
            &[("accept-encoding", takes)],
        )
        .await;
        assert_eq!(answer.header("content-encoding"), gets, "{takes}");
    }
}

#[tokio::test]
async fn the_styles_of_every_page_stay_within_twelve_kilobytes() {
    let address = built().address("base.css").unwrap();
    let packed = ask(
        &portal(),
        Method::GET,
        &address,
        &[("accept-encoding", "br")],
    )
    .await;
    assert!(
        packed.bytes.len() <= 12_000,
        "base.css is {} bytes",
        packed.bytes.len()
    );
}

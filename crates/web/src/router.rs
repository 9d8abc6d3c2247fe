//! Every address on one page. A new screen is a file in `pages/`, a line here and, if it belongs there, one in `ui/nav.rs`.

use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;

use crate::{App, Error, Viewer, assets, layers, pages, ui};

/// The whole portal.
pub fn router(app: &App) -> Router {
    let mut routes = Router::new()
        .route("/", get(first_province))
        .route("/en", get(first_province))
        .route("/en/", get(first_province))
        .route("/assets/{file}", get(assets::serve))
        .route("/favicon.svg", get(ui::mark::favicon));
    for language in ["/{province}", "/en/{province}"] {
        let at = |rest: &str| format!("{language}{rest}");
        routes = routes
            .route(language, get(with_slash))
            .route(&at("/"), get(pages::home::show))
            .route(&at("/search"), get(pages::search::show))
            .route(&at("/steps"), get(pages::steps::show))
            .route(&at("/glossary"), get(pages::glossary::show))
            .route(&at("/about"), get(pages::about::show))
            .route(&at("/accessibility"), get(pages::accessibility::show));
        #[cfg(debug_assertions)]
        {
            routes = routes.route(&at("/_gallery"), get(pages::gallery::show));
        }
    }
    #[cfg(debug_assertions)]
    {
        routes = routes.route("/_gallery", get(first_gallery));
    }
    layers::around(routes, app)
}

/// `/` and `/en` lead to the only, or the first, province.
async fn first_province(
    State(app): State<App>,
    request: axum::extract::Request,
) -> Result<Response, Error> {
    app.provinces().first().ok_or(Error::NotFound)?;
    let viewer = Viewer::public(&app, request.uri().path());
    Ok(Redirect::temporary(&viewer.to("/")).into_response())
}

/// `/phetchabun` is written `/phetchabun/`.
async fn with_slash(viewer: Viewer) -> Redirect {
    Redirect::permanent(&viewer.to("/"))
}

#[cfg(debug_assertions)]
async fn first_gallery(State(app): State<App>) -> Redirect {
    Redirect::temporary(&Viewer::public(&app, "/").to("/_gallery"))
}

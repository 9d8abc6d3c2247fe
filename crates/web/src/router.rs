//! Every address on one page. Long because every address stands here.
//!
//! A new screen is a file in `pages/`, a line here and, if it belongs there, one in `ui/nav.rs`.

mod threads;

use axum::Router;
use axum::extract::{DefaultBodyLimit, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{MethodRouter, get, post};
use domain::permission::Act;

use crate::doors::{self, Door};
use crate::{App, Error, Viewer, assets, layers, pages, ui};

/// Routes with a list of their addresses and doors, so that tests can prove that they left none out.
struct Routes {
    routes: Router<App>,
    addresses: Vec<(String, Door)>,
}

impl Routes {
    /// An address for everybody.
    fn route(self, address: &str, methods: MethodRouter<App>) -> Self {
        self.door(Door::Public, address, methods)
    }

    /// An address for whoever is signed in, with the second factor where a role asks for one.
    fn signed_in(self, address: &str, methods: MethodRouter<App>) -> Self {
        self.door(Door::SignedIn, address, methods)
    }

    fn door(mut self, door: Door, address: &str, methods: MethodRouter<App>) -> Self {
        self.routes = self.routes.route(address, doors::behind(door, methods));
        self.addresses.push((address.to_owned(), door));
        self
    }
}

/// Every address with its door, for the proof that none stands open by mistake.
pub fn addresses(app: &App) -> Vec<(String, Door)> {
    every_route(app).addresses
}

/// The whole portal.
pub fn router(app: &App) -> Router {
    let routes = every_route(app);
    #[cfg(debug_assertions)]
    let routes = {
        let all: Vec<&str> = routes
            .addresses
            .iter()
            .map(|(address, _)| address.as_str())
            .collect();
        let all = all.join("\n");
        routes.route("/_addresses", get(async move || all))
    };
    layers::around(routes.routes, app)
}

fn every_route(app: &App) -> Routes {
    let empty = Routes {
        routes: Router::new(),
        addresses: Vec::new(),
    };
    let mut routes = empty
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
            .route(&at("/accessibility"), get(pages::accessibility::show))
            .route(&at("/roles"), get(pages::roles::show));
        if app.live().is_some() {
            routes = with_data(routes, at);
            routes = board(routes, at);
            routes = with_people(routes, at);
            routes = threads::acts(routes, at);
            routes = organisations(routes, at);
        }
        #[cfg(debug_assertions)]
        {
            routes = routes.route(&at("/_gallery"), get(pages::gallery::show));
        }
    }
    #[cfg(debug_assertions)]
    {
        routes = routes.route("/_gallery", get(first_gallery));
    }
    routes
}

/// Pages about what is recorded. Things have the codes people know in their addresses ([`crate::places`] writes them):
///
/// | address | shows |
/// |---|---|
/// | `/plans` | plans and frameworks |
/// | `/plans/{plan}` | a plan with its tree; `?edition=` another edition than the one in force |
/// | `/plans/{plan}/nodes/{code}` | an element with its figures and why they are so; `?figure=` |
/// | `/projects/{plan}/{code}` | a project with its thread; `?view=up` or `down` |
/// | `/targets/{code}` | an SDG 4 target |
/// | `/indicators`, `/indicators/{plan}/{code}` | indicators, of SDG 4 and of plans |
/// | `/coverage` | organisation × target |
/// | `/findings`, `/rules`, `/rules/{code}` | what should be looked at, and why |
/// | `/organisations`, `/organisations/{code}` | organisations and their projects |
/// | `/catalogue` | catalogues with source and certainty |
/// | `/search` | everything by any part of its name |
fn with_data(routes: Routes, at: impl Fn(&str) -> String) -> Routes {
    routes
        .route(&at("/plans"), get(pages::plans::list::show))
        .route(&at("/plans/{plan}"), get(pages::plans::read::show))
        .route(
            &at("/plans/{plan}/nodes/{code}"),
            get(pages::plans::node::show),
        )
        .route(
            &at("/projects/{plan}/{code}"),
            get(pages::projects::show::show),
        )
        .route(&at("/targets"), get(pages::targets::list::show))
        .route(&at("/targets/{code}"), get(pages::targets::show::show))
        .route(&at("/indicators"), get(pages::indicators::list::show))
        .route(
            &at("/indicators/{plan}/{code}"),
            get(pages::indicators::show::show),
        )
        .route(&at("/coverage"), get(pages::coverage::show))
        .route(&at("/findings"), get(pages::findings::show))
        .route(&at("/rules"), get(pages::rules::list))
        .route(&at("/rules/{code}"), get(pages::rules::show))
        .route(&at("/organisations"), get(pages::organisations::list::show))
        .route(
            &at("/organisations/{code}"),
            get(pages::organisations::show::show),
        )
        .route(&at("/catalogue"), get(pages::catalogue::show))
}

/// Coming in, and pages for people who are signed in. What follows a one-time link or a password is public and rests on
/// that secret; everything else says its door.
fn with_people(routes: Routes, at: impl Fn(&str) -> String) -> Routes {
    use pages::accounts::{invitation, reset, sign_in};
    let routes = routes
        .route(&at("/sign-in"), get(sign_in::show).post(sign_in::send))
        .route(
            &at("/sign-in/code"),
            get(sign_in::code).post(sign_in::send_code),
        )
        .route(&at("/sign-out"), post(sign_in::out))
        .route(
            &at("/invitation/{token}"),
            get(invitation::show).post(invitation::send),
        )
        .route(&at("/reset/{token}"), get(reset::show).post(reset::send))
        .signed_in(&at("/work"), get(pages::work::show))
        .door(
            Door::With(Act::DecideLink),
            &at("/links"),
            get(pages::links::show).post(pages::links::decide),
        )
        .door(
            Door::With(Act::ReadTrail),
            &at("/trail"),
            get(pages::trail::show).post(pages::trail::verify),
        )
        .door(
            Door::With(Act::ReadTrail),
            &at("/trail.csv"),
            get(pages::trail::export),
        );
    let routes = account(routes, &at);
    let routes = settings(routes, &at);
    people(routes, &at)
}

/// One's own account: whoever still has to set up a second factor reaches it, too.
fn account(routes: Routes, at: impl Fn(&str) -> String) -> Routes {
    use pages::accounts::{account, second_factor};
    routes
        .door(Door::Enrolling, &at("/account"), get(account::show))
        .door(
            Door::Enrolling,
            &at("/account/password"),
            post(account::change_password),
        )
        .signed_in(
            &at("/account/recovery-codes"),
            post(account::recovery_codes),
        )
        .door(
            Door::Enrolling,
            &at("/account/sessions"),
            post(account::end_others),
        )
        .door(
            Door::Enrolling,
            &at("/account/sessions/{session}"),
            post(account::end_session),
        )
        .door(
            Door::Enrolling,
            &at("/account/second-factor"),
            get(second_factor::show).post(second_factor::send),
        )
        .signed_in(&at("/account/second-factor/off"), post(account::factor_off))
}

/// What a province sets.
fn settings(routes: Routes, at: impl Fn(&str) -> String) -> Routes {
    use pages::settings::{duties, holidays};
    routes
        .door(
            Door::With(Act::Configure),
            &at("/settings"),
            get(pages::settings::show).post(pages::settings::open),
        )
        .door(
            Door::With(Act::Configure),
            &at("/settings/quota"),
            post(pages::settings::keep),
        )
        .door(
            Door::With(Act::Configure),
            &at("/settings/holidays"),
            get(holidays::show).post(holidays::add),
        )
        .door(
            Door::With(Act::Configure),
            &at("/settings/holidays/{holiday}"),
            get(holidays::show_remove).post(holidays::remove),
        )
        .door(
            Door::With(Act::Configure),
            &at("/settings/duties"),
            get(duties::show),
        )
        .door(
            Door::With(Act::Configure),
            &at("/settings/duties/{item}"),
            get(duties::show_correct).post(duties::correct),
        )
        .door(
            Door::With(Act::Configure),
            &at("/settings/sign-in"),
            get(pages::sign_in_policy::show).post(pages::sign_in_policy::send),
        )
}

/// Invitations, people and their roles.
fn people(routes: Routes, at: impl Fn(&str) -> String) -> Routes {
    use pages::accounts::invite;
    routes
        .door(
            Door::With(Act::ManagePeople),
            &at("/invite"),
            get(invite::show).post(invite::send),
        )
        .door(
            Door::With(Act::ManagePeople),
            &at("/invite/{invitation}/revoke"),
            post(invite::revoke),
        )
        .door(
            Door::With(Act::ManagePeople),
            &at("/reset-link/{account}"),
            get(invite::confirm_reset).post(invite::make_reset),
        )
        .door(
            Door::With(Act::SeePeople),
            &at("/people"),
            get(pages::people::list::show),
        )
        .door(
            Door::With(Act::SeePeople),
            &at("/people/{account}"),
            get(pages::people::show::show),
        )
        .door(
            Door::With(Act::ManagePeople),
            &at("/people/{account}/{act}"),
            get(pages::people::act::show).post(pages::people::act::post),
        )
}

/// The eight-step board and what is recorded for it:
///
/// | address | shows |
/// |---|---|
/// | `/board` | organisation × step for who may see them, n/N by step for everybody; `?year=` |
/// | `/board.xlsx` | the same as a workbook |
/// | `/board/{organisation}/{item}` | one cell with its record, files and history; `?quarter=` |
/// | `…/record`, `…/draft` | the forms: for one's own organisation, or for an agency on its letter |
/// | `…/ask`, `…/answer`, `…/close` | ask for more about a record, answer, close what was asked |
/// | `/remind/{item}` | reminds an organisation, or everybody who is late; `?organisation=` |
/// | `/tasks` | what the reader's own organisation has to do next |
/// | `/files/{id}` | a file of evidence |
fn board(routes: Routes, at: impl Fn(&str) -> String) -> Routes {
    use pages::board::{asking, cell, evidence, excel, file, record, remind, show, tasks};
    let cell = |rest: &str| at(&format!("/board/{{organisation}}/{{item}}{rest}"));
    let with_files = || DefaultBodyLimit::max(record::FORM_BYTES);
    let certify = Door::With(Act::Certify);
    let ask = Door::With(Act::AskForMore);
    routes
        .route(&at("/board"), get(show::show))
        .signed_in(&at("/board.xlsx"), get(excel::show))
        .signed_in(&at("/tasks"), get(tasks::show))
        .signed_in(&at("/files/{id}"), get(file::show))
        .signed_in(&cell(""), get(cell::show))
        .door(
            Door::With(Act::RecordStep),
            &cell("/record"),
            get(record::show).post(record::post).layer(with_files()),
        )
        .door(
            Door::With(Act::DraftOnBehalf),
            &cell("/draft"),
            get(record::show_draft)
                .post(record::post_draft)
                .layer(with_files()),
        )
        .door(certify, &cell("/certify"), post(cell::post_certify))
        .door(certify, &cell("/return"), post(cell::post_return))
        .signed_in(&cell("/detach"), post(evidence::post_detach))
        .door(ask, &cell("/ask"), post(asking::post_ask))
        .door(
            Door::With(Act::RecordStep),
            &cell("/answer"),
            post(asking::post_answer).layer(with_files()),
        )
        .door(ask, &cell("/close"), post(asking::post_close))
        .door(
            Door::With(Act::Remind),
            &at("/remind/{item}"),
            get(remind::show).post(remind::post),
        )
}

/// The editor of organisations:
///
/// | address | does |
/// |---|---|
/// | `/organisations/new`, `/organisations/{code}/edit`, `…/codes` | adds one, changes words, class, order and codes |
/// | `/organisations/{code}/move`, `…/close`, `…/reopen` | changes its place, or whether it stands, from a day on |
/// | `/organisations/{code}/merge`, `…/split`, `…/undo/{reorganisation}` | lets it go on in others, or takes that back |
/// | `/organisations/import`, `/organisations/template.xlsx` | takes in a list of schools after a preview |
fn organisations(routes: Routes, at: impl Fn(&str) -> String) -> Routes {
    use pages::editor::{list, merge, split, structure, undo, words};
    let register = Door::With(Act::ManageOrganisations);
    let forests = Door::With(Act::Restructure);
    let one = |rest: &str| at(&format!("/organisations/{{code}}/{rest}"));
    routes
        .door(
            register,
            &at("/organisations/new"),
            get(words::show_new).post(words::post_new),
        )
        .door(
            register,
            &at("/organisations/import"),
            get(list::show)
                .post(list::post)
                .layer(DefaultBodyLimit::max(list::FORM_BYTES)),
        )
        .door(
            register,
            &at("/organisations/template.xlsx"),
            get(list::template),
        )
        .door(
            register,
            &one("edit"),
            get(words::show_edit).post(words::post_edit),
        )
        .door(register, &one("codes"), post(words::post_codes))
        .door(
            forests,
            &one("move"),
            get(structure::show_move).post(structure::post_move),
        )
        .door(
            forests,
            &one("close"),
            get(structure::show_close).post(structure::post_close),
        )
        .door(
            forests,
            &one("reopen"),
            get(structure::show_reopen).post(structure::post_reopen),
        )
        .door(
            forests,
            &one("merge"),
            get(merge::show_merge).post(merge::post_merge),
        )
        .door(forests, &one("split"), get(split::show).post(split::post))
        .door(
            forests,
            &one("undo/{reorganisation}"),
            get(undo::show).post(undo::post),
        )
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

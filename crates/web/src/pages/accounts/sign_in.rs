//! Signing in: account and password, then the code of the second factor where there is one; and out again.

use actions::accounts::{self, Opened, SignIn, SignedIn, Token};
use axum::extract::Query;
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use domain::issue::Issue;
use maud::html;
use serde::Deserialize;

use super::{agent, let_in, narrow, onward};
use crate::form::Fields;
use crate::ui::{Form, Kind, button, flow};
use crate::{Error, Page, Viewer, session};

/// Where to go on.
#[derive(Debug, Default, Deserialize)]
pub struct Next {
    #[serde(default)]
    next: String,
}

/// `GET /sign-in`: whoever is signed in already goes on.
pub async fn show(viewer: Viewer, Query(next): Query<Next>) -> Response {
    if viewer.signed_in().is_some() {
        return Redirect::to(&there(&viewer, &next.next)).into_response();
    }
    let fields = Fields::of([("next", next.next)]);
    asked(&viewer, &fields, &[]).into_response()
}

fn there(v: &Viewer, next: &str) -> String {
    onward(next).map_or_else(|| v.to("/work"), str::to_owned)
}

fn asked(v: &Viewer, fields: &Fields, issues: &[Issue]) -> Page {
    let form = Form::new(v, "sign_in", fields, issues);
    let body = html! {
        (form.hidden("next", fields.text("next")))
        (form.text("account", Kind::Account))
        (form.text("password", Kind::Password))
    };
    narrow(
        v,
        "sign_in.title",
        "sign_in.lead",
        html! {
            (form.show(&v.to("/sign-in"), &v.say("ui.sign_in"), body))
            p.small.dim { (flow(&v.say("sign_in.lost"))) }
        },
    )
}

/// `POST /sign-in`.
///
/// # Errors
/// When the database fails; what is wrong with the input is shown on the page.
pub async fn send(viewer: Viewer, headers: HeaderMap, fields: Fields) -> Result<Response, Error> {
    let v = &viewer;
    let before = session::token(v.app(), &headers);
    let typed = fields.clone();
    let signed_in = v.act(async move |store, ctx| {
        let given = SignIn {
            account: typed.text("account"),
            password: typed.text("password"),
            agent: agent(&headers),
            before: before.as_ref(),
        };
        accounts::sign_in(store, ctx, given).await
    });
    match signed_in.await {
        Ok(SignedIn::Whole(opened)) => {
            let there = match opened.must_enrol {
                true => v.to("/account/second-factor"),
                false => there(v, fields.text("next")),
            };
            Ok(let_in(v, &opened.token, &there))
        }
        Ok(SignedIn::AskCode(token)) => {
            let next = crate::address::encoded(fields.text("next"));
            let there = v.to(&format!("/sign-in/code?next={next}"));
            Ok(let_in(v, &token, &there))
        }
        Err(error) => {
            let issues = error.into_issues()?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, asked(v, &fields, &issues)).into_response())
        }
    }
}

/// `GET /sign-in/code`.
pub async fn code(viewer: Viewer, Query(next): Query<Next>) -> Page {
    ask_code(&viewer, &Fields::of([("next", next.next)]), &[])
}

fn ask_code(v: &Viewer, fields: &Fields, issues: &[Issue]) -> Page {
    let form = Form::new(v, "sign_in", fields, issues);
    let body = html! {
        (form.hidden("next", fields.text("next")))
        (form.text("code", Kind::Code))
    };
    narrow(
        v,
        "sign_in.code.title",
        "sign_in.code.lead",
        html! {
            (form.show(&v.to("/sign-in/code"), &v.say("ui.sign_in"), body))
            div.row { (button(&v.to("/sign-in"), None, &v.say("sign_in.again"), false)) }
        },
    )
}

/// `POST /sign-in/code`: the six digits, or one of the recovery codes in the same field.
///
/// # Errors
/// When the database fails; what is wrong with the code is shown on the page.
pub async fn send_code(
    viewer: Viewer,
    headers: HeaderMap,
    fields: Fields,
) -> Result<Response, Error> {
    let v = &viewer;
    let Some(token) = session::token(v.app(), &headers) else {
        return Ok(Redirect::to(&v.to("/sign-in")).into_response());
    };
    match try_code(v, token, fields.text("code").to_owned()).await {
        Ok(opened) => Ok(let_in(v, &opened.token, &there(v, fields.text("next")))),
        Err(error) => {
            let issues = error.into_issues()?;
            Ok((
                StatusCode::UNPROCESSABLE_ENTITY,
                ask_code(v, &fields, &issues),
            )
                .into_response())
        }
    }
}

/// Six digits are a code of the second factor, anything longer one of the recovery codes.
async fn try_code(v: &Viewer, token: Token, typed: String) -> Result<Opened, Error> {
    v.act(async move |store, ctx| {
        let letters = typed.chars().filter(|letter| letter.is_alphanumeric());
        if letters.count() <= 6 {
            accounts::give_code(store, ctx, &token, &typed).await
        } else {
            let (opened, _) = accounts::use_recovery_code(store, ctx, &token, &typed).await?;
            Ok(opened)
        }
    })
    .await
}

/// `POST /sign-out`.
///
/// # Errors
/// When the database fails.
pub async fn out(viewer: Viewer, _: Fields) -> Result<Response, Error> {
    let v = &viewer;
    if let Some(somebody) = v.signed_in() {
        let session = somebody.session;
        v.act(async move |store, ctx| accounts::sign_out(store, ctx, session).await)
            .await?;
    }
    let cookie = session::taken(v.app());
    Ok(([(SET_COOKIE, cookie)], Redirect::to(&v.to("/"))).into_response())
}

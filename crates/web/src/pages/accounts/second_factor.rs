//! Setting up the second factor: the secret as a picture and as letters, the first code, the recovery codes.

use actions::accounts;
use axum::http::StatusCode;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Redirect, Response};
use domain::issue::Issue;
use maud::{PreEscaped, html};

use super::narrow;
use crate::form::Fields;
use crate::ui::{Form, Icon, Kind, Tone, button, flow, note};
use crate::{Error, Page, Viewer, session};

/// `GET /account/second-factor`: what was begun in this session, or how to begin.
///
/// # Errors
/// When the database fails.
pub async fn show(viewer: Viewer) -> Result<Page, Error> {
    asked(&viewer, &[]).await
}

async fn asked(v: &Viewer, issues: &[Issue]) -> Result<Page, Error> {
    let session = v.somebody()?.session;
    let stands = v
        .act(async move |store, ctx| accounts::setting_up(store, ctx, session).await)
        .await?;
    let must = v.somebody()?.must_enrol;
    let nothing = Fields::default();
    let form = Form::new(v, "second_factor", &nothing, issues);
    let to = v.to("/account/second-factor");
    let body = match &stands.begun {
        Some(begun) => html! {
            ol.stack {
                li { p { b { (flow(&v.say("second_factor.scan"))) } }
                    @if let Some(svg) = &begun.svg { div.qr role="img" aria-label=(v.say("second_factor.picture")) { (PreEscaped(svg)) } }
                }
                li { p { (flow(&v.say("second_factor.type"))) } p.secret { (begun.secret) } }
            }
            (form.show(&to, &v.say("second_factor.confirm"), form.text("code", Kind::Code)))
        },
        None => html! {
            @if stands.enrolled { p { (flow(&v.say("second_factor.replaces"))) } }
            p { (flow(&v.say("second_factor.next"))) }
            (form.show(&to, &v.say("second_factor.begin"), html! {
                (form.hidden("begin", "1"))
                @if stands.asks_password { (form.text("password", Kind::Password)) }
            }))
        },
    };
    Ok(narrow(
        v,
        "second_factor.title",
        "second_factor.lead",
        html! {
            @if must { (note(Tone::Info, Icon::Lock, flow(&v.say("second_factor.must")))) }
            (body)
        },
    ))
}

/// `POST /account/second-factor`: begins, or takes the first code; then the recovery codes, shown once.
///
/// # Errors
/// When the database fails; a wrong password or code is said on the page.
pub async fn send(viewer: Viewer, fields: Fields) -> Result<Response, Error> {
    let v = &viewer;
    match fields.ticked("begin") {
        true => begin(v, &fields).await,
        false => confirm(v, &fields).await,
    }
}

async fn begin(v: &Viewer, fields: &Fields) -> Result<Response, Error> {
    let session = v.somebody()?.session;
    let password = fields.text("password").to_owned();
    let begun = v
        .act(async move |store, ctx| accounts::begin_totp(store, ctx, session, &password).await)
        .await;
    match begun {
        Ok(_) => Ok(Redirect::to(&v.to("/account/second-factor")).into_response()),
        Err(error) => wrong(v, error).await,
    }
}

async fn confirm(v: &Viewer, fields: &Fields) -> Result<Response, Error> {
    let session = v.somebody()?.session;
    let code = fields.text("code").to_owned();
    let confirmed =
        v.act(async move |store, ctx| accounts::confirm_totp(store, ctx, session, &code).await);
    match confirmed.await {
        Ok(enrolled) => {
            let cookie = session::given(v.app(), &enrolled.token);
            let page = codes(&v.clone().renewed(&enrolled.token), &enrolled.codes);
            Ok(([(SET_COOKIE, cookie)], page).into_response())
        }
        Err(error) => wrong(v, error).await,
    }
}

async fn wrong(v: &Viewer, error: Error) -> Result<Response, Error> {
    let issues = error.into_issues()?;
    let page = asked(v, &issues).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// The recovery codes, to be printed or written down.
pub(super) fn codes(v: &Viewer, codes: &[String]) -> Page {
    narrow(
        v,
        "second_factor.codes",
        "second_factor.codes.lead",
        html! {
            ul.secret { @for code in codes { li { (code) } } }
            p { (flow(&v.say("second_factor.codes.keep"))) }
            div.row { (button(&v.to("/work"), Some(Icon::Arrow), &v.say("second_factor.codes.kept"), true)) }
        },
    )
}

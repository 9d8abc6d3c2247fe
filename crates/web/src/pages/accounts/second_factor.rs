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

/// `GET /account/second-factor`.
///
/// # Errors
/// When the database fails.
pub async fn show(viewer: Viewer) -> Result<Response, Error> {
    asked(&viewer, &[]).await
}

async fn asked(v: &Viewer, issues: &[Issue]) -> Result<Response, Error> {
    let begun = v
        .act(async |store, ctx| accounts::enrol_totp(store, ctx).await)
        .await;
    let begun = match begun {
        Ok(begun) => begun,
        // They have one already: their account shows it.
        Err(Error::Stale(_)) => return Ok(Redirect::to(&v.to("/account")).into_response()),
        Err(other) => return Err(other),
    };
    let must = v.somebody()?.must_enrol;
    let nothing = Fields::default();
    let form = Form::new(v, "second_factor", &nothing, issues);
    let page = narrow(
        v,
        "second_factor.title",
        "second_factor.lead",
        html! {
            @if must { (note(Tone::Info, Icon::Lock, flow(&v.say("second_factor.must")))) }
            ol.stack {
                li { p { b { (flow(&v.say("second_factor.scan"))) } }
                    @if let Some(svg) = &begun.svg { div.qr role="img" aria-label=(v.say("second_factor.picture")) { (PreEscaped(svg)) } }
                }
                li { p { (flow(&v.say("second_factor.type"))) } p.secret { (begun.secret) } }
            }
            (form.show(&v.to("/account/second-factor"), &v.say("second_factor.confirm"), form.text("code", Kind::Code)))
        },
    );
    Ok(match issues.is_empty() {
        true => page.into_response(),
        false => (StatusCode::UNPROCESSABLE_ENTITY, page).into_response(),
    })
}

/// `POST /account/second-factor`: the first code; then the recovery codes, shown once.
///
/// # Errors
/// When the database fails; a wrong code is said on the page.
pub async fn send(viewer: Viewer, fields: Fields) -> Result<Response, Error> {
    let v = &viewer;
    let somebody = v.somebody()?;
    let (session, code) = (somebody.session, fields.text("code").to_owned());
    let confirmed =
        v.act(async move |store, ctx| accounts::confirm_totp(store, ctx, session, &code).await);
    match confirmed.await {
        Ok(enrolled) => {
            let cookie = session::given(v.app(), &enrolled.token);
            let page = codes(&viewer.renewed(&enrolled.token), &enrolled.codes);
            Ok(([(SET_COOKIE, cookie)], page).into_response())
        }
        Err(error) => {
            let issues = error.into_issues()?;
            asked(v, &issues).await
        }
    }
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

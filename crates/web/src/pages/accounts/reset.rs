//! A new password by a one-time link.

use actions::accounts::{self, Token};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::issue::{Issue, Place};
use maud::html;

use super::invitation::closed;
use super::narrow;
use crate::form::Fields;
use crate::ui::{Form, Kind, definitions};
use crate::{Error, Page, Viewer};

/// The two passwords typed differ.
pub(super) fn not_the_same() -> Issue {
    let field = "again".to_owned();
    Issue::error(Place::Field { field }, "account.not_the_same")
}

/// `GET /reset/{token}`.
///
/// # Errors
/// When the database fails; a link that opens nothing any more says so on the page.
pub async fn show(
    viewer: Viewer,
    Path(path): Path<Vec<(String, String)>>,
) -> Result<Response, Error> {
    let v = &viewer;
    Ok(match look(v, &path).await? {
        Ok((_, account)) => asked(v, &account, &[]).into_response(),
        Err(issue) => closed(v, &issue),
    })
}

async fn look(
    v: &Viewer,
    path: &[(String, String)],
) -> Result<Result<(Token, String), Box<Issue>>, Error> {
    let text = path
        .iter()
        .find(|(key, _)| key == "token")
        .map_or("", |(_, value)| value);
    let Ok(token) = text.parse::<Token>() else {
        return Err(Error::NotFound);
    };
    match accounts::look_at_reset(v.live()?.store(), &token, v.app().now()).await {
        Ok(person) => Ok(Ok((token, person.account))),
        Err(actions::Error::NotFound(issue) | actions::Error::Stale(issue)) => Ok(Err(issue)),
        Err(actions::Error::Invalid(mut issues)) if !issues.is_empty() => {
            Ok(Err(Box::new(issues.remove(0))))
        }
        Err(other) => Err(other.into()),
    }
}

fn asked(v: &Viewer, account: &str, issues: &[Issue]) -> Page {
    let nothing = Fields::default();
    let form = Form::new(v, "reset", &nothing, issues);
    let action = v.here().to_string();
    narrow(
        v,
        "reset.title",
        "reset.lead",
        html! {
            (definitions([(v.say("reset.account"), html! { b { (account) } })]))
            (form.show(&action, &v.say("reset.set"), html! {
                (form.text("password", Kind::NewPassword))
                (form.text("again", Kind::NewPassword))
            }))
        },
    )
}

/// `POST /reset/{token}`.
///
/// # Errors
/// When the database fails; what is wrong with the input is shown on the page.
pub async fn send(
    viewer: Viewer,
    Path(path): Path<Vec<(String, String)>>,
    fields: Fields,
) -> Result<Response, Error> {
    let v = &viewer;
    let (token, account) = match look(v, &path).await? {
        Ok(found) => found,
        Err(issue) => return Ok(closed(v, &issue)),
    };
    let mut issues = Vec::new();
    if fields.text("again") != fields.text("password") {
        issues.push(not_the_same());
    }
    if issues.is_empty() {
        let new = fields.text("password").to_owned();
        let set =
            v.act(async move |store, ctx| accounts::use_reset(store, ctx, &token, &new).await);
        match set.await {
            Ok(_) => return Ok(Redirect::to(&v.to("/sign-in")).into_response()),
            Err(error) => issues = error.into_issues()?,
        }
    }
    Ok((
        StatusCode::UNPROCESSABLE_ENTITY,
        asked(v, &account, &issues),
    )
        .into_response())
}

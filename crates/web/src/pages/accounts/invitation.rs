//! An invitation opened from its printed link: choosing an account name and a password.

use actions::accounts::{self, Acceptance, Token};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::issue::Issue;
use domain::organisation::{Organisation, OrganisationText};
use maud::{Markup, html};

use super::narrow;
use crate::form::Fields;
use crate::ui::{Form, Kind, definitions, error_summary, flow, name};
use crate::{Error, Page, Viewer};

/// `GET /invitation/{token}`.
///
/// # Errors
/// When the database fails; a link that opens nothing any more says so on the page.
pub async fn show(
    viewer: Viewer,
    Path(path): Path<Vec<(String, String)>>,
) -> Result<Response, Error> {
    let v = &viewer;
    let open = match look(v, &path).await? {
        Ok((_, open)) => open,
        Err(issue) => return Ok(closed(v, &issue)),
    };
    let known = &open.invitation;
    let fields = Fields::of([
        ("account", known.account.clone().unwrap_or_default()),
        ("name", known.name.clone().unwrap_or_default()),
        ("position", known.position.clone().unwrap_or_default()),
    ]);
    Ok(asked(v, &open, &fields, &[]).await?.into_response())
}

/// The invitation of an address, or why it opens nothing.
async fn look(
    v: &Viewer,
    path: &[(String, String)],
) -> Result<Result<(Token, accounts::Open), Box<Issue>>, Error> {
    let text = path
        .iter()
        .find(|(key, _)| key == "token")
        .map_or("", |(_, value)| value);
    let Ok(token) = text.parse::<Token>() else {
        return Err(Error::NotFound);
    };
    match accounts::look_at_invitation(v.live()?.store(), &token, v.app().now()).await {
        Ok(open) => Ok(Ok((token, open))),
        Err(actions::Error::NotFound(issue) | actions::Error::Stale(issue)) => Ok(Err(issue)),
        Err(actions::Error::Invalid(mut issues)) if !issues.is_empty() => {
            Ok(Err(Box::new(issues.remove(0))))
        }
        Err(other) => Err(other.into()),
    }
}

/// The page of a link that opens nothing any more.
pub(super) fn closed(v: &Viewer, issue: &Issue) -> Response {
    let summary = error_summary(
        v.locale,
        &v.say("one_time.closed"),
        std::slice::from_ref(issue),
    );
    let page = narrow(v, "one_time.title", "one_time.lead", summary);
    (StatusCode::GONE, page).into_response()
}

async fn asked(
    v: &Viewer,
    open: &accounts::Open,
    fields: &Fields,
    issues: &[Issue],
) -> Result<Page, Error> {
    let form = Form::new(v, "invitation", fields, issues);
    let roles = roles(v, open).await?;
    let action = v.here().to_string();
    Ok(narrow(
        v,
        "invitation.title",
        "invitation.lead",
        html! {
            (definitions([(v.say("invitation.roles"), roles)]))
            (form.show(&action, &v.say("invitation.accept"), html! {
                (form.text("name", Kind::Text))
                (form.text("position", Kind::Text))
                (form.text("account", Kind::Account))
                (form.text("password", Kind::NewPassword))
                (form.text("again", Kind::NewPassword))
            }))
        },
    ))
}

async fn roles(v: &Viewer, open: &accounts::Open) -> Result<Markup, Error> {
    let ids: Vec<_> = open.roles.iter().map(|given| given.organisation).collect();
    let rows = store::get_many::<(Organisation, OrganisationText)>(v.live()?.store(), &ids).await?;
    Ok(html! {
        ul {
            @for given in &open.roles {
                li {
                    (flow(&v.say(given.role.key())))
                    @if let Some(kept) = rows.iter().find(|kept| kept.row.0.id == given.organisation) {
                        " · " (name(v.locale, &kept.row.1.name_th, kept.row.1.name_en.as_deref()))
                    }
                }
            }
        }
    })
}

/// `POST /invitation/{token}`.
///
/// # Errors
/// When the database fails; what is wrong with the input is shown on the page.
pub async fn send(
    viewer: Viewer,
    Path(path): Path<Vec<(String, String)>>,
    fields: Fields,
) -> Result<Response, Error> {
    let v = &viewer;
    let (token, open) = match look(v, &path).await? {
        Ok(found) => found,
        Err(issue) => return Ok(closed(v, &issue)),
    };
    let mut issues = Vec::new();
    if fields.text("again") != fields.text("password") {
        issues.push(super::reset::not_the_same());
    }
    if issues.is_empty() {
        let typed = fields.clone();
        let accepted = v.act(async move |store, ctx| {
            let given = Acceptance {
                account: typed.text("account"),
                name: typed.text("name"),
                position: typed.given("position"),
                password: typed.text("password"),
            };
            accounts::accept_invitation(store, ctx, &token, given).await
        });
        match accepted.await {
            Ok(_) => return Ok(Redirect::to(&v.to("/sign-in")).into_response()),
            Err(error) => issues = error.into_issues()?,
        }
    }
    let page = asked(v, &open, &fields, &issues).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

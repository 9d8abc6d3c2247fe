//! Inviting somebody, and a new link for who lost the password: a page to print, with the link as a picture, shown once.

use actions::accounts::{self, Given, INVITATION_PATH, Link, NewInvitation, RESET_PATH};
use axum::extract::Path;
use axum::http::header::HOST;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use domain::ids::InvitationId;
use domain::issue::{Issue, Place as At};
use domain::people::Role;
use maud::{PreEscaped, html};

use super::super::board::words::named;
use super::super::people::act::role_choices;
use super::super::people::{account, choices, find, picked_of, reached_here};
use crate::form::Fields;
use crate::ui::{
    Card, Form, Icon, Kind, Place, Row, Tone, act_button, button, definitions, flow, heading,
    moment, note, rows,
};
use crate::{Error, Group, Page, Viewer};

/// `GET /invite`: the form, and the invitations that are still open.
///
/// # Errors
/// When the database fails.
pub async fn show(viewer: Viewer) -> Result<Page, Error> {
    page(&viewer, &Fields::default(), &[]).await
}

async fn page(v: &Viewer, fields: &Fields, issues: &[Issue]) -> Result<Page, Error> {
    let on = reached_here(v).await?;
    let organisations = choices(v, &on);
    let roles = role_choices(v).await?;
    let open = v
        .act(async |store, ctx| accounts::list_invitations(store, ctx).await)
        .await?;
    let form = Form::new(v, "invite", fields, issues);
    let title = v.say("invite.title");
    Ok(Page::new(v, title.clone()).at(Place::People).group(Group::Staff).own().body(html! {
        (heading(flow(&title), flow(&v.say("invite.lead")), &[]))
        (Card::new(&v.say("invite.whom")).show(form.show(&v.to("/invite"), &v.say("invite.make"), html! {
            (form.pick("organisation", &organisations))
            (form.choice("role", &roles))
            (form.text("name", Kind::Text))
            (form.text("position", Kind::Text))
            (form.text("account", Kind::Account))
        })))
        @if !open.is_empty() {
            (Card::new(&v.say("invite.open")).flush().show(rows(open.iter().map(|one| {
                let given = one.roles.first();
                let on = given.and_then(|given| on.iter().find(|(id, _)| *id == given.organisation));
                Row {
                    mark: None,
                    title: html! { (one.invitation.name.as_deref().unwrap_or("–")) },
                    href: None,
                    line: Some(html! {
                        @if let Some(given) = given { (flow(&v.say(given.role.key()))) }
                        @if let Some((_, text)) = on { " · " (flow(&named(v, text))) }
                        " · " (flow(&v.say("invite.until"))) " " (moment(v.locale, one.invitation.expires_at))
                    }),
                    aside: Some(act_button(v, &v.to(&format!("/invite/{}/revoke", one.invitation.id)), &v.say("invite.revoke"), &[])),
                }
            }))))
        }
    }))
}

/// `POST /invite`.
///
/// # Errors
/// When the database fails; what is wrong with the input is shown on the page.
pub async fn send(viewer: Viewer, headers: HeaderMap, fields: Fields) -> Result<Response, Error> {
    let v = &viewer;
    let on = reached_here(v).await?;
    let mut issues = Vec::new();
    let chosen = picked_of(v, &on, fields.text("organisation"));
    let chosen = chosen.map_err(|issue| issues.push(issue)).ok();
    let role = fields.text("role").parse::<Role>().ok();
    if role.is_none() {
        let field = "role".to_owned();
        issues.push(Issue::error(At::Field { field }, "people.choose"));
    }
    if let (Some(organisation), Some(role)) = (chosen, role) {
        let given = |name: &str| fields.given(name).map(str::to_owned);
        let new = NewInvitation {
            account: given("account"),
            name: given("name"),
            position: given("position"),
            roles: vec![Given { role, organisation }],
        };
        match v
            .act(async move |store, ctx| accounts::invite(store, ctx, new).await)
            .await
        {
            Ok(made) => {
                return Ok(letter(
                    v,
                    &headers,
                    INVITATION_PATH,
                    &made.link,
                    fields.text("name"),
                )
                .into_response());
            }
            Err(error) => issues = error.into_issues()?,
        }
    }
    Ok((
        StatusCode::UNPROCESSABLE_ENTITY,
        page(v, &fields, &issues).await?,
    )
        .into_response())
}

/// A page to print and hand over: the link, its picture, its end.
fn letter(v: &Viewer, headers: &HeaderMap, path: &str, link: &Link, name: &str) -> Page {
    let scheme = if v.app().secure() { "https" } else { "http" };
    let host = headers
        .get(HOST)
        .and_then(|host| host.to_str().ok())
        .unwrap_or_default();
    let address = format!(
        "{scheme}://{host}{}",
        v.to(&format!("{path}{}", link.token))
    );
    let reset = path == RESET_PATH;
    let title = v.say(if reset {
        "invite.letter.reset"
    } else {
        "invite.letter"
    });
    Page::new(v, title.clone()).at(Place::People).group(Group::Staff).own().body(html! {
        (heading(flow(&title), flow(name), &[]))
        (note(Tone::Info, Icon::Info, flow(&v.say("invite.letter.once"))))
        section.card.stack {
            div.card-b.stack {
                @if let Some(svg) = accounts::qr_svg(&address) { div.qr role="img" aria-label=(v.say("invite.letter.picture")) { (PreEscaped(svg)) } }
                p.secret { (address) }
                (definitions([(v.say("invite.until"), html! { (moment(v.locale, link.expires_at)) })]))
                p { (flow(&v.say(if reset { "invite.letter.how_reset" } else { "invite.letter.how" }))) }
            }
        }
        div.row { (button(&v.to("/people"), None, &v.say("people.title"), false)) }
    })
}

/// `POST /invite/{invitation}/revoke`.
///
/// # Errors
/// `NotFound` for an invitation that is used, over, or somebody else's to take back.
pub async fn revoke(
    viewer: Viewer,
    Path(path): Path<Vec<(String, String)>>,
    _: Fields,
) -> Result<Redirect, Error> {
    let v = &viewer;
    let text = path
        .iter()
        .find(|(key, _)| key == "invitation")
        .map_or("", |(_, value)| value);
    let id: InvitationId = text
        .parse::<uuid::Uuid>()
        .map_err(|_| Error::NotFound)?
        .into();
    v.act(async move |store, ctx| accounts::revoke_invitation(store, ctx, id).await)
        .await?;
    Ok(Redirect::to(&v.to("/invite")))
}

/// `GET /reset-link/{account}`: what will happen, before it does.
///
/// # Errors
/// `NotFound` for everybody whom the reader does not look after.
pub async fn confirm_reset(
    viewer: Viewer,
    Path(path): Path<Vec<(String, String)>>,
) -> Result<Page, Error> {
    let v = &viewer;
    let (_, name, account) = looked_after(v, &path).await?;
    let title = v.say("invite.reset.title");
    let nothing = Fields::default();
    let form = Form::new(v, "invite.reset", &nothing, &[]);
    Ok(Page::new(v, title.clone()).at(Place::People).group(Group::Staff).own().body(html! {
        (heading(flow(&title), flow(&name), &[]))
        p { (flow(&v.say("invite.reset.what"))) }
        (form.show(&v.to(&format!("/reset-link/{account}")), &v.say("invite.reset.make"), form.tick("factor")))
    }))
}

/// `POST /reset-link/{account}`.
///
/// # Errors
/// `NotFound` for everybody whom the reader does not look after, [`Error::Forbidden`] for who holds more than they.
pub async fn make_reset(
    viewer: Viewer,
    Path(path): Path<Vec<(String, String)>>,
    headers: HeaderMap,
    fields: Fields,
) -> Result<Page, Error> {
    let v = &viewer;
    let (person, name, _) = looked_after(v, &path).await?;
    let factor = fields.ticked("factor");
    let link = v
        .act(async move |store, ctx| {
            accounts::reset_by_administrator(store, ctx, person, factor).await
        })
        .await?;
    Ok(letter(v, &headers, RESET_PATH, &link, &name))
}

/// Somebody on whose account the reader may act: id, name and account.
async fn looked_after(
    v: &Viewer,
    path: &[(String, String)],
) -> Result<(domain::ids::PersonId, String, String), Error> {
    let found = find(v, account(path)).await?;
    let person = found.person.row;
    match found.managed && v.somebody()?.id() != person.id {
        true => Ok((person.id, person.name, person.account)),
        false => Err(Error::NotFound),
    }
}

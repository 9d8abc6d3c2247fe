//! One's own account: who one is, password, second factor, sessions.

use actions::accounts;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::ids::SessionId;
use domain::issue::{Issue, Place as At};
use domain::organisation::{Organisation, OrganisationText};
use maud::{Markup, html};

use super::second_factor::codes;
use crate::form::Fields;
use crate::ui::{
    Card, Form, Icon, Kind, Place, Row, act_button, button, definitions, flow, heading, moment,
    name, rows, short_day,
};
use crate::{Error, Group, Page, Viewer};

/// `GET /account`.
///
/// # Errors
/// When the database fails.
pub async fn show(viewer: Viewer) -> Result<Page, Error> {
    page(&viewer, &Wrong::default()).await
}

/// What is wrong with what was sent to one of the forms of the page.
#[derive(Default)]
struct Wrong {
    password: Vec<Issue>,
    codes: Vec<Issue>,
    off: Vec<Issue>,
}

async fn page(v: &Viewer, wrong: &Wrong) -> Result<Page, Error> {
    let somebody = v.somebody()?;
    let store = v.live()?.store();
    let me = somebody.id();
    let sessions = v.act(async move |store, ctx| accounts::list_sessions(store, ctx, me).await);
    let sessions = sessions.await?;
    let enrolled = store::accounts::credentials(store, somebody.id())
        .await?
        .is_some_and(|kept| kept.totp.is_some());
    let free = enrolled && accounts::may_do_without(store, me, v.app().now()).await?;
    let title = v.say("account.title");
    let nothing = Fields::default();
    let new = Form::new(v, "account.password", &nothing, &wrong.password);
    Ok(Page::new(v, title.clone()).group(Group::Staff).at(Place::Account).body(html! {
        (heading(flow(&title), flow(&v.say("account.lead")), &[]))
        (Card::new(&v.say("account.who")).show(definitions([
            (v.say("account.name"), html! { (somebody.person.name) @if let Some(position) = &somebody.person.position { br; (position) } }),
            (v.say("account.account"), html! { b { (somebody.person.account) } }),
            (v.say("account.roles"), roles(v).await?),
        ])))
        (Card::new(&v.say("account.password.title")).show(new.show(&v.to("/account/password"), &v.say("account.password.change"), html! {
            (new.text("password", Kind::Password))
            (new.text("new_password", Kind::NewPassword))
            (new.text("again", Kind::NewPassword))
        })))
        (Card::new(&v.say("account.factor.title")).show(second_factor(v, enrolled, free, wrong)))
        (Card::new(&v.say("account.sessions.title")).line(flow(&v.say("account.sessions.lead"))).flush().show(html! {
            (rows(sessions.iter().map(|one| session_row(v, one, somebody.session))))
        }))
        @if sessions.len() > 1 {
            div.row { (act_button(v, &v.to("/account/sessions"), &v.say("account.sessions.end_others"), &[])) }
        }
    }))
}

/// Roles with their organisations and dates; roles that are over or to come are said to be so by their dates.
async fn roles(v: &Viewer) -> Result<Markup, Error> {
    let somebody = v.somebody()?;
    let ids: Vec<_> = somebody
        .held
        .iter()
        .map(|held| held.grant.organisation)
        .collect();
    let on = store::get_many::<(Organisation, OrganisationText)>(v.live()?.store(), &ids).await?;
    Ok(html! {
        @if somebody.held.is_empty() { (flow(&v.say("account.no_roles"))) }
        ul {
            @for grant in somebody.held.iter().map(|held| &held.grant) {
                li {
                    (flow(&v.say(grant.role.key())))
                    @if let Some(kept) = on.iter().find(|kept| kept.row.0.id == grant.organisation) {
                        " · " (name(v.locale, &kept.row.1.name_th, kept.row.1.name_en.as_deref()))
                    }
                    @if let Some(from) = grant.valid_from { " · " (flow(&v.say_with("account.role.from", &[("from", short_day(v.locale, from).into())]))) }
                    @if let Some(to) = grant.valid_to { " · " (flow(&v.say_with("account.role.to", &[("to", short_day(v.locale, to).into())]))) }
                }
            }
        }
        p.small { a href=(v.to("/roles")) { (flow(&v.say("ui.error.roles"))) } }
    })
}

fn second_factor(v: &Viewer, enrolled: bool, free: bool, wrong: &Wrong) -> Markup {
    if !enrolled {
        return html! {
            p { (flow(&v.say("account.factor.none"))) }
            div.row { (button(&v.to("/account/second-factor"), Some(Icon::Lock), &v.say("account.factor.set_up"), false)) }
        };
    }
    let nothing = Fields::default();
    let form = Form::new(v, "account.factor", &nothing, &wrong.codes);
    let off = Form::new(v, "account.factor", &nothing, &wrong.off);
    html! {
        p { (flow(&v.say("account.factor.there"))) }
        (form.show(&v.to("/account/recovery-codes"), &v.say("account.factor.new_codes"), form.text("old", Kind::Password)))
        div.row { (button(&v.to("/account/second-factor"), Some(Icon::Lock), &v.say("account.factor.replace"), false)) }
        @if free {
            details open[!wrong.off.is_empty()] {
                summary { (flow(&v.say("account.factor.off"))) }
                (off.show(&v.to("/account/second-factor/off"), &v.say("account.factor.off"), off.text("off", Kind::Password)))
            }
        }
    }
}

fn session_row(v: &Viewer, one: &accounts::OneSession, mine: SessionId) -> Row {
    let here = one.id == mine;
    Row {
        mark: None,
        title: html! { (one.agent.as_deref().unwrap_or("–")) },
        href: None,
        line: Some(session_line(v, one)),
        aside: Some(html! {
            @if here { b.small { (flow(&v.say("account.sessions.this"))) } }
            @else { (act_button(v, &v.to(&format!("/account/sessions/{}", one.id)), &v.say("account.sessions.end"), &[])) }
        }),
    }
}

/// Since when a session is open, when it was last used, and from where.
pub(in crate::pages) fn session_line(v: &Viewer, one: &accounts::OneSession) -> Markup {
    html! {
        (flow(&v.say("account.sessions.since"))) " " (moment(v.locale, one.created_at)) " · "
        (flow(&v.say("account.sessions.seen"))) " " (moment(v.locale, one.seen_at))
        @if let Some(address) = &one.address { " · " (address) }
    }
}

/// `POST /account/password`.
///
/// # Errors
/// When the database fails; what is wrong with the input is shown on the page.
pub async fn change_password(viewer: Viewer, fields: Fields) -> Result<Response, Error> {
    let v = &viewer;
    let mut issues = Vec::new();
    if fields.text("again") != fields.text("new_password") {
        issues.push(super::reset::not_the_same());
    }
    if issues.is_empty() {
        let session = v.somebody()?.session;
        let typed = fields.clone();
        let changed = v.act(async move |store, ctx| {
            let (old, new) = (typed.text("password"), typed.text("new_password"));
            accounts::change_password(store, ctx, session, old, new).await
        });
        match changed.await {
            Ok(()) => return Ok(Redirect::to(&v.to("/account")).into_response()),
            Err(error) => issues = error.into_issues()?,
        }
    }
    let wrong = Wrong {
        password: issues,
        ..Wrong::default()
    };
    refused(v, &wrong).await
}

async fn refused(v: &Viewer, wrong: &Wrong) -> Result<Response, Error> {
    let page = page(v, wrong).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// What is wrong with a password, at the field of its form: the page has several forms that ask for it.
fn at_field(error: Error, name: &str) -> Result<Vec<Issue>, Error> {
    let mut issues = error.into_issues()?;
    for issue in &mut issues {
        if let At::Field { field } = &mut issue.at {
            name.clone_into(field);
        }
    }
    Ok(issues)
}

/// `POST /account/second-factor/off`: one's own second factor goes, where no role asks for one.
///
/// # Errors
/// When the database fails; a wrong password is said on the page.
pub async fn factor_off(viewer: Viewer, fields: Fields) -> Result<Response, Error> {
    let v = &viewer;
    let password = fields.text("off").to_owned();
    let off = v.act(async move |store, ctx| accounts::disable_totp(store, ctx, &password).await);
    match off.await {
        Ok(()) => Ok(Redirect::to(&v.to("/account")).into_response()),
        Err(error) => {
            let wrong = Wrong {
                off: at_field(error, "off")?,
                ..Wrong::default()
            };
            refused(v, &wrong).await
        }
    }
}

/// `POST /account/recovery-codes`: new ones, shown once; the old ones end.
///
/// # Errors
/// When the database fails; a wrong password is said on the page.
pub async fn recovery_codes(viewer: Viewer, fields: Fields) -> Result<Response, Error> {
    let v = &viewer;
    let password = fields.text("old").to_owned();
    let new =
        v.act(async move |store, ctx| accounts::new_recovery_codes(store, ctx, &password).await);
    match new.await {
        Ok(new) => Ok(codes(v, &new).into_response()),
        Err(error) => {
            let wrong = Wrong {
                codes: at_field(error, "old")?,
                ..Wrong::default()
            };
            refused(v, &wrong).await
        }
    }
}

/// `POST /account/sessions/{session}`: ends one session of one's own.
///
/// # Errors
/// `NotFound` for a session that is not one's own or is over.
pub async fn end_session(
    viewer: Viewer,
    Path(path): Path<Vec<(String, String)>>,
    _: Fields,
) -> Result<Redirect, Error> {
    let v = &viewer;
    let text = path
        .iter()
        .find(|(key, _)| key == "session")
        .map_or("", |(_, value)| value);
    let session = text.parse::<uuid::Uuid>().map_err(|_| Error::NotFound)?;
    let me = v.somebody()?.id();
    v.act(async move |store, ctx| accounts::revoke_session(store, ctx, me, session.into()).await)
        .await?;
    Ok(Redirect::to(&v.to("/account")))
}

/// `POST /account/sessions`: ends every session but this one.
///
/// # Errors
/// When the database fails.
pub async fn end_others(viewer: Viewer, _: Fields) -> Result<Redirect, Error> {
    let v = &viewer;
    let (me, here) = (v.somebody()?.id(), v.somebody()?.session);
    v.act(async move |store, ctx| accounts::revoke_all(store, ctx, me, Some(here)).await)
        .await?;
    Ok(Redirect::to(&v.to("/account")))
}

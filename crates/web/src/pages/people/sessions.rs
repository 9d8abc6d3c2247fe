//! Where somebody is signed in, for who looks after them: one session ended, or all of them.

use actions::accounts;
use actions::people::Somebody;
use domain::ids::SessionId;
use maud::{Markup, html};

use crate::form::Fields;
use crate::pages::accounts::account::session_line;
use crate::ui::{Card, Row, act_button, flow, rows};
use crate::{Error, Viewer};

/// The sessions of somebody with their ends; nothing where there is none. One's own stand on the page of one's account.
pub(super) async fn card(v: &Viewer, somebody: &Somebody) -> Result<Markup, Error> {
    let person = somebody.person.row.id;
    let sessions = v
        .act(async move |store, ctx| accounts::list_sessions(store, ctx, person).await)
        .await?;
    let end = v.to(&format!(
        "/people/{}/end-session",
        somebody.person.row.account
    ));
    let end_all = v.to(&format!(
        "/people/{}/end-sessions",
        somebody.person.row.account
    ));
    Ok(html! {
        @if !sessions.is_empty() {
            (Card::new(&v.say("people.sessions")).line(flow(&v.say("people.sessions.line"))).flush().show(rows(sessions.iter().map(|one| Row {
                mark: None,
                title: html! { (one.agent.as_deref().unwrap_or("–")) },
                href: None,
                line: Some(session_line(v, one)),
                aside: Some(act_button(v, &end, &v.say("account.sessions.end"), &[("session", &one.id.to_string())])),
            }))))
            div.row { (act_button(v, &end_all, &v.say("people.sessions.end_all"), &[])) }
        }
    })
}

/// Ends the one session that the form names.
pub(super) async fn end(v: &Viewer, somebody: &Somebody, fields: &Fields) -> Result<(), Error> {
    let session = fields.text("session").parse::<uuid::Uuid>();
    let session = SessionId::from(session.map_err(|_| Error::NotFound)?);
    let person = somebody.person.row.id;
    v.act(async move |store, ctx| accounts::revoke_session(store, ctx, person, session).await)
        .await
}

/// Ends all of them.
pub(super) async fn end_all(v: &Viewer, somebody: &Somebody) -> Result<(), Error> {
    let person = somebody.person.row.id;
    v.act(async move |store, ctx| accounts::revoke_all(store, ctx, person, None).await)
        .await?;
    Ok(())
}

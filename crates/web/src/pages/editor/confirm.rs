//! What an act would do, before it is done: nothing is recorded until somebody says so.

use actions::organisations::{Change, Consequences, preview, run};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::ids::OrganisationId;
use domain::issue::Issues;
use domain::organisation::{Organisation, OrganisationText};
use domain::people::Person;
use maud::{Markup, html};

use super::{Named, page};
use crate::form::Fields;
use crate::ui::{Card, flow, name, secret};
use crate::{Error, Page, Viewer};

/// Asks an act: what is wrong goes back to the form, a first answer is shown to be confirmed, a confirmed one is done.
pub(super) async fn ask<C: Change + Send + 'static>(
    v: &Viewer,
    kept: &Named,
    change: C,
    fields: &Fields,
    action: &str,
) -> Result<Result<Response, Issues>, Error> {
    if fields.ticked("confirmed") {
        return match v
            .act(async move |store, ctx| run(store, ctx, &change).await)
            .await
        {
            Ok(_) => Ok(Ok(
                Redirect::to(&v.to_organisation(&kept.1.code)).into_response()
            )),
            Err(error) => Ok(Err(error.into_issues()?)),
        };
    }
    match v
        .act(async move |store, ctx| preview(store, ctx, &change).await)
        .await
    {
        Ok(consequences) => {
            let page = show(v, kept, &consequences, fields, action).await?;
            Ok(Ok((StatusCode::OK, page).into_response()))
        }
        Err(error) => Ok(Err(error.into_issues()?)),
    }
}

/// The page that says what would happen, with everything that was typed behind its button.
pub(super) async fn show(
    v: &Viewer,
    kept: &Named,
    consequences: &Consequences,
    fields: &Fields,
    action: &str,
) -> Result<Page, Error> {
    let said = said(v, consequences).await?;
    let mut typed: Vec<(&str, &str)> = fields.all().into_iter().collect();
    typed.sort_unstable();
    let body = html! {
        (Card::new(&v.say("organisation.confirm.what")).show(html! {
            (said)
            form.stack.form method="post" action=(action) {
                (secret(v))
                @for (key, value) in typed { input type="hidden" name=(key) value=(value); }
                input type="hidden" name="confirmed" value="1";
                div.row {
                    button.btn.btn-p.btn-l type="submit" { (flow(&v.say("organisation.confirm.button"))) }
                    a.btn href=(v.to_organisation(&kept.1.code)) { (flow(&v.say("organisation.confirm.cancel"))) }
                }
            }
        }))
    };
    Ok(page(
        v,
        Some(kept),
        "organisation.confirm.title",
        "organisation.confirm.lead",
        body,
    ))
}

async fn said(v: &Viewer, it: &Consequences) -> Result<Markup, Error> {
    let store = v.live()?.store();
    let closed = named(v, &it.closed).await?;
    let moved = named(v, &it.moved).await?;
    let ids: Vec<_> = it.hand_over.iter().map(|grant| grant.person).collect();
    let people = store::get_many::<Person>(store, &ids).await?;
    let line = |key: &str, n: usize| v.say_with(key, &[("n", n.into())]);
    Ok(html! {
        ul.stack-s {
            @if !closed.is_empty() { li { (flow(&line("organisation.confirm.closed", closed.len()))) (list(&closed)) } }
            @if !it.made.is_empty() { li { (flow(&line("organisation.confirm.made", it.made.len()))) } }
            @if !moved.is_empty() { li { (flow(&line("organisation.confirm.moved", moved.len()))) (list(&moved)) } }
            li { (flow(&line("organisation.confirm.projects", it.projects))) }
            li { (flow(&line("organisation.confirm.duties_moved", it.duties_moved))) }
            @if it.duties_ended > 0 { li { (flow(&line("organisation.confirm.duties_ended", it.duties_ended))) } }
            li {
                (flow(&line("organisation.confirm.people", people.len())))
                @if !people.is_empty() { ul { @for person in &people { li { (person.row.name) } } } }
            }
            li { (flow(&v.say("organisation.confirm.past"))) }
        }
    })
}

fn list(names: &[Markup]) -> Markup {
    html! { ul { @for name in names { li { (name) } } } }
}

/// The names of organisations, in Thai order. Those that an act is still to make have none.
pub(super) async fn named(v: &Viewer, ids: &[OrganisationId]) -> Result<Vec<Markup>, Error> {
    let store = v.live()?.store();
    let mut rows = store::get_many::<(Organisation, OrganisationText)>(store, ids).await?;
    rows.sort_by_cached_key(|kept| domain::text::sort_key(&kept.row.1.name_th));
    let name = |text: &OrganisationText| name(v.locale, &text.name_th, text.name_en.as_deref());
    Ok(rows.iter().map(|kept| name(&kept.row.1)).collect())
}

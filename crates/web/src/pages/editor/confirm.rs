//! What an act would do, before it is done: nothing is recorded until somebody says so.

use std::collections::HashMap;

use actions::organisations::{Change, Consequences, RecordAt, preview, run};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::ids::OrganisationId;
use domain::organisation::{Organisation, OrganisationText};
use domain::people::Person;
use maud::{Markup, html};

use super::{Named, page};
use crate::data::in_order;
use crate::form::Fields;
use crate::pages::board::record::day;
use crate::pages::board::words::{cell_address, record_pill, step};
use crate::ui::{Card, definitions, flow, name, period, secret};
use crate::{Error, Page, Refused, Viewer};

/// Asks an act: what is wrong goes back to the form, a first answer is shown to be confirmed, a confirmed one is done.
pub(super) async fn ask<C: Change + Send + 'static>(
    v: &Viewer,
    kept: &Named,
    change: C,
    fields: &Fields,
    action: &str,
) -> Result<Result<Response, Refused>, Error> {
    if fields.ticked("confirmed") {
        return match v
            .act(async move |store, ctx| run(store, ctx, &change).await)
            .await
        {
            Ok(_) => Ok(Ok(
                Redirect::to(&v.to_organisation(&kept.1.code)).into_response()
            )),
            Err(error) => Ok(Err(error.try_into()?)),
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
        Err(error) => Ok(Err(error.try_into()?)),
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
    let goes_on = named(v, &Vec::from_iter(consequences.subject)).await?;
    let asked = [
        ("organisation.confirm.subject", goes_on.into_iter().next()),
        ("organisation.form.on", given(&day(fields, "on"))),
        ("organisation.form.reason", given(fields.text("reason"))),
    ];
    let asked = asked
        .into_iter()
        .filter_map(|(key, what)| Some((flow(&v.say(key)), what?)));
    let body = html! {
        (Card::new(&v.say("organisation.confirm.what")).show(html! {
            (definitions(asked))
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

fn given(text: &str) -> Option<Markup> {
    let text = text.trim();
    (!text.is_empty()).then(|| flow(text))
}

async fn said(v: &Viewer, it: &Consequences) -> Result<Markup, Error> {
    let store = v.live()?.store();
    let closed = named(v, &it.closed).await?;
    let moved = named(v, &it.moved).await?;
    let ids: Vec<_> = it.hand_over.iter().map(|grant| grant.person).collect();
    let people = store::get_many::<Person>(store, &ids).await?;
    let all = it.records_moved.iter().chain(&it.records_kept);
    let owners = all
        .chain(&it.records_given_up)
        .map(|record| record.organisation);
    let owners: Vec<OrganisationId> = owners.collect();
    let owners = store::get_many::<(Organisation, OrganisationText)>(store, &owners).await?;
    let owners = owners
        .into_iter()
        .map(|kept| (kept.row.0.id, kept.row.1))
        .collect();
    let line = |key: &str, n: usize| v.say_with(key, &[("n", n.into())]);
    Ok(html! {
        ul.stack-s {
            @if !closed.is_empty() { li { (flow(&line("organisation.confirm.closed", closed.len()))) (list(&closed)) } }
            @if !it.made.is_empty() { li { (flow(&line("organisation.confirm.made", it.made.len()))) } }
            @if !moved.is_empty() { li { (flow(&line("organisation.confirm.moved", moved.len()))) (list(&moved)) } }
            li { (flow(&line("organisation.confirm.projects", it.projects))) }
            li { (flow(&line("organisation.confirm.duties_moved", it.duties_moved))) }
            (records(v, "organisation.confirm.records_moved", &it.records_moved, &owners))
            (records(v, "organisation.confirm.records_kept", &it.records_kept, &owners))
            (records(v, "organisation.confirm.records_given_up", &it.records_given_up, &owners))
            @if it.duties_ended > 0 { li { (flow(&line("organisation.confirm.duties_ended", it.duties_ended))) } }
            li {
                (flow(&line("organisation.confirm.people", people.len())))
                @if !people.is_empty() { ul { @for person in &people { li { (person.row.name) } } } }
            }
            li { (flow(&v.say("organisation.confirm.past"))) }
        }
    })
}

/// Records of the board that the act takes along, keeps or ends: whose, of which step, and how far each has come.
fn records(
    v: &Viewer,
    key: &str,
    records: &[RecordAt],
    owners: &HashMap<OrganisationId, OrganisationText>,
) -> Markup {
    let line = |it: &RecordAt| {
        let text = owners.get(&it.organisation)?;
        let address = cell_address(v, &text.code, it.item, Some(it.period));
        Some(html! {
            a href=(address) { (flow(&text.name_th)) " · " (flow(&step(v, it.item))) }
            @if it.period.quarter.is_some() { " · " (flow(&period(v.locale, it.period))) }
            " " (record_pill(v, it.state))
        })
    };
    let lines: Vec<Markup> = records.iter().filter_map(line).collect();
    html! {
        @if !lines.is_empty() {
            li { (flow(&v.say_with(key, &[("n", records.len().into())]))) (list(&lines)) }
        }
    }
}

fn list(names: &[Markup]) -> Markup {
    html! { ul { @for name in names { li { (name) } } } }
}

/// The names of organisations, in the order of lists. Those that an act is still to make have none.
pub(super) async fn named(v: &Viewer, ids: &[OrganisationId]) -> Result<Vec<Markup>, Error> {
    let store = v.live()?.store();
    let mut rows = store::get_many::<(Organisation, OrganisationText)>(store, ids).await?;
    in_order(v, &mut rows)?;
    let name = |text: &OrganisationText| name(v.locale, &text.name_th, text.name_en.as_deref());
    Ok(rows.iter().map(|kept| name(&kept.row.1)).collect())
}

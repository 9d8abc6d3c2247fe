//! One person: who they are, which roles they hold, and what can be done.

use axum::extract::Path;
use maud::{Markup, html};

use actions::people::OfOrganisation;
use domain::people::Person;
use store::Kept;

use super::{account, days, find, looked_after};
use crate::ui::{
    Card, Column, Place, Table, act_button, button, crumbs, definitions, flow, heading, name,
};
use crate::{Error, Group, Page, Viewer};

/// `GET /people/{account}`.
///
/// # Errors
/// `NotFound` for everybody whom the reader does not look after.
pub async fn show(viewer: Viewer, Path(path): Path<Vec<(String, String)>>) -> Result<Page, Error> {
    let v = &viewer;
    let all = looked_after(v).await?;
    let kept = find(&all, account(&path))?;
    let person = &kept.row;
    let below = |act: &str| v.to(&format!("/people/{}/{act}", person.account));
    let oneself = v.somebody()?.id() == person.id;
    let actions: Vec<Markup> = match oneself {
        true => Vec::new(),
        false => ["role", "name", "hand-over", "leave"]
            .map(|act| button(&below(act), None, &v.say(word(act)), false))
            .into_iter()
            .chain([button(
                &v.to(&format!("/reset-link/{}", person.account)),
                None,
                &v.say("invite.reset.title"),
                false,
            )])
            .collect(),
    };
    let above = [(flow(&v.say("people.title")), v.to("/people"))];
    Ok(Page::new(v, person.name.clone())
        .at(Place::People)
        .group(Group::Staff)
        .own()
        .body(html! {
            (crumbs(v, &above, flow(&person.name)))
            (heading(flow(&person.name), flow(person.position.as_deref().unwrap_or_default()), &[]))
            (definitions([(v.say("people.account"), html! { (person.account) })]))
            (Card::new(&v.say("people.roles")).show(roles(v, &all, kept, oneself)))
            @if oneself { p.small.dim { (flow(&v.say("roles.law.own"))) } }
            @else { div.row { @for action in &actions { (action) } } }
        }))
}

/// The key of the word of an act.
pub(super) fn word(act: &str) -> &'static str {
    match act {
        "role" => "people.give",
        "name" => "people.change",
        "hand-over" => "people.hand_over",
        _ => "people.leave",
    }
}

fn roles(v: &Viewer, all: &[OfOrganisation], kept: &Kept<Person>, oneself: bool) -> Markup {
    let today = v.app().now().thai_day();
    let take = v.to(&format!("/people/{}/take", kept.row.account));
    let rows = all.iter().flat_map(|of| {
        let theirs = of
            .holders
            .iter()
            .filter(|it| it.grant.person == kept.row.id);
        theirs.map(move |holder| (of, holder))
    });
    Table::new(
        &v.say("people.roles"),
        [
            Column::text(&v.say("people.role")),
            Column::text(&v.say("people.organisation")),
            Column::text(&v.say("people.days")),
            Column::text(&v.say("people.take")).silent(),
        ],
    )
    .rows(rows.map(|(of, holder)| {
        let grant = &holder.grant;
        [
            html! { (flow(&v.say(grant.role.key()))) },
            name(v.locale, &of.text.name_th, of.text.name_en.as_deref()),
            days(v, grant.valid_from, grant.valid_to, today),
            html! { @if !oneself { (act_button(v, &take, &v.say("people.take"), &[("grant", &grant.id.to_string())])) } },
        ]
    }))
    .show()
}

//! One person: who they are, which roles they hold and held, where they are signed in, and what can be done.

use actions::people::{OneRole, Somebody};
use axum::extract::Path;
use maud::{Markup, html};

use super::{account, days, find, sessions};
use crate::ui::{
    Card, Column, Place, Table, act_button, button, crumbs, definitions, flow, heading, name,
    short_day,
};
use crate::{Error, Group, Page, Viewer};

/// `GET /people/{account}`.
///
/// # Errors
/// `NotFound` for everybody whom the reader does not see.
pub async fn show(viewer: Viewer, Path(path): Path<Vec<(String, String)>>) -> Result<Page, Error> {
    let v = &viewer;
    let somebody = find(v, account(&path)).await?;
    let person = &somebody.person.row;
    let oneself = v.somebody()?.id() == person.id;
    let below = |act: &str| v.to(&format!("/people/{}/{act}", person.account));
    let link = |act: &str| button(&below(act), None, &v.say(word(act)), false);
    let mut actions: Vec<Markup> = possible(v, &somebody).into_iter().map(link).collect();
    let today = v.app().now().thai_day();
    if somebody.managed && !somebody.has_left(today) {
        let to = v.to(&format!("/reset-link/{}", person.account));
        actions.push(button(&to, None, &v.say("invite.reset.title"), false));
    }
    let sessions = match somebody.managed {
        true => sessions::card(v, &somebody).await?,
        false => html! {},
    };
    let above = [(flow(&v.say("people.title")), v.to("/people"))];
    let (ahead, over): (Vec<_>, Vec<_>) = somebody.roles.iter().partition(|role| role.ahead);
    let left = person.left.map(|left| {
        v.say_with(
            "people.left.on",
            &[("day", short_day(v.locale, left).into())],
        )
    });
    let who = [(v.say("people.account"), html! { (person.account) })]
        .into_iter()
        .chain(left.map(|left| (v.say("people.state"), flow(&left))));
    Ok(Page::new(v, person.name.clone())
        .at(Place::People)
        .group(Group::Staff)
        .own()
        .body(html! {
            (crumbs(v, &above, flow(&person.name)))
            (heading(flow(&person.name), flow(person.position.as_deref().unwrap_or_default()), &[]))
            (definitions(who))
            (Card::new(&v.say("people.roles")).show(html! {
                @if ahead.is_empty() { p { (flow(&v.say("people.roles.none"))) } }
                @else { (roles(v, &somebody, &ahead, "people.roles")) }
            }))
            @if !over.is_empty() { (Card::new(&v.say("people.roles.over")).show(roles(v, &somebody, &over, "people.roles.over"))) }
            (sessions)
            @if oneself { p.small.dim { (flow(&v.say("roles.law.own"))) } }
            @if !actions.is_empty() { div.row { @for action in &actions { (action) } } }
        }))
}

/// What the reader can do about somebody, by the words of the addresses. What somebody left behind can still be handed
/// over, and whoever holds no role can be given one.
pub(super) fn possible(v: &Viewer, somebody: &Somebody) -> Vec<&'static str> {
    let today = v.app().now().thai_day();
    let mut acts = Vec::new();
    if v.signed_in()
        .is_some_and(|me| me.id() == somebody.person.row.id)
    {
        return acts;
    }
    let leaves = somebody.person.row.left.is_some();
    if somebody.may_be_given && !somebody.has_left(today) {
        acts.push("role");
    }
    if somebody.managed {
        acts.push("name");
        if somebody.works() || somebody.has_left(today) {
            acts.push("hand-over");
        }
        acts.push(if leaves { "stay" } else { "leave" });
    }
    acts
}

/// The key of the word of an act.
pub(super) fn word(act: &str) -> &'static str {
    match act {
        "role" => "people.give",
        "name" => "people.change",
        "hand-over" => "people.hand_over",
        "stay" => "people.stay",
        _ => "people.leave",
    }
}

fn roles(v: &Viewer, somebody: &Somebody, roles: &[&OneRole], caption: &str) -> Markup {
    let today = v.app().now().thai_day();
    let person = &somebody.person.row;
    let oneself = v.signed_in().is_some_and(|me| me.id() == person.id);
    let take = v.to(&format!("/people/{}/take", person.account));
    let may_take = |role: &OneRole| role.may_be_taken && !oneself;
    let any = roles.iter().any(|role| may_take(role));
    let words = [
        caption,
        "people.role",
        "people.organisation",
        "people.days",
        "people.take",
    ]
    .map(|key| v.say(key));
    let mut columns: Vec<Column<'_>> = words[1..4].iter().map(|word| Column::text(word)).collect();
    if any {
        columns.push(Column::text(&words[4]).silent());
    }
    Table::new(&words[0], columns)
        .rows(roles.iter().map(|role| {
            let grant = &role.grant;
            let mut cells = vec![
                html! { (flow(&v.say(grant.role.key()))) },
                name(v.locale, &role.text.name_th, role.text.name_en.as_deref()),
                days(v, grant.valid_from, grant.valid_to, today),
            ];
            if any {
                let id = grant.id.to_string();
                cells.push(html! { @if may_take(role) { (act_button(v, &take, &v.say("people.take"), &[("grant", &id)])) } });
            }
            cells
        }))
        .show()
}

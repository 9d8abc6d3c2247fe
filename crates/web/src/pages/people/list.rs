//! Everybody the reader sees, by organisation, with their roles; and whoever held one and holds none any more.

use actions::Who;
use actions::people::{Holder, OfOrganisation, former};
use axum::extract::Query;
use domain::permission::Act;
use domain::text::search_key;
use maud::{Markup, html};
use serde::Deserialize;

use super::{days, here, seen};
use crate::ui::{Card, Column, Empty, Filters, Icon, Place, Table, button, flow, heading, name};
use crate::{Error, Group, Page, Viewer};

/// The value of `show` that asks for those who hold no role any more.
const FORMER: &str = "former";

/// The question of the address.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    show: String,
    q: String,
}

impl Asked {
    fn holds(&self, of: &OfOrganisation, holder: &Holder) -> bool {
        let person = &holder.person.row;
        let position = person.position.as_deref().unwrap_or_default();
        let text = [
            &person.account,
            &person.name,
            position,
            &of.text.code,
            &of.text.name_th,
        ]
        .join(" ");
        let text = search_key(&text);
        let mut words = self.q.split_whitespace();
        words.all(|word| text.contains(&search_key(word)))
    }
}

/// `GET /people`, `GET /people?show=former&q=…`.
///
/// # Errors
/// When the database fails.
pub async fn show(viewer: Viewer, Query(asked): Query<Asked>) -> Result<Page, Error> {
    let v = &viewer;
    let is_former = asked.show == FORMER;
    let mut all = match is_former {
        true => {
            let who = Who::Person(v.somebody()?.id());
            here(v, former(v.live()?.store(), who, v.app().now()).await?)
        }
        false => seen(v).await?,
    };
    let anybody = !all.is_empty();
    for of in &mut all {
        let holders = std::mem::take(&mut of.holders).into_iter();
        of.holders = holders.filter(|holder| asked.holds(of, holder)).collect();
    }
    all.retain(|of| !of.holders.is_empty());
    let title = v.say("people.title");
    let looks_after = v.can(Act::ManagePeople);
    let mut actions = vec![button(&v.to("/roles"), None, &v.say("roles.title"), false)];
    if looks_after {
        actions.push(button(
            &v.to("/invite"),
            Some(Icon::Plus),
            &v.say("invite.title"),
            true,
        ));
    }
    let lead = v.say(if looks_after {
        "people.lead"
    } else {
        "people.lead.read"
    });
    let (shown, search) = (v.say("people.show"), v.say("ui.search"));
    let choices = [("", "people.show.now"), (FORMER, "people.show.former")];
    let choices = choices.map(|(value, key)| (value.to_owned(), v.say(key).into_owned()));
    let filters = Filters::new(v.to("/people"))
        .choose("show", &shown, choices.to_vec(), &asked.show)
        .write("q", &search, &asked.q);
    let none = match (anybody, is_former) {
        (true, _) => (Empty::NoMatch, "people.no_match", "people.no_match.why"),
        (false, true) => (
            Empty::NoData,
            "people.none_former",
            "people.none_former.why",
        ),
        (false, false) => (Empty::NoData, "people.none", "people.none.why"),
    };
    Ok(Page::new(v, title.clone())
        .at(Place::People)
        .group(Group::Staff)
        .own()
        .body(html! {
            (heading(flow(&title), flow(&lead), &actions))
            (filters.show(v))
            @if all.is_empty() { (none.0.show(&v.say(none.1), &v.say(none.2), None)) }
            @for of in &all { (card(v, of)) }
        }))
}

fn card(v: &Viewer, of: &OfOrganisation) -> Markup {
    let today = v.app().now().thai_day();
    let organisation = name(v.locale, &of.text.name_th, of.text.name_en.as_deref());
    let words = [
        "people.name",
        "people.account",
        "people.position",
        "people.role",
        "people.days",
    ];
    let words = words.map(|key| v.say(key));
    let table = Table::new(
        &of.text.name_th,
        words.iter().map(|word| Column::text(word)),
    );
    let rows = of.holders.iter().map(|holder| {
        let person = &holder.person.row;
        [
            html! { a href=(v.to(&format!("/people/{}", person.account))) { (flow(&person.name)) } },
            html! { (person.account) },
            html! {
                (flow(person.position.as_deref().unwrap_or_default()))
                @if person.left.is_some_and(|left| left <= today) { small { (flow(&v.say("people.left"))) } }
            },
            html! { (flow(&v.say(holder.grant.role.key()))) },
            days(v, holder.grant.valid_from, holder.grant.valid_to, today),
        ]
    });
    Card::new(&of.text.name_th)
        .line(organisation)
        .show(table.rows(rows).show())
}

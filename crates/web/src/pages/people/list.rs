//! Everybody the reader looks after, by organisation, with their roles.

use maud::html;

use super::{days, looked_after};
use crate::ui::{Card, Column, Empty, Icon, Place, Table, button, flow, heading, name};
use crate::{Error, Group, Page, Viewer};

/// `GET /people`.
///
/// # Errors
/// When the database fails.
pub async fn show(viewer: Viewer) -> Result<Page, Error> {
    let v = &viewer;
    let today = v.app().now().thai_day();
    let all = looked_after(v).await?;
    let title = v.say("people.title");
    Ok(Page::new(v, title.clone())
        .at(Place::People)
        .group(Group::Staff)
        .own()
        .body(html! {
            (heading(flow(&title), flow(&v.say("people.lead")), &[
                button(&v.to("/roles"), None, &v.say("roles.title"), false),
                button(&v.to("/invite"), Some(Icon::Plus), &v.say("invite.title"), true),
            ]))
            @if all.is_empty() {
                (Empty::NoData.show(&v.say("people.none"), &v.say("people.none.why"), None))
            }
            @for of in &all {
                @let organisation = name(v.locale, &of.text.name_th, of.text.name_en.as_deref());
                (Card::new(&of.text.name_th).line(organisation).show(Table::new(
                    &of.text.name_th,
                    [
                        Column::text(&v.say("people.name")),
                        Column::text(&v.say("people.position")),
                        Column::text(&v.say("people.role")),
                        Column::text(&v.say("people.days")),
                    ],
                ).rows(of.holders.iter().map(|holder| {
                    let person = &holder.person.row;
                    [
                        html! { a href=(v.to(&format!("/people/{}", person.account))) { (flow(&person.name)) } },
                        html! { (flow(person.position.as_deref().unwrap_or_default())) },
                        html! { (flow(&v.say(holder.grant.role.key()))) },
                        days(v, holder.grant.valid_from, holder.grant.valid_to, today),
                    ]
                })).show()))
            }
        }))
}

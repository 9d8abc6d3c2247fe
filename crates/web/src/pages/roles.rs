//! Roles and rights: the one table, and for every role what it is for and why it may not do the rest.

use domain::issue::Arg;
use domain::people::Role;
use domain::permission::{Act, may_be_held, may_give, reach, why_not};
use maud::{Markup, html};

use crate::ui::{Card, Column, Place, Table, flow, heading};
use crate::{Page, Viewer};

/// Laws that no cell of the table says.
const LAWS: &[&str] = &[
    "roles.law.own",
    "roles.law.last",
    "roles.law.above",
    "roles.law.unknown",
];

/// `GET /roles`.
pub async fn show(viewer: Viewer) -> Page {
    let v = &viewer;
    let title = v.say("roles.title");
    Page::new(v, title.clone())
        .at(Place::About)
        .described(v.say("roles.lead"))
        .body(html! {
            (heading(flow(&title), flow(&v.say("roles.lead")), &[]))
            (Card::new(&v.say("roles.all")).show(html! {
                (whole(v))
                ul.stack { @for law in LAWS { li { (flow(&v.say(law))) } } }
            }))
            @for role in Role::ALL { (card(v, *role)) }
        })
}

/// Acts against roles, in short words.
fn whole(v: &Viewer) -> Markup {
    let words: Vec<_> = Role::ALL.iter().map(|role| v.say(role.key())).collect();
    let act = v.say("roles.act");
    let columns =
        std::iter::once(Column::text(&act)).chain(words.iter().map(|it| Column::text(it)));
    let rows = Act::ALL.iter().map(|act| {
        let short = |role: &Role| {
            let key = reach(*role, *act).map_or("reach.none", |reach| reach.key());
            let key = format!("{key}.short");
            html! { (flow(&v.say(&key))) }
        };
        let name = html! { (flow(&v.say(act.key()))) };
        std::iter::once(name)
            .chain(Role::ALL.iter().map(short))
            .collect::<Vec<_>>()
    });
    Table::new(&v.say("roles.all"), columns)
        .scrolling()
        .rows(rows)
        .show()
}

/// One role in full, with a reason for every no.
fn card(v: &Viewer, role: Role) -> Markup {
    let name = v.say(role.key());
    let table = Table::new(
        &name,
        [
            Column::text(&v.say("roles.act")),
            Column::text(&v.say("roles.reach")).wide(),
        ],
    )
    .rows(Act::ALL.iter().map(|act| {
        let far = match (reach(role, *act), why_not(role, *act)) {
            (Some(reach), _) => html! { (flow(&v.say(reach.key()))) },
            (None, why) => html! {
                span.dim { (flow(&v.say("reach.none"))) @if let Some(why) = why { ": " (flow(&v.say(why))) } }
            },
        };
        [html! { (flow(&v.say(act.key()))) }, far]
    }))
    .show();
    let seats = may_be_held(role).iter().map(|seat| seat.key()).collect();
    let roles: Vec<_> = may_give(role).iter().map(|role| role.key()).collect();
    Card::new(&name).show(html! {
        p { (flow(&v.say(role.what()))) }
        p.small.dim { (flow(&v.say_with("roles.held_on", &[("seats", Arg::Keys(seats))]))) }
        p.small.dim {
            @if roles.is_empty() { (flow(&v.say("roles.gives_none"))) }
            @else { (flow(&v.say_with("roles.gives", &[("roles", Arg::Keys(roles))]))) }
        }
        (table)
    })
}

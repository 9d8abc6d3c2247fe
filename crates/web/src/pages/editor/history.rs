//! What an organisation was called, where it stood and how it goes on in others: from the versions of its rows.

use std::collections::HashMap;

use actions::permission::On;
use domain::ids::OrganisationId;
use domain::organisation::{Membership, Organisation, OrganisationText};
use domain::permission::Act;
use domain::register::{CodeKind, OrganisationCode, Reorganisation, Succession};
use maud::{Markup, html};
use store::Kept;

use crate::data::knows_organisation;
use crate::ui::{
    Card, Event, change, code, definitions, flow, name, short_day, small_button, timeline,
};
use crate::{Error, Viewer};

type Named = (Organisation, OrganisationText);

/// The cards that follow the facts of an organisation, for everybody; the doors of the editor for who may use them.
///
/// # Errors
/// When the database fails.
pub async fn cards(v: &Viewer, kept: &Kept<Named>) -> Result<Markup, Error> {
    let store = v.live()?.store();
    let id = kept.row.0.id;
    let mut places: Vec<Kept<Membership>> = store::of(store, &[id]).await?;
    places.sort_by_key(|kept| (kept.row.axis, kept.row.valid_from));
    let successions = store::register::successions(store, id).await?;
    let codes: Vec<Kept<OrganisationCode>> = store::of(store, &[id]).await?;
    let versions: Vec<Kept<Named>> = store::history(store, id).await?;
    let mut ids: Vec<OrganisationId> = places.iter().map(|kept| kept.row.parent).collect();
    ids.extend(
        successions
            .iter()
            .flat_map(|kept| [kept.row.predecessor, kept.row.successor]),
    );
    let rows: Vec<Kept<Named>> = store::get_many(store, &ids).await?;
    let named: HashMap<OrganisationId, OrganisationText> = rows
        .into_iter()
        .filter(|kept| knows_organisation(v, &kept.row.1))
        .map(|kept| (kept.row.0.id, kept.row.1))
        .collect();
    let link = |id: &OrganisationId| match named.get(id) {
        Some(text) => {
            html! { a href=(v.to_organisation(&text.code)) { (name(v.locale, &text.name_th, text.name_en.as_deref())) } }
        }
        // Another province's: its name is not for this one.
        None => html! { "–" },
    };
    let doors = doors(v, kept).await;
    Ok(html! {
        (doors)
        @if !codes.is_empty() || kept.row.0.opened.is_some() || kept.row.0.closed.is_some() {
            (Card::new(&v.say("organisation.register.title")).show(registered(v, kept, &codes)))
        }
        (Card::new(&v.say("organisation.history.title")).show(html! {
            ul.stack-s {
                @for place in places.iter().map(|kept| &kept.row) {
                    li {
                        (flow(&v.say(&format!("page.organisation.{}", place.axis)))) " " (link(&place.parent)) " "
                        (since(v, place))
                    }
                }
                @for row in successions.iter().map(|kept| &kept.row) { li { (succession(v, id, row, &link, kept)) } }
            }
            (timeline(v.locale, &events(v, &versions)))
        }))
    })
}

fn registered(v: &Viewer, kept: &Kept<Named>, codes: &[Kept<OrganisationCode>]) -> Markup {
    let mut facts: Vec<(Markup, Markup)> = Vec::new();
    for kind in CodeKind::ALL {
        for row in codes
            .iter()
            .map(|kept| &kept.row)
            .filter(|row| row.kind == *kind)
        {
            facts.push((
                flow(&v.say(&format!("organisation.code.{kind}"))),
                code(&row.code),
            ));
        }
    }
    let organisation = &kept.row.0;
    for (key, day) in [
        ("organisation.opened", organisation.opened),
        ("organisation.closed", organisation.closed),
    ] {
        facts.extend(day.map(|day| (flow(&v.say(key)), flow(&short_day(v.locale, day)))));
    }
    definitions(facts)
}

fn since(v: &Viewer, place: &Membership) -> Markup {
    let day = |day| short_day(v.locale, day);
    let text = match (place.valid_from, place.valid_to) {
        (None, None) => return html! {},
        (Some(from), None) => v.say_with("organisation.place.from", &[("from", day(from).into())]),
        (None, Some(to)) => v.say_with("organisation.place.until", &[("to", day(to).into())]),
        (Some(from), Some(to)) => v.say_with(
            "organisation.place.between",
            &[("from", day(from).into()), ("to", day(to).into())],
        ),
    };
    html! { span.small { (flow(&text)) } }
}

fn succession(
    v: &Viewer,
    id: OrganisationId,
    row: &Succession,
    link: &impl Fn(&OrganisationId) -> Markup,
    kept: &Kept<Named>,
) -> Markup {
    let (key, other) = match (row.kind, row.predecessor == id) {
        (Reorganisation::Merge, true) => ("organisation.merged_into", &row.successor),
        (Reorganisation::Merge, false) => ("organisation.merged_from", &row.predecessor),
        (Reorganisation::Split, true) => ("organisation.split_into", &row.successor),
        (Reorganisation::Split, false) => ("organisation.split_from", &row.predecessor),
    };
    let undo = format!(
        "{}/undo/{}",
        v.to_organisation(&kept.row.1.code),
        row.reorganisation
    );
    html! {
        (flow(&v.say(key))) " " (link(other)) " " span.small { (flow(&short_day(v.locale, row.on))) }
        @if v.can(Act::Restructure) { " " a href=(undo) { (flow(&v.say("organisation.undo.link"))) } }
    }
}

/// What changed from one version to the next, the latest first.
fn events(v: &Viewer, versions: &[Kept<Named>]) -> Vec<Event> {
    let mut events = Vec::new();
    if let Some(first) = versions.first() {
        let what = html! { (flow(&v.say("organisation.history.recorded"))) " " (flow(&first.row.1.name_th)) };
        events.push(Event {
            what,
            at: first.stamp.recorded_at,
        });
    }
    for pair in versions.windows(2) {
        let (before, after) = (&pair[0].row, &pair[1].row);
        let mut said: Vec<Markup> = Vec::new();
        if before.1.name_th != after.1.name_th {
            said.push(change(&before.1.name_th, &after.1.name_th));
        }
        if before.1.code != after.1.code {
            said.push(change(&before.1.code, &after.1.code));
        }
        match (before.0.closed, after.0.closed) {
            (None, Some(day)) => said.push(flow(&v.say_with(
                "organisation.history.closed",
                &[("day", short_day(v.locale, day).into())],
            ))),
            (Some(_), None) => said.push(flow(&v.say("organisation.history.reopened"))),
            _ => {}
        }
        if said.is_empty() {
            said.push(flow(&v.say("organisation.history.edited")));
        }
        let what = html! { @for one in &said { (one) " " } };
        events.push(Event {
            what,
            at: pair[1].stamp.recorded_at,
        });
    }
    events.reverse();
    events
}

/// What leads into the editor, for those whose role reaches this organisation.
async fn doors(v: &Viewer, kept: &Kept<Named>) -> Markup {
    let on = On::Organisation(kept.row.0.id);
    let manages = v.allows(Act::ManageOrganisations, on).await.is_ok();
    let restructures = v.allows(Act::Restructure, on).await.is_ok();
    let to = |rest: &str| format!("{}/{rest}", v.to_organisation(&kept.row.1.code));
    let open = kept.row.0.closed.is_none();
    let button =
        |rest: &str| small_button(&to(rest), &v.say(&format!("organisation.{rest}.title")));
    html! {
        @if manages || restructures {
            div.row {
                @if manages { (button("edit")) }
                @if restructures {
                    @if open {
                        (button("move"))
                        (button("merge"))
                        (button("split"))
                        (button("close"))
                    } @else {
                        (button("reopen"))
                    }
                }
            }
        }
    }
}

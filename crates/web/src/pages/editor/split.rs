//! Splitting an organisation: into which parts, and with which of them those below it go; shown before it is done.

use std::collections::BTreeMap;

use actions::organisations::{Part, Split};
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use domain::ids::OrganisationId;
use domain::issue::Issue;
use domain::organisation::{Membership, Organisation, OrganisationText};
use domain::permission::Act;
use maud::{Markup, html};
use store::Kept;

use super::merge::{FEW, blank, made};
use super::{Asked, Named, Parts, card, confirm, form, found, page};
use crate::data::in_order;
use crate::form::Fields;
use crate::found::day_of;
use crate::pages::board::district;
use crate::ui::{Kind, flow};
use crate::{Error, Page, Refused, Viewer};

/// Into so many parts one page splits an organisation; more parts are split again.
const PARTS: usize = 3;

/// `GET /organisations/{code}/split`.
///
/// # Errors
/// `NotFound` where no organisation has the code, `Forbidden` for who may not change it.
pub async fn show(viewer: Viewer, Path(parts): Parts) -> Result<Page, Error> {
    let kept = found(&viewer, &parts, Act::Restructure).await?;
    asking(&viewer, &kept.row, &blank(&viewer), &[]).await
}

async fn asking(
    v: &Viewer,
    kept: &Named,
    fields: &Fields,
    issues: &[Issue],
) -> Result<Page, Error> {
    let f = form(v, fields, issues);
    let to = format!("{}/split", v.to_organisation(&kept.1.code));
    let members = members(v, kept.0.id).await?;
    let numbered: Vec<(String, String)> = (0..PARTS)
        .map(|n| {
            (
                n.to_string(),
                v.say_with("organisation.split.part", &[("n", (n + 1).into())]),
            )
        })
        .collect();
    let body = f.show(
        &to,
        &v.say("organisation.preview.button"),
        html! {
            (f.day("on"))
            (f.tick("continues"))
            @for n in 0..PARTS {
                fieldset.stack {
                    legend { (flow(&numbered[n].1)) }
                    (f.text(&format!("parts.{n}.code"), Kind::Text))
                    (f.text(&format!("parts.{n}.name_th"), Kind::Text))
                }
            }
            (shared_out(v, fields, &members, &numbered))
            (f.choice("duties_to", &numbered))
            (f.tick("give_up"))
            (f.text("reason", Kind::Text))
        },
    );
    let card = card(v, "organisation.split.card", body);
    Ok(page(
        v,
        Some(kept),
        "organisation.split.title",
        "organisation.split.lead",
        card,
    ))
}

/// With which part each of those below goes. Where they are many, a district is chosen for all of them, and only those
/// that go elsewhere one by one.
fn shared_out(
    v: &Viewer,
    fields: &Fields,
    members: &[Kept<Named>],
    parts: &[(String, String)],
) -> Markup {
    let choice = |field: &str, word: &str, first: &str| {
        let chosen = fields.text(field);
        html! {
            div.f {
                label for=(field) { (flow(word)) }
                select.in id=(field) name=(field) {
                    option value="" selected[chosen.is_empty()] { (v.say(first)) }
                    @for (value, word) in parts { option value=(value) selected[chosen == value] { (word) } }
                    @if first == AS_DISTRICT { option value=(STAYS) selected[chosen == STAYS] { (v.say(STAYS_WORD)) } }
                }
            }
        }
    };
    let one = |kept: &Kept<Named>, first| {
        choice(&member_field(kept.row.0.id), &kept.row.1.name_th, first)
    };
    let by_district = by_district(members);
    html! {
        @if !members.is_empty() {
            fieldset.stack id="f-parts" tabindex="-1" {
                legend { (flow(&v.say("organisation.split.members"))) }
                @if by_district.is_empty() {
                    @for member in members { (one(member, STAYS_WORD)) }
                }
                @for (code, those) in &by_district {
                    @let name = if code.is_empty() { v.say("organisation.split.no_district").into_owned() } else { district(v, code) };
                    @let word = v.say_with("organisation.split.district", &[("district", name.clone().into()), ("n", those.len().into())]);
                    (choice(&district_field(code), &word, STAYS_WORD))
                    details open[those.iter().any(|kept| !fields.text(&member_field(kept.row.0.id)).is_empty())] {
                        summary { (flow(&v.say_with("organisation.split.one_by_one", &[("district", name.into())]))) }
                        div.stack { @for member in those { (one(member, AS_DISTRICT)) } }
                    }
                }
            }
        }
    }
}

/// Choosing it lets a member stay with the whole though its district goes with a part.
const STAYS: &str = "stays";
const STAYS_WORD: &str = "organisation.split.stays";
const AS_DISTRICT: &str = "organisation.split.as_district";

fn member_field(id: OrganisationId) -> String {
    format!("member-{id}")
}

fn district_field(code: &str) -> String {
    format!("district-{code}")
}

/// Members by district, where they are many; those without one under no code.
fn by_district(members: &[Kept<Named>]) -> BTreeMap<&str, Vec<&Kept<Named>>> {
    let mut by: BTreeMap<&str, Vec<&Kept<Named>>> = BTreeMap::new();
    for kept in members.iter().filter(|_| members.len() > FEW) {
        let code = kept.row.1.district_dopa.as_deref().unwrap_or_default();
        by.entry(code).or_default().push(kept);
    }
    by
}

/// Those that stand open directly below an organisation today or later, on either axis, by name.
async fn members(v: &Viewer, id: OrganisationId) -> Result<Vec<Kept<Named>>, Error> {
    let store = v.live()?.store();
    let day = day_of(v.app().now());
    let all: Vec<Kept<Membership>> = store::all(store).await?;
    let below = all
        .iter()
        .map(|kept| &kept.row)
        .filter(|place| place.parent == id && place.valid_to.is_none_or(|to| to > day));
    let mut ids: Vec<OrganisationId> = below.map(|place| place.organisation).collect();
    ids.sort_unstable();
    ids.dedup();
    let mut rows = store::get_many::<(Organisation, OrganisationText)>(store, &ids).await?;
    rows.retain(|kept| kept.row.0.closed.is_none());
    in_order(v, &mut rows)?;
    Ok(rows)
}

/// `POST /organisations/{code}/split`.
///
/// # Errors
/// When the database fails or the person may not; what is wrong with the input is said on the page.
pub async fn post(viewer: Viewer, Path(path): Parts, fields: Fields) -> Result<Response, Error> {
    let v = &viewer;
    let kept = found(v, &path, Act::Restructure).await?.row;
    let members = members(v, kept.0.id).await?;
    let mut asked = Asked::new(v, &fields);
    // Parts keep their numbers, so that what is wrong is said where it was typed: the last that is named ends the list.
    let named = |n: &usize| {
        ["code", "name_th"]
            .iter()
            .any(|field| fields.given(&format!("parts.{n}.{field}")).is_some())
    };
    let count = (0..PARTS).rev().find(named).map_or(0, |last| last + 1);
    let mut goes: BTreeMap<OrganisationId, String> = BTreeMap::new();
    for kept in &members {
        let own = fields.text(&member_field(kept.row.0.id));
        goes.insert(kept.row.0.id, own.to_owned());
    }
    for (code, those) in by_district(&members) {
        let all = fields.text(&district_field(code));
        for kept in those {
            let own = goes.entry(kept.row.0.id).or_default();
            if own.is_empty() {
                all.clone_into(own);
            }
        }
    }
    let parts: Vec<Part> = (0..count)
        .map(|n| Part {
            new: made(v, &asked, &format!("parts.{n}.")),
            members: members
                .iter()
                .map(|kept| kept.row.0.id)
                .filter(|id| goes.get(id) == Some(&n.to_string()))
                .collect(),
        })
        .collect();
    let on = asked.day("on", true);
    let reason = asked.text("reason");
    let mut refused = Refused::wrong(asked.done());
    if let (true, Some(on)) = (refused.issues.is_empty(), on) {
        let input = Split {
            organisation: kept.0.id,
            parts,
            continues: fields.ticked("continues"),
            duties_to: fields.text("duties_to").parse().ok(),
            give_up: fields.ticked("give_up"),
            on,
            reason,
        };
        let action = format!("{}/split", v.to_organisation(&kept.1.code));
        match confirm::ask(v, &kept, input, &fields, &action).await? {
            Ok(response) => return Ok(response),
            Err(wrong) => refused = wrong,
        }
    }
    let page = asking(v, &kept, &fields, &refused.issues).await?;
    Ok((refused.status, page).into_response())
}

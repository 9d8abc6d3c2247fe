//! Merging organisations into one that stands or is made for it: shown before it is done.

use actions::organisations::{Into, Merge, NewOrganisation};
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use domain::ids::OrganisationId;
use domain::issue::Issue;
use domain::organisation::{Axis, OrganisationText};
use domain::permission::Act;
use maud::{Markup, html};
use std::collections::BTreeMap;
use store::Kept;

use super::{Asked, Named, Parts, card, choices, confirm, day_fields, form, found, page};
use crate::data::{in_order, knows_organisation};
use crate::form::Fields;
use crate::found::day_of;
use crate::pages::board::district;
use crate::ui::{Kind, code, flow};
use crate::{Error, Page, Refused, Viewer};

/// So many stand in one list of boxes; more are folded by district.
pub(super) const FEW: usize = 12;

/// A form that nobody has filled in: the day is the first that is possible.
pub(super) fn blank(v: &Viewer) -> Fields {
    let first = actions::organisations::earliest(day_of(v.app().now()));
    Fields::of(day_fields("on", Some(first)))
}

/// `GET /organisations/{code}/merge`.
///
/// # Errors
/// `NotFound` where no organisation has the code, `Forbidden` for who may not change it.
pub async fn show_merge(viewer: Viewer, Path(parts): Parts) -> Result<Page, Error> {
    let kept = found(&viewer, &parts, Act::Restructure).await?;
    merge_page(&viewer, &kept.row, &blank(&viewer), &[]).await
}

async fn merge_page(
    v: &Viewer,
    kept: &Named,
    fields: &Fields,
    issues: &[Issue],
) -> Result<Page, Error> {
    let f = form(v, fields, issues);
    let to = format!("{}/merge", v.to_organisation(&kept.1.code));
    let choices = choices(v).await?;
    let beside = beside(v, kept.0.id).await?;
    let body = f.show(
        &to,
        &v.say("organisation.preview.button"),
        html! {
            (also(v, fields, &beside))
            (f.text("from", Kind::Text))
            (f.grouped_choice("into", &choices))
            (f.text("new-code", Kind::Text))
            (f.text("new-name_th", Kind::Text))
            (f.day("on"))
            (f.text("reason", Kind::Text))
        },
    );
    let card = card(v, "organisation.merge.card", body);
    Ok(page(
        v,
        Some(kept),
        "organisation.merge.title",
        "organisation.merge.lead",
        card,
    ))
}

/// Those that stand open under the same organisation by สังกัด, and are of the same class: with whom it may be merged.
async fn beside(v: &Viewer, id: OrganisationId) -> Result<Vec<Kept<Named>>, Error> {
    let live = v.live()?;
    let day = day_of(v.app().now());
    let ids: Vec<OrganisationId> = live.read(|now| {
        let organisations = now.snapshot.organisations();
        let above = |ix| organisations.parent_on(Axis::ReportsTo, ix, day);
        let own = organisations
            .number(id)
            .and_then(|ix| Some((ix, above(ix)?)));
        let Some((own, parent)) = own else {
            return Vec::new();
        };
        let class = |ix| organisations.row(ix).and_then(|row| row.class);
        let like = |ix| ix != own && above(ix) == Some(parent) && class(ix) == class(own);
        let all = organisations.all().filter(|(ix, _)| like(*ix));
        all.map(|(_, organisation)| organisation.id).collect()
    });
    let mut rows: Vec<Kept<Named>> = store::get_many(live.store(), &ids).await?;
    rows.retain(|kept| kept.row.0.closed.is_none() && knows_organisation(v, &kept.row.1));
    in_order(v, &mut rows)?;
    Ok(rows)
}

/// Boxes for those beside it, by district where there are many: nobody types the codes of twenty schools on a telephone.
fn also(v: &Viewer, fields: &Fields, beside: &[Kept<Named>]) -> Markup {
    let mut groups: BTreeMap<Option<&str>, Vec<&Kept<Named>>> = BTreeMap::new();
    for kept in beside {
        let place = kept.row.1.district_dopa.as_deref();
        groups
            .entry(place.filter(|_| beside.len() > FEW))
            .or_default()
            .push(kept);
    }
    let field = |kept: &Kept<Named>| format!("also-{}", kept.row.0.id);
    html! {
        @if !beside.is_empty() {
            fieldset.stack-s {
                legend { (flow(&v.say("organisation.merge.also"))) }
                @for (place, those) in &groups {
                    @let ticked = those.iter().any(|kept| fields.ticked(&field(kept)));
                    @let word = match place {
                        Some(code) => district(v, code),
                        None => v.say("organisation.merge.beside").into_owned(),
                    };
                    details open[ticked] {
                        summary { (flow(&word)) " (" (those.len()) ")" }
                        div.stack {
                            @for kept in those {
                                @let name = field(kept);
                                p.f.tick {
                                    input id={ "f-" (name) } name=(name) type="checkbox" value="1" checked[fields.ticked(&name)];
                                    label for={ "f-" (name) } { (flow(&kept.row.1.name_th)) " " (code(&kept.row.1.code)) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// `POST /organisations/{code}/merge`.
///
/// # Errors
/// When the database fails or the person may not; what is wrong with the input is said on the page.
pub async fn post_merge(
    viewer: Viewer,
    Path(parts): Parts,
    fields: Fields,
) -> Result<Response, Error> {
    let v = &viewer;
    let kept = found(v, &parts, Act::Restructure).await?.row;
    let mut asked = Asked::new(v, &fields);
    let mut from = vec![kept.0.id];
    let ticked = |id: &OrganisationId| fields.ticked(&format!("also-{id}"));
    let beside = beside(v, kept.0.id).await?;
    from.extend(beside.iter().map(|it| it.row.0.id).filter(ticked));
    for code in fields
        .text("from")
        .split([',', ' ', ';', '\n'])
        .filter(|code| !code.is_empty())
    {
        from.extend(asked.coded("from", code).await?);
    }
    let standing = asked.organisation("into").await?;
    let new = asked.given("new-code").is_some() || asked.given("new-name_th").is_some();
    let into = match standing {
        Some(_) if new => {
            asked.wrong("into", "organisation.either_or");
            None
        }
        Some(into) => Some(Into::Standing(into)),
        None if new => Some(Into::New(Box::new(made(v, &asked, "new-")))),
        None => {
            if fields.given("into").is_none() {
                asked.wrong("into", "organisation.place_needed");
            }
            None
        }
    };
    let on = asked.day("on", true);
    let reason = asked.text("reason");
    let mut refused = Refused::wrong(asked.done());
    if let (true, Some(into), Some(on)) = (refused.issues.is_empty(), into, on) {
        let input = Merge {
            from,
            into,
            on,
            reason,
        };
        let action = format!("{}/merge", v.to_organisation(&kept.1.code));
        match confirm::ask(v, &kept, input, &fields, &action).await? {
            Ok(response) => return Ok(response),
            Err(wrong) => refused = wrong,
        }
    }
    let page = merge_page(v, &kept, &fields, &refused.issues).await?;
    Ok((refused.status, page).into_response())
}

/// An organisation that a merging or splitting makes: its code and name; the rest is edited afterwards.
pub(super) fn made(v: &Viewer, asked: &Asked<'_>, prefix: &str) -> NewOrganisation {
    NewOrganisation {
        text: OrganisationText {
            code: asked.text(&format!("{prefix}code")),
            province: v.province.dopa().map(str::to_owned),
            name_th: asked.text(&format!("{prefix}name_th")),
            ..OrganisationText::default()
        },
        ..NewOrganisation::default()
    }
}

//! The page of a project.

use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query};
use domain::ids::{EditionId, ProjectId};
use domain::names::Name;
use domain::permission::Act;
use domain::project::{Activity, Project, ProjectText};
use maud::html;
use serde::Deserialize;
use std::collections::HashMap;
use store::Kept;

use super::explorer::{self, Explored, View};
use super::{facts, link, suggestions};
use crate::data::{allotted, edition, money_or_missing, organisation_name, shown_source};
use crate::found::Found;
use crate::pages::joints::Refused;
use crate::pages::joints::row::May;
use crate::ui::{Icon, Place, button, crumbs, flow, heading};
use crate::{Error, Group, Page, Viewer};

/// How the thread is looked at.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    view: Option<String>,
}

/// `GET /projects/{plan}/{code}`, `GET /projects/{plan}/{code}?view=up`.
///
/// # Errors
/// `NotFound` where no edition of the plan lists such a project.
pub async fn show(
    viewer: Viewer,
    Path(parts): Path<HashMap<String, String>>,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Page, Error> {
    let v = &viewer;
    let view = asked
        .ok()
        .map_or(View::Whole, |Query(asked)| View::of(asked.view.as_deref()));
    let asked = of_address(v, &parts).await?;
    page(v, &asked, view, None).await
}

/// A project as an address names it.
pub(super) struct OfAddress {
    pub plan: String,
    pub code: String,
    pub kept: Kept<(Project, ProjectText)>,
}

/// The project of an address, where a plan that this province may see lists it.
pub(super) async fn of_address(
    v: &Viewer,
    parts: &HashMap<String, String>,
) -> Result<OfAddress, Error> {
    let (plan, code) = parts
        .get("plan")
        .zip(parts.get("code"))
        .ok_or(Error::NotFound)?;
    let live = v.live()?;
    live.read(|now| edition(v, now, plan, None).map(|_| ()))?;
    let kept = live.project(plan, code).await?.ok_or(Error::NotFound)?;
    Ok(OfAddress {
        plan: plan.clone(),
        code: code.clone(),
        kept,
    })
}

/// The page, with what stands against a decision that was just tried.
pub(super) async fn page(
    v: &Viewer,
    of: &OfAddress,
    view: View,
    refused: Option<Refused<'_>>,
) -> Result<Page, Error> {
    let live = v.live()?;
    let OfAddress { plan, code, kept } = of;
    let (project, text) = &kept.row;
    let desk = link::desk(v, of);
    let may = May::of(v, desk.on()).await;
    let known = shown_source(v, kept.stamp.provenance.as_ref(), desk.on()).await?;
    let edit = desk.allows(v, Act::EditText).await.is_ok().then(|| {
        let to = format!("{}/edit", v.to_project(plan, code));
        button(&to, Some(Icon::Pen), &v.say("page.edit.open"), false)
    });
    let actions = Vec::from_iter(edit);
    let mut activities: Vec<Activity> =
        store::of::<Activity, ProjectId>(live.store(), &[project.id])
            .await?
            .into_iter()
            .map(|kept| kept.row)
            .collect();
    activities.sort_by_key(|activity| activity.position);
    let links = desk.lower.standing(v).await?;
    let suggested = suggestions::suggest(v, live, &kept.row, &activities).await?;

    let name = Name {
        code: text.code.clone(),
        name_th: text.title.clone(),
        ..Name::default()
    };
    let editions: Vec<EditionId> = live.read(|now| {
        let plans = now.snapshot.plans();
        let listings = now.snapshot.listings_of(project.id);
        listings
            .filter_map(|listing| plans.edition_of_node(listing.node))
            .map(|edition| edition.id)
            .collect()
    });
    let found = Found::of(v, live, &editions).await?;
    live.read(|now| {
        let thread = now.snapshot.trace(project.id).ok_or(Error::NotFound)?;
        let owner = organisation_name(v, now, project.owner);
        let year = flow(&facts::year(v, project.year));
        let explored = Explored {
            name: &name,
            line: html! { (owner) " · " (money_or_missing(v, allotted(now, project.id))) },
            page: v.to_project(plan, code),
            thread: &thread,
            activities: &activities,
        };
        let above = [
            (flow(&v.say("page.plans.title")), v.to("/plans")),
            (html! { (plan) }, v.to_plan(plan)),
        ];
        let title = crate::ui::name_of(v.locale, &name);
        Ok(Page::new(v, &*text.title)
            .at(Place::Plans)
            .group(Group::Rails)
            .body(html! {
                (crumbs(v, &above, code))
                (heading(title, html! { (owner) " · " (year) }, &actions))
                div.cols {
                    div {
                        (explorer::card(v, now, &explored, view))
                        (facts::details(v, now, kept, known.as_deref()))
                    }
                    div {
                        (facts::completeness(v, &thread))
                        (facts::review(v, now, project, &found, &thread))
                        (facts::links(v, now, &desk, &links, (may, refused)))
                        (facts::money(v, now, project))
                    }
                }
                // What only may fit comes after what is linked and found, and stays folded for who links nothing.
                @let suggestions = suggestions::card(v, now, project.id, &suggested, may.propose.then_some(&desk));
                @if may.propose { (suggestions) } @else {
                    details { summary { (flow(&v.say("page.suggest"))) } (suggestions) }
                }
            }))
    })
}

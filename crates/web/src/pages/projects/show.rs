//! The page of a project.

use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query};
use domain::ids::{EditionId, ProjectId};
use domain::issue::{Issue, Place as At};
use domain::link::Link;
use domain::names::Name;
use domain::project::Activity;
use maud::html;
use serde::Deserialize;
use std::collections::HashMap;
use store::{Kept, Reason};

use super::explorer::{self, Explored, View};
use super::{facts, suggestions};
use crate::data::{allotted, edition, money_or_missing, organisation_name};
use crate::found::Found;
use crate::ui::{Place, crumbs, flow, heading};
use crate::{Error, Group, Page, Viewer};

/// How the thread is looked at.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    view: Option<String>,
}

/// `GET /projects/{plan}/{code}`, `GET /projects/{plan}/{code}?view=up`.
///
/// # Errors
/// `NotFound` where no edition of the plan lists such a project; `BadRequest` where the view is not known.
pub async fn show(
    viewer: Viewer,
    Path(parts): Path<HashMap<String, String>>,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Page, Error> {
    let v = &viewer;
    let view = asked
        .ok()
        .and_then(|Query(asked)| View::of(asked.view.as_deref()));
    let view = view.ok_or_else(|| {
        let at = At::Field {
            field: "view".to_owned(),
        };
        Error::BadRequest(vec![Issue::error(at, "ui.unreadable_question")])
    })?;
    let (plan, code) = parts
        .get("plan")
        .zip(parts.get("code"))
        .ok_or(Error::NotFound)?;
    let live = v.live()?;
    live.read(|now| edition(v, now, plan, None).map(|_| ()))?;
    let kept = live.project(plan, code).await?.ok_or(Error::NotFound)?;
    let (project, text) = &kept.row;
    let mut activities: Vec<Activity> =
        store::of::<Activity, ProjectId>(live.store(), &[project.id])
            .await?
            .into_iter()
            .map(|kept| kept.row)
            .collect();
    activities.sort_by_key(|activity| activity.position);
    let links: Vec<Kept<(Link, Reason)>> = store::of(live.store(), &[project.id]).await?;
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
                (heading(title, html! { (owner) " · " (year) }, &[]))
                div.cols {
                    div {
                        (explorer::card(v, now, &explored, view))
                        (suggestions::card(v, now, project.id, &suggested))
                        (facts::details(v, now, &kept))
                    }
                    div {
                        (facts::completeness(v, &thread))
                        (facts::review(v, now, project, &found, &thread))
                        (facts::links(v, now, &links))
                        (facts::money(v, now, project))
                    }
                }
            }))
    })
}

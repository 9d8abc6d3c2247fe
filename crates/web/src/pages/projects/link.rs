//! Links of a project proposed, changed and decided on: what is served is chosen by code or words or from what its words
//! suggest.

use std::collections::HashMap;

use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use domain::permission::Act;
use maud::html;

use super::explorer::View;
use super::show::{OfAddress, of_address, page};
use super::suggestions;
use crate::form::Fields;
use crate::pages::joints::choose::Asked;
use crate::pages::joints::desk::Desk;
use crate::pages::joints::lower::{Lower, node_of};
use crate::pages::joints::{Refused, change, propose};
use crate::ui::{flow, name};
use crate::{Error, Page, Viewer};

type Parts = Path<HashMap<String, String>>;
type Question = Result<Query<Asked>, QueryRejection>;

/// Where the links of a project are worked on.
pub(super) fn desk(v: &Viewer, of: &OfAddress) -> Desk {
    let project = of.kept.row.0;
    let page = v.to_project(&of.plan, &of.code);
    Desk {
        lower: Lower::Project(project.id),
        owner: Some(project.owner),
        province: None,
        below: format!("{page}/links"),
        page,
        edition: String::new(),
        above: vec![
            (flow(&v.say("page.plans.title")), v.to("/plans")),
            (html! { (of.plan) }, v.to_plan(&of.plan)),
        ],
        name: name(v.locale, &of.kept.row.1.title, None),
        words: "page.link",
    }
}

/// `GET /projects/{plan}/{code}/links/new`, `…?q=…&plan=…`, `…?node=…`.
///
/// # Errors
/// `NotFound` where the province knows no such project or element, `Forbidden` for who may not propose its links.
pub async fn show_new(viewer: Viewer, Path(parts): Parts, asked: Question) -> Result<Page, Error> {
    let v = &viewer;
    let of = of_address(v, &parts).await?;
    let desk = desk(v, &of);
    let asked = asked.map(|Query(asked)| asked).unwrap_or_default();
    if let Some(node) = propose::chosen(v, &desk, &asked).await? {
        let words = suggestions::words_of(v, v.live()?, &of.kept.row, node).await?;
        let reason = words.map(|words| {
            let words = words.join(" · ");
            v.say_with("page.joint.suggested_reason", &[("words", words.into())])
        });
        return propose::show(v, &desk, node, &reason.unwrap_or_default());
    }
    let (live, project) = (v.live()?, of.kept.row.0.id);
    let activities = suggestions::activities(live, project).await?;
    let suggested = suggestions::suggest(v, live, &of.kept.row, &activities).await?;
    let card = live.read(|now| suggestions::card(v, now, project, &suggested, Some(&desk)));
    propose::choose(v, &desk, &asked, card).await
}

/// `POST /projects/{plan}/{code}/links/new?node=…`.
///
/// # Errors
/// As for the page. What is wrong is said beside the fields (422); that somebody else proposed it meanwhile, too (409).
pub async fn post_new(
    viewer: Viewer,
    Path(parts): Parts,
    asked: Question,
    fields: Fields,
) -> Result<Response, Error> {
    let v = &viewer;
    let desk = desk(v, &of_address(v, &parts).await?);
    let asked = asked.map(|Query(asked)| asked).unwrap_or_default();
    propose::post(v, &desk, &asked, &fields).await
}

/// `GET /projects/{plan}/{code}/links/{node}/change`.
///
/// # Errors
/// `NotFound` where there is no such link to be changed, `Forbidden` for who may not change it as it stands.
pub async fn show_change(viewer: Viewer, Path(parts): Parts) -> Result<Page, Error> {
    let v = &viewer;
    let desk = desk(v, &of_address(v, &parts).await?);
    change::show(v, &desk, node_of(&parts)?).await
}

/// `POST /projects/{plan}/{code}/links/{node}/change`.
///
/// # Errors
/// As for the page. What is wrong is said beside the fields (422); what somebody else did meanwhile is said with what
/// stands now, and what was typed is kept (409).
pub async fn post_change(
    viewer: Viewer,
    Path(parts): Parts,
    fields: Fields,
) -> Result<Response, Error> {
    let v = &viewer;
    let desk = desk(v, &of_address(v, &parts).await?);
    change::post(v, &desk, node_of(&parts)?, &fields).await
}

/// `POST /projects/{plan}/{code}/links/{node}`: `decision`, `reason`, and the version `seen` by who decides.
///
/// # Errors
/// `NotFound` where the province knows no such project, `Forbidden` for who may not decide on its links. What stands
/// against the decision is said on the page of the project as it is now: 409 where somebody else decided meanwhile.
pub async fn post_decide(
    viewer: Viewer,
    Path(parts): Parts,
    fields: Fields,
) -> Result<Response, Error> {
    let v = &viewer;
    let of = of_address(v, &parts).await?;
    let desk = desk(v, &of);
    desk.allows(v, Act::DecideLink).await?;
    let node = node_of(&parts)?;
    let Err(error) = desk.lower.decide(v, node, &fields).await else {
        return Ok(desk.back());
    };
    let status = error.status();
    let issues = error.into_issues()?;
    let refused = Refused {
        node,
        fields: &fields,
        issues: &issues,
    };
    let page = page(v, &of, View::Whole, Some(refused)).await?;
    Ok((status, page).into_response())
}

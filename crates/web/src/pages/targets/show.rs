//! One target of SDG 4: its words, its indicators, the projects that serve it, their money, and why the figure is so.

use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query};
use domain::ids::{EditionId, NodeId, ProjectId};
use domain::indicator::{Indicator, IndicatorText};
use domain::issue::{Issue, Place as At};
use domain::locale::Locale;
use domain::plan::Crosswalk;
use maud::html;
use serde::Deserialize;
use store::{Kept, Reason};

use super::parts;
use crate::data::node_name;
use crate::found::Found;
use crate::served::{Listed, Served, framework, listed, served, targets};
use crate::ui::{Icon, Place, button, crumbs, flow, foreign, heading, target_code};
use crate::{Error, Page, Viewer};

/// Whose projects are listed.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    organisation: Option<String>,
}

/// What the page needs of the snapshot.
pub(super) struct Shown {
    pub framework: EditionId,
    pub node: NodeId,
    pub listed: Arc<Listed>,
    pub served: Arc<Served>,
    pub indicators: Vec<NodeId>,
    pub crosswalks: Vec<Crosswalk>,
    /// Code of the organisation whose projects alone are listed.
    pub only: Option<String>,
}

/// `GET /targets/{code}`, `GET /targets/{code}?organisation=…`.
///
/// # Errors
/// `NotFound` where SDG 4 has no such target; `BadRequest` where the question cannot be read.
pub async fn show(
    viewer: Viewer,
    Path(parts): Path<HashMap<String, String>>,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Page, Error> {
    let v = &viewer;
    let Query(asked) = asked.map_err(|_| {
        let at = At::Field {
            field: "organisation".to_owned(),
        };
        Error::BadRequest(vec![Issue::error(at, "ui.unreadable_question")])
    })?;
    let code = parts.get("code").ok_or(Error::NotFound)?;
    let live = v.live()?;
    let shown = live.read(|now| {
        let framework = framework(now)?;
        let node = now
            .node(framework, code)
            .filter(|id| targets(now, framework).contains(id))
            .ok_or(Error::NotFound)?;
        let listed = listed(v, now);
        let plans = now.snapshot.plans();
        Ok::<_, Error>(Shown {
            framework,
            node,
            served: served(now, &listed, node),
            listed,
            indicators: plans
                .subtree(node)
                .filter(|node| node.kind.is_indicator())
                .map(|node| node.id)
                .collect(),
            crosswalks: plans.crosswalks_from(node).collect(),
            only: asked.organisation.filter(|code| !code.is_empty()),
        })
    })?;
    let named: Vec<ProjectId> = shown.served.projects().collect();
    let titles = live.titles(&named).await?;
    let found = Found::of(v, live, &shown.listed.editions).await?;
    let words: Vec<Kept<(Indicator, IndicatorText)>> =
        store::get_many(live.store(), &shown.indicators).await?;
    let ids: Vec<_> = shown.crosswalks.iter().map(|row| row.id).collect();
    let reasons: Vec<Kept<(Crosswalk, Reason)>> = store::get_many(live.store(), &ids).await?;
    Ok(live.read(|now| {
        let name = now.names.nodes.get(&shown.node);
        let other = name.and_then(|name| match v.locale {
            Locale::Th => name.name_en.as_deref().map(|text| foreign(Locale::En, text)),
            Locale::En => Some(foreign(Locale::Th, &name.name_th)),
        });
        let above = [(flow(&v.say("page.target.all")), v.to("/targets"))];
        Page::new(v, v.say_with("page.target.title", &[("code", code.as_str().into())])).at(Place::Targets).body(html! {
            (crumbs(v, &above, code))
            (heading(
                html! { (target_code(code)) " " (node_name(v, now, shown.node)) },
                html! { @if let Some(other) = other { (other) } },
                &[button(&v.to_node(crate::served::SDG4, code), Some(Icon::Book), &v.say("page.target.in_catalogue"), false)],
            ))
            (parts::figures(v, now, &shown))
            (parts::projects(v, now, &shown, &titles))
            (parts::why(v, now, &shown, &titles))
            (parts::indicators(v, now, &shown, &words))
            (parts::findings(v, now, &shown, &found))
            (parts::crosswalks(v, now, &shown, &reasons))
        })
    }))
}

//! The ten targets of SDG 4, each with what is honestly known of it in the province.

use std::sync::Arc;

use actions::live::Now;
use domain::ids::NodeId;
use maud::{Markup, html};

use crate::data::node_name;
use crate::served::{Listed, Served, framework, listed, served, targets};
use crate::ui::{Icon, Place, Tile, Tone, button, count, flow, heading, pill};
use crate::{Error, Group, Page, Viewer};

/// `GET /targets`.
///
/// # Errors
/// `NotFound` in a portal without data or without SDG 4.
pub async fn show(viewer: Viewer) -> Result<Page, Error> {
    let v = &viewer;
    let tiles = v.live()?.read(|now| tiles(v, now, &listed(v, now)))?;
    let title = v.say("page.target.all");
    Ok(Page::new(v, title.clone()).at(Place::Targets).group(Group::Home).described(v.say("page.target.all.lead")).body(
        html! {
            (heading(flow(&title), flow(&v.say("page.target.all.lead")), &[
                button(&v.to("/coverage"), Some(Icon::Building), &v.say("page.coverage.title"), false),
                button(&v.to("/indicators"), Some(Icon::Chart), &v.say("page.indicators.title"), false),
            ]))
            section aria-labelledby="tiles" { h2.sr id="tiles" { (flow(&v.say("page.home.targets.lead"))) } (tiles) }
        },
    ))
}

/// A tile per target.
///
/// # Errors
/// `NotFound` where SDG 4 was never recorded.
pub fn tiles(v: &Viewer, now: &Now, listed: &Listed) -> Result<Markup, Error> {
    let rows: Vec<(String, Markup, Arc<Served>)> = targets(now, framework(now)?)
        .into_iter()
        .map(|node| {
            let code = now
                .names
                .nodes
                .get(&node)
                .map(|name| name.code.clone())
                .unwrap_or_default();
            (
                code.clone(),
                short_name(v, now, node, &code),
                served(now, listed, node),
            )
        })
        .collect();
    let texts: Vec<(String, String)> = rows
        .iter()
        .map(|(code, _, served)| (v.to_target(code), foot(v, listed, served)))
        .collect();
    Ok(Tile::show_all(rows.iter().zip(&texts).map(
        |((code, name, served), (href, foot))| Tile {
            code,
            name: name.clone(),
            status: status(v, listed, served),
            foot,
            href,
            empty: served.approved.is_empty() && served.proposed.is_empty(),
        },
    )))
}

/// A few words for a target; its own name where the framework has a target that is not known here.
fn short_name(v: &Viewer, now: &Now, node: NodeId, code: &str) -> Markup {
    let key = format!("page.target.short.{code}");
    match v.say(&key) {
        words if words == key => node_name(v, now, node),
        words => flow(&words),
    }
}

/// Whether anything approved serves the target, only proposals, nothing, or nothing is known.
pub fn status(v: &Viewer, listed: &Listed, served: &Served) -> Markup {
    let (tone, icon, key) = match (served.approved.len(), served.proposed.len()) {
        _ if listed.year.is_none() => (Tone::Missing, Icon::Dashed, "page.target.status.no_plan"),
        (1.., _) => (Tone::Ok, Icon::OkCircle, "page.target.status.approved"),
        (0, 1..) => (Tone::Gold, Icon::Link, "page.target.status.proposed"),
        (0, 0) => (Tone::Zero, Icon::Zero, "page.target.status.none"),
    };
    pill(tone, icon, &v.say(key))
}

fn foot(v: &Viewer, listed: &Listed, served: &Served) -> String {
    // Without a plan nothing was counted: that is no zero.
    if listed.year.is_none() {
        return v.say("page.target.foot.no_plan").into_owned();
    }
    let n = |n: usize| count(n as u64).into();
    v.say_with(
        "page.target.foot",
        &[
            ("approved", n(served.approved.len())),
            ("proposed", n(served.proposed.len())),
        ],
    )
}

//! All plans and frameworks of the province, by level: what the two rails are made of.

use actions::live::Now;
use domain::plan::{Level, Plan};
use maud::{Markup, html};

use crate::data::{edition_label, is_of_province, organisation_name, so_many_projects};
use crate::ui::{
    Card, Place, Row, code, count_badge, edition_state, flow, heading, name, rows, year_range,
};
use crate::{Error, Page, Viewer};

/// `GET /plans`.
///
/// # Errors
/// `NotFound` in a portal without data.
pub async fn show(viewer: Viewer) -> Result<Page, Error> {
    let v = &viewer;
    let levels = v.live()?.read(|now| levels(v, now));
    let title = v.say("page.plans.title");
    Ok(Page::new(v, title.clone())
        .at(Place::Plans)
        .described(v.say("page.plans.lead"))
        .body(html! {
            (heading(flow(&title), flow(&v.say("page.plans.lead")), &[]))
            (levels)
        }))
}

fn levels(v: &Viewer, now: &Now) -> Markup {
    let plans: Vec<&Plan> = now
        .plans()
        .into_iter()
        .filter(|plan| is_of_province(v, plan))
        .collect();
    html! {
        @for level in Level::ALL {
            @let of_level: Vec<&Plan> = plans.iter().copied().filter(|plan| plan.level == *level).collect();
            @if !of_level.is_empty() {
                (Card::new(&v.say(&format!("page.level.{level}")))
                    .aside(count_badge(of_level.len() as u64))
                    .flush()
                    .show(rows(of_level.iter().map(|plan| row(v, now, plan)))))
            }
        }
    }
}

fn row(v: &Viewer, now: &Now, plan: &Plan) -> Row {
    let id = now.edition_of(plan.id);
    let edition = id.and_then(|id| now.snapshot.plans().edition(id));
    let listed = id.map_or(0, |id| {
        now.snapshot
            .plans()
            .nodes_of(id)
            .map(|node| now.snapshot.projects_listed(node.id).len())
            .sum()
    });
    let years = edition.and_then(|edition| edition.from_year.zip(edition.to_year));
    Row {
        mark: Some(code(&plan.code)),
        title: name(v.locale, &plan.name_th, plan.name_en.as_deref()),
        href: id.map(|_| v.to_plan(&plan.code)),
        line: Some(html! {
            @if let Some((from, to)) = years { (year_range(v.locale, from, to)) " · " }
            @if let Some(owner) = plan.owner { (organisation_name(v, now, owner)) " · " }
            @if let Some(id) = id { (flow(&v.say_with("page.edition", &[("label", edition_label(now, id).into())]))) }
            @if listed > 0 { " · " (flow(&so_many_projects(v, listed as u64))) }
        }),
        aside: edition.map(|edition| edition_state(v.locale, edition.state)),
    }
}

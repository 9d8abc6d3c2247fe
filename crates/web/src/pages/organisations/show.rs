//! One organisation with its places, its history and its projects by target.

use std::collections::HashMap;

use actions::live::Now;
use axum::extract::Path;
use domain::ids::{OrganisationId, ProjectId};
use domain::names::Names;
use domain::organisation::{Axis, Organisation, OrganisationText};
use jiff::civil::Date;
use maud::{Markup, html};
use store::Kept;

use crate::address::encoded;
use crate::data::{
    allotted, knows_organisation, money_or_missing, organisation_name, project_cell,
};
use crate::found::day_of as today;
use crate::served::{framework, listed, served, targets};
use crate::ui::{
    Card, Column, Empty, Place, Table, certainty, code, count, count_badge, crumbs, definitions,
    flow, foreign, heading, name, target_link,
};
use crate::{Error, Page, Viewer};

type Text = (Organisation, OrganisationText);

/// `GET /organisations/{code}`.
///
/// # Errors
/// `NotFound` where no organisation of the province, and none known nationally, has the code.
pub async fn show(
    viewer: Viewer,
    Path(parts): Path<HashMap<String, String>>,
) -> Result<Page, Error> {
    let v = &viewer;
    let wanted = parts.get("code").ok_or(Error::NotFound)?;
    let live = v.live()?;
    let mut all = store::texts::organisations(live.store(), wanted).await?;
    // A code is unique within a province only: the province's own organisation comes before a national one.
    all.retain(|kept| knows_organisation(v, &kept.row.1));
    all.sort_by_key(|kept| kept.row.1.province.is_none());
    let kept = all.into_iter().next().ok_or(Error::NotFound)?;
    let id = kept.row.0.id;
    let own: Vec<ProjectId> = live.read(|now| {
        let owner =
            |project: &ProjectId| now.snapshot.project(*project).map(|project| project.owner);
        listed(v, now)
            .projects
            .iter()
            .copied()
            .filter(|project| owner(project) == Some(id))
            .collect()
    });
    let titles = live.titles(&own).await?;
    let history = crate::pages::editor::history::cards(v, &kept).await?;
    let records = crate::pages::board::kept_records(v, id).await?;
    let text = &kept.row.1;
    let above = [(
        flow(&v.say("page.organisations.title")),
        v.to("/organisations"),
    )];
    live.read(|now| {
        Ok(Page::new(v, &*text.name_th).at(Place::Plans).body(html! {
            (crumbs(v, &above, wanted))
            (heading(name(v.locale, &text.name_th, text.name_en.as_deref()), code(wanted), &[]))
            (facts(v, now, &kept))
            (history)
            (records)
            (by_target(v, now, id))
            (projects(v, now, own, &titles))
        }))
    })
}

fn facts(v: &Viewer, now: &Now, kept: &Kept<Text>) -> Markup {
    let (organisation, text) = &kept.row;
    let organisations = now.snapshot.organisations();
    let day = today(v.app().now());
    let above = |axis| {
        let parent = organisations.parent_on(axis, organisations.number(organisation.id)?, day)?;
        let id = organisations.id(parent);
        let href = now
            .names
            .organisations
            .get(&id)
            .map(|name| v.to_organisation(&name.code));
        Some(html! { a href=[href] { (organisation_name(v, now, id)) } })
    };
    let mut facts: Vec<(&str, Markup)> = Vec::new();
    facts.extend(
        text.affiliation_th
            .as_deref()
            .map(|text| ("page.organisation.affiliation", name(v.locale, text, None))),
    );
    facts.extend(above(Axis::ReportsTo).map(|parent| ("page.organisation.reports_to", parent)));
    facts.extend(
        above(Axis::CoordinatedBy).map(|parent| ("page.organisation.coordinated_by", parent)),
    );
    let below = below(now, organisation.id, day);
    if below > 0 {
        let to = format!("/organisations?under={}", encoded(&text.code));
        let word = v.say_with("page.organisation.below.all", &[("n", below.into())]);
        facts.push((
            "page.organisation.below",
            html! { a href=(v.to(&to)) { (flow(&word)) } },
        ));
    }
    if let Some(known) = &kept.stamp.provenance {
        facts.push((
            "page.source",
            foreign(domain::locale::Locale::En, &known.source),
        ));
        facts.push(("page.certainty", certainty(v.locale, known.certainty)));
    }
    Card::new(&v.say("page.details")).show(definitions(
        facts
            .into_iter()
            .map(|(key, what)| (flow(&v.say(key)), what)),
    ))
}

/// How many stand open below an organisation by สังกัด, at any depth.
fn below(now: &Now, id: OrganisationId, day: Date) -> usize {
    let organisations = now.snapshot.organisations();
    let under = |ix| {
        let above = |ix| organisations.parent_on(Axis::ReportsTo, ix, day);
        let mut line = std::iter::successors(above(ix), |ix| above(*ix));
        line.any(|ix| organisations.id(ix) == id)
    };
    let open = |closed: Option<Date>| closed.is_none_or(|closed| day < closed);
    let all = organisations.all();
    all.filter(|(ix, row)| open(row.closed) && under(*ix))
        .count()
}

/// Its projects by target, approved and proposed apart.
fn by_target(v: &Viewer, now: &Now, id: OrganisationId) -> Markup {
    let Ok(framework) = framework(now) else {
        return html! {};
    };
    let listed = listed(v, now);
    let is_own = |project: &ProjectId| {
        now.snapshot
            .project(*project)
            .is_some_and(|project| project.owner == id)
    };
    let rows: Vec<(String, usize, usize)> = targets(now, framework)
        .into_iter()
        .filter_map(|node| {
            let served = served(now, &listed, node);
            let approved = served.approved.iter().filter(|row| row.owner == id).count();
            let proposed = served
                .proposed
                .iter()
                .filter(|project| is_own(project))
                .count();
            let code = now.names.nodes.get(&node)?.code.clone();
            (approved + proposed > 0).then_some((code, approved, proposed))
        })
        .collect();
    let title = v.say("page.organisation.targets");
    Card::new(&title).flush().show(html! {
        @if rows.is_empty() { (Empty::NoData.show(&v.say("page.target.no_projects"), &v.say("page.organisation.no_targets.why"), None)) }
        @else {
            (Table::new(&title, [
                Column::text(&v.say("page.organisation.target")),
                Column::figure(&v.say("page.figure.approved")),
                Column::figure(&v.say("page.figure.proposed")),
            ]).rows(rows.iter().map(|(code, approved, proposed)| [
                target_link(code, &v.to_target(code)),
                html! { (count(*approved as u64)) },
                html! { (count(*proposed as u64)) },
            ])).show())
        }
    })
}

fn projects(v: &Viewer, now: &Now, mut own: Vec<ProjectId>, titles: &Names) -> Markup {
    own.sort_by_cached_key(|id| {
        titles
            .projects
            .get(id)
            .map(|name| domain::text::sort_key(&name.code))
    });
    let title = v.say("page.project");
    let known = listed(v, now).year.is_some();
    let card = Card::new(&title).flush();
    let card = if known {
        card.aside(count_badge(own.len() as u64))
    } else {
        card
    };
    card.show(html! {
        @if own.is_empty() { (Empty::NoData.show(&v.say("page.organisation.no_projects"), &v.say("page.organisation.no_projects.why"), None)) }
        @else {
            (Table::new(&title, [Column::text(&v.say("page.project")).wide(), Column::figure(&v.say("page.figure.allotted"))])
                .rows(own.iter().map(|id| [project_cell(v, now, titles, *id), money_or_missing(v, allotted(now, *id))]))
                .show())
        }
    })
}

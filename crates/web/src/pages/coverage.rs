//! The matrix organisation × target: whose projects serve which target, approved and proposed apart.

use std::collections::HashMap;

use actions::live::Now;
use domain::ids::{OrganisationId, ProjectId};
use domain::locale::Locale;
use domain::names::Name;
use maud::{Markup, html};

use crate::address::encoded;
use crate::data::organisation_name;
use crate::served::{Listed, framework, listed, served, targets};
use crate::ui::{
    Empty, Icon, Matrix, MatrixCell, MatrixRow, Place, Tone, button, count, flow, heading, legend,
    note, of, pill,
};
use crate::{Error, Group, Page, Viewer};

/// One target: its code, and the approved and proposed projects of each organisation.
struct Column {
    code: String,
    counts: HashMap<OrganisationId, (u64, u64)>,
}

/// `GET /coverage`.
///
/// # Errors
/// `NotFound` in a portal without data or without SDG 4.
pub async fn show(viewer: Viewer) -> Result<Page, Error> {
    let v = &viewer;
    let (body, year) = v.live()?.read(|now| {
        let listed = listed(v, now);
        Ok::<_, Error>((body(v, now, &listed)?, listed.year))
    })?;
    let title = v.say("page.coverage.title");
    let line = match year {
        Some(year) => v.say_with("page.coverage.lead", &[("year", year.0.to_string().into())]),
        None => v.say("page.target.no_plan.why").into_owned(),
    };
    Ok(Page::new(v, title.clone()).at(Place::Targets).group(Group::Matrix).described(line.clone()).body(html! {
        (heading(flow(&title), flow(&line), &[button(&v.to("/targets"), None, &v.say("page.target.all"), false)]))
        (body)
    }))
}

fn body(v: &Viewer, now: &Now, listed: &Listed) -> Result<Markup, Error> {
    let columns = columns(now, listed)?;
    if listed.year.is_none() {
        let action = button(&v.to("/plans"), None, &v.say("page.plans.title"), false);
        return Ok(Empty::NoData.show(
            &v.say("page.target.status.no_plan"),
            &v.say("page.target.no_plan.why"),
            Some(action),
        ));
    }
    let name = |id: OrganisationId| now.names.organisations.get(&id);
    let mut owners: Vec<OrganisationId> = listed.owners(now).into_iter().collect();
    owners.sort_by_cached_key(|id| now.names.list_place(*id));
    let n = owners.len() as u64;
    let headings = columns.iter().map(|column| {
        let approved = column
            .counts
            .values()
            .filter(|(approved, _)| *approved > 0)
            .count() as u64;
        (column.code.clone(), of(approved, n))
    });
    let rows = owners.iter().map(|owner| MatrixRow {
        name: organisation(v, now, *owner),
        own: false,
        cells: columns
            .iter()
            .map(|column| cell(v, name(*owner), column, *owner))
            .collect(),
    });
    let (caption, corner, total) = (
        v.say("page.coverage.caption"),
        v.say("page.owner"),
        v.say("page.coverage.total"),
    );
    let sums = columns.iter().map(|column| {
        let sum = |of: fn(&(u64, u64)) -> u64| column.counts.values().map(of).sum::<u64>();
        format!("{}/{}", count(sum(|c| c.0)), count(sum(|c| c.1)))
    });
    let matrix = Matrix {
        caption: &caption,
        corner: &corner,
        columns: headings.collect(),
        rows: rows.collect(),
        total: Some((&total, sums.collect())),
    };
    Ok(html! {
        (legend([
            pill(Tone::Ok, Icon::OkCircle, &v.say("page.target.status.approved")),
            pill(Tone::Gold, Icon::Link, &v.say("page.target.status.proposed")),
            pill(Tone::Zero, Icon::Zero, &v.say("page.coverage.zero")),
        ]))
        (note(Tone::Mute, Icon::Info, flow(&v.say("page.coverage.note"))))
        div.card { div.tw role="region" tabindex="0" aria-label=(caption) { (matrix.show()) } }
    })
}

/// Who owns the projects of each target.
fn columns(now: &Now, listed: &Listed) -> Result<Vec<Column>, Error> {
    let owner = |id: ProjectId| now.snapshot.project(id).map(|project| project.owner);
    let column = |node| {
        let served = served(now, listed, node);
        let mut counts: HashMap<OrganisationId, (u64, u64)> = HashMap::new();
        for row in &served.approved {
            counts.entry(row.owner).or_default().0 += 1;
        }
        for owner in served.proposed.iter().filter_map(|id| owner(*id)) {
            counts.entry(owner).or_default().1 += 1;
        }
        Column {
            code: now
                .names
                .nodes
                .get(&node)
                .map(|name| name.code.clone())
                .unwrap_or_default(),
            counts,
        }
    };
    Ok(targets(now, framework(now)?)
        .into_iter()
        .map(column)
        .collect())
}

fn organisation(v: &Viewer, now: &Now, id: OrganisationId) -> Markup {
    let href = now
        .names
        .organisations
        .get(&id)
        .map(|name| v.to_organisation(&name.code));
    html! { a href=[href] { (organisation_name(v, now, id)) } }
}

/// One cell: a link to the projects behind its figure; nothing linked is a zero that was counted.
fn cell(v: &Viewer, owner: Option<&Name>, column: &Column, id: OrganisationId) -> MatrixCell {
    let (approved, proposed) = column.counts.get(&id).copied().unwrap_or_default();
    let who = owner.map(|name| match v.locale {
        Locale::En => name.name_en.clone().unwrap_or_else(|| name.name_th.clone()),
        Locale::Th => name.name_th.clone(),
    });
    let (tone, icon, figure) = match (approved, proposed) {
        (0, 0) => (Tone::Zero, Icon::Zero, "0".to_owned()),
        (0, n) => (Tone::Gold, Icon::Link, count(n)),
        (n, _) => (Tone::Ok, Icon::OkCircle, count(n)),
    };
    let sentence = v.say_with(
        "page.coverage.cell",
        &[
            ("organisation", who.unwrap_or_default().into()),
            ("target", column.code.as_str().into()),
            ("approved", count(approved).into()),
            ("proposed", count(proposed).into()),
        ],
    );
    let code = owner.map(|name| encoded(&name.code)).unwrap_or_default();
    let href = format!("{}?organisation={code}#projects", v.to_target(&column.code));
    MatrixCell {
        tone,
        icon,
        figure,
        name: sentence,
        href: (approved + proposed > 0).then_some(href),
    }
}

//! Organisations of the province: all of them, and one with its projects by target.

use std::collections::{BTreeSet, HashMap};

use actions::live::Now;
use axum::extract::Path;
use domain::ids::{OrganisationId, ProjectId};
use domain::names::Names;
use domain::organisation::{Axis, Organisation, OrganisationText};
use domain::permission::Act;
use maud::{Markup, html};
use store::Kept;

use crate::data::{
    allotted, knows_organisation, money_or_missing, organisation_name, project_cell,
};
use crate::found::day_of as today;
use crate::served::{framework, listed, served, targets};
use crate::ui::{
    Card, Column, Empty, Icon, Place, Row, Table, certainty, code, count, count_badge, crumbs,
    definitions, flow, foreign, heading, icon, name, rows, small_button, target_link,
};
use crate::{Error, Page, Viewer};

type Text = (Organisation, OrganisationText);

/// The organisations of the province, and those above them that are known nationally.
fn of_province(v: &Viewer, now: &Now, all: &[Kept<Text>]) -> BTreeSet<OrganisationId> {
    let known: BTreeSet<OrganisationId> = all
        .iter()
        .filter(|kept| knows_organisation(v, &kept.row.1))
        .map(|kept| kept.row.0.id)
        .collect();
    let own = |kept: &&Kept<Text>| {
        let province = kept.row.1.province.as_deref();
        province.is_some() && province == v.province.dopa()
    };
    let mut ours: BTreeSet<OrganisationId> =
        all.iter().filter(own).map(|kept| kept.row.0.id).collect();
    let organisations = now.snapshot.organisations();
    let day = today(v.app().now());
    let mut open: Vec<OrganisationId> = ours.iter().copied().collect();
    while let Some(id) = open.pop() {
        let Some(ix) = organisations.number(id) else {
            continue;
        };
        for axis in [Axis::ReportsTo, Axis::CoordinatedBy] {
            let above = organisations.parent_on(axis, ix, day);
            let above = above.map(|ix| organisations.id(ix));
            open.extend(above.filter(|id| known.contains(id) && ours.insert(*id)));
        }
    }
    ours
}

/// `GET /organisations`.
///
/// # Errors
/// `NotFound` in a portal without data.
pub async fn list(viewer: Viewer) -> Result<Page, Error> {
    let v = &viewer;
    let live = v.live()?;
    let mut all: Vec<Kept<Text>> = store::all(live.store()).await?;
    let ours = live.read(|now| of_province(v, now, &all));
    all.retain(|kept| ours.contains(&kept.row.0.id));
    all.sort_by_cached_key(|kept| domain::text::sort_key(&kept.row.1.name_th));
    let title = v.say("page.organisations.title");
    let doors = html! {
        @if v.can(Act::ManageOrganisations) {
            div.row {
                (small_button(&v.to("/organisations/new"), &v.say("organisation.new.title")))
                (small_button(&v.to("/organisations/import"), &v.say("organisation.import.title")))
            }
        }
    };
    let list = rows(all.iter().map(|kept| row(v, kept)));
    Ok(Page::new(v, title.clone()).at(Place::Plans).described(v.say("page.organisations.lead")).body(html! {
        (heading(flow(&title), flow(&v.say("page.organisations.lead")), &[]))
        (doors)
        @if all.is_empty() {
            (Empty::NoData.show(&v.say("page.organisations.none"), &v.say("page.target.no_plan.why"), None))
        } @else {
            (Card::new(&title).aside(count_badge(all.len() as u64)).flush().show(list))
        }
    }))
}

/// An organisation in a list, with the certainty of what is known of it.
pub fn row(v: &Viewer, kept: &Kept<Text>) -> Row {
    let text = &kept.row.1;
    Row {
        mark: Some(html! { span.ic { (icon(Icon::Building)) } }),
        title: name(v.locale, &text.name_th, text.name_en.as_deref()),
        href: Some(v.to_organisation(&text.code)),
        line: Some(html! {
            (code(&text.code))
            @if let Some(affiliation) = &text.affiliation_th { " " (name(v.locale, affiliation, None)) }
        }),
        aside: kept
            .stamp
            .provenance
            .as_ref()
            .map(|known| certainty(v.locale, known.certainty)),
    }
}

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
    let history = super::editor::history::cards(v, &kept).await?;
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
    Card::new(&title).aside(count_badge(own.len() as u64)).flush().show(html! {
        @if own.is_empty() { (Empty::NoData.show(&v.say("page.organisation.no_projects"), &v.say("page.organisation.no_projects.why"), None)) }
        @else {
            (Table::new(&title, [Column::text(&v.say("page.project")).wide(), Column::figure(&v.say("page.figure.allotted"))])
                .rows(own.iter().map(|id| [project_cell(v, now, titles, *id), money_or_missing(v, allotted(now, *id))]))
                .show())
        }
    })
}

//! The catalogues: frameworks and national plans, each with its source and how certain it is.

use std::collections::HashMap;

use actions::permission::On;
use domain::plan::{Edition, EditionText, Level, Plan};
use maud::html;
use store::Kept;

use crate::data::shown_source;
use crate::ui::{
    Card, Column, Icon, Place, Table, button, certainty, code, count, count_badge, flow, foreign,
    heading, name,
};
use crate::{Error, Page, Viewer};

/// `GET /catalogue`.
///
/// # Errors
/// `NotFound` in a portal without data.
pub async fn show(viewer: Viewer) -> Result<Page, Error> {
    let v = &viewer;
    let live = v.live()?;
    let mut plans: Vec<Kept<Plan>> = store::all(live.store()).await?;
    plans.retain(|kept| kept.row.level.is_framework());
    plans.sort_by(|a, b| (a.row.level, &a.row.code).cmp(&(b.row.level, &b.row.code)));
    let ids: Vec<_> = plans.iter().map(|kept| kept.row.id).collect();
    let editions: Vec<Kept<(Edition, EditionText)>> = store::of(live.store(), &ids).await?;
    // The source of the edition in force says most; that of the plan itself where there is none.
    let mut known = HashMap::new();
    for kept in &plans {
        let in_force = live.read(|now| now.edition_of(kept.row.id));
        let mut all = editions.iter();
        let edition = all.find(|kept| Some(kept.row.0.id) == in_force);
        let edition = edition.and_then(|kept| kept.stamp.provenance.as_ref());
        let provenance = edition.or(kept.stamp.provenance.as_ref());
        let whose = On::owned(kept.row.owner, kept.row.province.as_deref());
        let source = shown_source(v, provenance, whose).await?;
        let sure = provenance.map(|known| known.certainty);
        known.insert(kept.row.id, (source, sure));
    }
    let title = v.say("page.catalogue.title");
    let columns = [
        "page.code",
        "page.plan",
        "page.plan.elements",
        "page.source",
        "page.certainty",
    ]
    .map(|key| v.say(key));
    let table = |level: Level| {
        let of_level = plans.iter().filter(|kept| kept.row.level == level);
        let rows = of_level.map(|kept| {
            let plan = &kept.row;
            let elements = live.read(|now| now.edition_of(plan.id).map(|id| (id, now.snapshot.plans().nodes_of(id).count())));
            let (source, sure) = known.get(&plan.id).cloned().unwrap_or_default();
            [
                code(&plan.code),
                html! {
                    @if elements.is_some() { a href=(v.to_plan(&plan.code)) { (name(v.locale, &plan.name_th, plan.name_en.as_deref())) } }
                    @else { (name(v.locale, &plan.name_th, plan.name_en.as_deref())) }
                },
                match elements {
                    Some((_, n)) if n > 0 => html! { (count(n as u64)) },
                    _ => html! { span.dim { (flow(&v.say("page.catalogue.title_only"))) } },
                },
                source.map(|source| foreign(domain::locale::Locale::En, &source)).unwrap_or_default(),
                sure.map(|sure| certainty(v.locale, sure)).unwrap_or_default(),
            ]
        });
        Table::new(
            &title,
            [
                Column::text(&columns[0]),
                Column::text(&columns[1]).wide(),
                Column::figure(&columns[2]),
                Column::text(&columns[3]).wide(),
                Column::text(&columns[4]),
            ],
        )
        .rows(rows)
        .show()
    };
    Ok(Page::new(v, title.clone()).at(Place::Plans).described(v.say("page.catalogue.lead")).body(html! {
        (heading(flow(&title), flow(&v.say("page.catalogue.lead")), &[
            button(&v.to("/organisations"), Some(Icon::Building), &v.say("page.organisations.title"), false),
        ]))
        @for level in Level::ALL.iter().filter(|level| plans.iter().any(|kept| kept.row.level == **level)) {
            @let n = plans.iter().filter(|kept| kept.row.level == *level).count();
            (Card::new(&v.say(&format!("page.level.{level}"))).aside(count_badge(n as u64)).flush().show(table(*level)))
        }
    }))
}

//! Search over everything that has words here: the eight steps and the glossary.

use axum::extract::Query;
use axum::extract::rejection::QueryRejection;
use maud::{Markup, html};
use std::collections::BTreeSet;

use super::glossary::{self, Asked};
use super::recorded;
use super::steps;
use crate::ui::{Card, Empty, Icon, Row, button, count_badge, flow, heading, rows, search_form};
use crate::{Error, Page, Viewer};

/// Letters of the words that are shown again where nothing was found.
const SHOWN: usize = 120;

/// `GET /search?q=…`.
///
/// # Errors
/// `BadRequest` where the question of the address cannot be read.
pub async fn show(
    viewer: Viewer,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Page, Error> {
    let v = &viewer;
    let q = Asked::words(asked)?;
    let q = q.trim();
    let title = v.say("ui.search");
    let mut groups = groups(v, q).await?;
    if q.contains('-') && groups.iter().all(|(_, hits)| hits.is_empty()) {
        // "Zero-Dropout" is printed in two words.
        groups = self::groups(v, &q.replace('-', " ")).await?;
    }
    let (others, beside) = beside(v, q, &groups).await?;
    let none = beside.is_empty() && groups.iter().all(|(_, hits)| hits.is_empty());
    let shown: String = q.chars().take(SHOWN).collect();
    Ok(Page::new(v, title.clone()).body(html! {
        (heading(flow(&title), flow(&v.say("ui.search.lead")), &[]))
        (search_form(v, &v.to("/search"), "find-all", q, true))
        div.stack role="status" {
            @if !q.is_empty() && none {
                (Empty::NoMatch.show(
                    &v.say_with("ui.search.none", &[("q", shown.into())]),
                    &v.say("ui.search.none.why"),
                    Some(button(&v.to("/glossary"), Some(Icon::Book), &v.say("ui.glossary.all"), false)),
                ))
                (elsewhere(v, q))
            }
            @for (name, hits) in groups.into_iter().filter(|(_, hits)| !hits.is_empty()) {
                (Card::new(&v.say(name)).aside(count_badge(hits.len() as u64)).flush().show(rows(hits)))
            }
            @if !beside.is_empty() {
                (Card::new(&v.say("ui.search.matter"))
                    .line(flow(&v.say_with("ui.search.matter.why", &[("words", others.into())])))
                    .aside(count_badge(beside.len() as u64))
                    .flush()
                    .show(rows(beside)))
            }
        }
    }))
}

/// What holds the words, by kind, under the key of the kind's name.
async fn groups(v: &Viewer, q: &str) -> Result<Vec<(&'static str, Vec<Row>)>, Error> {
    if q.is_empty() {
        return Ok(Vec::new());
    }
    let mut groups = recorded::hits(v, q).await?;
    groups.push(("ui.nav.steps", steps::hits(v, q)));
    groups.push(("ui.nav.glossary", glossary::hits(v, q)));
    Ok(groups)
}

/// What calls the same matter by another name, without what was found already; and those names.
async fn beside(
    v: &Viewer,
    q: &str,
    found: &[(&'static str, Vec<Row>)],
) -> Result<(String, Vec<Row>), Error> {
    let rows = found.iter().flat_map(|(_, hits)| hits);
    let mut known: BTreeSet<String> = rows.filter_map(|row| row.href.clone()).collect();
    let (mut told, mut beside) = (Vec::new(), Vec::new());
    for name in suggest::other_names(q) {
        let hits = recorded::hits(v, name).await?;
        let hits = hits.into_iter().flat_map(|(_, hits)| hits);
        let fresh: Vec<Row> = hits
            .filter(|row| {
                row.href
                    .as_ref()
                    .is_some_and(|href| known.insert(href.clone()))
            })
            .collect();
        if !fresh.is_empty() {
            told.push(format!("“{name}”"));
            beside.extend(fresh);
        }
    }
    Ok((told.join(" "), beside))
}

/// The same search in the other provinces: what is looked for may be theirs.
fn elsewhere(v: &Viewer, q: &str) -> Markup {
    let others = v
        .app()
        .provinces()
        .iter()
        .filter(|province| **province != v.province);
    let question = crate::address::encoded(q);
    html! {
        div.row {
            @for province in others {
                @let args = [("province", province.name(v.locale).into())];
                (button(&v.to_province(province, &format!("/search?q={question}")), Some(Icon::Search), &v.say_with("ui.search.elsewhere", &args), false))
            }
        }
    }
}

//! Search over everything that has words here: the eight steps and the glossary.

use axum::extract::Query;
use axum::extract::rejection::QueryRejection;
use maud::html;

use super::glossary::{self, Asked};
use super::recorded;
use super::steps;
use crate::ui::{Card, Empty, Icon, button, count_badge, flow, heading, rows, search_form};
use crate::{Error, Page, Viewer};

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
    let groups = match q {
        "" => Vec::new(),
        q => [
            recorded::hits(v, q).await?,
            vec![
                ("ui.nav.steps", steps::hits(v, q)),
                ("ui.nav.glossary", glossary::hits(v, q)),
            ],
        ]
        .concat(),
    };
    let none = groups.iter().all(|(_, hits)| hits.is_empty());
    Ok(Page::new(v, title.clone()).body(html! {
        (heading(flow(&title), flow(&v.say("ui.search.lead")), &[]))
        (search_form(v, &v.to("/search"), "find-all", q, true))
        div.stack role="status" {
            @if !q.is_empty() && none {
                (Empty::NoMatch.show(
                    &v.say_with("ui.search.none", &[("q", q.into())]),
                    &v.say("ui.search.none.why"),
                    Some(button(&v.to("/glossary"), Some(Icon::Book), &v.say("ui.glossary.all"), false)),
                ))
            }
            @for (name, hits) in groups.into_iter().filter(|(_, hits)| !hits.is_empty()) {
                (Card::new(&v.say(name)).aside(count_badge(hits.len() as u64)).flush().show(rows(hits)))
            }
        }
    }))
}

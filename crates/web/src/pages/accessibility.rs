//! What is done so that everybody can use the pages, and what is not there yet.

use maud::html;

use crate::ui::{flow, heading};
use crate::{Page, Viewer};

const DONE: &[&str] = &[
    "ui.accessibility.standard",
    "ui.accessibility.keyboard",
    "ui.accessibility.reader",
    "ui.accessibility.colour",
    "ui.accessibility.script",
    "ui.accessibility.phone",
    "ui.accessibility.print",
    "ui.accessibility.language",
    "ui.accessibility.charts",
];

const NOT_YET: &[&str] = &["ui.accessibility.names", "ui.accessibility.tested"];

/// `GET /accessibility`.
pub async fn show(viewer: Viewer) -> Page {
    let v = &viewer;
    let title = v.say("ui.accessibility.title");
    Page::new(v, title.clone())
        .described(v.say("ui.accessibility.lead"))
        .body(html! {
            (heading(flow(&title), flow(&v.say("ui.accessibility.lead")), &[]))
            article.prose {
                h2 { (flow(&v.say("ui.accessibility.done"))) }
                ul { @for key in DONE { li { (flow(&v.say(key))) } } }
                h2 { (flow(&v.say("ui.accessibility.not_yet"))) }
                ul { @for key in NOT_YET { li { (flow(&v.say(key))) } } }
            }
        })
}

//! What Saithong is and how its figures are made.

use maud::{Markup, html};

use crate::ui::{
    Card, Place, ValueState, flow, heading, link_state, rails_legend, severity, value_state,
};
use crate::{Group, Page, Viewer};
use domain::issue::Severity;
use domain::link::LinkState;

/// Paragraphs about figures, in the order in which they build on each other.
const FIGURES: &[(&str, &str)] = &[
    ("ui.about.once", "ui.about.once.text"),
    ("ui.about.divide", "ui.about.divide.text"),
    ("ui.about.coverage", "ui.about.coverage.text"),
    ("ui.about.year", "ui.about.year.text"),
    ("ui.about.kept", "ui.about.kept.text"),
    ("ui.about.honest", "ui.about.honest.text"),
];

/// `GET /about`.
pub async fn show(viewer: Viewer) -> Page {
    let v = &viewer;
    let title = v.say("ui.about.title");
    Page::new(v, title.clone()).at(Place::About).group(Group::Rails).described(v.say("ui.about.lead")).body(html! {
        (heading(flow(&title), flow(&v.say("ui.about.lead")), &[]))
        div.cols {
            div {
                article.prose {
                    h2 { (flow(&v.say("ui.about.thread"))) }
                    p { (flow(&v.say("ui.about.thread.text"))) }
                    p { (flow(&v.say("ui.about.rails.text"))) }
                    h2 { (flow(&v.say("ui.about.figures"))) }
                    @for (name, text) in FIGURES { h3 { (flow(&v.say(name))) } p { (flow(&v.say(text))) } }
                    h2 { (flow(&v.say("ui.about.source"))) }
                    p { (flow(&v.say("ui.about.source.text"))) }
                }
            }
            div {
                (Card::new(&v.say("ui.about.states")).show(meanings(ValueState::ALL.iter().skip(1).map(|state| {
                    (value_state(v.locale, *state), v.say(state.meaning()))
                }))))
                (Card::new(&v.say("ui.about.links")).foot(rails_legend(v.locale)).show(meanings(LinkState::ALL.iter().map(|state| {
                    let key = match state {
                        LinkState::Proposed => "ui.about.link.proposed",
                        LinkState::Approved => "ui.about.link.approved",
                        LinkState::Rejected => "ui.about.link.rejected",
                    };
                    (link_state(v.locale, *state), v.say(key))
                }))))
                (Card::new(&v.say("ui.about.findings")).show(meanings(Severity::ALL.iter().map(|level| {
                    let key = match level {
                        Severity::Error => "ui.about.severity.error",
                        Severity::Warning => "ui.about.severity.warning",
                        Severity::Advice => "ui.about.severity.advice",
                    };
                    (severity(v.locale, *level), v.say(key))
                }))))
            }
        }
    })
}

fn meanings<'k>(all: impl Iterator<Item = (Markup, std::borrow::Cow<'k, str>)>) -> Markup {
    html! { ul.stack { @for (mark, meaning) in all { li { (mark) p.small { (flow(&meaning)) } } } } }
}

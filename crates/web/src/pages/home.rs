//! Home of a province: the goal, the eight steps, where to go on.

use maud::{Markup, html};

use super::board::totals;
use super::steps;
use crate::ui::{Choice, Icon, Place, Row, button, flow, icon, rows, section, segments};
use crate::{Group, Page, Viewer};

/// `GET /`.
pub async fn show(viewer: Viewer) -> Page {
    let v = &viewer;
    let province = [("province", v.province.name(v.locale).into())];
    // A portal without data, or without the catalogue of SDG 4, still has a home.
    let reported = totals(v).await.unwrap_or_default();
    let reported = reported.as_ref().as_ref();
    let figures = v
        .live()
        .and_then(|live| live.read(|now| super::glance::figures(v, now, reported)))
        .ok();
    let hero = html! {
        section.hero {
            div.wrap.one[figures.is_none()] {
                div {
                    p.eyebrow { span.tcode { "SDG 4" } span { (flow(&v.say("ui.home.eyebrow"))) } }
                    @if v.app().provinces().len() > 1 { (provinces(v)) }
                    h1 { (flow(&v.say("ui.home.goal"))) }
                    p.lead { (flow(&v.say_with("ui.home.lead", &province))) }
                    div.row {
                        (button(&v.to("/steps"), Some(Icon::Thread), &v.say("ui.home.steps"), true))
                        (button(&v.to("/about"), None, &v.say("ui.nav.about"), false))
                    }
                }
                @if let Some(figures) = figures { (figures) }
            }
            svg.wave viewBox="0 0 1440 112" preserveAspectRatio="none" aria-hidden="true" {
                path d="M0 92C260 92 300 34 560 46S860 104 1110 78 1330 20 1440 26" {}
                path.thin d="M0 98C260 98 320 48 580 58S900 108 1110 84 1330 34 1440 38" {}
            }
        }
    };
    let to = |address: &str, drawing: Icon, title: &str, line: &str| Row {
        mark: Some(html! { span.ic { (icon(drawing)) } }),
        title: flow(&v.say(title)),
        href: Some(v.to(address)),
        line: Some(flow(&v.say(line))),
        aside: None,
    };
    let short = super::overview::short_names(v).await.unwrap_or_default();
    let data = v
        .live()
        .and_then(|live| live.read(|now| super::overview::sections(v, now, &short)))
        .ok();
    let recorded: Vec<Row> = match v.app().live() {
        Some(_) => vec![
            to(
                "/catalogue",
                Icon::Database,
                "page.catalogue.title",
                "page.catalogue.lead",
            ),
            to(
                "/indicators",
                Icon::Chart,
                "page.indicators.title",
                "page.indicators.lead",
            ),
            to(
                "/organisations",
                Icon::Building,
                "page.organisations.title",
                "page.organisations.lead",
            ),
        ],
        None => Vec::new(),
    };
    let has_chart = data
        .as_ref()
        .is_some_and(|data| data.0.contains("data-chart"));
    let board = v.app().live().map(|_| {
        button(
            &v.to("/board"),
            Some(Icon::Chain),
            &v.say("board.title"),
            false,
        )
    });
    let page = Page::new(v, v.say_with("ui.province", &province))
        .at(Place::Home)
        .group(Group::Home)
        .described(v.say_with("ui.home.lead", &province))
        .hero(hero)
        .body(html! {
            @if let Some(data) = data { (data) }
            (section("steps", &v.say("ui.steps.title"), &v.say("ui.steps.lead"), board, steps::on_the_thread(v, reported)))
            (section("more", &v.say("ui.home.more"), "", None, html! {
                div.card { (rows(recorded.into_iter().chain([
                    to("/glossary", Icon::Book, "ui.nav.glossary", "ui.glossary.lead"),
                    to("/about", Icon::Info, "ui.nav.about", "ui.about.lead"),
                    to("/accessibility", Icon::User, "ui.accessibility.title", "ui.accessibility.lead"),
                ]))) }
            }))
        });
    if has_chart {
        page.group(Group::Charts)
    } else {
        page
    }
}

/// The provinces that are here, this one marked.
fn provinces(v: &Viewer) -> Markup {
    let choices: Vec<Choice> = v
        .app()
        .provinces()
        .iter()
        .map(|province| {
            Choice::new(
                province.name(v.locale),
                v.to_province(province, "/"),
                *province == v.province,
            )
        })
        .collect();
    html! { div.row { span.dim { (flow(&v.say("ui.provinces"))) } (segments(&v.say("ui.province.choose"), &choices)) } }
}

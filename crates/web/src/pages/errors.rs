//! What the reader sees when a page cannot be shown: what happened, what to try, and for our faults a code to tell.

use axum::http::StatusCode;
use maud::{Markup, html};

use crate::ui::{Icon, button, definitions, error_summary, flow, moment, search_form};
use crate::{Error, Page, Viewer};

/// The page of a status; `id` is the code under which the log knows the request.
pub fn page(viewer: &Viewer, status: StatusCode, error: Option<&Error>, id: &str) -> Page {
    let (title, lead) = match status {
        StatusCode::NOT_FOUND => ("ui.error.404", "ui.error.404.lead"),
        StatusCode::FORBIDDEN if matches!(error, Some(Error::Form)) => {
            ("ui.error.form", "ui.error.form.lead")
        }
        StatusCode::FORBIDDEN => ("ui.error.403", "ui.error.403.lead"),
        StatusCode::CONFLICT => ("ui.error.409", "ui.error.409.lead"),
        StatusCode::PAYLOAD_TOO_LARGE => ("ui.error.413", "ui.error.413.lead"),
        StatusCode::REQUEST_TIMEOUT => ("ui.error.408", "ui.error.408.lead"),
        StatusCode::UNPROCESSABLE_ENTITY => ("ui.error.422", "ui.error.422.lead"),
        StatusCode::TOO_MANY_REQUESTS => ("ui.error.429", "ui.error.429.lead"),
        StatusCode::METHOD_NOT_ALLOWED => ("ui.error.405", "ui.error.405.lead"),
        status if status.is_client_error() => ("ui.error.400", "ui.error.400.lead"),
        _ => ("ui.error.500", "ui.error.500.lead"),
    };
    let ours = status.is_server_error();
    let forbidden = matches!(error, Some(Error::Forbidden { .. }));
    let issues = match error {
        Some(Error::BadRequest(issues) | Error::Invalid(issues)) => issues.clone(),
        Some(Error::Stale(issue)) => vec![(**issue).clone()],
        Some(Error::Forbidden { act, refusal }) => vec![refusal.issue(*act)],
        _ => Vec::new(),
    };
    Page::new(viewer, viewer.say(title)).body(html! {
        section.card.errp {
            p.num { (status.as_u16()) }
            div.stack-s {
                h1 { (flow(&viewer.say(title))) }
                p { (flow(&viewer.say(lead))) }
                (broken_thread())
                @if !issues.is_empty() { (error_summary(viewer.locale, &viewer.say("ui.error.issues"), &issues)) }
                @if forbidden { p { a href=(viewer.to("/roles")) { (flow(&viewer.say("ui.error.roles"))) } } }
                @if ours {
                    (definitions([
                        (viewer.say("ui.error.code"), html! { b.num { (id) } }),
                        (viewer.say("ui.error.time"), html! { (moment(viewer.locale, viewer.app().now())) }),
                    ]))
                }
                @if status == StatusCode::NOT_FOUND { (elsewhere(viewer)) }
                div.row {
                    @if ours { (button(&viewer.here().to_string(), None, &viewer.say("ui.error.again"), false)) }
                    (button(&viewer.to("/"), Some(Icon::Thread), &viewer.say("ui.error.home"), false))
                }
            }
        }
    })
}

/// The thread with its gap.
fn broken_thread() -> Markup {
    html! {
        svg.cutline viewBox="0 0 400 36" preserveAspectRatio="none" aria-hidden="true" {
            path d="M0 24C60 2 110 6 160 22" {}
            path.cut d="M160 22C190 32 215 30 240 18" {}
            path d="M240 18C290-4 340 16 400 10" {}
        }
    }
}

/// What to try: a search, or the provinces that are here.
fn elsewhere(viewer: &Viewer) -> Markup {
    let provinces = viewer.app().provinces();
    html! {
        @if viewer.knows_the_province() {
            (search_form(viewer, &viewer.to("/search"), "find-404", "", true))
        } @else if !provinces.is_empty() {
            p { (flow(&viewer.say("ui.error.provinces"))) }
            ul.stack-s {
                @for province in provinces {
                    li { a href=(Viewer::public(viewer.app(), &province_address(viewer, &province.slug)).here()) { (province.name(viewer.locale)) } }
                }
            }
        }
    }
}

fn province_address(viewer: &Viewer, slug: &str) -> String {
    crate::address::Address {
        locale: viewer.locale,
        province: slug.to_owned(),
        rest: "/".to_owned(),
    }
    .to_string()
}

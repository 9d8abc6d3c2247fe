//! Coming in and one's own account: signing in, one-time links, second factor, sessions.

pub mod account;
pub mod invitation;
pub mod invite;
pub mod reset;
pub mod second_factor;
pub mod sign_in;

use actions::accounts::Token;
use axum::http::HeaderMap;
use axum::http::header::{SET_COOKIE, USER_AGENT};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};

use crate::ui::{flow, heading};
use crate::{Group, Page, Viewer, session};

/// A page with a heading and a narrow form, which nobody between may keep.
fn narrow(v: &Viewer, title: &str, lead: &str, body: Markup) -> Page {
    let title = v.say(title);
    Page::new(v, title.clone())
        .group(Group::Staff)
        .own()
        .body(html! {
            (heading(flow(&title), flow(&v.say(lead)), &[]))
            div.form.narrow { (body) }
        })
}

/// Leads on, with the cookie of a session.
fn let_in(v: &Viewer, token: &Token, there: &str) -> Response {
    let cookie = session::given(v.app(), token);
    ([(SET_COOKIE, cookie)], Redirect::to(there)).into_response()
}

/// What the browser calls itself.
fn agent(headers: &HeaderMap) -> Option<&str> {
    headers
        .get(USER_AGENT)
        .and_then(|value| value.to_str().ok())
}

/// An address below this site to go on to, or nothing: never one of another site.
fn onward(text: &str) -> Option<&str> {
    // Browsers leave out tabs and line ends: "/<tab>/a.example" is "//a.example" to them.
    let plain = !text.contains(|letter: char| letter == '\\' || letter.is_control());
    let here = plain && text.starts_with('/') && !text.starts_with("//");
    here.then_some(text)
}

#[cfg(test)]
mod tests {
    use super::onward;

    #[test]
    fn signing_in_never_leads_to_another_site() {
        for wrong in [
            "",
            "https://a.example/",
            "//a.example",
            "/\\a.example",
            "a",
            "/a\r\nset-cookie: b=c",
            "/\t/a.example",
            "\t//a.example",
            "/\u{85}/a.example",
        ] {
            assert_eq!(onward(wrong), None, "{wrong:?}");
        }
        assert_eq!(
            onward("/en/phetchabun/work?a=1"),
            Some("/en/phetchabun/work?a=1")
        );
    }
}

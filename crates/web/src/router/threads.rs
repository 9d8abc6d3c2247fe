//! Addresses of the acts on the thread: words put right, links and alignments, waivers.

use axum::routing::{get, post};
use domain::permission::Act;

use super::Routes;
use crate::doors::Door;
use crate::pages;

/// Acts on projects, on elements of plans and on what the rules find:
///
/// | address | does |
/// |---|---|
/// | `/projects/{plan}/{code}/edit`, `/plans/{plan}/edit`, `/plans/{plan}/nodes/{code}/edit` | puts its words right |
/// | `/projects/{plan}/{code}/links/new` | proposes a link: `?q=` looks for what is served, `?node=` asks how |
/// | `/projects/{plan}/{code}/links/{node}`, `…/change` | decides on a link, changes it |
/// | `/plans/{plan}/nodes/{code}/alignments/…` | the same for what an element of a plan serves |
/// | `/findings/{rule}/{kind}/{id}/waive`, `…/withdraw` | waives what a rule finds at a thing, or lets it count again |
pub(super) fn acts(routes: Routes, at: impl Fn(&str) -> String) -> Routes {
    use pages::{
        plans::{alignments, edit as edit_plan},
        projects::{edit, link},
        waive,
    };
    let words = Door::With(Act::EditText);
    let decides = Door::With(Act::DecideLink);
    let proposes = Door::With(Act::ProposeLink);
    let waives = Door::With(Act::WaiveFinding);
    let project = |rest: &str| at(&format!("/projects/{{plan}}/{{code}}/{rest}"));
    let element = |rest: &str| at(&format!("/plans/{{plan}}/nodes/{{code}}/{rest}"));
    let finding = |rest: &str| at(&format!("/findings/{{rule}}/{{kind}}/{{id}}/{rest}"));
    routes
        .door(words, &project("edit"), get(edit::show).post(edit::post))
        .door(
            words,
            &at("/plans/{plan}/edit"),
            get(edit_plan::show).post(edit_plan::post),
        )
        .door(
            words,
            &element("edit"),
            get(edit_plan::show_node).post(edit_plan::post_node),
        )
        .door(
            proposes,
            &project("links/new"),
            get(link::show_new).post(link::post_new),
        )
        .door(decides, &project("links/{node}"), post(link::post_decide))
        // A proposal is changed by who proposes, what is approved by who decides: the page asks which it is.
        .signed_in(
            &project("links/{node}/change"),
            get(link::show_change).post(link::post_change),
        )
        .door(
            proposes,
            &element("alignments/new"),
            get(alignments::show_new).post(alignments::post_new),
        )
        .door(
            decides,
            &element("alignments/{node}"),
            post(alignments::post_decide),
        )
        .signed_in(
            &element("alignments/{node}/change"),
            get(alignments::show_change).post(alignments::post_change),
        )
        .door(
            waives,
            &finding("waive"),
            get(waive::show).post(waive::post),
        )
        .door(
            waives,
            &finding("withdraw"),
            get(waive::show_withdraw).post(waive::post_withdraw),
        )
}

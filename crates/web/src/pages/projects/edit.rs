//! The words of a project put right.

use std::collections::HashMap;

use actions::permission::On;
use axum::extract::Path;
use axum::response::Response;
use domain::permission::Act;
use domain::subject::Subject;
use maud::html;

use super::show::of_address;
use crate::form::Fields;
use crate::pages::edit_text::Editing;
use crate::ui::flow;
use crate::{Error, Page, Viewer};

type Parts = Path<HashMap<String, String>>;

/// `GET /projects/{plan}/{code}/edit`.
///
/// # Errors
/// `NotFound` where the province knows no such project, `Forbidden` for who may not put its words right.
pub async fn show(viewer: Viewer, Path(parts): Parts) -> Result<Page, Error> {
    editing(&viewer, &parts).await?.show(&viewer).await
}

/// `POST /projects/{plan}/{code}/edit`.
///
/// # Errors
/// As for the page. What is wrong is said beside the fields (422); what somebody else changed meanwhile is shown beside
/// what was typed (409), and neither is lost.
pub async fn post(viewer: Viewer, Path(parts): Parts, fields: Fields) -> Result<Response, Error> {
    let editing = editing(&viewer, &parts).await?;
    editing.post(&viewer, &fields).await
}

/// The project of the address, for who may put its words right.
async fn editing(v: &Viewer, parts: &HashMap<String, String>) -> Result<Editing, Error> {
    let of = of_address(v, parts).await?;
    let (project, text) = &of.kept.row;
    v.allows(Act::EditText, On::Organisation(project.owner))
        .await?;
    let back = v.to_project(&of.plan, &of.code);
    Ok(Editing {
        subject: Subject::Project(project.id),
        here: format!("{back}/edit"),
        above: vec![
            (flow(&v.say("page.plans.title")), v.to("/plans")),
            (html! { (of.plan) }, v.to_plan(&of.plan)),
            (html! { (of.code) }, back.clone()),
        ],
        back,
        thing: html! { span lang="th" { (flow(&text.title)) } },
        words: "project.form",
    })
}

//! The words of a plan put right: of one element, or the name of the plan and the label of its edition.

use std::collections::HashMap;

use actions::permission::On;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query};
use axum::response::Response;
use domain::ids::EditionId;
use domain::permission::Act;
use domain::subject::Subject;
use maud::html;
use serde::Deserialize;

use crate::address::changed;
use crate::data::{edition, element, node_label, node_name};
use crate::form::Fields;
use crate::found::owner;
use crate::pages::edit_text::Editing;
use crate::ui::{flow, name};
use crate::{Error, Page, Viewer};

type Parts = Path<HashMap<String, String>>;
type Question = Result<Query<Asked>, QueryRejection>;

/// Of which edition, where it is not the one in force.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    edition: Option<String>,
    /// Its id: a form that changes the label of an edition must find it under any label.
    id: Option<uuid::Uuid>,
}

/// `GET /plans/{plan}/nodes/{code}/edit`, `…?edition=…`.
///
/// # Errors
/// `NotFound` where the province knows no such element, `Forbidden` for who may not put its words right.
pub async fn show_node(viewer: Viewer, Path(parts): Parts, asked: Question) -> Result<Page, Error> {
    of_node(&viewer, &parts, asked).await?.show(&viewer).await
}

/// `POST /plans/{plan}/nodes/{code}/edit`.
///
/// # Errors
/// As for the page; wrong input is said beside the fields (422), both versions are shown where somebody else was
/// quicker (409).
pub async fn post_node(
    viewer: Viewer,
    Path(parts): Parts,
    asked: Question,
    fields: Fields,
) -> Result<Response, Error> {
    let editing = of_node(&viewer, &parts, asked).await?;
    editing.post(&viewer, &fields).await
}

/// `GET /plans/{plan}/edit`, `…?edition=…`.
///
/// # Errors
/// `NotFound` where the province has no such plan or edition, `Forbidden` for who may not put its words right.
pub async fn show(viewer: Viewer, Path(parts): Parts, asked: Question) -> Result<Page, Error> {
    of_edition(&viewer, &parts, asked)
        .await?
        .show(&viewer)
        .await
}

/// `POST /plans/{plan}/edit`.
///
/// # Errors
/// As for the page; wrong input is said beside the fields (422), both versions are shown where somebody else was
/// quicker (409).
pub async fn post(
    viewer: Viewer,
    Path(parts): Parts,
    asked: Question,
    fields: Fields,
) -> Result<Response, Error> {
    let editing = of_edition(&viewer, &parts, asked).await?;
    editing.post(&viewer, &fields).await
}

fn asked_of(asked: Question) -> Asked {
    asked.map(|Query(asked)| asked).unwrap_or_default()
}

/// Whether the reader may put the words of something right.
async fn allowed(v: &Viewer, subject: Subject) -> Result<(), Error> {
    let (owner, province) = v.live()?.read(|now| {
        let (owner, province) = owner(now, subject);
        (owner, province.map(str::to_owned))
    });
    v.allows(Act::EditText, On::owned(owner, province.as_deref()))
        .await
}

async fn of_node(
    v: &Viewer,
    parts: &HashMap<String, String>,
    asked: Question,
) -> Result<Editing, Error> {
    let (plan, code) = parts
        .get("plan")
        .zip(parts.get("code"))
        .ok_or(Error::NotFound)?;
    let label = asked_of(asked).edition;
    let (subject, editing) = v.live()?.read(|now| {
        let of = element(v, now, plan, code, label.as_deref())?;
        let (id, back) = (of.node.id, of.below(v, ""));
        let subject = Subject::Node(id);
        let editing = Editing {
            subject,
            here: of.below(v, "/edit"),
            above: vec![
                (flow(&v.say("page.plans.title")), v.to("/plans")),
                (html! { (of.plan.code) }, v.to_plan(&of.plan.code)),
                (flow(&node_label(v, now, id)), back.clone()),
            ],
            back,
            thing: node_name(v, now, id),
            words: "node.form",
        };
        Ok::<_, Error>((subject, editing))
    })?;
    allowed(v, subject).await?;
    Ok(editing)
}

async fn of_edition(
    v: &Viewer,
    parts: &HashMap<String, String>,
    asked: Question,
) -> Result<Editing, Error> {
    let plan = parts.get("plan").ok_or(Error::NotFound)?;
    let asked = asked_of(asked);
    let (plan, edition) = v.live()?.read(|now| {
        let Some(id) = asked.id.map(EditionId::from) else {
            return edition(v, now, plan, asked.edition.as_deref());
        };
        let (plan, _) = edition(v, now, plan, None)?;
        let stands = now.snapshot.plans().edition(id);
        let own = stands.filter(|edition| edition.plan == plan.id);
        own.map(|_| (plan, id)).ok_or(Error::NotFound)
    })?;
    let subject = Subject::Edition(edition);
    allowed(v, subject).await?;
    let page = v.to_plan(&plan.code);
    let query = changed("", "id", &edition.to_string());
    Ok(Editing {
        subject,
        here: format!("{page}/edit{query}"),
        above: vec![
            (flow(&v.say("page.plans.title")), v.to("/plans")),
            (html! { (plan.code) }, page.clone()),
        ],
        // A label that is changed would no longer be found under its old name.
        back: page,
        thing: name(v.locale, &plan.name_th, plan.name_en.as_deref()),
        words: "edition.form",
    })
}

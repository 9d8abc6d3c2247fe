//! The forms of a cell: record what was done, say that it does not apply, draft for an agency; with files.

use std::collections::HashMap;

use actions::Ctx;
use actions::permission::On;
use actions::steps::{
    Draft, MAX_FILES, NotApplicable, Record, Said, draft_on_behalf, not_applicable, record,
};
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect, Response};
use domain::file::MAX_BYTES;
use domain::issue::Issue;
use domain::permission::Act;
use domain::step::{Outcome, StepState};
use jiff::civil::Date;
use maud::{Markup, html};
use store::Store;

use super::evidence::{endings, new_files};
use super::found::{Asked, Found, asked};
use super::words::{said, step};
use crate::error::Refused;
use crate::form::Fields;
use crate::opening::Opening;
use crate::ui::{Card, Form, Icon, Kind, Place, Tone, crumbs, flow, heading, note, period};
use crate::{Error, Page, Viewer};

/// What a form with files may hold.
pub const FORM_BYTES: usize = MAX_FILES * MAX_BYTES + 64 * 1024;

/// Who records: the organisation itself, or the provincial office for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    Own,
    Office,
}

impl By {
    const fn act(self) -> Act {
        match self {
            By::Own => Act::RecordStep,
            By::Office => Act::DraftOnBehalf,
        }
    }

    const fn rest(self) -> &'static str {
        match self {
            By::Own => "record",
            By::Office => "draft",
        }
    }
}

pub(super) type Parts = Path<HashMap<String, String>>;
pub(super) type Question = Result<Query<Asked>, QueryRejection>;

/// The cell, open to whoever may record in it in this way.
pub(super) async fn open(
    v: &Viewer,
    parts: &HashMap<String, String>,
    q: Question,
    by: By,
) -> Result<Found, Error> {
    let found = Found::of(v, parts, &asked(q)).await?;
    v.allows(by.act(), On::Organisation(found.organisation))
        .await?;
    Ok(found)
}

/// `GET /board/{organisation}/{item}/record`.
///
/// # Errors
/// As the page of the cell; `Forbidden` for who may not record.
pub async fn show(viewer: Viewer, Path(parts): Parts, question: Question) -> Result<Page, Error> {
    let found = open(&viewer, &parts, question, By::Own).await?;
    Ok(page(&viewer, &found, By::Own, &standing(&found), &[]))
}

/// `GET /board/{organisation}/{item}/draft`.
///
/// # Errors
/// As the page of the cell; `Forbidden` for who may not draft for it.
pub async fn show_draft(
    viewer: Viewer,
    Path(parts): Parts,
    question: Question,
) -> Result<Page, Error> {
    let found = open(&viewer, &parts, question, By::Office).await?;
    Ok(page(&viewer, &found, By::Office, &standing(&found), &[]))
}

/// `POST /board/{organisation}/{item}/record`.
///
/// # Errors
/// What is not about the input; that stands on the page again.
pub async fn post(
    viewer: Viewer,
    Path(parts): Parts,
    question: Question,
    form: Opening,
) -> Result<Response, Error> {
    let found = open(&viewer, &parts, question, By::Own).await?;
    let mut fields = form.rest().await?;
    let cell = found.seen(&fields);
    let done = match fields.text("as") {
        "not_applicable" => {
            let reason = fields.text("reason").to_owned();
            let new = NotApplicable { cell, reason };
            let act =
                async move |store: &Store, ctx: &mut Ctx| not_applicable(store, ctx, new).await;
            viewer.act(act).await
        }
        _ => {
            let new = Record {
                cell,
                said: typed(&fields),
                files: new_files(&mut fields),
            };
            let act = async move |store: &Store, ctx: &mut Ctx| record(store, ctx, new).await;
            viewer.act(act).await
        }
    };
    answer(&viewer, &found, By::Own, &fields, done.map(drop))
}

/// `POST /board/{organisation}/{item}/draft`.
///
/// # Errors
/// What is not about the input; that stands on the page again.
pub async fn post_draft(
    viewer: Viewer,
    Path(parts): Parts,
    question: Question,
    form: Opening,
) -> Result<Response, Error> {
    let found = open(&viewer, &parts, question, By::Office).await?;
    let mut fields = form.rest().await?;
    let draft = Draft {
        cell: found.seen(&fields),
        said: typed(&fields),
        letter_number: fields.text("letter_number").to_owned(),
        letter_date: day(&fields, "letter_date"),
        files: new_files(&mut fields),
    };
    let act = async move |store: &Store, ctx: &mut Ctx| draft_on_behalf(store, ctx, draft).await;
    let done = viewer.act(act).await.map(drop);
    answer(&viewer, &found, By::Office, &fields, done)
}

/// Back to the cell, or the form again with everything that is wrong.
fn answer(
    v: &Viewer,
    found: &Found,
    by: By,
    fields: &Fields,
    done: Result<(), Error>,
) -> Result<Response, Error> {
    let Err(error) = done else {
        return Ok(Redirect::to(&found.done(v)).into_response());
    };
    let Refused { status, issues } = Refused::try_from(error)?;
    Ok((status, page(v, found, by, fields, &issues)).into_response())
}

/// What was typed about what was done.
fn typed(fields: &Fields) -> Said {
    Said {
        done_on: day(fields, "done_on"),
        document: fields.text("document").to_owned(),
        note: fields.text("note").to_owned(),
        count: fields.text("count").to_owned(),
    }
}

/// A day of three inputs as one text; a date that was pasted into the first one is taken whole.
pub fn day(fields: &Fields, name: &str) -> String {
    let part = |part: &str| fields.text(&format!("{name}-{part}")).trim().to_owned();
    let (day, month, year) = (part("day"), part("month"), part("year"));
    match (month.is_empty(), year.is_empty()) {
        (true, true) => day,
        _ => format!("{day}/{month}/{year}"),
    }
}

/// The form filled with what stands.
fn standing(found: &Found) -> Fields {
    let Some(kept) = &found.record else {
        return Fields::default();
    };
    let mut pairs: Vec<(String, String)> = Vec::new();
    let put = |pairs: &mut Vec<(String, String)>, name: &str, day: Date| {
        let year = day.year() + domain::time::BE_OFFSET;
        pairs.push((format!("{name}-day"), day.day().to_string()));
        pairs.push((format!("{name}-month"), day.month().to_string()));
        pairs.push((format!("{name}-year"), year.to_string()));
    };
    match &kept.row.outcome {
        Outcome::Done {
            on,
            document,
            note,
            count,
        } => {
            put(&mut pairs, "done_on", *on);
            pairs.push(("document".to_owned(), document.clone().unwrap_or_default()));
            pairs.push(("note".to_owned(), note.clone().unwrap_or_default()));
            pairs.push((
                "count".to_owned(),
                count.map(|count| count.to_string()).unwrap_or_default(),
            ));
        }
        Outcome::NotApplicable { reason } => pairs.push(("reason".to_owned(), reason.clone())),
    }
    if let Some(letter) = &kept.row.on_behalf {
        pairs.push(("letter_number".to_owned(), letter.number.clone()));
        put(&mut pairs, "letter_date", letter.date);
    }
    Fields::of(pairs)
}

fn page(v: &Viewer, found: &Found, by: By, fields: &Fields, issues: &[Issue]) -> Page {
    let asked = found.duties.asked(found.item);
    let action = found.below(v, by.rest());
    let seen = match fields.text("seen") {
        typed if !typed.is_empty() => typed.to_owned(),
        _ => found.version(),
    };
    // After a conflict the reader sees what stands now and records against it, with what was typed still in place.
    let conflict = issues.iter().any(|issue| issue.code == "step.changed");
    let seen = if conflict { found.version() } else { seen };
    let of_reason = fields.text("as") == "not_applicable";
    let none: &[Issue] = &[];
    let (done_issues, reason_issues) = if of_reason {
        (none, issues)
    } else {
        (issues, none)
    };
    let form = Form::new(v, "step.form", fields, done_issues);
    let title = match by {
        By::Own => v.say("step.record"),
        By::Office => v.say("step.draft"),
    };
    let name = found.name(v);
    let mut above: Vec<(Markup, String)> = found.above(v).into();
    above.push((flow(&step(v, found.item)), found.address(v)));
    let context = html! { (flow(&step(v, found.item))) " · " (flow(&name)) " · " (flow(&period(v.locale, found.period))) };
    let body = html! {
        (crumbs(v, &above, &title))
        (heading(flow(&title), context, &[]))
        @if by == By::Office { (note(Tone::Mute, Icon::Info, flow(&v.say("step.draft.why")))) }
        @if let Some(record) = &found.record {
            @if conflict || record.row.state != StepState::Recorded || record.row.on_behalf.is_some() {
                (Card::new(&v.say("board.standing")).show(said(v, &found.duties, &record.row)))
            }
        }
        div.card { div.card-b {
            (form.show_with_files(&action, &v.say("step.form.save"), html! {
                (form.hidden("seen", &seen))
                @if by == By::Office {
                    (form.text("letter_number", Kind::Text))
                    (form.day("letter_date"))
                }
                (form.day("done_on"))
                (form.text("document", Kind::Text))
                @if asked.count { (form.text("count", Kind::Number)) }
                (form.lines("note", 4))
                (form.files("file", &endings(), true))
            }))
        } }
        @if by == By::Own { (not_ours(v, fields, reason_issues, &action, &seen)) }
    };
    Page::new(v, format!("{title} · {name}"))
        .at(Place::Board)
        .body(body)
}

fn not_ours(v: &Viewer, fields: &Fields, issues: &[Issue], action: &str, seen: &str) -> Markup {
    let form = Form::new(v, "step.not_applicable", fields, issues);
    html! {
        details.card open[!issues.is_empty()] {
            summary.card-b { (flow(&v.say("step.not_applicable"))) }
            div.card-b {
                p { (flow(&v.say("step.not_applicable.why"))) }
                (form.show(action, &v.say("step.not_applicable.save"), html! {
                    (form.hidden("seen", seen))
                    (form.hidden("as", "not_applicable"))
                    (form.lines("reason", 3))
                }))
            }
        }
    }
}

//! Links and alignments to be decided on, many in one sitting: what was proposed, and what the words of a project suggest.

mod line;
mod waiting;

use std::collections::{BTreeSet, HashMap};

use actions::links::{Between, Line, MOST, sitting};
use axum::extract::Query;
use axum::extract::rejection::QueryRejection;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::issue::{Issue, Place as At};
use domain::permission::Act;
use maud::{Markup, html};
use serde::Deserialize;

use crate::form::Fields;
use crate::pages::joints::lower::decision;
use crate::ui::{Card, Empty, Form, Icon, Kind, Place, Tone, count, flow, heading, note, secret};
use crate::{Error, Group, Page, Viewer};
use line::Shown;
use waiting::{Waiting, waiting};

/// What was just done, so that the page says so.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    approved: Option<u16>,
    rejected: Option<u16>,
}

/// `GET /links`; `?approved=…` and `?rejected=…` after a sitting.
///
/// # Errors
/// When a read fails.
pub async fn show(
    viewer: Viewer,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Page, Error> {
    let asked = asked.map(|Query(asked)| asked).unwrap_or_default();
    page(&viewer, &asked, &Fields::default(), &[]).await
}

async fn page(v: &Viewer, asked: &Asked, fields: &Fields, issues: &[Issue]) -> Result<Page, Error> {
    let (waiting, all) = waiting(v, v.live()?).await?;
    let title = v.say("ui.nav.links");
    let lead = v.say_with("page.links.lead", &[("n", count(all as u64).into())]);
    let shown = shown(v, waiting, fields, issues).await?;
    let body = match shown.is_empty() {
        true => Empty::NoData.show(
            &v.say("page.links.empty"),
            &v.say("page.links.empty.why"),
            None,
        ),
        false => form(v, &shown, all, fields, issues)?,
    };
    Ok(Page::new(v, title.clone())
        .group(Group::Staff)
        .at(Place::Links)
        .body(html! {
            (heading(flow(&title), flow(&lead), &[]))
            (done(v, asked))
            (body)
        }))
}

/// How many lines were just recorded, and where that is told.
fn done(v: &Viewer, asked: &Asked) -> Markup {
    let (n, key) = match (asked.approved, asked.rejected) {
        (Some(n), _) => (n, "page.links.done.approved"),
        (_, Some(n)) => (n, "page.links.done.rejected"),
        _ => return html! {},
    };
    let n = u64::from(n).min(MOST as u64);
    let said = match n {
        0 => v.say("page.links.done.none").into_owned(),
        n => v.say_with(key, &[("n", count(n).into())]),
    };
    let tone = if n == 0 { Tone::Mute } else { Tone::Ok };
    let trail = (n > 0 && v.can(Act::ReadTrail)).then(|| v.to("/trail?act=link.sitting"));
    html! {
        div role="status" {
            (note(tone, if n == 0 { Icon::Info } else { Icon::OkCircle }, html! {
                (flow(&said))
                @if let Some(to) = trail { " " a href=(to) { (flow(&v.say("page.links.done.trail"))) } }
            }))
        }
    }
}

/// The lines of the page: first those of a sitting against which something stands and that no longer wait, so that the
/// reader sees what became of them, then what waits.
async fn shown(
    v: &Viewer,
    waiting: Vec<Waiting>,
    fields: &Fields,
    issues: &[Issue],
) -> Result<Vec<Shown>, Error> {
    let sent: Vec<Option<Between>> = fields
        .every("line")
        .map(|value| line::read(value).map(|(between, _)| between))
        .collect();
    let mut wrong: HashMap<Between, (usize, Issue)> = HashMap::new();
    for issue in issues {
        let At::Field { field } = &issue.at else {
            continue;
        };
        let at = field.strip_prefix("line-").and_then(|at| at.parse().ok());
        let between = at.and_then(|at: usize| Some((at, (*sent.get(at)?)?)));
        if let Some((at, between)) = between {
            wrong.entry(between).or_insert((at, issue.clone()));
        }
    }
    let chosen: BTreeSet<&str> = fields.every("line").collect();
    let mut all = Vec::new();
    for one in waiting {
        let problem = wrong.remove(&one.between);
        let ticked = chosen.contains(one.value().as_str());
        all.push(Shown::waiting(one, ticked, problem));
    }
    let mut gone = Vec::new();
    for (between, problem) in wrong {
        gone.extend(Shown::gone(v, between, problem).await?);
    }
    gone.sort_by_key(|one| one.at());
    gone.extend(all);
    Ok(gone)
}

fn form(
    v: &Viewer,
    lines: &[Shown],
    all: usize,
    fields: &Fields,
    issues: &[Issue],
) -> Result<Markup, Error> {
    let form = Form::new(v, "page.links", fields, issues);
    let args = [
        ("n", count(lines.len() as u64).into()),
        ("of", count(all.max(lines.len()) as u64).into()),
    ];
    let shown = v.say_with("page.links.shown", &args);
    let list = v.live()?.read(|now| {
        html! { ul.rows.picks { @for one in lines { (one.show(v, now)) } } }
    });
    Ok(html! {
        form.stack method="post" action=(v.to("/links")) novalidate {
            (form.summary())
            (secret(v))
            (note(Tone::Mute, Icon::Info, flow(&v.say("page.links.how"))))
            (Card::new(&v.say("page.links.waiting")).line(flow(&shown)).flush().show(list))
            div.actions {
                (form.text("reason", Kind::Text))
                label.row hidden { input type="checkbox" data-all="line"; span { (flow(&v.say("page.links.all"))) } }
                // The first button is the one that the enter key presses.
                button.btn.btn-p type="submit" name="decision" value="approve" { (flow(&v.say("page.links.approve"))) }
                button.btn type="submit" name="decision" value="reject" { (flow(&v.say("page.links.reject"))) }
            }
        }
    })
}

/// `POST /links`: what is chosen, decided with one reason.
///
/// # Errors
/// When the database fails; what stands against the decision is shown on the page, and what was chosen stays chosen
/// unless somebody changed it meanwhile.
pub async fn decide(viewer: Viewer, fields: Fields) -> Result<Response, Error> {
    let v = &viewer;
    let decision = decision(&fields)?;
    let read = |value| {
        let (between, seen) = line::read(value)?;
        Some(Line {
            between,
            seen,
            decision,
        })
    };
    let lines: Option<Vec<Line>> = fields.every("line").take(MOST + 1).map(read).collect();
    let lines = lines.ok_or(Error::Form)?;
    let (why, locale) = (fields.text("reason").to_owned(), v.locale);
    let done = v
        .act(async move |store, ctx| sitting(store, ctx, &lines, &why, locale).await)
        .await;
    match done {
        Ok(n) => {
            let word = match decision {
                actions::links::Decision::Approve => "approved",
                actions::links::Decision::Reject => "rejected",
            };
            let to = v.to(&format!("/links?{word}={n}"));
            Ok(Redirect::to(&to).into_response())
        }
        Err(error) => {
            let issues = error.into_issues()?;
            let page = page(v, &Asked::default(), &fields, &issues).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
    }
}

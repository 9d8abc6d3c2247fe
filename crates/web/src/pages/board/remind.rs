//! The form that reminds of a step: whom it reaches is shown before anybody is reminded.

use std::collections::HashMap;

use actions::Ctx;
use actions::steps::{Remind, Reminded, Whom, preview_remind, remind};
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use domain::duty::DutyItem;
use domain::ids::OrganisationId;
use domain::issue::Issue;
use domain::time::Period;
use maud::{Markup, html};
use serde::Deserialize;
use store::Store;

use super::load::{Loaded, load};
use super::words::{addressed, cell_address, item, named, number, short_name, step};
use crate::address::encoded;
use crate::form::Fields;
use crate::ui::{
    Card, Empty, Form, Icon, Place, Row as Line, Tone, count, crumbs, flow, heading, icon, note,
    rows,
};
use crate::{Error, Page, Refused, Viewer};

/// The question of the address: of which year, and whom; without an organisation everybody who is late.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    year: String,
    organisation: String,
}

type Parts = Path<HashMap<String, String>>;

/// Whom the address means.
struct Meant {
    loaded: Loaded,
    item: DutyItem,
    code: String,
    whom: Whom,
}

impl Meant {
    async fn of(
        v: &Viewer,
        parts: &HashMap<String, String>,
        question: Result<Query<Asked>, QueryRejection>,
    ) -> Result<Self, Error> {
        let asked = question.map(|Query(asked)| asked).unwrap_or_default();
        v.somebody()?;
        let item = parts.get("item").and_then(|number| item(number));
        let item = item.ok_or(Error::NotFound)?;
        let loaded = load(v, domain::time::parse_year_be(&asked.year).ok()).await?;
        let code = asked.organisation;
        let whom = match code.is_empty() {
            true => Whom::AllLate,
            false => Whom::One(loaded.organisation(v, &code).await?),
        };
        Ok(Self {
            loaded,
            item,
            code,
            whom,
        })
    }

    fn with(&self, v: &Viewer, text: &str) -> Result<Remind, Error> {
        Ok(Remind {
            province: v.province.dopa().ok_or(Error::NotFound)?.to_owned(),
            year: self.loaded.year,
            item: self.item,
            whom: self.whom,
            text: text.to_owned(),
        })
    }

    fn address(&self, v: &Viewer) -> String {
        let at = v.to(&format!("/remind/{}", number(self.item)));
        let whom = match self.code.is_empty() {
            true => String::new(),
            false => format!("&organisation={}", encoded(&self.code)),
        };
        format!("{at}?year={}{whom}", self.loaded.year.0)
    }

    /// The words that stand in the form before anybody changes them.
    fn words(&self, v: &Viewer) -> String {
        let school = match self.whom {
            Whom::One(one) => self.loaded.texts.get(&one).map(|text| named(v, text)),
            Whom::AllLate => None,
        };
        let step = step(v, self.item);
        match school {
            Some(name) => v.say_with(
                "remind.words_of",
                &[("step", step.into()), ("name", name.into())],
            ),
            None => v.say_with("remind.words", &[("step", step.into())]),
        }
    }
}

/// `GET /remind/{item}`.
///
/// # Errors
/// As [`actions::steps::preview_remind`], but for a step of which nothing waits: the page says so.
pub async fn show(
    viewer: Viewer,
    Path(parts): Parts,
    question: Result<Query<Asked>, QueryRejection>,
) -> Result<Page, Error> {
    let meant = Meant::of(&viewer, &parts, question).await?;
    let fields = Fields::of([("text", meant.words(&viewer))]);
    page(&viewer, &meant, &fields, &[]).await
}

/// `POST /remind/{item}`.
///
/// # Errors
/// As [`actions::steps::remind`]; what is wrong with the input stands on the page.
pub async fn post(
    viewer: Viewer,
    Path(parts): Parts,
    question: Result<Query<Asked>, QueryRejection>,
    fields: Fields,
) -> Result<Response, Error> {
    let v = &viewer;
    let meant = Meant::of(v, &parts, question).await?;
    let new = meant.with(v, fields.text("text"))?;
    let act = async move |store: &Store, ctx: &mut Ctx| remind(store, ctx, new).await;
    match v.act(act).await {
        Ok(reminded) => Ok(frame(v, &meant, done(v, &meant, &reminded)).into_response()),
        Err(error) => {
            let Refused { status, issues } = Refused::try_from(error)?;
            let page = page(v, &meant, &fields, &issues).await?;
            Ok((status, page).into_response())
        }
    }
}

async fn page(v: &Viewer, meant: &Meant, fields: &Fields, issues: &[Issue]) -> Result<Page, Error> {
    let new = meant.with(v, "")?;
    let look = async move |store: &Store, ctx: &mut Ctx| preview_remind(store, ctx, &new).await;
    let reached = match v.act(look).await {
        Ok(reached) => reached,
        Err(Error::Stale(issue)) => {
            let why = v.locale.issue(&issue);
            let body = Empty::NoData.show(&v.say("remind.nobody"), &why, None);
            return Ok(frame(v, meant, body));
        }
        Err(error) => return Err(error),
    };
    if reached.to.is_empty() {
        let key = match reached.already.is_empty() {
            true => "issue.step.nothing_to_remind",
            false => "issue.step.reminded_today",
        };
        let body = Empty::NoData.show(&v.say("remind.nobody"), &v.say(key), None);
        return Ok(frame(v, meant, body));
    }
    let form = Form::new(v, "remind", fields, issues);
    let n = count(reached.to.len() as u64);
    let word = v.say_with("remind.do", &[("n", n.into())]);
    Ok(frame(
        v,
        meant,
        html! {
            (Card::new(&v.say("remind.whom")).line(flow(&v.say("remind.whom.why"))).flush().show(list(v, meant, &reached)))
            (already(v, meant, &reached))
            div.card { div.card-b {
                (form.show(&meant.address(v), &word, form.lines("text", 4)))
            } }
        },
    ))
}

fn done(v: &Viewer, meant: &Meant, reminded: &Reminded) -> Markup {
    let n = count(reminded.to.len() as u64);
    let done = v.say_with("remind.done", &[("n", n.into())]);
    html! {
        (note(Tone::Ok, Icon::OkCircle, flow(&done)))
        (Card::new(&v.say("remind.whom")).flush().show(list(v, meant, reminded)))
        (already(v, meant, reminded))
    }
}

fn list(v: &Viewer, meant: &Meant, reminded: &Reminded) -> Markup {
    let period = Period::fiscal(meant.loaded.year);
    rows(reminded.to.iter().filter_map(|to| {
        let text = meant.loaded.texts.get(&to.organisation)?;
        let words = addressed(v, &short_name(v, text), to.own, to.schools.len());
        let mut schools: Vec<String> = to
            .schools
            .iter()
            .filter_map(|id| Some(named(v, meant.loaded.texts.get(id)?)))
            .collect();
        schools.sort_by_cached_key(|name| domain::text::sort_key(name));
        let names = match schools.len() {
            0 => None,
            _ => Some(html! {
                details { summary { (flow(&v.say("remind.schools"))) } ul { @for name in &schools { li { (flow(name)) } } } }
            }),
        };
        let open = meant.loaded.seen.contains(&to.organisation);
        Some(Line {
            mark: Some(html! { span.ic { (icon(Icon::Bell)) } }),
            title: flow(&words),
            href: open.then(|| cell_address(v, &text.code, meant.item, Some(period))),
            line: names,
            aside: None,
        })
    }))
}

fn already(v: &Viewer, meant: &Meant, reminded: &Reminded) -> Markup {
    let name = |id: &OrganisationId| Some(short_name(v, meant.loaded.texts.get(id)?));
    let names: Vec<String> = reminded.already.iter().filter_map(name).collect();
    let words = v.say_with("remind.already", &[("names", names.join(", ").into())]);
    html! {
        @if !names.is_empty() { (note(Tone::Mute, Icon::Info, flow(&words))) }
    }
}

fn frame(v: &Viewer, meant: &Meant, body: Markup) -> Page {
    let title = v.say("remind.title");
    let board = format!("{}?year={}", v.to("/board"), meant.loaded.year.0);
    let context = html! { (flow(&step(v, meant.item))) " · " (flow(&crate::ui::period(v.locale, Period::fiscal(meant.loaded.year)))) };
    Page::new(v, title.clone()).at(Place::Board).body(html! {
        (crumbs(v, &[(flow(&v.say("board.title")), board)], &title))
        (heading(flow(&title), context, &[]))
        (body)
    })
}

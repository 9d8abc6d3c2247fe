//! Who owes each step in a fiscal year and when it is due: what ships is our proposal, and the province corrects it.

use std::collections::HashMap;

use actions::calendar::{CorrectDuty, Corrected, correct_duty, holidays_of};
use actions::steps::{DutyRow, duties_of};
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::duty_rule::DueRule;
use domain::issue::{Issue, Place as At};
use domain::step::Holder;
use domain::time::{FiscalYear, month_name, parse_year_be};
use maud::{Markup, html};
use serde::Deserialize;
use store::Store;

use super::holidays::{frame, month_day};
use super::province;
use crate::form::Fields;
use crate::pages::board::words::{item, number, step};
use crate::ui::{
    Card, Choice, Column, Form, Icon, Kind, Table, Tone, certainty, count, flow, note, segments,
    short_day, small_button,
};
use crate::{Error, Page, Viewer};

/// The question of the address.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    year: String,
}

type Question = Result<Query<Asked>, QueryRejection>;
type Parts = Path<HashMap<String, String>>;

/// The year that is asked for; without one, the present.
fn year(v: &Viewer, question: Question) -> FiscalYear {
    let asked = question.map(|Query(asked)| asked).unwrap_or_default();
    let present = FiscalYear::of(v.app().now().thai_day());
    parse_year_be(&asked.year).map_or(present, FiscalYear)
}

fn address(v: &Viewer, rest: &str, year: FiscalYear) -> String {
    format!(
        "{}?year={}",
        v.to(&format!("/settings/duties{rest}")),
        year.0
    )
}

/// `GET /settings/duties`.
///
/// # Errors
/// `Forbidden` for whoever may not change settings of this province.
pub async fn show(viewer: Viewer, question: Question) -> Result<Page, Error> {
    list(&viewer, year(&viewer, question), None).await
}

async fn list(v: &Viewer, year: FiscalYear, done: Option<String>) -> Result<Page, Error> {
    let province = province(v).await?;
    let store = v.live()?.store();
    let duties = duties_of(store, province, year).await?;
    let holidays = holidays_of(store, province).await?;
    let present = FiscalYear::of(v.app().now().thai_day()).0;
    let years: Vec<Choice> = (present - 1..=present + 1)
        .map(|other| {
            let to = address(v, "", FiscalYear(other));
            Choice::new(other.to_string(), to, other == year.0)
        })
        .collect();
    let (caption, which, due, holders, source, act) = (
        v.say("settings.duties"),
        v.say("ui.steps.step"),
        v.say("board.due"),
        v.say("settings.duty.holders"),
        v.say("settings.source"),
        v.say("settings.duty.correct"),
    );
    let columns = [
        Column::text(&which).wide(),
        Column::text(&due),
        Column::text(&holders).wide(),
        Column::text(&source).wide(),
        Column::text(&act).silent(),
    ];
    let table = Table::new(&caption, columns).rows(duties.rows().iter().map(|row| {
        let days = row.periods(year);
        let to = address(v, &format!("/{}", number(row.item)), year);
        [
            flow(&step(v, row.item)),
            html! {
                (flow(&rule(v, row.rule)))
                @for period in days { br; span.small.dim { (short_day(v.locale, row.due(period, &holidays))) } }
            },
            flow(&names(v, &row.holders)),
            html! {
                (certainty(v.locale, row.provenance.certainty))
                @if row.corrected { " " (flow(&row.provenance.source)) }
            },
            small_button(&to, &v.say("settings.duty.correct")),
        ]
    }));
    let title = v.say("settings.duties");
    Ok(frame(
        v,
        &title,
        &v.say("settings.duties.lead"),
        &[],
        html! {
            @if let Some(done) = done { (note(Tone::Ok, Icon::OkCircle, flow(&done))) }
            (segments(&v.say("board.year"), &years))
            (Card::new(&v.say_with("settings.duties.of", &[("year", year.0.to_string().into())])).flush().show(table.show()))
        },
    ))
}

/// "15 พฤศจิกายน", "ภายใน 30 วันหลังสิ้นช่วงเวลา".
fn rule(v: &Viewer, rule: DueRule) -> String {
    match rule {
        DueRule::On(day) => month_day(v, day),
        DueRule::After(days) => v.say_with("settings.duty.after", &[("n", i64::from(days).into())]),
    }
}

fn names(v: &Viewer, holders: &[Holder]) -> String {
    let names: Vec<_> = holders
        .iter()
        .map(|holder| v.say(holder_key(*holder)).into_owned())
        .collect();
    names.join(", ")
}

const fn holder_key(holder: Holder) -> &'static str {
    match holder {
        Holder::ProvincialOffice => "settings.holder.provincial_office",
        Holder::EducationAgency => "settings.holder.education_agency",
        Holder::AgencyWithSchools => "settings.holder.agency_with_schools",
        Holder::School => "settings.holder.school",
        Holder::SchoolOnItsOwn => "settings.holder.school_on_its_own",
        Holder::Related => "settings.holder.related",
    }
}

async fn row(
    v: &Viewer,
    parts: &HashMap<String, String>,
    year: FiscalYear,
) -> Result<DutyRow, Error> {
    let province = province(v).await?;
    let item = parts.get("item").and_then(|number| item(number));
    let item = item.ok_or(Error::NotFound)?;
    let duties = duties_of(v.live()?.store(), province, year).await?;
    duties.of(item).cloned().ok_or(Error::NotFound)
}

/// `GET /settings/duties/{item}`.
///
/// # Errors
/// `Forbidden` for whoever may not change settings of this province; `NotFound` for a step that is none.
pub async fn show_correct(
    viewer: Viewer,
    Path(parts): Parts,
    question: Question,
) -> Result<Page, Error> {
    let v = &viewer;
    let year = year(v, question);
    let row = row(v, &parts, year).await?;
    let mut pairs: Vec<(&str, String)> = Vec::new();
    match row.rule {
        DueRule::On(day) => {
            pairs.push(("day", day.day().to_string()));
            pairs.push(("month", day.month().to_string()));
        }
        DueRule::After(days) => pairs.push(("days_after", days.to_string())),
    }
    let holders = row.holders.iter();
    pairs.extend(holders.map(|holder| (holder.code(), "1".to_owned())));
    Ok(form(v, &row, year, &Fields::of(pairs), &[]))
}

fn form(v: &Viewer, row: &DutyRow, year: FiscalYear, fields: &Fields, issues: &[Issue]) -> Page {
    let form = Form::new(v, "settings.duty", fields, issues);
    let title = v.say("settings.duty.title");
    let above = [(flow(&v.say("settings.duties")), address(v, "", year))];
    let lead = format!("{} · {} {}", step(v, row.item), v.say("board.year"), year.0);
    let months: Vec<(String, String)> = (1..=12_i8)
        .map(|month| (month.to_string(), month_name(month, v.locale).to_owned()))
        .collect();
    let wrong = |name: &str| {
        let at = |issue: &&Issue| matches!(&issue.at, At::Field { field } if field == name);
        issues.iter().find(at)
    };
    let said = |name: &str| -> Markup {
        html! { @if let Some(issue) = wrong(name) { p.err-t id={ "e-" (name) } { (flow(&v.locale.issue(issue))) } } }
    };
    frame(
        v,
        &title,
        &lead,
        &above,
        html! {
            div.card { div.card-b {
                p { (flow(&v.say("settings.duty.correct.why"))) }
                (form.show(&address(v, &format!("/{}", number(row.item)), year), &title, html! {
                    @match row.rule {
                        DueRule::On(_) => fieldset.f.bad[wrong("due").is_some()] id="f-due" tabindex="-1" {
                            legend { (flow(&v.say("settings.duty.due"))) }
                            (said("due"))
                            (form.text("day", Kind::Number))
                            (form.choice("month", &months))
                        },
                        DueRule::After(_) => (form.text("days_after", Kind::Number)),
                    }
                    fieldset.f.bad[wrong("holders").is_some()] id="f-holders" tabindex="-1" {
                        legend { (flow(&v.say("settings.duty.holders"))) }
                        (said("holders"))
                        @for holder in Holder::ALL { (form.tick_called(holder.code(), &v.say(holder_key(*holder)))) }
                    }
                    (form.text("source", Kind::Text))
                }))
            } }
        },
    )
}

/// `POST /settings/duties/{item}`.
///
/// # Errors
/// As [`actions::calendar::correct_duty`]; what is wrong with the input stands on the page.
pub async fn correct(
    viewer: Viewer,
    Path(parts): Parts,
    question: Question,
    fields: Fields,
) -> Result<Response, Error> {
    let v = &viewer;
    let year = year(v, question);
    let row = row(v, &parts, year).await?;
    let ticked = |holder: &&Holder| fields.ticked(holder.code());
    let new = CorrectDuty {
        province: province(v).await?.to_owned(),
        year,
        item: row.item,
        day: fields.text("day").to_owned(),
        month: fields.text("month").to_owned(),
        days_after: fields.text("days_after").to_owned(),
        holders: Holder::ALL.iter().filter(ticked).copied().collect(),
        source: fields.text("source").to_owned(),
    };
    let act =
        async move |store: &Store, ctx: &mut actions::Ctx| correct_duty(store, ctx, new).await;
    match v.act(act).await {
        Ok(corrected) => {
            let done = told(v, &step(v, row.item), corrected);
            Ok(list(v, year, Some(done)).await?.into_response())
        }
        Err(error) => {
            let page = form(v, &row, year, &fields, &error.into_issues()?);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
    }
}

fn told(v: &Viewer, step: &str, corrected: Corrected) -> String {
    let n = |n: usize| count(n as u64).into();
    let args = [
        ("step", step.into()),
        ("moved", n(corrected.moved)),
        ("apply", n(corrected.apply)),
        ("no_longer", n(corrected.no_longer)),
    ];
    v.say_with("settings.duty.corrected", &args)
}

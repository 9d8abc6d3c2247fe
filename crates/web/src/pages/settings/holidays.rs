//! Public holidays that move due days: those of the nation, those of the province, and those on which it works.

use std::collections::HashMap;

use actions::calendar::{AddHoliday, Added, RemoveHoliday, add_holiday, remove_holiday};
use actions::permission::On;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::holiday::{Holiday, HolidayDay};
use domain::ids::HolidayId;
use domain::issue::Issue;
use domain::permission::Act;
use domain::provenance::Certainty;
use domain::time::{MonthDay, month_name};
use maud::{Markup, html};
use store::{Kept, Store};
use uuid::Uuid;

use super::province;
use crate::form::Fields;
use crate::pages::board::record::day;
use crate::ui::{
    Card, Column, Empty, Form, Icon, Kind, Place, Table, Tone, certainty, count, crumbs, flow,
    foreign, heading, note, short_day, small_button,
};
use crate::{Error, Group, Page, Viewer};

/// Whether the reader keeps the calendar of the nation, too.
async fn for_all(v: &Viewer) -> bool {
    v.allows(Act::Configure, On::Nation).await.is_ok()
}

/// `GET /settings/holidays`.
///
/// # Errors
/// `Forbidden` for whoever may not change settings of this province.
pub async fn show(viewer: Viewer) -> Result<Page, Error> {
    list(&viewer, &Fields::default(), &[], None).await
}

async fn list(
    v: &Viewer,
    fields: &Fields,
    issues: &[Issue],
    done: Option<String>,
) -> Result<Page, Error> {
    let province = province(v).await?;
    let mut all = store::calendar::holidays(v.live()?.store(), province).await?;
    all.sort_by_key(|kept| (kept.row.day, kept.row.province.clone()));
    let nation = for_all(v).await;
    let form = Form::new(v, "settings.holiday", fields, issues);
    let title = v.say("settings.holidays");
    Ok(frame(
        v,
        &title,
        &v.say("settings.holidays.lead"),
        &[],
        html! {
            @if let Some(done) = done { (note(Tone::Ok, Icon::OkCircle, flow(&done))) }
            @if all.is_empty() {
                (Empty::NoData.show(&v.say("settings.holidays.none"), &v.say("settings.holidays.none.why"), None))
            } @else {
                (Card::new(&v.say("settings.holidays.list")).flush().show(table(v, &all, nation)))
            }
            (Card::new(&v.say("settings.holiday.add")).line(flow(&v.say("settings.holiday.add.lead"))).show(
                form.show(&v.to("/settings/holidays"), &v.say("settings.holiday.add"), html! {
                    (form.day("day"))
                    (form.tick("yearly"))
                    (form.text("name", Kind::Text))
                    (form.text("source", Kind::Text))
                    (form.tick("works"))
                    @if nation { (form.tick("nation")) }
                })
            ))
        },
    ))
}

fn table(v: &Viewer, all: &[Kept<Holiday>], nation: bool) -> Markup {
    let (caption, day, name, whose, source, act) = (
        v.say("settings.holidays.list"),
        v.say("settings.holiday.day"),
        v.say("settings.holiday.name"),
        v.say("settings.holiday.whose"),
        v.say("settings.source"),
        v.say("settings.holiday.remove"),
    );
    let columns = [
        Column::text(&day),
        Column::text(&name).wide(),
        Column::text(&whose),
        Column::text(&source).wide(),
        Column::text(&act).silent(),
    ];
    Table::new(&caption, columns)
        .rows(all.iter().map(|kept| {
            let holiday = &kept.row;
            let whose = match (&holiday.province, holiday.works) {
                (None, _) => "settings.holiday.of_nation",
                (Some(_), false) => "settings.holiday.of_province",
                (Some(_), true) => "settings.holiday.works_here",
            };
            let theirs = holiday.province.is_some() || nation;
            let to = v.to(&format!("/settings/holidays/{}", holiday.id));
            [
                html! { (flow(&written(v, holiday.day))) },
                foreign(v.locale, &holiday.name),
                flow(&v.say(whose)),
                html! {
                    @if let Some(known) = &kept.stamp.provenance {
                        (certainty(v.locale, known.certainty))
                        // What ships says in English where it comes from; its certainty says enough here.
                        @if known.certainty == Certainty::Entered { " " (flow(&known.source)) }
                    }
                },
                html! { @if theirs { (small_button(&to, &v.say("settings.holiday.remove"))) } },
            ]
        }))
        .show()
}

/// "6 เมษายน", on one line.
pub(super) fn month_day(v: &Viewer, day: MonthDay) -> String {
    format!("{}\u{a0}{}", day.day(), month_name(day.month(), v.locale))
}

/// "6 เมษายน ทุกปี", "30 ก.ค. 2569".
fn written(v: &Viewer, day: HolidayDay) -> String {
    match day {
        HolidayDay::Once(day) => short_day(v.locale, day),
        HolidayDay::Yearly(day) => v.say_with(
            "settings.holiday.every_year",
            &[("on", month_day(v, day).into())],
        ),
    }
}

/// `POST /settings/holidays`: adds one.
///
/// # Errors
/// As [`actions::calendar::add_holiday`]; what is wrong with the input stands on the page.
pub async fn add(viewer: Viewer, fields: Fields) -> Result<Response, Error> {
    let v = &viewer;
    let own = province(v).await?.to_owned();
    let new = AddHoliday {
        province: (!fields.ticked("nation")).then_some(own),
        day: day(&fields, "day"),
        yearly: fields.ticked("yearly"),
        works: fields.ticked("works"),
        name: fields.text("name").to_owned(),
        source: fields.text("source").to_owned(),
    };
    let act = async move |store: &Store, ctx: &mut actions::Ctx| add_holiday(store, ctx, new).await;
    match v.act(act).await {
        Ok(Added { moved, .. }) => {
            let done = moved_words(v, "settings.holiday.added", moved);
            let page = list(v, &Fields::default(), &[], Some(done)).await?;
            Ok(page.into_response())
        }
        Err(error) => {
            let issues = error.into_issues()?;
            let page = list(v, &fields, &issues, None).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
    }
}

fn moved_words(v: &Viewer, key: &str, moved: usize) -> String {
    v.say_with(key, &[("n", count(moved as u64).into())])
}

type Parts = Path<HashMap<String, String>>;

async fn found(v: &Viewer, parts: &HashMap<String, String>) -> Result<Kept<Holiday>, Error> {
    let own = province(v).await?;
    let id = parts.get("holiday").and_then(|id| id.parse::<Uuid>().ok());
    let id = HolidayId(id.ok_or(Error::NotFound)?);
    let kept = store::get::<Holiday>(v.live()?.store(), id).await?;
    let kept = kept.ok_or(Error::NotFound)?;
    match &kept.row.province {
        Some(province) if province == own => Ok(kept),
        None if for_all(v).await => Ok(kept),
        _ => Err(Error::NotFound),
    }
}

/// `GET /settings/holidays/{holiday}`: asks why it is taken out.
///
/// # Errors
/// `NotFound` for one that is not the reader's to take out.
pub async fn show_remove(viewer: Viewer, Path(parts): Parts) -> Result<Page, Error> {
    let kept = found(&viewer, &parts).await?;
    Ok(remove_page(&viewer, &kept, &Fields::default(), &[]))
}

fn remove_page(v: &Viewer, kept: &Kept<Holiday>, fields: &Fields, issues: &[Issue]) -> Page {
    let form = Form::new(v, "settings.holiday", fields, issues);
    let title = v.say("settings.holiday.remove");
    let above = [(
        flow(&v.say("settings.holidays")),
        v.to("/settings/holidays"),
    )];
    let holiday = &kept.row;
    let action = v.to(&format!("/settings/holidays/{}", holiday.id));
    let lead = format!("{} · {}", written(v, holiday.day), holiday.name);
    frame(
        v,
        &title,
        &lead,
        &above,
        html! {
            div.card { div.card-b {
                p { (flow(&v.say("settings.holiday.remove.why"))) }
                (form.show(&action, &title, form.lines("reason", 3)))
            } }
        },
    )
}

/// `POST /settings/holidays/{holiday}`: takes it out.
///
/// # Errors
/// As [`actions::calendar::remove_holiday`]; a missing reason is asked for on the page.
pub async fn remove(viewer: Viewer, Path(parts): Parts, fields: Fields) -> Result<Response, Error> {
    let v = &viewer;
    let kept = found(v, &parts).await?;
    let away = RemoveHoliday {
        holiday: kept.row.id,
        reason: fields.text("reason").to_owned(),
    };
    let act =
        async move |store: &Store, ctx: &mut actions::Ctx| remove_holiday(store, ctx, away).await;
    match v.act(act).await {
        Ok(moved) => {
            let done = moved_words(v, "settings.holiday.removed", moved);
            let page = list(v, &Fields::default(), &[], Some(done)).await?;
            Ok(page.into_response())
        }
        Err(error) => {
            let page = remove_page(v, &kept, &fields, &error.into_issues()?);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
    }
}

/// A page below the settings.
pub(super) fn frame(
    v: &Viewer,
    title: &str,
    lead: &str,
    between: &[(Markup, String)],
    body: Markup,
) -> Page {
    let mut above = vec![(flow(&v.say("settings.title")), v.to("/settings"))];
    above.extend(between.iter().cloned());
    Page::new(v, title.to_owned())
        .at(Place::Settings)
        .group(Group::Staff)
        .own()
        .body(html! {
            (crumbs(v, &above, title))
            (heading(flow(title), flow(lead), &[]))
            (body)
        })
}

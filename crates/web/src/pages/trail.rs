//! The trail of the province: who did what, for whom, when and whence; filters, export, and the proof that it is whole.

use actions::permission::On;
use axum::extract::Query;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use domain::permission::Act;
use domain::time::{Moment, parse_date};
use jiff::civil::Date;
use maud::{Markup, html};
use serde::Deserialize;
use store::trail::{self, Event, Filter};

use crate::ui::{
    Card, Column, Empty, Filters, Icon, Place, Table, Tone, button, flow, heading, moment, note,
    small_button,
};
use crate::{Error, Group, Page, Viewer};

/// Events on one page.
const PER_PAGE: u64 = 50;
/// Events in one export; a longer time is taken in parts, by days.
const EXPORT: u64 = 20_000;
const MICROS_PER_DAY: i64 = 86_400_000_000;

/// The question of the address.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    act: String,
    actor: String,
    from: String,
    to: String,
    before: String,
    verify: String,
}

impl Asked {
    /// The filter, or which of the two days cannot be read.
    fn filter(&self) -> Filter {
        let given = |text: &str| (!text.trim().is_empty()).then(|| text.trim().to_owned());
        Filter {
            act: given(&self.act),
            actor: given(&self.actor),
            subject: None,
            since: self.day(&self.from).map(midnight),
            until: self
                .day(&self.to)
                .map(|day| Moment(midnight(day).0 + MICROS_PER_DAY)),
        }
    }

    fn day(&self, text: &str) -> Option<Date> {
        parse_date(text.trim()).ok()
    }

    /// Days that were typed and cannot be read.
    fn unreadable(&self) -> bool {
        [&self.from, &self.to]
            .into_iter()
            .any(|text| !text.trim().is_empty() && self.day(text).is_none())
    }
}

/// The beginning of a day in Thailand (UTC+7).
fn midnight(day: Date) -> Moment {
    let days = day
        .since((jiff::Unit::Day, jiff::civil::date(1970, 1, 1)))
        .map_or(0, |span| i64::from(span.get_days()));
    Moment(days * MICROS_PER_DAY - 7 * 3_600_000_000)
}

async fn province(v: &Viewer) -> Result<&'static str, Error> {
    let code = v.province.dopa().ok_or(Error::NotFound)?;
    v.allows(Act::ReadTrail, On::Province(code)).await?;
    Ok(code)
}

/// `GET /trail`.
///
/// # Errors
/// `Forbidden` for whoever may not read the trail of this province.
pub async fn show(viewer: Viewer, Query(asked): Query<Asked>) -> Result<Page, Error> {
    let v = &viewer;
    let code = province(v).await?;
    let store = v.live()?.store();
    let before = asked.before.parse().unwrap_or(i64::MAX);
    let mut events =
        trail::events_before(store, code, before, PER_PAGE + 1, &asked.filter()).await?;
    let more = events.len() as u64 > PER_PAGE;
    events.truncate(PER_PAGE as usize);
    let verified = match asked.verify.is_empty() {
        true => None,
        false => Some(trail::verify(store, Some(code)).await?),
    };
    let title = v.say("ui.nav.trail");
    let export = v.to(&format!("/trail.csv{}", v.query()));
    let actions = [
        button(
            &v.to("/trail?verify=1"),
            Some(Icon::Shield),
            &v.say("page.trail.verify"),
            false,
        ),
        button(&export, Some(Icon::Download), "CSV", false),
    ];
    Ok(Page::new(v, title.clone()).group(Group::Staff).at(Place::Trail).body(html! {
        (heading(flow(&title), flow(&v.say("page.trail.lead")), &actions))
        @if let Some(faults) = verified { (proof(v, faults.len())) }
        @if asked.unreadable() { (note(Tone::Crit, Icon::Octagon, flow(&v.say("page.trail.unreadable_day")))) }
        (filters(v, &asked))
        @if events.is_empty() {
            (Empty::NoMatch.show(&v.say("page.trail.none"), &v.say("page.trail.none.why"), None))
        } @else {
            (Card::new(&v.say("page.trail.events")).flush().show(table(v, &events)))
        }
        @if let (true, Some(last)) = (more, events.last()) {
            div.row { (small_button(&crate::address::changed(v.query(), "before", &last.number.to_string()), &v.say("page.trail.earlier"))) }
        }
    }))
}

fn proof(v: &Viewer, faults: usize) -> Markup {
    match faults {
        0 => note(Tone::Ok, Icon::OkCircle, flow(&v.say("page.trail.whole"))),
        some => {
            let args = [("n", i64::try_from(some).unwrap_or(i64::MAX).into())];
            note(
                Tone::Crit,
                Icon::Octagon,
                flow(&v.say_with("page.trail.broken", &args)),
            )
        }
    }
}

fn filters(v: &Viewer, asked: &Asked) -> Markup {
    let mut acts: Vec<(String, String)> = v
        .locale
        .keys()
        .filter_map(|key| key.strip_prefix("act."))
        .filter(|act| act.contains('.'))
        .map(|act| (act.to_owned(), v.say(&format!("act.{act}")).into_owned()))
        .collect();
    acts.sort_by(|one, other| one.1.cmp(&other.1));
    acts.insert(
        0,
        (String::new(), v.say("page.trail.every_act").into_owned()),
    );
    let (act, actor, from, to) = (
        v.say("trail.act"),
        v.say("trail.actor"),
        v.say("page.trail.from"),
        v.say("page.trail.to"),
    );
    Filters::new(v.to("/trail"))
        .choose("act", &act, acts, &asked.act)
        .write("actor", &actor, &asked.actor)
        .write("from", &from, &asked.from)
        .write("to", &to, &asked.to)
        .show(v)
}

fn table(v: &Viewer, events: &[Event]) -> Markup {
    let words = [
        v.say("page.trail.events"),
        v.say("trail.number"),
        v.say("trail.at"),
        v.say("trail.actor"),
        v.say("trail.act"),
        v.say("page.trail.details"),
    ];
    let columns = [
        Column::figure(&words[1]),
        Column::text(&words[2]),
        Column::text(&words[3]),
        Column::text(&words[4]),
        Column::text(&words[5]).wide(),
    ];
    Table::new(&words[0], columns)
        .rows(events.iter().map(|event| {
            [
                html! { (event.number) },
                html! { (moment(v.locale, event.at)) },
                html! {
                    (event.actor)
                    @if let Some(whom) = &event.on_behalf_of { small { (flow(&v.say("page.trail.for"))) " " (whom) } }
                },
                html! { (flow(&v.say(&format!("act.{}", event.act)))) },
                details(v, event),
            ]
        }))
        .show()
}

/// What the event holds, as recorded; whoever reads the trail reads it to the letter.
fn details(v: &Viewer, event: &Event) -> Markup {
    let payload: Option<serde_json::Value> = event
        .payload
        .as_deref()
        .and_then(|text| serde_json::from_str(text).ok());
    let reason = payload
        .as_ref()
        .and_then(|payload| payload["reason"].as_str());
    let whole = payload
        .as_ref()
        .and_then(|payload| serde_json::to_string_pretty(payload).ok());
    html! {
        @if let Some(reason) = reason { p { (reason) } }
        @match whole {
            Some(whole) => details { summary { (flow(&v.say("page.trail.recorded"))) } pre.small { (whole) } },
            None => p.dim { (flow(&v.say("page.trail.erased"))) },
        }
    }
}

/// `GET /trail.csv`: what the filters leave, in order, to the letter.
///
/// # Errors
/// `Forbidden` for whoever may not read the trail of this province.
pub async fn export(viewer: Viewer, Query(asked): Query<Asked>) -> Result<Response, Error> {
    let v = &viewer;
    let code = province(v).await?;
    let events = trail::events(v.live()?.store(), code, 0, EXPORT, &asked.filter()).await?;
    let mut file = csv::Writer::from_writer(vec![0xef, 0xbb, 0xbf]);
    let failed = |error: csv::Error| Error::Failed(error.to_string());
    let titles = [
        "province",
        "number",
        "at",
        "actor",
        "on_behalf_of",
        "act",
        "subject_kind",
        "subject_id",
        "payload",
        "hash",
    ];
    file.write_record(titles).map_err(failed)?;
    for event in &events {
        let hash: String = event
            .hash
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        let at = jiff::Timestamp::from_microsecond(event.at.0)
            .map(|at| at.to_string())
            .unwrap_or_default();
        let number = event.number.to_string();
        let fields = [
            &event.province,
            &number,
            &at,
            &event.actor,
            event.on_behalf_of.as_deref().unwrap_or_default(),
            &event.act,
            &event.subject.kind,
            &event.subject.id,
            event.payload.as_deref().unwrap_or_default(),
            &hash,
        ];
        file.write_record(fields.map(harmless)).map_err(failed)?;
    }
    let bytes = file
        .into_inner()
        .map_err(|error| Error::Failed(error.to_string()))?;
    let headers = [
        (CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (
            CONTENT_DISPOSITION,
            format!("attachment; filename=\"trail-{code}.csv\""),
        ),
    ];
    Ok((headers, bytes).into_response())
}

/// A cell that a spreadsheet would take for a formula begins with an apostrophe.
fn harmless(text: &str) -> String {
    match text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        true => format!("'{text}"),
        false => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_at_midnight_in_thailand() {
        let begin = midnight(jiff::civil::date(2026, 11, 23));
        assert_eq!(begin.thai_day(), jiff::civil::date(2026, 11, 23));
        assert_eq!(
            Moment(begin.0 - 1).thai_day(),
            jiff::civil::date(2026, 11, 22)
        );
    }

    #[test]
    fn no_cell_of_the_export_becomes_a_formula() {
        assert_eq!(harmless("=1+1"), "'=1+1");
        assert_eq!(harmless("a=1"), "a=1");
    }
}

//! The trail: who did what, for whom, when and whence; filters, export, and the proof that it is whole. Of the province,
//! and for who audits or administers the installation, of what no single province owns.

mod export;
mod filter;
mod words;

use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use store::trail::{self, Event};
use tokio::sync::Semaphore;

pub use export::export;
pub use filter::Asked;

use self::filter::{Filtered, WHOLE};
use self::words::{Words, facts};
use crate::form::Fields;
use crate::ui::{
    Card, Choice, Column, Empty, Filters, Icon, Place, Table, Tone, act_button, button, flow,
    heading, moment, note, pill, segments, small_button,
};
use crate::{Error, Group, Page, Viewer};

/// Events on one page.
const PER_PAGE: u64 = 50;

/// One proof at a time: it reads every event there is.
static ONE: Semaphore = Semaphore::const_new(1);

/// `GET /trail`.
///
/// # Errors
/// `Forbidden` for whoever may not read this trail.
pub async fn show(viewer: Viewer, Query(asked): Query<Asked>) -> Result<Response, Error> {
    let page = page(&viewer, &asked, None).await?;
    Ok(page)
}

/// `POST /trail`: proves that the trail is whole, and shows it with the answer.
///
/// # Errors
/// `Forbidden` for whoever may not read this trail.
pub async fn verify(viewer: Viewer, fields: Fields) -> Result<Response, Error> {
    let v = &viewer;
    let asked = Asked::of(fields.text("of"));
    let code = filter::whose(v, &asked).await?;
    let turn = ONE.acquire().await;
    let _turn = turn.map_err(|error| Error::Failed(error.to_string()))?;
    let faults = trail::verify(v.live()?.store(), Some(code)).await?;
    page(v, &asked, Some(faults.len())).await
}

async fn page(v: &Viewer, asked: &Asked, faults: Option<usize>) -> Result<Response, Error> {
    let code = filter::whose(v, asked).await?;
    let store = v.live()?.store();
    let Filtered { filter, issues } = asked.read(v).await?;
    let before = asked.before.parse().unwrap_or(i64::MAX);
    // With an answer that cannot be read nothing is shown: everything would look like what was asked for.
    let mut events = match issues.is_empty() {
        true => trail::events_before(store, code, before, PER_PAGE + 1, &filter).await?,
        false => Vec::new(),
    };
    let more = events.len() as u64 > PER_PAGE;
    events.truncate(PER_PAGE as usize);
    let words = Words::of(v, &events).await?;
    let title = v.say("ui.nav.trail");
    let export = v.to(&format!("/trail.csv{}", asked.query()));
    let actions = [
        act_button(
            v,
            &v.to("/trail"),
            &v.say("page.trail.verify"),
            &[("of", &asked.of)],
        ),
        button(&export, Some(Icon::Download), "CSV", false),
    ];
    let whole = filter::may_read_whole(v).await?;
    let page = Page::new(v, title.clone()).group(Group::Staff).at(Place::Trail).body(html! {
        (heading(flow(&title), flow(&v.say("page.trail.lead")), &actions))
        @if let Some(faults) = faults { (proof(v, faults)) }
        @if whole { (which(v, asked)) }
        (filters(v, asked).wrong(&issues).show(v))
        @if !issues.is_empty() {
            (Empty::NoMatch.show(&v.say("page.trail.unread"), &v.say("page.trail.unread.why"), None))
        } @else if events.is_empty() {
            (Empty::NoMatch.show(&v.say("page.trail.none"), &v.say("page.trail.none.why"), None))
        } @else {
            (Card::new(&v.say("page.trail.events")).flush().show(table(v, &events, &words)))
        }
        @if let (true, Some(last)) = (more, events.last()) {
            @let next = crate::address::changed(&asked.query(), "before", &last.number.to_string());
            div.row { (small_button(&v.to(&format!("/trail{next}")), &v.say("page.trail.earlier"))) }
        }
    });
    Ok(match issues.is_empty() {
        true => page.into_response(),
        false => (StatusCode::UNPROCESSABLE_ENTITY, page).into_response(),
    })
}

/// The trail of the province, or that of what no single province owns.
fn which(v: &Viewer, asked: &Asked) -> Markup {
    let whole = asked.of == WHOLE;
    let province = v.say("page.trail.of.province");
    let above = v.say("page.trail.of.whole");
    segments(
        &v.say("page.trail.of"),
        &[
            Choice::new(province, v.to("/trail"), !whole),
            Choice::new(above, v.to(&format!("/trail?of={WHOLE}")), whole),
        ],
    )
}

fn proof(v: &Viewer, faults: usize) -> Markup {
    match faults {
        0 => note(Tone::Ok, Icon::OkCircle, flow(&v.say("page.trail.whole"))),
        some => {
            let args = [("n", i64::try_from(some).unwrap_or(i64::MAX).into())];
            let words = v.say_with("page.trail.broken", &args);
            note(Tone::Crit, Icon::Octagon, flow(&words))
        }
    }
}

fn filters<'a>(v: &'a Viewer, asked: &'a Asked) -> Filters<'a> {
    let all = |key: &str| (String::new(), v.say(key).into_owned());
    let mut acts: Vec<(String, String)> = v
        .locale
        .keys()
        .filter_map(|key| key.strip_prefix("act."))
        .filter(|act| act.contains('.'))
        .map(|act| (act.to_owned(), v.say(&format!("act.{act}")).into_owned()))
        .collect();
    acts.sort_by(|one, other| one.1.cmp(&other.1));
    acts.insert(0, all("page.trail.every_act"));
    let kinds = filter::KINDS.iter();
    let mut kinds: Vec<(String, String)> = kinds
        .map(|kind| {
            (
                (*kind).to_owned(),
                v.say(&format!("thing.{kind}")).into_owned(),
            )
        })
        .collect();
    kinds.insert(0, all("page.trail.every_kind"));
    let word = |key: &'static str| v.locale.find(key).unwrap_or(key);
    Filters::new(v.to("/trail"))
        .keep("of", &asked.of)
        .choose("act", word("trail.act"), acts, &asked.act)
        .write("actor", word("page.trail.account"), &asked.actor)
        .choose("kind", word("page.trail.kind"), kinds, &asked.kind)
        .write("thing", word("page.trail.thing"), &asked.thing)
        .write("whom", word("page.trail.whom"), &asked.whom)
        .write("from", word("page.trail.from"), &asked.from)
        .write("to", word("page.trail.to"), &asked.to)
}

fn table(v: &Viewer, events: &[Event], words: &Words) -> Markup {
    let keys = [
        "page.trail.events",
        "trail.number",
        "trail.at",
        "trail.actor",
        "trail.act",
        "trail.subject",
        "page.trail.whence",
    ];
    let said = keys.map(|key| v.say(key));
    let columns = [
        Column::figure(&said[1]),
        Column::text(&said[2]),
        Column::text(&said[3]),
        Column::text(&said[4]),
        Column::text(&said[5]).wide(),
        Column::text(&said[6]),
    ];
    Table::new(&said[0], columns)
        .rows(events.iter().map(|event| {
            let facts = facts(event);
            [
                html! { (event.number) },
                html! { (moment(v.locale, event.at)) },
                html! {
                    (words.actor(v, event, &facts))
                    @if let Some(whom) = &event.on_behalf_of { small { (flow(&v.say("page.trail.for"))) " " (whom) } }
                },
                html! { (flow(&v.say(&format!("act.{}", event.act)))) },
                details(v, event, &facts, words),
                whence(v, &facts),
            ]
        }))
        .show()
}

/// By which way and from which address.
fn whence(v: &Viewer, facts: &words::Facts) -> Markup {
    html! {
        @match facts.way.as_deref() {
            Some("shell") => (pill(Tone::Info, Icon::Lock, &v.say("page.trail.shell"))),
            Some("web") => (flow(&v.say("page.trail.web"))),
            _ => {},
        }
        @if let Some(from) = &facts.from { " " small { (from) } }
    }
}

/// What it was done to, by name; why; and what the event holds to the letter.
fn details(v: &Viewer, event: &Event, facts: &words::Facts, words: &Words) -> Markup {
    let whole = facts
        .payload
        .as_ref()
        .and_then(|payload| serde_json::to_string_pretty(payload).ok());
    let about = words.about(v, event, facts);
    html! {
        div.stack-s {
            p { (words.subject(v, event, facts)) }
            @if !about.is_empty() { ul.small.stack-s { @for line in &about { li { (line) } } } }
            @if let Some(reason) = &facts.reason { p { (reason) } }
            @match whole {
                Some(whole) => details { summary { (flow(&v.say("page.trail.recorded"))) } pre.small { (whole) } },
                None => p.dim { (flow(&v.say("page.trail.erased"))) },
            }
        }
    }
}

//! The trail as a file: everything that the filters leave, in order and to the letter, written while it is read, so that
//! no number of events is too many and none is left out.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::{Body, Bytes};
use axum::extract::Query;
use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use hyper::body::{Body as OneBody, Frame};
use store::Store;
use store::trail::{self, Event, Filter};
use tokio::sync::mpsc;

use super::filter::{Asked, Filtered, whose};
use super::words::facts;
use crate::{Error, Viewer};

/// Events read at a time.
const AT_ONCE: u64 = 1_000;
/// Parts that wait for a slow reader; then reading waits, too.
const AHEAD: usize = 2;

const TITLES: [&str; 13] = [
    "province",
    "number",
    "at",
    "actor",
    "person",
    "way",
    "from",
    "on_behalf_of",
    "act",
    "subject_kind",
    "subject_id",
    "payload",
    "hash",
];

/// `GET /trail.csv`: what the filters leave.
///
/// # Errors
/// `Forbidden` for whoever may not read this trail; `BadRequest` for a day that cannot be read.
pub async fn export(viewer: Viewer, Query(asked): Query<Asked>) -> Result<Response, Error> {
    let v = &viewer;
    let code = whose(v, &asked).await?;
    let Filtered { filter, issues } = asked.read(v).await?;
    if !issues.is_empty() {
        return Err(Error::BadRequest(issues));
    }
    let store = v.live()?.store().clone();
    // What comes while the file is written belongs into the next one.
    let heads = trail::heads(&store).await?;
    let last = heads.iter().find(|head| head.province == code);
    let last = last.map_or(0, |head| head.number);
    let (parts, ready) = mpsc::channel(AHEAD);
    tokio::spawn(async move {
        let written = write(&store, code, last, &filter, &parts).await;
        if let Err(error) = written {
            tracing::error!(%error, "an export of the trail broke off");
            // The reader's program is told that the file is not whole.
            let _ = parts.send(Err(error)).await;
        }
    });
    let mut response = Body::new(Parts(ready)).into_response();
    let headers = response.headers_mut();
    let kind = HeaderValue::from_static("text/csv; charset=utf-8");
    headers.insert(CONTENT_TYPE, kind);
    let private = HeaderValue::from_static("private, no-store");
    headers.insert(CACHE_CONTROL, private);
    let name = format!("attachment; filename=\"trail-{code}.csv\"");
    if let Ok(name) = HeaderValue::from_str(&name) {
        headers.insert(CONTENT_DISPOSITION, name);
    }
    Ok(response)
}

type Part = Result<Bytes, io::Error>;

/// Writes page by page until the last event; ends early where nobody reads any more.
async fn write(
    store: &Store,
    code: &str,
    last: i64,
    filter: &Filter,
    parts: &mpsc::Sender<Part>,
) -> Result<(), io::Error> {
    let mut begun = vec![0xef, 0xbb, 0xbf];
    let mut after = 0;
    begun.extend(lines([TITLES.map(str::to_owned)])?);
    if parts.send(Ok(begun.into())).await.is_err() {
        return Ok(());
    }
    while after < last {
        let events = trail::events(store, code, after, AT_ONCE, filter).await;
        let events = events.map_err(io::Error::other)?;
        let Some(end) = events.last().map(|event| event.number) else {
            return Ok(());
        };
        let within = events.iter().filter(|event| event.number <= last);
        let part = lines(within.map(line))?;
        if parts.send(Ok(part.into())).await.is_err() {
            return Ok(());
        }
        after = end;
    }
    Ok(())
}

fn lines(rows: impl IntoIterator<Item = [String; 13]>) -> Result<Vec<u8>, io::Error> {
    let mut file = csv::Writer::from_writer(Vec::new());
    for row in rows {
        let row = row.map(|cell| harmless(&cell));
        file.write_record(row).map_err(io::Error::other)?;
    }
    file.into_inner().map_err(io::Error::other)
}

fn line(event: &Event) -> [String; 13] {
    let facts = facts(event);
    let hash = event.hash.iter();
    let at = jiff::Timestamp::from_microsecond(event.at.0);
    [
        event.province.clone(),
        event.number.to_string(),
        at.map(|at| at.to_string()).unwrap_or_default(),
        event.actor.clone(),
        facts.person.map(|id| id.to_string()).unwrap_or_default(),
        facts.way.unwrap_or_default(),
        facts.from.unwrap_or_default(),
        event.on_behalf_of.clone().unwrap_or_default(),
        event.act.clone(),
        event.subject.kind.clone(),
        event.subject.id.clone(),
        event.payload.clone().unwrap_or_default(),
        hash.map(|byte| format!("{byte:02x}")).collect(),
    ]
}

/// A cell that a spreadsheet would take for a formula begins with an apostrophe.
fn harmless(text: &str) -> String {
    match text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        true => format!("'{text}"),
        false => text.to_owned(),
    }
}

/// The parts of a file as they become ready.
struct Parts(mpsc::Receiver<Part>);

impl OneBody for Parts {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        let ready = self.0.poll_recv(cx);
        ready.map(|part| part.map(|part| part.map(Frame::data)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_of_the_export_becomes_a_formula() {
        assert_eq!(harmless("=1+1"), "'=1+1");
        assert_eq!(harmless("a=1"), "a=1");
    }
}

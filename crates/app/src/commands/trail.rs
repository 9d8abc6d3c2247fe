//! `saithong trail`: verifies the trail, and lists its latest events.

use crate::{
    cli::{Format, TrailWhat},
    outcome::{Outcome, Result},
    session::{Reading, Session},
    table::{Align, Table, clip},
};
use domain::{
    link::Link,
    locale::Locale,
    time::{Moment, short_date},
};
use jiff::tz::{Offset, TimeZone};
use store::trail;

pub async fn run(session: &Session, what: TrailWhat) -> Result {
    match what {
        TrailWhat::Verify { format } => verify(session, format).await,
        TrailWhat::List { limit } => list(session, limit).await,
    }
}

async fn verify(session: &Session, format: Format) -> Result {
    let locale = session.locale;
    let store = session.open().await?;
    let faults = trail::verify(&store, None).await?;
    let heads = trail::heads(&store).await?;
    let events: i64 = heads.iter().map(|head| head.number).sum();
    match format {
        Format::Json => {
            let faults: Vec<_> = faults
                .iter()
                .map(|f| serde_json::json!({ "province": f.province, "number": f.number, "fault": code(f.fault) }))
                .collect();
            sayln!(
                "{:#}",
                serde_json::json!({ "events": events, "faults": faults })
            );
        }
        Format::Text if faults.is_empty() => {
            sayln!(
                "{}",
                locale.fill(
                    "trail.sound",
                    &[("n", events.into()), ("provinces", heads.len().into())]
                )
            );
        }
        Format::Text => {
            sayln!(
                "{}",
                locale.fill("trail.broken", &[("n", faults.len().into())])
            );
            for fault in &faults {
                let args = [
                    ("province", fault.province.as_str().into()),
                    ("number", fault.number.into()),
                ];
                sayln!(
                    "  {}",
                    locale.fill(&format!("trail.fault.{}", code(fault.fault)), &args)
                );
            }
        }
    }
    Ok(if faults.is_empty() {
        Outcome::Clean
    } else {
        Outcome::Findings
    })
}

async fn list(session: &Session, limit: u64) -> Result {
    let locale = session.locale;
    let reading = session.read().await?;
    let store = session.open().await?;
    let mut events = Vec::new();
    for head in trail::heads(&store).await? {
        let after = head
            .number
            .saturating_sub(i64::try_from(limit).unwrap_or(i64::MAX))
            .max(0);
        events.extend(
            trail::events(
                &store,
                &head.province,
                after,
                limit,
                &trail::Filter::default(),
            )
            .await?,
        );
    }
    store.close().await?;
    events.sort_by_key(|event| std::cmp::Reverse(event.at));
    events.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let heading = |key: &str, align| (locale.text(key).into_owned(), align);
    let mut table = Table::new([
        heading("trail.province", Align::Left),
        heading("trail.number", Align::Right),
        heading("trail.at", Align::Left),
        heading("trail.actor", Align::Left),
        heading("trail.act", Align::Left),
        heading("trail.subject", Align::Left),
    ]);
    for event in events {
        table.row([
            event.province.clone(),
            event.number.to_string(),
            in_thailand(event.at, locale),
            event.actor.clone(),
            locale.text(&format!("act.{}", event.act)).into_owned(),
            subject(&reading, &event),
        ]);
    }
    say!("{}", table.text());
    Ok(Outcome::Clean)
}

/// What an event was about, in the codes people know; of a link also the reason that was given.
fn subject(reading: &Reading, event: &trail::Event) -> String {
    let payload: serde_json::Value = event
        .payload
        .as_deref()
        .and_then(|text| serde_json::from_str(text).ok())
        .unwrap_or_default();
    let after: Option<Link> = serde_json::from_value(payload["after"].clone()).ok();
    let Some(link) = after else {
        return event.subject.id.clone();
    };
    let project = reading
        .names
        .projects
        .get(&link.project)
        .map_or("", |name| name.code.as_str());
    let node = reading.short_node(link.node);
    match payload["reason"].as_str() {
        Some(reason) => format!("{project} → {node} · {}", clip(reason)),
        None => format!("{project} → {node}"),
    }
}

/// The word of a fault, for programs and for the key of its sentence.
const fn code(fault: trail::Fault) -> &'static str {
    match fault {
        trail::Fault::Missing => "missing",
        trail::Fault::Changed => "changed",
        trail::Fault::Unlinked => "unlinked",
        trail::Fault::PayloadChanged => "payload_changed",
        trail::Fault::PayloadGone => "payload_gone",
        trail::Fault::OutOfOrder => "out_of_order",
        trail::Fault::Head => "head",
        trail::Fault::Untold => "untold",
    }
}

/// The moment as the clocks of Thailand show it (UTC+7), with the day in the reader's form.
pub(super) fn in_thailand(at: Moment, locale: Locale) -> String {
    let Ok(moment) = jiff::Timestamp::from_microsecond(at.0) else {
        return String::new();
    };
    let local = moment.to_zoned(TimeZone::fixed(Offset::constant(7)));
    format!(
        "{} {:02}:{:02}:{:02}",
        short_date(local.date(), locale),
        local.hour(),
        local.minute(),
        local.second()
    )
}

//! `saithong trail`: verifies the trail, and lists its latest events.

use crate::{
    cli::{Format, TrailWhat},
    outcome::{Outcome, Result},
    session::Session,
    table::{Align, Table},
};
use domain::time::Moment;
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
            println!(
                "{:#}",
                serde_json::json!({ "events": events, "faults": faults })
            );
        }
        Format::Text if faults.is_empty() => {
            println!(
                "{}",
                locale.fill(
                    "trail.sound",
                    &[("n", events.into()), ("provinces", heads.len().into())]
                )
            );
        }
        Format::Text => {
            println!(
                "{}",
                locale.fill("trail.broken", &[("n", faults.len().into())])
            );
            for fault in &faults {
                let args = [
                    ("province", fault.province.as_str().into()),
                    ("number", fault.number.into()),
                ];
                println!(
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
            event.province,
            event.number.to_string(),
            instant(event.at),
            event.actor,
            locale.text(&format!("act.{}", event.act)).into_owned(),
            format!("{} {}", event.subject.kind, event.subject.id),
        ]);
    }
    print!("{}", table.text());
    Ok(Outcome::Clean)
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
    }
}

/// The moment as an ISO instant: exact, and the same for every reader.
fn instant(at: Moment) -> String {
    jiff::Timestamp::from_microsecond(at.0)
        .map(|at| format!("{at:.0}"))
        .unwrap_or_default()
}

//! `saithong waive` and `saithong waivers`: findings that somebody answers for, with who, why and until when.

use crate::{
    cli::{Format, Waive, Waivers},
    outcome::{Outcome, Result, Trouble},
    session::{Reading, Session, unknown},
    table::clip,
};
use actions::findings::{self, NewWaiver};
use checks::WaiverRow;
use domain::{issue::Arg, subject::Subject, time::parse_date, waiver::Waiver};

pub async fn run(session: &Session, args: Waive) -> Result {
    let reading = session.read().await?;
    let subject = subject(&reading, args.code.as_deref(), args.plan.as_deref())?;
    let until = args.until.as_deref().map(|typed| {
        let found = || vec![("found", typed.into())];
        parse_date(typed).map_err(|_| Trouble::argument("--until", "ask.not_a_day", found()))
    });
    let until = until.transpose()?;
    let store = session.open().await?;
    let mut ctx = session.ctx(Some(args.by))?;
    let key = match until {
        Some(until) => {
            let new = NewWaiver {
                rule: args.rule.clone(),
                subject,
                reason: args.reason,
                until,
                letter: args.letter,
            };
            findings::waive(&store, &mut ctx, new).await?;
            "waiver.given"
        }
        // The command line asks for one of the two.
        None => {
            let of = (args.rule.as_str(), subject);
            findings::withdraw_waiver(&store, &mut ctx, of, &args.reason).await?;
            "waiver.withdrawn"
        }
    };
    store.close().await?;
    let mut said: Vec<(&str, Arg)> = vec![
        ("rule", args.rule.to_uppercase().into()),
        ("thing", subject.code(&reading.names).into()),
        ("by", ctx.actor.into()),
    ];
    said.extend(until.map(|day| ("until", day.into())));
    sayln!("{}", session.locale.fill(key, &said));
    Ok(Outcome::Clean)
}

/// The project, element or organisation with a code; the plan itself where no code is given.
fn subject(reading: &Reading, code: Option<&str>, plan: Option<&str>) -> Result<Subject> {
    let Some(code) = code else {
        let edition = reading.edition(plan.unwrap_or_default())?;
        return Ok(Subject::Edition(edition));
    };
    if let Some(project) = reading.project(code, plan)? {
        return Ok(Subject::Project(project));
    }
    if let Some(node) = reading.node(code, plan)? {
        return Ok(Subject::Node(node));
    }
    let organisations = reading.names.organisations.iter();
    let mut named = organisations.filter(|(_, name)| name.code == code);
    let organisation = named.next().filter(|_| plan.is_none());
    organisation
        .map(|(id, _)| Subject::Organisation(*id))
        .ok_or_else(|| unknown(code))
}

/// Every waiver that stands, the one that ends first on top; exit code 1 where one is over.
pub async fn list(session: &Session, args: Waivers) -> Result {
    let reading = session.read().await?;
    let (locale, today) = (session.locale, session.today());
    let mut waivers: Vec<&Waiver> = reading.waivers.iter().collect();
    waivers.sort_by_key(|waiver| (waiver.until, &waiver.rule, waiver.id));
    match args.format {
        Format::Json => {
            let row = |waiver: &&Waiver| {
                serde_json::json!({
                    "rule": waiver.rule,
                    "subject": {
                        "kind": waiver.subject.kind(),
                        "id": waiver.subject.id(),
                        "code": waiver.subject.code(&reading.names),
                    },
                    "in_force": waiver.is_in_force(today),
                    "waiver": WaiverRow::from(*waiver),
                })
            };
            let rows: Vec<_> = waivers.iter().map(row).collect();
            sayln!(
                "{:#}",
                serde_json::json!({ "today": today, "waivers": rows })
            );
        }
        Format::Text if waivers.is_empty() => sayln!("{}", locale.text("waiver.nothing")),
        Format::Text => {
            for waiver in &waivers {
                let kind = format!("thing.{}", waiver.subject.kind());
                let kind = locale.text(&kind);
                let code = waiver.subject.code(&reading.names);
                let name = waiver.subject.name(&reading.names);
                let name = name.map_or(String::new(), |name| clip(&name.name_th));
                sayln!("{} · {kind} {code} {name}", waiver.rule);
                let letter = match &waiver.letter {
                    Some(letter) => format!(" ({letter})"),
                    None => String::new(),
                };
                let key = match waiver.is_in_force(today) {
                    true => "waiver.row",
                    false => "waiver.row_over",
                };
                let said: [(&str, Arg); 3] = [
                    ("until", waiver.until.into()),
                    ("reason", format!("{}{letter}", waiver.reason).into()),
                    ("by", waiver.granted_by.as_str().into()),
                ];
                sayln!("      {}", locale.fill(key, &said));
            }
        }
    }
    let over = waivers.iter().any(|waiver| !waiver.is_in_force(today));
    Ok(if over {
        Outcome::Findings
    } else {
        Outcome::Clean
    })
}

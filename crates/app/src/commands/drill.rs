//! `saithong drill`, in builds for tests only: acts without end and says of each that it is done, until it is killed.
//!
//! A line is written only after the act has returned, so whoever reads it may rely on what it names.

use crate::{
    cli::Drill,
    outcome::{Outcome, Result, Trouble},
    session::Session,
};
use actions::{
    Error, Who,
    accounts::{self, Cost, SignIn, SignedIn},
    links::{self, Between, Decision, Line},
    organisations::{Into, Merge, Undo, earliest, merge, undo_merge},
    steps::{self, Cell, MAX_FILES, NewFile, Record, Said},
};
use domain::{
    duty::DutyItem,
    ids::OrganisationId,
    link::{Link, LinkState},
    locale::Locale,
    register::Succession,
    step::{self, StepFile, StepState},
    time::{FiscalYear, Period},
};
use std::time::Duration;
use store::{Kept, Reason, Store};

/// Links that are decided together in every third act on links: many rows under one event.
const TOGETHER: usize = 12;

pub async fn run(session: &Session, args: Drill) -> Result {
    let store = session.open().await?;
    tokio::try_join!(
        deciding(session, &store, &args),
        recording(session, &store, &args),
        restructuring(session, &store, &args),
        signing_in(session, &store, &args)
    )?;
    Ok(Outcome::Clean)
}

/// `link <reason>` for every decision, `sitting <reason>` for every twelve of them.
async fn deciding(session: &Session, store: &Store, args: &Drill) -> Result<()> {
    let mut ctx = session.ctx(Some("ตัวอย่าง ผู้รับรอง".to_owned()))?;
    let known: Vec<Kept<(Link, Reason)>> = store::all(store).await?;
    if known.len() < TOGETHER {
        return Err(Trouble::Other("a drill needs a plan with links".to_owned()));
    }
    for n in 0.. {
        let why = format!("{}-{n}", args.run);
        let many = if (args.run + n).is_multiple_of(3) {
            TOGETHER
        } else {
            1
        };
        let mut lines = Vec::new();
        for at in 0..many {
            let (link, _) = &known[(args.run + n * TOGETHER + at) % known.len()].row;
            let stands = store::get::<(Link, Reason)>(store, link.id).await?;
            let state = stands.as_ref().map(|kept| kept.row.0.state);
            lines.push(Line {
                between: Between::Link(link.project, link.node),
                seen: stands.map(|kept| kept.stamp.version),
                decision: match state {
                    Some(LinkState::Approved) => Decision::Reject,
                    _ => Decision::Approve,
                },
            });
        }
        match lines[..] {
            [
                Line {
                    between: Between::Link(project, node),
                    decision,
                    ..
                },
            ] => {
                links::decide(store, &mut ctx, (project, node), decision, &why).await?;
                sayln!("link {why}");
            }
            _ => {
                links::sitting(store, &mut ctx, &lines, &why, Locale::Th).await?;
                sayln!("sitting {why}");
            }
        }
    }
    Ok(())
}

/// `step <note>` for every step record, every other one with a file; `certify <note>` and `return <why>` for what
/// follows it.
async fn recording(session: &Session, store: &Store, args: &Drill) -> Result<()> {
    let mut ctx = session.ctx(Some("ตัวอย่าง ผู้บันทึก".to_owned()))?;
    let today = session.today();
    let period = Period::fiscal(FiscalYear::of(today));
    let merging = merging(store).await?;
    let duties = store::steps::duties(store, &[period]).await?;
    let item = DutyItem::Step6;
    let owed = |kept: &Kept<domain::duty::Duty>| {
        let duty = &kept.row;
        duty.item == item && duty.applicable && !merging.contains(&duty.organisation)
    };
    let owing: Vec<_> = duties.into_iter().filter(owed).collect();
    if owing.is_empty() {
        return Err(Trouble::Other("a drill needs an opened year".to_owned()));
    }
    for n in 0.. {
        // Three acts on one cell: recorded, certified, sent back.
        let organisation = owing[(args.run + n / 3) % owing.len()].row.organisation;
        let kept = store::steps::record(store, organisation, item, period).await?;
        let cell = Cell {
            organisation,
            item,
            period,
            seen: kept.as_ref().map(|kept| kept.stamp.version),
        };
        let stands = kept.map(|kept| kept.row);
        match stands
            .as_ref()
            .map(|record| (record.state, &record.outcome))
        {
            Some((StepState::Certified, _)) => {
                let why = format!("ตัวอย่าง ส่งกลับ {}-{n}", args.run);
                steps::return_(store, &mut ctx, cell, &why).await?;
                sayln!("return {why}");
            }
            Some((StepState::Recorded, step::Outcome::Done { note, .. })) => {
                steps::certify(store, &mut ctx, cell).await?;
                sayln!("certify {}", note.as_deref().unwrap_or_default());
            }
            _ => {
                let note = format!("ตัวอย่าง {}-{n}", args.run);
                let files = match &stands {
                    Some(record) => store::of::<StepFile, _>(store, &[record.id]).await?.len(),
                    None => 0,
                };
                let proof = (n.is_multiple_of(2) && files < MAX_FILES).then(|| NewFile {
                    name: "ตัวอย่าง.pdf".to_owned(),
                    content: format!("%PDF-1.7 {note}").into_bytes(),
                });
                let said = Said {
                    done_on: format!("{}/{}/{}", today.day(), today.month(), today.year() + 543),
                    document: "ตัวอย่าง 1".to_owned(),
                    note: note.clone(),
                    count: String::new(),
                };
                let new = Record {
                    files: proof.into_iter().collect(),
                    ..Record::new(cell, said)
                };
                steps::record(store, &mut ctx, new).await?;
                sayln!("step {note}");
            }
        }
    }
    Ok(())
}

/// Who is merged into whom, and taken apart again.
async fn merging(store: &Store) -> Result<[OrganisationId; 2]> {
    let mut ids = Vec::new();
    for code in ["DOLE-PNB", "PVEC-PNB"] {
        let found = store::texts::organisations(store, code).await?;
        ids.extend(found.first().map(|kept| kept.row.0.id));
    }
    <[_; 2]>::try_from(ids).map_err(|_| Trouble::Other("a drill needs the catalogue".to_owned()))
}

/// `merge <letter>` and `undo <letter>` in turn: acts that move many rows at once.
async fn restructuring(session: &Session, store: &Store, args: &Drill) -> Result<()> {
    let mut ctx = session.ctx(Some("ตัวอย่าง ผู้ดูแลทะเบียน".to_owned()))?;
    let [from, into] = merging(store).await?;
    for n in 0.. {
        let merged: Vec<Kept<Succession>> = store::all(store).await?;
        match merged.iter().find(|kept| kept.row.predecessor == from) {
            None => {
                let reason = format!("ตัวอย่าง รวม {}-{n}", args.run);
                let input = Merge {
                    from: vec![from],
                    into: Into::Standing(into),
                    on: earliest(session.today()),
                    reason: reason.clone(),
                };
                merge(store, &mut ctx, &input).await?;
                sayln!("merge {reason}");
            }
            Some(kept) => {
                let reason = format!("ตัวอย่าง แยกคืน {}-{n}", args.run);
                let input = Undo {
                    reorganisation: kept.row.reorganisation,
                    reason: reason.clone(),
                };
                undo_merge(store, &mut ctx, &input).await?;
                sayln!("undo {reason}");
            }
        }
    }
    Ok(())
}

/// `session <id>` for every sign-in.
async fn signing_in(session: &Session, store: &Store, args: &Drill) -> Result<()> {
    loop {
        let mut ctx = session.ctx(None)?;
        ctx.who = Who::Nobody;
        ctx.cost = Cost::LEAST;
        let given = SignIn {
            account: &args.account,
            password: &args.password,
            ..SignIn::default()
        };
        match accounts::sign_in(store, &mut ctx, given).await {
            Ok(SignedIn::Whole(opened)) => {
                let now = ctx.now();
                let stands = accounts::session(store, &opened.token, now).await?;
                if let Some(stands) = stands {
                    sayln!("session {}", stands.id);
                }
            }
            Ok(SignedIn::AskCode(_)) => {
                return Err(Trouble::Other("a drill knows no codes".to_owned()));
            }
            // Sign-ins that were killed half way count as attempts, so that the door asks to wait a little.
            Err(Error::Invalid(_)) => tokio::time::sleep(Duration::from_millis(50)).await,
            Err(other) => return Err(other.into()),
        }
    }
}

//! `saithong demo`: a database with the catalogues, the structure of Phetchabun and the public plan of Narathiwat,
//! served at once. Every link of the plan is only proposed; the people and the steps that they enter in fiscal years 2569
//! and 2570 are samples, and each says so.

use super::demo_people;
use crate::{
    cli::Demo,
    log::{self, Log},
    outcome::{Outcome, Result, Trouble},
    progress::Progress,
    reach::Reach,
    session::Session,
};
use actions::{
    Ctx,
    demo::{self, Clock, Somebody},
};
use exchange::{ReadOptions, read_plan};
use std::{fs, io, path::Path};
use store::{Options, Store};
use tempfile::TempDir;

/// The plan that ships with the program, so that the demonstration needs no other file.
const NAME: &str = "narathiwat-2569";
macro_rules! embedded {
    ($($file:literal),+) => {
        &[$(($file, include_str!(concat!("../../../../data/narathiwat-2569/", $file)))),+]
    };
}
const PLAN: &[(&str, &str)] = embedded!(
    "agencies.csv",
    "kpis.csv",
    "objectives.csv",
    "plan.csv",
    "projects.csv",
    "sdg4_labels.csv",
    "strategies.csv"
);

pub async fn run(session: &Session, args: Demo) -> Result {
    let reach = Reach::loopback(session.locale, args.listen)?;
    log::begin(Log::Trouble);
    let folder = TempDir::with_prefix("saithong-demo-").map_err(failed)?;
    let place = match &args.into {
        Some(place) => place.clone(),
        None => folder
            .path()
            .join("saithong.db")
            .to_string_lossy()
            .into_owned(),
    };
    let (store, people) = filled(session, &place, folder.path()).await?;
    if let Some(path) = &args.people_file {
        demo_people::write(&people, path)?;
    }
    let args_of = [("place", place.as_str().into())];
    sayln!("{}", session.locale.fill("demo.holds", &args_of));
    demo_people::show(session, &people);
    if args.only_fill {
        store.close().await?;
        return Ok(Outcome::Clean);
    }
    super::serve::serve(session.locale, store, reach).await
}

/// Opens or creates the database and records what is not in it yet: doing so again changes nothing.
async fn filled(session: &Session, place: &str, folder: &Path) -> Result<(Store, Vec<Somebody>)> {
    let plan = folder.join(NAME);
    write(&plan).map_err(failed)?;
    let reading = read_plan(&plan, &ReadOptions::default())
        .map_err(|error| Trouble::Issues(vec![error.issue()]))?;
    if reading.blocked() {
        return Err(Trouble::Issues(reading.issues));
    }
    let _progress = Progress::start(session.locale.text("progress.recording").into_owned());
    refuse_a_real_one(session, place).await?;
    // Hundreds of acts follow each other at once: while they do, nobody has been told of any of them.
    let at_one_go = Options {
        create: true,
        durable: false,
        ..Options::default()
    };
    let store = Store::open(place, at_one_go).await?;
    store.migrate().await?;
    let tx = store.begin().await?;
    store::accounts::set_setting(&tx, super::serve::SAMPLE, "1").await?;
    tx.commit().await?;
    let mut ctx = session.ctx(None)?;
    let mut people = Vec::new();
    if !demo_people::known(&store).await? {
        people = played(&store, &mut ctx).await?;
    }
    actions::catalogue::record(&store, &mut ctx).await?;
    actions::plans::import(&store, &mut ctx, &reading.plan, NAME).await?;
    people.extend(demo_people::of_the_plan(&store, &mut ctx).await?);
    store.close().await?;
    let store = Store::open(place, Options::default()).await?;
    Ok((store, people))
}

/// Samples go into a new database, or into one that holds samples already: what people entered is never mixed with them.
async fn refuse_a_real_one(session: &Session, place: &str) -> Result<()> {
    let options = Options {
        create: true,
        ..Options::default()
    };
    let store = Store::open(place, options).await?;
    let new = store.status().await?.applied.is_empty();
    let ours = new
        || store::accounts::setting(&store, super::serve::SAMPLE)
            .await?
            .is_some();
    store.close().await?;
    match ours {
        true => Ok(()),
        false => {
            let args = [("place", place.into())];
            Err(Trouble::Other(session.locale.fill("demo.not_ours", &args)))
        }
    }
}

/// The people of Phetchabun and what they did until today, each act on its day: their clock begins a year ago.
async fn played(store: &Store, now: &mut Ctx) -> Result<Vec<Somebody>> {
    let clock = Clock::at(demo::BEGIN);
    let hands = clock.clone();
    let mut ctx = Ctx::with_clock(now.actor.clone(), move || hands.now())
        .map_err(|error| Trouble::Other(error.to_string()))?;
    actions::catalogue::record(store, &mut ctx).await?;
    let people = demo::people(store, &mut ctx).await?;
    demo::play(store, &mut ctx, &clock, now.now()).await?;
    Ok(people)
}

fn write(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    for (file, text) in PLAN {
        fs::write(folder.join(file), text)?;
    }
    Ok(())
}

fn failed(error: io::Error) -> Trouble {
    Trouble::Other(error.to_string())
}

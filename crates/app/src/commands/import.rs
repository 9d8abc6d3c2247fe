//! `saithong import`: takes in a plan, or the catalogues that ship with the program.

use crate::{
    cli::{Format, ImportWhat},
    outcome::{Outcome, Result, Trouble, issues_text},
    progress::Progress,
    session::Session,
    table::{Align, Table},
};
use actions::{
    Tally,
    plans::{self, Known, Whence},
};
use domain::{
    issue::{Arg, Severity},
    locale::Locale,
    money::group_thousands,
    organisation::{Organisation, OrganisationText},
};
use exchange::{ReadOptions, Reading, read_plan};
use std::{collections::BTreeSet, path::Path};
use store::{Kept, Store};

pub async fn run(session: &Session, what: ImportWhat) -> Result {
    match what {
        ImportWhat::Plan {
            path,
            skip_bad,
            by,
            format,
        } => plan(session, &path, skip_bad, by, format).await,
        ImportWhat::Catalogue { by } => catalogue(session, by).await,
        ImportWhat::Organisations(asked) => super::import_schools::run(session, asked).await,
    }
}

async fn plan(
    session: &Session,
    path: &Path,
    skip_bad: bool,
    by: Option<String>,
    format: Format,
) -> Result {
    let locale = session.locale;
    // Everything is looked at before a database is made or anything is recorded: what is refused leaves nothing behind.
    let (mut reading, whence) = {
        let _progress = Progress::start(locale.text("progress.reading_file").into_owned());
        read(session, path, skip_bad).await?
    };
    let store = session.open_or_create().await?;
    let mut ctx = session.ctx(by)?;
    let _progress = Progress::start(locale.text("progress.recording").into_owned());
    let catalogue = actions::catalogue::record(&store, &mut ctx).await?;
    let imported = plans::import(&store, &mut ctx, &reading.plan, whence).await?;
    reading.issues.extend(imported.advice);
    drop(_progress);
    store.close().await?;

    match format {
        Format::Json => {
            let json = serde_json::json!({
                "plan": imported.plan,
                "outcome": imported.outcome,
                "issues": reading.issues,
                "skipped": reading.skipped,
            });
            sayln!("{json:#}");
        }
        Format::Text => {
            eprint!("{}", issues_text(&reading.issues, locale));
            if catalogue.values().any(|tally| tally.added > 0) {
                sayln!("{}\n", locale.text("import.catalogue_first"));
            }
            sayln!(
                "{}",
                locale.fill("import.done", &[("plan", imported.plan.as_str().into())])
            );
            say!("{}", tallies(&imported.outcome, locale));
            if !reading.skipped.is_empty() {
                sayln!(
                    "\n{}",
                    locale.fill("import.skipped", &[("n", reading.skipped.len().into())])
                );
                for place in &reading.skipped {
                    sayln!("  {}", locale.place(place));
                }
            }
        }
    }
    Ok(if reading.skipped.is_empty() {
        Outcome::Clean
    } else {
        Outcome::Findings
    })
}

async fn catalogue(session: &Session, by: Option<String>) -> Result {
    let store = session.open_or_create().await?;
    let outcome = actions::catalogue::record(&store, &mut session.ctx(by)?).await?;
    store.close().await?;
    sayln!("{}", session.locale.text("import.catalogue_done"));
    say!("{}", tallies(&outcome, session.locale));
    Ok(Outcome::Clean)
}

/// Reads the file and compares it with what is known: all that is wrong with it at once.
async fn read(session: &Session, path: &Path, skip_bad: bool) -> Result<(Reading, Whence)> {
    let store = session.existing().await?;
    let options = ReadOptions {
        skip_bad,
        known_agencies: known_agencies(store.as_ref()).await?,
        ..ReadOptions::default()
    };
    let mut reading =
        read_plan(path, &options).map_err(|error| Trouble::Issues(vec![error.issue()]))?;
    let known = match &store {
        Some(store) => Known::standing_or_shipped(store, &reading.plan).await?,
        None => Known::shipped(&reading.plan)?,
    };
    if let Some(store) = store {
        store.close().await?;
    }
    let (found, skipped) = plans::check(&known, &mut reading.plan, skip_bad);
    let refused = reading.blocked() || found.iter().any(|it| it.severity == Severity::Error);
    // The import says the advice itself: then it is true of what was recorded.
    let told = found
        .into_iter()
        .filter(|it| refused || it.severity != Severity::Advice);
    reading.issues.extend(told);
    if refused {
        return Err(Trouble::Issues(reading.issues));
    }
    reading.skipped.extend(skipped);
    let mut whence = Whence::at(path).map_err(|error| Trouble::Other(error.to_string()))?;
    whence.skipped.clone_from(&reading.skipped);
    Ok((reading, whence))
}

/// Codes of the organisations that rows may name: those that stand, and those that the catalogues bring.
async fn known_agencies(store: Option<&Store>) -> Result<Vec<String>> {
    let shipped = actions::catalogue::phetchabun().map_err(actions::Error::from)?;
    let shipped = shipped.organisations.into_iter().map(|it| it.text.code);
    let mut codes: BTreeSet<String> = shipped.collect();
    if let Some(store) = store {
        let kept: Vec<Kept<(Organisation, OrganisationText)>> = store::all(store).await?;
        codes.extend(kept.into_iter().map(|kept| kept.row.1.code));
    }
    Ok(codes.into_iter().collect())
}

fn tallies(outcome: &actions::Outcome, locale: Locale) -> String {
    let heading = |key: &str, align| (locale.text(key).into_owned(), align);
    let mut table = Table::new([
        heading("import.kind", Align::Left),
        heading("import.added", Align::Right),
        heading("import.changed", Align::Right),
        heading("import.unchanged", Align::Right),
        heading("import.ended", Align::Right),
    ]);
    let (mut missing, mut corrected) = (String::new(), String::new());
    for (kind, tally) in outcome {
        let Tally {
            added,
            changed,
            unchanged,
            ended,
            corrected: kept,
            conflicts,
            missing: gone,
        } = tally;
        if added + changed + unchanged + ended + gone.len() == 0 {
            continue;
        }
        let word = locale.text(&format!("row.{kind}")).into_owned();
        let figures = [added, changed, unchanged, ended].map(|n| group_thousands(*n as i64));
        table.row([word.clone()].into_iter().chain(figures));
        if *kept > 0 {
            let args: [(&str, Arg); 3] = [
                ("kind", word.clone().into()),
                ("n", (*kept).into()),
                ("conflicts", (*conflicts).into()),
            ];
            corrected.push_str(&format!("{}\n", locale.fill("import.corrected", &args)));
        }
        if !gone.is_empty() {
            let args: [(&str, Arg); 3] = [
                ("kind", word.into()),
                ("n", gone.len().into()),
                ("codes", gone.join(", ").into()),
            ];
            missing.push_str(&format!("{}\n", locale.fill("import.missing", &args)));
        }
    }
    let told = corrected + &missing;
    let gap = if told.is_empty() { "" } else { "\n" };
    format!("{}{gap}{told}", table.text())
}

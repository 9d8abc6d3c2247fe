//! `saithong import`: takes in a plan, or the catalogues that ship with the program.

use crate::{
    cli::{Format, ImportWhat},
    outcome::{Outcome, Result, Trouble, issues_text},
    progress::Progress,
    session::Session,
    table::{Align, Table},
};
use actions::Tally;
use domain::{issue::Arg, locale::Locale, money::group_thousands};
use exchange::{ReadOptions, read_plan};
use std::path::Path;

pub async fn run(session: &Session, what: ImportWhat) -> Result {
    match what {
        ImportWhat::Plan {
            path,
            skip_bad,
            by,
            format,
        } => plan(session, &path, skip_bad, by, format).await,
        ImportWhat::Catalogue { by } => catalogue(session, by).await,
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
    // The file is read before a database is made: a wrong path must not leave an empty database behind.
    let reading = {
        let _progress = Progress::start(locale.text("progress.reading_file").into_owned());
        let known_agencies = session.known_agencies().await?;
        let options = ReadOptions {
            skip_bad,
            known_agencies,
            ..ReadOptions::default()
        };
        read_plan(path, &options).map_err(|error| Trouble::Issues(vec![error.issue()]))?
    };
    if reading.blocked() {
        return Err(Trouble::Issues(reading.issues));
    }
    let store = session.open_or_create().await?;
    let mut ctx = session.ctx(by)?;
    let _progress = Progress::start(locale.text("progress.recording").into_owned());
    let catalogue = actions::catalogue::record(&store, &mut ctx).await?;
    let imported = actions::plans::import(&store, &mut ctx, &reading.plan, &name_of(path)).await?;
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
            println!("{json:#}");
        }
        Format::Text => {
            eprint!("{}", issues_text(&reading.issues, locale));
            if catalogue.values().any(|tally| tally.added > 0) {
                println!("{}\n", locale.text("import.catalogue_first"));
            }
            println!(
                "{}",
                locale.fill("import.done", &[("plan", imported.plan.as_str().into())])
            );
            print!("{}", tallies(&imported.outcome, locale));
            if !reading.skipped.is_empty() {
                println!(
                    "\n{}",
                    locale.fill("import.skipped", &[("n", reading.skipped.len().into())])
                );
                for place in &reading.skipped {
                    println!("  {}", locale.place(place));
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
    println!("{}", session.locale.text("import.catalogue_done"));
    print!("{}", tallies(&outcome, session.locale));
    Ok(Outcome::Clean)
}

/// The last part of a path: the name of the folder, or of the file without its ending.
fn name_of(path: &Path) -> String {
    let full = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let name = if full.is_dir() {
        full.file_name()
    } else {
        full.file_stem()
    };
    name.map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}

fn tallies(outcome: &actions::Outcome, locale: Locale) -> String {
    let heading = |key: &str, align| (locale.text(key).into_owned(), align);
    let mut table = Table::new([
        heading("import.kind", Align::Left),
        heading("import.added", Align::Right),
        heading("import.changed", Align::Right),
        heading("import.unchanged", Align::Right),
    ]);
    let mut missing = String::new();
    for (kind, tally) in outcome {
        let Tally {
            added,
            changed,
            unchanged,
            missing: gone,
        } = tally;
        if added + changed + unchanged + gone.len() == 0 {
            continue;
        }
        let word = locale.text(&format!("row.{kind}")).into_owned();
        let figures = [added, changed, unchanged].map(|n| group_thousands(*n as i64));
        table.row([word.clone()].into_iter().chain(figures));
        if !gone.is_empty() {
            let args: [(&str, Arg); 3] = [
                ("kind", word.into()),
                ("n", gone.len().into()),
                ("codes", gone.join(", ").into()),
            ];
            missing.push_str(&format!("{}\n", locale.fill("import.missing", &args)));
        }
    }
    let gap = if missing.is_empty() { "" } else { "\n" };
    format!("{}{gap}{missing}", table.text())
}

//! `cargo xtask test`: from a fresh clone to the last test, with the time of every stage.

use std::time::{Duration, Instant};

use crate::project::{capture, cargo, show};
use crate::{Failure, assets, browser, docs, postgres};

/// One line of the closing summary.
struct Done {
    stage: &'static str,
    took: Duration,
    result: Result<String, Failure>,
}

/// Runs every stage, also after one has failed, so that one run shows all there is to repair.
pub fn run() -> Result<(), Failure> {
    tools_are_there()?;

    let mut found = None;
    let database = timed("PostgreSQL for the tests", || {
        let it = found.insert(postgres::find_or_install()?);
        Ok(format!(
            "{} ({}, {})",
            it.version,
            it.origin,
            it.bin.display()
        ))
    });
    let Some(found) = found else {
        return database.result.map(|_| ());
    };
    println!(
        "PostgreSQL {} in {} ({})",
        found.version,
        found.bin.display(),
        found.origin
    );
    let mut done = vec![database];
    let mut stage = |name, work: &dyn Fn() -> Result<(), Failure>| {
        done.push(timed(name, || work().map(|()| String::new())));
    };
    stage("format", &|| {
        show(cargo().args(["fmt", "--all", "--check"]))
    });
    stage("generated pages", &|| docs::run(true));
    stage("assets", &|| assets::test());
    stage("lints", &|| {
        show(cargo().args([
            "clippy",
            "--workspace",
            "--all-targets",
            "--",
            "-D",
            "warnings",
        ]))
    });
    stage("documentation", &|| {
        show(
            cargo()
                .args([
                    "doc",
                    "--workspace",
                    "--no-deps",
                    "--document-private-items",
                ])
                .env("RUSTDOCFLAGS", "-D warnings"),
        )
    });
    stage("tests", &|| {
        show(
            cargo()
                .args(["test", "--workspace", "--no-fail-fast"])
                .env(postgres::VARIABLE, &found.bin),
        )
    });
    done.push(timed("pages in a browser", browser::run));
    summary(&done)
}

#[expect(
    clippy::disallowed_methods,
    reason = "a chore that says how long it took"
)]
fn timed(stage: &'static str, work: impl FnOnce() -> Result<String, Failure>) -> Done {
    let start = Instant::now();
    let result = work();
    Done {
        stage,
        took: start.elapsed(),
        result,
    }
}

/// `fmt` and `clippy` are components that a minimal Rust lacks.
fn tools_are_there() -> Result<(), Failure> {
    for (tool, component) in [("fmt", "rustfmt"), ("clippy", "clippy")] {
        capture(cargo().args([tool, "--version"])).map_err(|error| {
            format!("`cargo {tool}` is missing. Type:\n\n    rustup component add {component}\n\n{error}")
        })?;
    }
    Ok(())
}

fn summary(done: &[Done]) -> Result<(), Failure> {
    println!();
    let mut failures = Vec::new();
    for Done {
        stage,
        took,
        result,
    } in done
    {
        let seconds = took.as_secs_f64();
        match result {
            Ok(note) => println!("{stage:<26} ok     {seconds:>8.1} s  {note}"),
            Err(error) => {
                println!("{stage:<26} FAILED {seconds:>8.1} s");
                failures.push(format!("{stage}: {error}"));
            }
        }
    }
    if failures.is_empty() {
        Ok(())
    } else {
        Err(failures.join("\n"))
    }
}

//! Measures the heart on a country: prints figures, never asserts time. `--smoke` takes a small one.

mod country;
mod ledger;
mod measure;

use chain::Snapshot;
use country::{Country, Size};
use measure::{memory, once, report};
use std::time::Duration;

fn main() {
    // `cargo test --benches` runs every benchmark with `--test`: the small country is enough for that.
    let small = std::env::args().any(|arg| arg == "--smoke" || arg == "--test");
    let size = if small { Size::SMOKE } else { Size::WHOLE };
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    println!("cores {cores}");

    let country = Country::of(size);
    let facts = &country.facts;
    println!(
        "{} organisations, {} projects, {} amounts, {} people, {} observations over {} indicators, {} duties",
        facts.organisations.len(),
        facts.projects.len(),
        facts.amounts.len(),
        facts.people.len(),
        facts.observations.len(),
        facts.indicators.len(),
        facts.duties.len(),
    );
    let with_facts = memory();

    let mut durations = Vec::new();
    let mut snapshot = None;
    for _ in 0..if small { 1 } else { 5 } {
        drop(snapshot.take());
        let (duration, built) = once(|| Snapshot::build(facts));
        durations.push(duration);
        snapshot = built.map_err(|faults| println!("faults: {faults:?}")).ok();
    }
    report("build from facts", durations, Some(Duration::from_secs(2)));
    let Some(mut snapshot) = snapshot else {
        return;
    };
    if let (Some((facts, _)), Some((both, peak))) = (with_facts, memory()) {
        println!(
            "memory: facts {facts} MB, facts and snapshot {both} MB, so snapshot {} MB; most ever while building {peak} MB",
            both.saturating_sub(facts)
        );
    }

    ledger::reads(&snapshot, &country, small);
    ledger::changes(&mut snapshot, &country, small);
}

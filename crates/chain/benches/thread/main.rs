//! Measures the thread on a country: prints figures, never asserts time. `--smoke` takes a small one.

#[expect(
    dead_code,
    reason = "shared with the other benchmark, which uses the rest"
)]
#[path = "../heart/country.rs"]
mod country;
#[path = "../heart/measure.rs"]
mod measure;
mod plans;

use chain::{Measure, Snapshot, targets::Scope};
use country::{Country, Numbers, Size, YEARS, project_id};
use domain::{
    facts::{Change, Fact},
    link::{Link, LinkState},
    organisation::Axis,
    project::Stage,
    share::Share,
};
use measure::{memory, once, report, runs};
use plans::Joined;
use std::time::Duration;

const MS: fn(u64) -> Option<Duration> = |ms| Some(Duration::from_millis(ms));
const US: fn(u64) -> Option<Duration> = |us| Some(Duration::from_micros(us));

fn main() {
    // `cargo test --benches` runs every benchmark with `--test`: the small country is enough for that.
    let small = std::env::args().any(|arg| arg == "--smoke" || arg == "--test");
    let mut country = Country::of(if small { Size::SMOKE } else { Size::WHOLE });
    let joined = plans::join(&mut country);
    let facts = &country.facts;
    println!(
        "{} projects, {} links, {} listings, {} activities, {} editions, {} nodes, {} alignments",
        facts.projects.len(),
        facts.links.len(),
        facts.listings.len(),
        facts.activities.len(),
        facts.editions.len(),
        facts.nodes.len(),
        facts.alignments.len(),
    );
    let with_facts = memory();
    let mut durations = Vec::new();
    let mut snapshot = None;
    for n in 0..if small { 1 } else { 5 } {
        drop(snapshot.take());
        let (duration, built) = once(|| Snapshot::build(facts));
        durations.push(duration);
        snapshot = built.map_err(|faults| println!("faults: {faults:?}")).ok();
        // Only the first build is weighed: later ones leave behind what the allocator keeps for the next.
        if let (0, Some((facts, _)), Some((both, _))) = (n, with_facts, memory()) {
            let megabytes = both.saturating_sub(facts);
            println!("memory: whole snapshot {megabytes} MB (target 300)");
        }
    }
    report("build of everything from facts", durations, MS(2_000));
    let Some(mut snapshot) = snapshot else { return };
    let mb = |bytes: usize| bytes / 1_048_576;
    println!(
        "memory of tables: plans {} MB, links, listings and activities {} MB",
        mb(snapshot.plans().bytes()),
        mb(snapshot.links().bytes())
    );
    reads(&snapshot, &country, &joined, small);
    changes(&mut snapshot, &country, &joined, small);
}

fn reads(snapshot: &Snapshot, country: &Country, joined: &Joined, small: bool) {
    let times = if small { 3 } else { 11 };
    let projects = country.facts.projects.len();
    let batch = if small { 100 } else { 10_000 };
    let mut durations = Vec::new();
    let (mut steps, mut numbers) = (0, Numbers::new(21));
    for _ in 0..times {
        let (duration, found) = once(|| {
            let asked = (0..batch).map(|_| project_id(numbers.below(projects)));
            let threads = asked.filter_map(|project| snapshot.trace(project));
            threads
                .map(|thread| thread.rails[0].steps.len() + thread.rails[1].steps.len())
                .sum::<usize>()
        });
        steps += found;
        durations.push(duration / batch);
    }
    report("the thread of one project", durations, US(50));
    println!(
        "    ({} steps on average)",
        steps / (times * batch as usize)
    );

    let mut durations = Vec::new();
    for _ in 0..times {
        let (duration, _) = once(|| {
            let asked = (0..batch).map(|_| project_id(numbers.below(projects)));
            asked
                .filter_map(|project| snapshot.attribution(project, joined.sdg))
                .count()
        });
        durations.push(duration / batch);
    }
    report("attribution of one project to SDG 4", durations, US(50));

    let year = YEARS[3];
    let targets = runs(
        "attribution of everything to SDG 4, one year",
        times,
        None,
        || snapshot.targets(joined.sdg, Scope::All, year),
    );
    if let Some(targets) = targets {
        let money =
            |figures: chain::Figures| figures.money(Stage::Allotted).map_or(0, |m| m.0 / 100);
        let top = targets.rows[0];
        println!(
            "    (baht allotted {} = {} to SDG 4 + {} unattributed; {} projects approved, {} proposed)",
            money(targets.total),
            money(top.figures),
            money(targets.unattributed),
            top.approved,
            top.proposed
        );
    }
    let scope = Scope::Organisation {
        axis: Axis::CoordinatedBy,
        organisation: country.provinces[5],
    };
    runs(
        "attribution of one province to SDG 4, one year",
        times,
        None,
        || snapshot.targets(joined.sdg, scope, year),
    );
    let below = runs(
        "everything below one SDG target, 200 shown",
        times,
        None,
        || snapshot.trace_down(joined.target, 200),
    );
    if let Some(below) = below {
        println!(
            "    ({} nodes, {} projects approved, {} proposed)",
            below.all_nodes, below.approved, below.proposed
        );
    }
    let below = runs(
        "everything below one node of a provincial plan",
        times,
        MS(50),
        || snapshot.trace_down(joined.provincial, 200),
    );
    if let Some(below) = below {
        println!(
            "    ({} nodes, {} projects approved, {} proposed)",
            below.all_nodes, below.approved, below.proposed
        );
    }
    let measure = Measure::Money(Stage::Allotted);
    let why = runs("why: allotted money at one SDG target", times, None, || {
        snapshot
            .why_node(joined.target, year, measure)
            .map_or(0, |rows| rows.len())
    });
    println!("    ({why} contributions)");
    runs("roll-up by listing of one annual plan", times, None, || {
        snapshot.listed(joined.annual, year)
    });
}

fn changes(snapshot: &mut Snapshot, country: &Country, joined: &Joined, small: bool) {
    let (batches, batch) = if small { (5, 20) } else { (101, 1_000) };
    let mut numbers = Numbers::new(31);
    let (mut states, mut added, mut refused) = (Vec::new(), Vec::new(), 0);
    for n in 0..batches {
        let approve: Vec<_> = (0..batch)
            .map(|_| {
                let link = country.facts.links[numbers.below(country.facts.links.len())];
                let state = LinkState::ALL[numbers.below(3)];
                Change::Recorded(Fact::Link(Link { state, ..link }))
            })
            .collect();
        let add: Vec<_> = (0..batch)
            .map(|m| {
                Change::Recorded(Fact::Link(Link {
                    id: domain::ids::LinkId::from_u128((1 << 100) + (n * batch + m) as u128),
                    project: project_id(numbers.below(country.facts.projects.len())),
                    node: joined.target,
                    share: Share::WHOLE,
                    primary: false,
                    state: LinkState::Proposed,
                }))
            })
            .collect();
        for (changes, durations) in [(&approve, &mut states), (&add, &mut added)] {
            let (duration, failed) = once(|| {
                let results = changes.iter().map(|change| snapshot.apply(change));
                results.filter(Result::is_err).count()
            });
            refused += failed;
            durations.push(duration / batch as u32);
        }
    }
    report("a link changes its state", states, US(5));
    report("a link is added", added, US(5));
    let mut aligned = Vec::new();
    for n in 0..batches {
        let row = country.facts.alignments[numbers.below(country.facts.alignments.len())];
        let state = LinkState::ALL[n % 2];
        let change = Change::Recorded(Fact::Alignment(domain::plan::Alignment { state, ..row }));
        let (duration, result) = once(|| snapshot.apply(&change));
        refused += usize::from(result.is_err());
        aligned.push(duration);
    }
    report("an alignment changes its state", aligned, MS(50));
    let mut moved = Vec::new();
    for n in 0..batches {
        let node = country.facts.nodes[numbers.below(country.facts.nodes.len())];
        let change = Change::Recorded(Fact::Node(domain::plan::Node {
            position: n as u32,
            ..node
        }));
        let (duration, result) = once(|| snapshot.apply(&change));
        refused += usize::from(result.is_err());
        moved.push(duration);
    }
    report("a node changes its place", moved, MS(50));
    let mut editions = Vec::new();
    for _ in 0..batches {
        let edition = country.facts.editions[numbers.below(country.facts.editions.len())];
        let (duration, result) = once(|| snapshot.apply(&Change::Recorded(Fact::Edition(edition))));
        refused += usize::from(result.is_err());
        editions.push(duration);
    }
    report("an edition is recorded", editions, MS(50));
    if refused > 0 {
        println!("    ({refused} changes refused)");
    }
}

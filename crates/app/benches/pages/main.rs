//! How quickly the pages of the demonstration answer at 100 requests a second: `cargo xtask bench pages`.
//!
//! The real program runs in a process of its own on loopback; this one asks at a constant rate whether or not earlier
//! answers have come (an open loop), and every latency counts from the moment the request was due, so that a server
//! that falls behind cannot hide it. The aim is 20 ms at the 95th percentile; a page of mere words is measured beside
//! the others, because figures of one machine mean little without it. `--smoke`: a second for each page.
//!
//! The client is hyper, which the server brings along anyway, and the two short files beside this one: load generators
//! that hold a constant rate are programs of their own, to be installed and larger than what they would measure.

mod follow;
mod load;
mod server;

use load::Figures;
use server::Server;
use std::{error::Error, time::Duration};

/// What stands behind every figure: requests a second.
const RATE: u32 = 100;
/// The 95th percentile that no page should exceed.
const AIM: Duration = Duration::from_millis(20);
/// How soon an act of another process should show.
const SHOWN: Duration = Duration::from_secs(1);
/// Words that people may look for: a target, a code, two letters that have no trigram, nothing at all.
const WORDS: &[&str] = &[
    "zero dropout",
    "4.1",
    "ครู",
    "กศ",
    "โรงเรียน",
    "PRJ2569-012",
    "ไม่มีคำนี้",
];
const PROJECTS: u32 = 43;

/// A page with the addresses that are asked in turn.
struct Page {
    name: &'static str,
    addresses: Vec<String>,
}

fn pages(language: &str) -> Vec<Page> {
    let at = |rest: &str| format!("{language}/narathiwat{rest}");
    let page = |name, addresses| Page { name, addresses };
    let project = |n: u32| at(&format!("/projects/narathiwat-2569/PRJ2569-{n:03}"));
    let search = |words: &&str| at(&format!("/search?q={}", load::encoded(words)));
    vec![
        page("words (about)", vec![at("/about")]),
        page("home", vec![at("/")]),
        page("explorer", (1..=PROJECTS).map(project).collect()),
        page("matrix", vec![at("/coverage")]),
        page("search", WORDS.iter().map(search).collect()),
        page("board", vec![format!("{language}/phetchabun/board")]),
    ]
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let smoke = std::env::args().any(|argument| argument == "--smoke");
    let (warm, measured) = match smoke {
        true => (Duration::ZERO, Duration::from_secs(1)),
        false => (Duration::from_secs(2), Duration::from_secs(10)),
    };
    let mut server = Server::start().await?;
    println!(
        "{RATE} requests a second for {} s each after {} s of warming, from {}",
        measured.as_secs(),
        warm.as_secs(),
        server.address
    );
    println!(
        "{:<15} {:<3} {:>8} {:>8} {:>8} {:>8} {:>8} {:>7} {:>7} {:>8} {:>9}",
        "page",
        "",
        "cold ms",
        "p50 ms",
        "p95 ms",
        "p99 ms",
        "max ms",
        "× words",
        "errors",
        "kB sent",
        "core used"
    );
    let mut late = Vec::new();
    let mut errors = 0;
    for (language, name) in [("", "th"), ("/en", "en")] {
        let mut plain = None;
        for page in pages(language) {
            // The first answer of all, which finds nothing prepared.
            let cold = load::run(server.address, &page.addresses[..1], RATE, 1).await;
            load::run(server.address, &page.addresses, RATE, requests(warm)).await;
            let before = server.cpu();
            let figures =
                load::run(server.address, &page.addresses, RATE, requests(measured)).await;
            let cpu = before
                .zip(server.cpu())
                .map(|(before, after)| after - before);
            let p95 = figures.percentile(95.0);
            let plain = *plain.get_or_insert(p95);
            print_row(page.name, name, &cold, &figures, plain, cpu);
            errors += figures.errors.len();
            for error in figures.errors.iter().take(3) {
                println!("    {error}");
            }
            if p95 > AIM {
                late.push(format!("{} ({name})", page.name));
            }
        }
    }
    let shown = follow::run(
        server.address,
        &server.database(),
        if smoke { 2 } else { 20 },
    )
    .await?;
    println!(
        "an act of another process shows after {:.0} ms (median), {:.0} ms at the latest of {}; {:.0} ms are the aim",
        ms(shown[shown.len() / 2]),
        ms(shown[shown.len() - 1]),
        shown.len(),
        ms(SHOWN)
    );
    if shown.iter().any(|took| *took > SHOWN) {
        late.push("what another process did".to_owned());
    }
    server.stop().await?;
    match late.as_slice() {
        [] => println!(
            "every page answers within {} ms at the 95th percentile",
            AIM.as_millis()
        ),
        late => println!(
            "OVER its aim ({} ms at the 95th percentile for pages): {}",
            AIM.as_millis(),
            late.join(", ")
        ),
    }
    match errors {
        0 => Ok(()),
        errors => Err(format!("{errors} requests were not answered well").into()),
    }
}

/// How many requests fall due in a time.
fn requests(time: Duration) -> u32 {
    u32::try_from(time.as_millis() * u128::from(RATE) / 1000).unwrap_or(u32::MAX)
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

fn print_row(
    page: &str,
    language: &str,
    cold: &Figures,
    of: &Figures,
    plain: Duration,
    cpu: Option<Duration>,
) {
    let ms = |time| format!("{:.2}", ms(time));
    let used = cpu.map_or("-".to_owned(), |cpu| {
        format!("{:.0} %", 100.0 * cpu.as_secs_f64() / of.took.as_secs_f64())
    });
    println!(
        "{page:<15} {language:<3} {:>8} {:>8} {:>8} {:>8} {:>8} {:>7.1} {:>7} {:>8.1} {used:>9}",
        ms(cold.percentile(100.0)),
        ms(of.percentile(50.0)),
        ms(of.percentile(95.0)),
        ms(of.percentile(99.0)),
        ms(of.percentile(100.0)),
        of.percentile(95.0).as_secs_f64() / plain.as_secs_f64().max(1e-9),
        of.errors.len(),
        of.mean_bytes() / 1e3,
    );
}

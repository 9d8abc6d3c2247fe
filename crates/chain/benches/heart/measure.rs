//! Timing and memory, as plain as can be.
#![expect(
    clippy::disallowed_methods,
    reason = "a benchmark is the place where time is measured"
)]

use std::time::{Duration, Instant};

/// How long one piece of work took.
#[derive(Clone, Copy)]
pub struct Spent {
    wall: Duration,
    /// Processor time of all threads together.
    processor: Duration,
}

impl std::ops::Div<u32> for Spent {
    type Output = Spent;

    /// The time of one of several equal pieces that were timed together.
    fn div(self, pieces: u32) -> Spent {
        Spent {
            wall: self.wall / pieces,
            processor: self.processor / pieces,
        }
    }
}

/// Does a piece of work once.
pub fn once<T>(work: impl FnOnce() -> T) -> (Spent, T) {
    let (before, start) = (processor_time(), Instant::now());
    let made = std::hint::black_box(work());
    let wall = start.elapsed();
    let processor = processor_time().saturating_sub(before);
    (Spent { wall, processor }, made)
}

/// Runs `work` so often and reports.
pub fn runs<T>(
    name: &str,
    times: usize,
    target: Option<Duration>,
    mut work: impl FnMut() -> T,
) -> T {
    let (spent, mut made) = once(&mut work);
    let mut all = vec![spent];
    for _ in 1..times {
        let (spent, again) = once(&mut work);
        all.push(spent);
        made = again;
    }
    report(name, all, target);
    made
}

/// Prints median, best and worst, beside the target for the median. On a machine that is busy with other things the
/// mean processor time says more: the system counts it in steps of 10 ms, so it is rough where runs are few and short.
pub fn report(name: &str, mut all: Vec<Spent>, target: Option<Duration>) {
    all.sort_unstable_by_key(|spent| spent.wall);
    let wall = |at: usize| all[at].wall;
    let n = all.len();
    let processor: Duration = all.iter().map(|spent| spent.processor).sum();
    let target = target.map_or(String::new(), |target| {
        let kept = if wall(n / 2) <= target {
            "kept"
        } else {
            "MISSED"
        };
        format!("  target {target:.0?} {kept}")
    });
    println!(
        "{name:<56} median {:>10.3?}  best {:>10.3?}  worst {:>10.3?}  processor {:>10.3?}{target}",
        wall(n / 2),
        wall(0),
        wall(n - 1),
        processor / n as u32,
    );
}

/// User and system time of this process so far, in steps of 10 ms; zero where the system does not say.
fn processor_time() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat
        .rsplit(')')
        .next()
        .unwrap_or_default()
        .split_whitespace();
    let ticks: u64 = fields
        .skip(11)
        .take(2)
        .filter_map(|field| field.parse::<u64>().ok())
        .sum();
    Duration::from_millis(ticks * 10)
}

/// Megabytes of the process that are in memory now, and at most so far; `None` where the system does not say.
pub fn memory() -> Option<(u64, u64)> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let field = |name: &str| {
        let line = status.lines().find(|line| line.starts_with(name))?;
        let kilobytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
        Some(kilobytes / 1_024)
    };
    Some((field("VmRSS:")?, field("VmHWM:")?))
}

//! The log on standard error: one line for what happened, with its moment in UTC. Secrets and people are not in it.

use clap::ValueEnum;
use tracing::Level;
use tracing_subscriber::{
    Layer, filter::filter_fn, fmt, layer::SubscriberExt, util::SubscriberInitExt,
};

/// How much is told.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Log {
    /// Nothing.
    Off,
    /// What went wrong, and what was refused.
    Trouble,
    /// Also every request: method, path, status, time taken, code.
    Requests,
}

/// Begins to tell. Libraries are heard where they fail, and no lower: what they say of their work may hold data.
pub fn begin(log: Log) {
    let ours = match log {
        Log::Off => return,
        Log::Trouble => Level::WARN,
        Log::Requests => Level::INFO,
    };
    let told = filter_fn(move |event| {
        let level = match event.target().split("::").next() {
            Some("web" | "actions" | "store" | "saithong") => ours,
            _ => Level::ERROR,
        };
        *event.level() <= level
    });
    let lines = fmt::layer()
        .with_writer(std::io::stderr)
        .with_ansi(false)
        .with_filter(told);
    // A second beginning in one program changes nothing.
    let _ = tracing_subscriber::registry().with(lines).try_init();
}

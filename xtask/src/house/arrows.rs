//! Who may depend on whom: the arrows of ARCHITECTURE.md, read from `cargo metadata`.

use std::collections::BTreeMap;

use serde_json::Value;

use super::nothing_in;
use crate::project::{capture, cargo};

/// The rooms that each room may build on. A new crate is a new line here and in ARCHITECTURE.md.
const MAY_USE: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("chain", &["domain"]),
    ("checks", &["domain", "chain"]),
    ("suggest", &["domain"]),
    ("store", &["domain"]),
    ("exchange", &["domain"]),
    (
        "actions",
        &["domain", "chain", "checks", "store", "exchange"],
    ),
    (
        "web",
        &[
            "domain", "chain", "checks", "suggest", "store", "exchange", "actions",
        ],
    ),
    (
        "app",
        &[
            "domain", "chain", "checks", "suggest", "store", "exchange", "actions", "web",
        ],
    ),
    ("testkit", &["domain", "chain", "store", "actions"]),
    ("xtask", &[]),
];

/// Crates of the world that only one room may name, as the start of their name.
const ONLY_IN: &[(&str, &str)] = &[
    ("sea-orm", "store"),
    ("sea-query", "store"),
    ("sqlx", "store"),
    ("rusqlite", "store"),
    ("clap", "app"),
    ("axum", "web"),
];

/// Rooms without input, output, clock or chance.
pub const PURE: &[&str] = &["domain", "chain", "checks", "suggest"];

/// What may not be anywhere below a pure room: files, nets, runtimes, clocks, chance.
const NOT_PURE: &[&str] = &[
    "async-std",
    "chrono",
    "fastrand",
    "getrandom",
    "hyper",
    "libsqlite3-sys",
    "memmap2",
    "mio",
    "rand",
    "rand_core",
    "reqwest",
    "sea-orm",
    "smol",
    "socket2",
    "sqlx",
    "sqlx-core",
    "tempfile",
    "time",
    "tokio",
    "walkdir",
];

/// A dependency as a member's `Cargo.toml` declares it.
struct Dependency {
    of: String,
    on: String,
    for_tests: bool,
}

fn metadata() -> Value {
    let text = capture(cargo().args(["metadata", "--format-version=1", "--no-deps"])).unwrap();
    serde_json::from_str(&text).unwrap()
}

fn dependencies(metadata: &Value) -> Vec<Dependency> {
    let mut all = Vec::new();
    for package in metadata["packages"].as_array().unwrap() {
        for dependency in package["dependencies"].as_array().unwrap() {
            all.push(Dependency {
                of: package["name"].as_str().unwrap().to_owned(),
                on: dependency["name"].as_str().unwrap().to_owned(),
                for_tests: dependency["kind"].as_str() == Some("dev"),
            });
        }
    }
    all
}

fn members(metadata: &Value) -> Vec<&str> {
    metadata["packages"]
        .as_array()
        .unwrap()
        .iter()
        .map(|p| p["name"].as_str().unwrap())
        .collect()
}

/// All dependencies that point against an arrow.
fn against(dependencies: &[Dependency], members: &[&str]) -> Vec<String> {
    let may: BTreeMap<&str, &[&str]> = MAY_USE.iter().copied().collect();
    let mut problems = Vec::new();
    for member in members {
        if !may.contains_key(member) {
            problems.push(format!(
                "{member} has no line in MAY_USE: which rooms may it use?"
            ));
        }
    }
    for Dependency { of, on, for_tests } in dependencies {
        let allowed = may.get(of.as_str()).copied().unwrap_or_default();
        let ours = members.contains(&on.as_str());
        if on == "testkit" && !for_tests {
            problems.push(format!("{of} → testkit: for tests only (dev-dependencies)"));
        } else if ours && !for_tests && !allowed.contains(&on.as_str()) {
            problems.push(format!(
                "{of} → {on}: against the arrows; {of} may use {allowed:?}"
            ));
        }
        for (start, home) in ONLY_IN {
            let named = on == start || on.starts_with(&format!("{start}-"));
            if named && of != home {
                problems.push(format!("{of} → {on}: only {home} may name {start}"));
            }
        }
    }
    problems
}

#[test]
fn dependencies_follow_the_arrows() {
    let metadata = metadata();
    nothing_in(against(&dependencies(&metadata), &members(&metadata)));
}

#[test]
fn a_dependency_against_the_arrows_is_found() {
    let dependency = |of: &str, on: &str, for_tests| Dependency {
        of: of.to_owned(),
        on: on.to_owned(),
        for_tests,
    };
    let members = ["domain", "store", "testkit", "newcomer"];
    let found = against(
        &[
            dependency("domain", "store", false),
            dependency("actions", "sea-orm-migration", false),
            dependency("store", "testkit", false),
            dependency("store", "testkit", true),
            dependency("store", "sqlx", false),
            dependency("store", "domain", false),
        ],
        &members,
    );
    assert_eq!(found.len(), 4, "{found:#?}");
}

#[test]
fn pure_rooms_have_no_input_output_clock_or_chance_below_them() {
    let mut problems = Vec::new();
    for room in PURE {
        // `cargo tree -p` switches on only the features that this one room asks for.
        let tree = capture(cargo().args([
            "tree",
            "-p",
            room,
            "--edges=normal,no-proc-macro",
            "--prefix=none",
            "--format={p}",
        ]));
        for line in tree.unwrap().lines() {
            let name = line.split_whitespace().next().unwrap_or_default();
            if NOT_PURE.contains(&name) {
                problems.push(format!(
                    "{room} has {name} below it (cargo tree -p {room} -i {name})"
                ));
            }
        }
    }
    nothing_in(problems);
}

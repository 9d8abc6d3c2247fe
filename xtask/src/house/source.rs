//! Laws of the source text: first lines, sizes, purity, SQL in one room, no paths of a machine.

use std::path::{Path, PathBuf};

use super::arrows::PURE;
use super::nothing_in;
use crate::project::{files, files_with, read, relative, root, without_tests};

/// Longest file that needs no excuse.
const LINES: usize = 400;

/// Words by which the standard library reaches out of the program.
const OUTSIDE: &[&str] = &[
    "std::fs",
    "std::net",
    "std::process",
    "std::env",
    "std::io",
    "std::os",
    "SystemTime",
    "Instant::now",
    "Timestamp::now",
    "Zoned::now",
];

fn rust_files() -> Vec<PathBuf> {
    let mut all = files_with(&root().join("crates"), &["rs"]).unwrap();
    all.extend(files_with(&root().join("xtask"), &["rs"]).unwrap());
    all
}

fn is_test_file(path: &Path) -> bool {
    let name = relative(path);
    [
        "/tests/",
        "/benches/",
        "/tests.rs",
        "xtask/",
        "crates/testkit/",
    ]
    .iter()
    .any(|p| name.contains(p))
}

#[test]
fn every_file_says_first_what_it_is_for() {
    nothing_in(
        rust_files()
            .iter()
            .filter(|path| !read(path).unwrap().starts_with("//! "))
            .map(|path| {
                format!(
                    "{}: the first line must be `//! what it is for`",
                    relative(path)
                )
            })
            .collect(),
    );
}

#[test]
fn a_long_file_says_why_in_its_first_line() {
    let mut problems = Vec::new();
    for path in rust_files() {
        let text = read(&path).unwrap();
        let (lines, first) = (
            text.lines().count(),
            text.lines().next().unwrap_or_default(),
        );
        if lines > LINES && !first.contains("Long because") {
            problems.push(format!(
                "{}: {lines} lines; split it, or end its first line with `Long because …`",
                relative(&path)
            ));
        }
    }
    nothing_in(problems);
}

#[test]
fn pure_rooms_do_not_reach_outside() {
    let mut problems = Vec::new();
    for room in PURE {
        let source = root().join("crates").join(room).join("src");
        for path in files_with(&source, &["rs"]).unwrap() {
            let text = read(&path).unwrap();
            for (number, line) in without_tests(&text) {
                let code = line.split("//").next().unwrap_or_default();
                for word in OUTSIDE.iter().filter(|word| code.contains(*word)) {
                    problems.push(format!(
                        "{}:{number}: {word} in a pure room",
                        relative(&path)
                    ));
                }
            }
        }
    }
    nothing_in(problems);
}

#[test]
fn only_store_speaks_sql() {
    let words = [
        "sea_orm",
        "sqlx::",
        "\"SELECT ",
        "\"INSERT INTO",
        "\"UPDATE ",
        "\"DELETE FROM",
    ];
    let mut problems = Vec::new();
    for path in rust_files() {
        let name = relative(&path);
        if name.starts_with("crates/store/") || is_test_file(&path) {
            continue;
        }
        for (number, line) in without_tests(&read(&path).unwrap()) {
            for word in words.iter().filter(|word| line.contains(*word)) {
                problems.push(format!("{name}:{number}: {word} outside store"));
            }
        }
    }
    nothing_in(problems);
}

#[test]
fn only_a_few_files_of_store_know_the_engine() {
    let may = [
        "connect.rs",
        "doctor.rs",
        "row.rs",
        "search.rs",
        "bulk/",
        "migrations/",
        "trail/append.rs",
    ];
    let words = ["Engine::Sqlite", "Engine::Postgres", "DbBackend::"];
    let mut problems = Vec::new();
    for path in files_with(&root().join("crates"), &["rs"]).unwrap() {
        let name = relative(&path);
        let allowed = may
            .iter()
            .any(|file| name.starts_with(&format!("crates/store/src/{file}")));
        if allowed || is_test_file(&path) {
            continue;
        }
        for (number, line) in without_tests(&read(&path).unwrap()) {
            if words.iter().any(|word| line.contains(word)) {
                problems.push(format!(
                    "{name}:{number}: knows the engine: {}",
                    line.trim()
                ));
            }
        }
    }
    nothing_in(problems);
}

#[test]
fn no_file_names_a_place_of_one_machine() {
    // Put together here, so that this file does not hold what it looks for.
    let places: Vec<String> = ["home/", "root/", "Users/", "work/"]
        .iter()
        .flat_map(|place| [' ', '"', '\'', '`', '(', '=', ':'].map(|c| format!("{c}/{place}")))
        .collect();
    let mut problems = Vec::new();
    for path in files(&root()).unwrap() {
        // Files that are not text (workbooks, pictures) cannot be read for words.
        let Ok(text) = std::fs::read_to_string(&path) else {
            continue;
        };
        for (number, line) in text.lines().enumerate() {
            for place in places.iter().filter(|place| line.contains(place.as_str())) {
                problems.push(format!("{}:{}: names{place}", relative(&path), number + 1));
            }
        }
    }
    nothing_in(problems);
}

//! Decision records: numbered without gaps, and each with the four parts.

use std::collections::BTreeMap;

use super::nothing_in;
use crate::project::{files_with, read, relative, root};

const PARTS: &[&str] = &["## Context", "## Options", "## Decision", "## Consequences"];

/// Problems of the numbers that file names start with.
fn gaps(names: &[String]) -> Vec<String> {
    let mut by_number: BTreeMap<u32, &str> = BTreeMap::new();
    let mut problems = Vec::new();
    for name in names {
        let number = name
            .split_once('-')
            .filter(|(n, _)| n.len() == 4)
            .and_then(|(n, _)| n.parse().ok());
        match number {
            None => problems.push(format!(
                "{name}: the name must start with four digits and a hyphen"
            )),
            Some(number) => {
                if let Some(other) = by_number.insert(number, name) {
                    problems.push(format!("{name}: {other} has this number too"));
                }
            }
        }
    }
    for (wanted, (number, name)) in (1..).zip(&by_number) {
        if wanted != *number {
            problems.push(format!("{name}: expected number {wanted:04}"));
            break;
        }
    }
    problems
}

/// A title that does not begin with the number of its file.
fn wrong_title(name: &str, text: &str) -> Option<String> {
    let number = name.split_once('-').map_or(name, |(number, _)| number);
    let right = text.starts_with(&format!("# {number} "));
    (!right).then(|| format!("{name}: the title does not begin with {number}"))
}

#[test]
fn decision_records_are_numbered_and_complete() {
    let mut names = Vec::new();
    let mut problems = Vec::new();
    for path in files_with(&root().join("docs/decisions"), &["md"]).unwrap() {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if name == "README.md" {
            continue;
        }
        let text = read(&path).unwrap();
        problems.extend(wrong_title(&name, &text));
        for part in PARTS
            .iter()
            .filter(|part| !text.lines().any(|line| line == **part))
        {
            problems.push(format!("{}: lacks {part}", relative(&path)));
        }
        names.push(name);
    }
    problems.extend(gaps(&names));
    nothing_in(problems);
}

#[test]
fn the_title_of_another_record_is_found() {
    assert_eq!(wrong_title("0018-a.md", "# 0018 A\n"), None);
    assert!(wrong_title("0018-a.md", "# 0019 A\n").is_some());
}

#[test]
fn a_gap_a_double_and_a_nameless_record_are_found() {
    let names = ["0001-a.md", "0003-c.md", "0003-d.md", "x.md"].map(str::to_owned);
    assert_eq!(gaps(&names).len(), 3, "{:#?}", gaps(&names));
}

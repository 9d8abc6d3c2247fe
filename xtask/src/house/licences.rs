//! Licences of everything that is compiled in, against the list in `deny.toml`.

use std::collections::BTreeSet;

use super::nothing_in;
use crate::project::{capture, cargo, read, root};

/// Whether an SPDX expression can be met with the allowed licences.
fn allowed(expression: &str, licences: &BTreeSet<String>) -> bool {
    // Older packages write `MIT/Apache-2.0` for OR.
    let spaced = expression
        .replace('/', " OR ")
        .replace('(', " ( ")
        .replace(')', " ) ");
    let mut words = spaced.split_whitespace().peekable();
    any_of(&mut words, licences)
}

type Words<'a> = std::iter::Peekable<std::str::SplitWhitespace<'a>>;

fn any_of(words: &mut Words<'_>, licences: &BTreeSet<String>) -> bool {
    let mut met = all_of(words, licences);
    while words.peek() == Some(&"OR") {
        words.next();
        met |= all_of(words, licences);
    }
    met
}

fn all_of(words: &mut Words<'_>, licences: &BTreeSet<String>) -> bool {
    let mut met = one(words, licences);
    while words.peek() == Some(&"AND") {
        words.next();
        met &= one(words, licences);
    }
    met
}

fn one(words: &mut Words<'_>, licences: &BTreeSet<String>) -> bool {
    match words.next() {
        Some("(") => {
            let met = any_of(words, licences);
            words.next();
            met
        }
        Some(name) => {
            let mut full = name.to_owned();
            if words.peek() == Some(&"WITH") {
                words.next();
                full = format!("{name} WITH {}", words.next().unwrap_or_default());
            }
            licences.contains(&full)
        }
        None => false,
    }
}

fn allow_list() -> BTreeSet<String> {
    let deny: toml::Table = read(&root().join("deny.toml")).unwrap().parse().unwrap();
    let list = deny["licenses"]["allow"].as_array().unwrap();
    list.iter()
        .map(|name| name.as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn expressions_are_read_as_spdx_means_them() {
    let have = BTreeSet::from([
        "MIT".to_owned(),
        "Unicode-3.0".to_owned(),
        "A WITH B".to_owned(),
    ]);
    for fine in [
        "MIT",
        "MIT OR GPL-3.0",
        "(GPL-3.0 OR MIT) AND Unicode-3.0",
        "X/MIT",
        "A WITH B",
    ] {
        assert!(allowed(fine, &have), "{fine}");
    }
    for not in ["GPL-3.0", "MIT AND GPL-3.0", "(MIT OR X) AND Y", "", "A"] {
        assert!(!allowed(not, &have), "{not}");
    }
}

#[test]
fn every_dependency_has_a_licence_we_may_pass_on() {
    let host = capture(std::process::Command::new("rustc").arg("-vV")).unwrap();
    let host = host
        .lines()
        .find_map(|line| line.strip_prefix("host: "))
        .unwrap()
        .to_owned();
    let text =
        capture(cargo().args(["metadata", "--format-version=1", "--filter-platform", &host]));
    let metadata: serde_json::Value = serde_json::from_str(&text.unwrap()).unwrap();
    let licences = allow_list();
    let mut problems = Vec::new();
    for package in metadata["packages"].as_array().unwrap() {
        let licence = package["license"].as_str().unwrap_or_default();
        if !allowed(licence, &licences) {
            problems.push(format!(
                "{} {}: `{licence}`",
                package["name"], package["version"]
            ));
        }
    }
    nothing_in(problems);
}

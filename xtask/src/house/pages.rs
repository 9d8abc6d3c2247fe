//! The written pages are true: the map names the rooms that exist, paths and commands exist.

use std::collections::BTreeSet;

use super::nothing_in;
use crate::COMMANDS;
use crate::project::{files_with, read, relative, root};

/// The names that the block of `ARCHITECTURE.md` below `crates/` starts its lines with.
fn rooms_on_the_map(page: &str) -> BTreeSet<String> {
    page.lines()
        .skip_while(|line| *line != "crates/")
        .skip(1)
        .take_while(|line| line.starts_with("  "))
        .filter(|line| !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next().map(str::to_owned))
        .collect()
}

#[test]
fn the_map_names_the_rooms_that_exist() {
    let page = read(&root().join("ARCHITECTURE.md")).unwrap();
    let there: BTreeSet<String> = std::fs::read_dir(root().join("crates"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    assert_eq!(
        rooms_on_the_map(&page),
        there,
        "left: ARCHITECTURE.md, right: crates/"
    );
}

#[test]
fn rooms_are_read_from_the_map() {
    let page =
        "text\ncrates/\n  domain   types\n           and laws\n  chain    graph\n```\n  not this";
    assert_eq!(
        rooms_on_the_map(page).into_iter().collect::<Vec<_>>(),
        ["chain", "domain"]
    );
}

/// What a page puts in backticks or in a link's brackets.
fn quoted(line: &str) -> Vec<&str> {
    let code = line.split('`').skip(1).step_by(2);
    let links = line
        .split("](")
        .skip(1)
        .filter_map(|rest| rest.split(')').next());
    code.chain(links).collect()
}

#[test]
fn paths_that_pages_name_exist() {
    let tops = [
        "crates/", "xtask/", "docs/", "locales/", "data/", ".ci/", ".cargo/",
    ];
    let mut problems = Vec::new();
    for page in pages() {
        let folder = page.parent().unwrap().to_path_buf();
        for (number, line) in read(&page).unwrap().lines().enumerate() {
            for word in quoted(line) {
                let placeholder = word.contains(['<', '*', '{', '…', ' ', ':']);
                let path = word.split('#').next().unwrap_or_default();
                let is_link = line.contains(&format!("]({word})"));
                let from_root = tops.iter().any(|top| path.starts_with(top));
                if placeholder || path.is_empty() || !(is_link || from_root) {
                    continue;
                }
                if !root().join(path).exists() && !folder.join(path).exists() {
                    problems.push(format!(
                        "{}:{}: {path} does not exist",
                        relative(&page),
                        number + 1
                    ));
                }
            }
        }
    }
    nothing_in(problems);
}

#[test]
fn chores_that_pages_name_exist() {
    let mut problems = Vec::new();
    for page in pages() {
        for (number, line) in read(&page).unwrap().lines().enumerate() {
            for rest in line.split("cargo xtask ").skip(1) {
                let name: String = rest
                    .chars()
                    .take_while(|c| c.is_ascii_alphanumeric() || *c == '-')
                    .collect();
                if !name.is_empty()
                    && !name.starts_with('-')
                    && !COMMANDS.iter().any(|command| command.name == name)
                {
                    problems.push(format!(
                        "{}:{}: no chore {name}",
                        relative(&page),
                        number + 1
                    ));
                }
            }
        }
    }
    nothing_in(problems);
}

/// The pages people read; what is generated follows its source.
fn pages() -> Vec<std::path::PathBuf> {
    let mut pages = files_with(&root().join("docs"), &["md"]).unwrap();
    pages.retain(|path| !relative(path).starts_with(crate::docs::FOLDER));
    for name in [
        "README.md",
        "ARCHITECTURE.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
    ] {
        pages.push(root().join(name));
    }
    pages
}

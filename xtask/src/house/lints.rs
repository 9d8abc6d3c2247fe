//! Every room is under the same lints, and nobody lets themselves off the strict ones.

use super::nothing_in;
use crate::project::{capture, cargo, files_with, read, relative, root};

/// Lints that keep a fault from ending the process; only tests may break them.
const STRICT: &[&str] = &["unwrap_used", "panic", "todo", "unimplemented", "dbg_macro"];

fn manifests() -> Vec<std::path::PathBuf> {
    let mut all = files_with(&root().join("crates"), &["toml"]).unwrap();
    all.push(root().join("xtask/Cargo.toml"));
    all.retain(|path| path.ends_with("Cargo.toml"));
    all
}

#[test]
fn the_workspace_sets_the_strict_lints() {
    let manifest: toml::Table = read(&root().join("Cargo.toml")).unwrap().parse().unwrap();
    let lints = &manifest["workspace"]["lints"];
    assert_eq!(lints["rust"]["unsafe_code"].as_str(), Some("forbid"));
    for lint in STRICT {
        assert!(
            lints["clippy"].get(lint).is_some(),
            "[workspace.lints.clippy] lacks {lint}"
        );
    }
}

#[test]
fn every_room_takes_the_lints_of_the_workspace() {
    let mut problems = Vec::new();
    for path in manifests() {
        let manifest: toml::Table = read(&path).unwrap().parse().unwrap();
        let taken = manifest
            .get("lints")
            .and_then(|l| l.get("workspace"))
            .and_then(|w| w.as_bool());
        if taken != Some(true) {
            problems.push(format!(
                "{}: lacks [lints] workspace = true",
                relative(&path)
            ));
        }
    }
    nothing_in(problems);
}

#[test]
fn the_product_does_not_let_itself_off_the_strict_lints() {
    let mut problems = Vec::new();
    for path in files_with(&root().join("crates"), &["rs"]).unwrap() {
        let name = relative(&path);
        if name.contains("/tests/")
            || name.contains("/benches/")
            || name.contains("crates/testkit/")
        {
            continue;
        }
        let text = read(&path).unwrap();
        for line in text
            .lines()
            .take_while(|line| line.trim() != "#[cfg(test)]")
        {
            let allows = line.contains("allow(") || line.contains("expect(clippy");
            if allows
                && STRICT
                    .iter()
                    .any(|lint| line.contains(&format!("clippy::{lint}")))
            {
                problems.push(format!("{name}: {}", line.trim()));
            }
        }
    }
    nothing_in(problems);
}

#[test]
fn every_room_says_in_one_line_what_it_is() {
    let text = capture(cargo().args(["metadata", "--format-version=1", "--no-deps"])).unwrap();
    let metadata: serde_json::Value = serde_json::from_str(&text).unwrap();
    let mut problems = Vec::new();
    for package in metadata["packages"].as_array().unwrap() {
        let description = package["description"].as_str().unwrap_or_default();
        if description.is_empty() || description.contains('\n') || description.chars().count() > 160
        {
            problems.push(format!("{}: description must be one line", package["name"]));
        }
    }
    nothing_in(problems);
}

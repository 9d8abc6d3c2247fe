//! `cargo xtask bench`: every benchmark of the workspace, one after the other.

use crate::Failure;
use crate::project::{capture, cargo, show};

/// A benchmark: the package it belongs to and its name.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Bench {
    package: String,
    name: String,
}

/// Runs all benchmarks, or the named ones; with `--smoke` each is told to keep itself short.
pub fn run(args: &[String]) -> Result<(), Failure> {
    let smoke = args.iter().any(|a| a == "--smoke");
    let asked: Vec<&String> = args.iter().filter(|a| !a.starts_with('-')).collect();
    let metadata = capture(cargo().args(["metadata", "--format-version=1", "--no-deps"]))?;
    let mut benches = benches(&metadata)?;
    let there: Vec<String> = benches.iter().map(|bench| bench.name.clone()).collect();
    if let Some(odd) = asked.iter().find(|name| !there.contains(name)) {
        let there = there.join(", ");
        return Err(format!(
            "There is no benchmark `{odd}`; there are: {there}."
        ));
    }
    benches.retain(|bench| asked.is_empty() || asked.contains(&&bench.name));
    for Bench { package, name } in &benches {
        let mut command = cargo();
        command.args(["bench", "-p", package, "--bench", name]);
        if smoke {
            command.args(["--", "--smoke"]);
        }
        show(&mut command)?;
    }
    Ok(())
}

/// Named one by one, because `cargo bench` would also start the unit tests, which refuse `--smoke`.
fn benches(metadata: &str) -> Result<Vec<Bench>, Failure> {
    let metadata: serde_json::Value =
        serde_json::from_str(metadata).map_err(|error| format!("cargo metadata: {error}"))?;
    let mut found = Vec::new();
    for package in metadata["packages"].as_array().into_iter().flatten() {
        for target in package["targets"].as_array().into_iter().flatten() {
            let kinds = target["kind"].as_array().into_iter().flatten();
            if kinds
                .filter_map(|kind| kind.as_str())
                .any(|kind| kind == "bench")
            {
                found.push(Bench {
                    package: package["name"].as_str().unwrap_or_default().to_owned(),
                    name: target["name"].as_str().unwrap_or_default().to_owned(),
                });
            }
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn benches_are_found_in_metadata_and_nothing_else() {
        let metadata = r#"{"packages": [
            {"name": "store", "targets": [{"kind": ["bench"], "name": "write"}]},
            {"name": "chain", "targets": [
                {"kind": ["lib"], "name": "chain"}, {"kind": ["bench"], "name": "whole"}]}
        ]}"#;
        let found = benches(metadata).unwrap();
        let names: Vec<_> = found
            .iter()
            .map(|b| format!("{}/{}", b.package, b.name))
            .collect();
        assert_eq!(names, ["chain/whole", "store/write"]);
    }
}

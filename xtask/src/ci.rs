//! `cargo xtask ci`: the tests, and then what only a person about to merge must know.

use std::process::Command;

use crate::project::{capture, cargo, root, show};
use crate::{Failure, docs, test};

/// Runs `test`; then committed pages, licences and advisories. Says what it could not check.
pub fn run() -> Result<(), Failure> {
    let mut failures = Vec::new();
    failures.extend(test::run().err());
    failures.extend(generated_pages_are_committed().err());
    if capture(cargo().args(["deny", "--version"])).is_ok() {
        failures.extend(show(cargo().args(["deny", "check"])).err());
    } else {
        println!(
            "\nNOT CHECKED: advisories and banned crates, because cargo-deny is not installed.\n\
             (The licences were: a test reads them.) Type: cargo install --locked cargo-deny"
        );
    }
    if failures.is_empty() {
        Ok(())
    } else {
        Err(failures.join("\n"))
    }
}

/// What was made anew but not committed (pages, the lock file) would be missing from the next clone.
fn generated_pages_are_committed() -> Result<(), Failure> {
    let git = || {
        let mut git = Command::new("git");
        git.current_dir(root());
        git
    };
    show(git().args([
        "diff",
        "--exit-code",
        "HEAD",
        "--",
        docs::FOLDER,
        "Cargo.lock",
    ]))?;
    let new = capture(git().args(["ls-files", "--others", "--exclude-standard", docs::FOLDER]))?;
    if new.is_empty() {
        Ok(())
    } else {
        Err(format!("Generated but not committed:\n{new}"))
    }
}

//! The laws of the house as tests: what a reader may rely on in every crate and every page.

mod arrows;
mod decisions;
mod licences;
mod lints;
mod pages;
mod source;

/// Fails with all problems at once, one a line.
fn nothing_in(problems: Vec<String>) {
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}

//! `cargo xtask demo`: the pages over real data on this machine, from sources alone.

use crate::project::{cargo, show};
use crate::{Failure, assets};

/// Builds the assets and the program, fills a temporary database and serves it until Ctrl-C.
pub fn run() -> Result<(), Failure> {
    assets::run()?;
    show(cargo().args(["run", "--locked", "-p", "app", "--", "demo"]))
}

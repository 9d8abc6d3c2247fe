//! `cargo xtask assets`: fonts, styles and scripts of the pages, from npm and `assets/src` into `assets/dist`.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::Failure;
use crate::project::{files, read, root, show};

/// Installs what is pinned and builds, unless nothing has changed since the last build.
pub fn run() -> Result<(), Failure> {
    let folder = root().join("assets");
    install(&folder)?;
    if is_stale(&folder)? {
        show(npm(&folder).args(["run", "--silent", "build"]))
    } else {
        println!("assets/dist is newer than its sources");
        Ok(())
    }
}

/// Builds, and checks the types of the scripts, which a build does not.
pub fn test() -> Result<(), Failure> {
    run()?;
    show(npm(&root().join("assets")).args(["run", "--silent", "check"]))
}

fn npm(folder: &Path) -> Command {
    let mut command = Command::new("npm");
    command
        .current_dir(folder)
        .env("npm_config_cache", root().join(".cache/npm"));
    command
}

/// `npm ci` in a folder, unless what is there was installed from the same lock file.
pub fn install(folder: &Path) -> Result<(), Failure> {
    let lock = read(&folder.join("package-lock.json"))?;
    let stamp = folder.join("node_modules/.installed-from.json");
    if fs::read_to_string(&stamp).is_ok_and(|there| there == lock) {
        return Ok(());
    }
    show(npm(folder).arg("ci"))?;
    fs::write(&stamp, lock).map_err(|error| format!("{}: {error}", stamp.display()))
}

/// Whether a source, the recipe or a pinned version is newer than the last build, or there is none.
fn is_stale(folder: &Path) -> Result<bool, Failure> {
    let changed = |path: &Path| fs::metadata(path).and_then(|m| m.modified());
    let Ok(built) = changed(&folder.join("dist/manifest.json")) else {
        return Ok(true);
    };
    let mut sources = files(&folder.join("src"))?;
    sources.extend(["build.mjs", "package-lock.json"].map(|name| folder.join(name)));
    // A source whose time cannot be read counts as new.
    Ok(sources
        .iter()
        .any(|path| changed(path).map_or(true, |at| at > built)))
}

//! A Chromium for the tests in a browser: an installed one, else one from the system's packages, else Playwright's.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::project::{capture, root};
use crate::{Failure, assets};

/// The environment variable that names the program, and in which the tests are told of it.
pub const VARIABLE: &str = "SAITHONG_TEST_CHROMIUM";

const NAMES: &[&str] = &[
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
];

/// Where macOS keeps programs with windows.
const MACOS: &[&str] = &[
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/// Installs what the tests in a browser need from npm, and finds or installs a Chromium that starts. The failure says
/// what was tried and the line to type.
pub fn find_or_install() -> Result<PathBuf, Failure> {
    let tests = root().join("tests/browser");
    assets::install(&tests)?;
    if let Some(named) = std::env::var_os(VARIABLE) {
        // Named by hand: that one or none, or a typing error would go unnoticed.
        return starts(Path::new(&named))
            .map_err(|error| format!("{VARIABLE} names a Chromium that does not work.\n{error}"));
    }
    let mut tried = Vec::new();
    for found in installed() {
        match starts(&found) {
            Ok(found) => return Ok(found),
            Err(error) => tried.push(error),
        }
    }
    for (install, what) in [
        (from_packages as fn(&Path) -> Result<(), Failure>, "package"),
        (from_playwright, "Playwright's build"),
    ] {
        match install(&tests) {
            Ok(()) => match installed().into_iter().find(|path| starts(path).is_ok()) {
                Some(found) => return Ok(found),
                None => tried.push(format!("- {what}: installed, but it does not start")),
            },
            Err(error) => tried.push(error),
        }
    }
    Err(format!(
        "The tests in a browser need Chromium, and none could be had.\n\
         Type one of these and try again:\n\n    \
         sudo apt-get install chromium        (Debian; Ubuntu: sudo snap install chromium)\n    \
         brew install --cask chromium         (macOS)\n    \
         export {VARIABLE}=<the program of a Chromium or Chrome>\n\n\
         What was tried:\n{}",
        tried.join("\n")
    ))
}

/// Programs of this machine: on the search path, where macOS keeps them, then what Playwright once fetched.
fn installed() -> Vec<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut found: Vec<PathBuf> = std::env::split_paths(&path)
        .flat_map(|folder| NAMES.iter().map(move |name| folder.join(name)))
        .chain(MACOS.iter().map(PathBuf::from))
        .filter(|program| program.is_file())
        .collect();
    let home = std::env::var_os("HOME")
        .map(PathBuf::from)
        .unwrap_or_default();
    let caches = [
        std::env::var_os("PLAYWRIGHT_BROWSERS_PATH").map(PathBuf::from),
        Some(fetched()),
        Some(home.join(".cache/ms-playwright")),
        Some(home.join("Library/Caches/ms-playwright")),
    ];
    for cache in caches.into_iter().flatten() {
        found.extend(below(&cache));
    }
    found
}

/// Where Playwright's own browser is kept when we fetch it.
fn fetched() -> PathBuf {
    root().join(".cache/browsers")
}

/// `<cache>/chromium…-<build>/<system>/<program>`, the newest build first.
fn below(cache: &Path) -> Vec<PathBuf> {
    let entries = |folder: &Path| -> Vec<PathBuf> {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        entries.map(|entry| entry.path()).collect()
    };
    let build = |path: &PathBuf| -> u32 {
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        name.rsplit('-')
            .next()
            .and_then(|n| n.parse().ok())
            .unwrap_or(0)
    };
    let mut builds = entries(cache);
    builds.retain(|path| {
        path.file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with("chromium"))
    });
    builds.sort_by_key(|path| std::cmp::Reverse(build(path)));
    let names = [
        "chrome",
        "headless_shell",
        "chrome-headless-shell",
        "Chromium.app/Contents/MacOS/Chromium",
    ];
    let programs = builds.iter().flat_map(|build| entries(build));
    programs
        .flat_map(|system| names.map(|name| system.join(name)))
        .filter(|program| program.is_file())
        .collect()
}

/// A program that is there may still lack a library: it must be able to say its version.
fn starts(program: &Path) -> Result<PathBuf, Failure> {
    capture(Command::new(program).arg("--version"))
        .map(|_| program.to_path_buf())
        .map_err(|error| format!("- {}: {error}", program.display()))
}

/// From the packages of Debian, where we may install them without asking anybody.
fn from_packages(_: &Path) -> Result<(), Failure> {
    let root = cfg!(unix) && capture(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    if !root || !Path::new("/etc/debian_version").is_file() {
        return Err("- apt-get: only tried as root on Debian".to_owned());
    }
    eprintln!("No Chromium is installed: fetching the package of Debian …");
    let apt = |args: &[&str]| {
        capture(
            Command::new("apt-get")
                .args(args)
                .env("DEBIAN_FRONTEND", "noninteractive"),
        )
        .map_err(|error| format!("- {error}"))
    };
    // Old lists name packages that are gone; without a net the lists that are there may still do.
    let lists = apt(&["update", "-q"]);
    let installed = apt(&["install", "-q", "-y", "--no-install-recommends", "chromium"]);
    installed.map(drop).map_err(|error| match lists {
        Ok(_) => error,
        Err(lists) => format!("{lists}\n{error}"),
    })
}

/// The build that Playwright's npm package fetches, into `.cache/`.
fn from_playwright(tests: &Path) -> Result<(), Failure> {
    eprintln!("No Chromium is installed: Playwright fetches one into .cache/browsers …");
    capture(
        Command::new("npx")
            .args([
                "--no-install",
                "playwright-core",
                "install",
                "--only-shell",
                "chromium",
            ])
            .env("PLAYWRIGHT_BROWSERS_PATH", fetched())
            .env("npm_config_cache", root().join(".cache/npm"))
            .current_dir(tests),
    )
    .map(drop)
    .map_err(|error| format!("- {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_build_in_a_cache_of_playwright_comes_first() {
        let cache = std::env::temp_dir().join(format!("saithong-browsers-{}", std::process::id()));
        for build in [
            "chromium-99/chrome-linux/chrome",
            "chromium_headless_shell-1255/chrome-linux/headless_shell",
            "firefox-2000/firefox/firefox",
        ] {
            let program = cache.join(build);
            fs::create_dir_all(program.parent().unwrap()).unwrap();
            fs::write(program, "").unwrap();
        }
        let found: Vec<_> = below(&cache)
            .iter()
            .map(|path| {
                path.strip_prefix(&cache)
                    .unwrap()
                    .to_string_lossy()
                    .into_owned()
            })
            .collect();
        fs::remove_dir_all(&cache).unwrap();
        assert_eq!(
            found,
            [
                "chromium_headless_shell-1255/chrome-linux/headless_shell",
                "chromium-99/chrome-linux/chrome"
            ]
        );
    }
}

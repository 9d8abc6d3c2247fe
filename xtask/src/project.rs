//! The project as files and as processes: its root, its text files, running a program in it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::Failure;

/// What is built, fetched or kept by git: nothing in them was written by hand.
const NOT_OURS: &[&str] = &[".git", "target", "node_modules", ".cache"];

/// The folder that holds the workspace's `Cargo.toml`.
pub fn root() -> PathBuf {
    // Asked at run time, so that two clones with one target folder do not read each other.
    let here = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    here.parent()
        .map_or_else(|| here.clone(), Path::to_path_buf)
}

/// The cargo that called us, so that nested calls use the same toolchain.
pub fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root());
    command
}

/// Runs a program with its output on the screen; fails unless it ends with 0.
pub fn show(command: &mut Command) -> Result<(), Failure> {
    let line = typed(command);
    println!("\n$ {line}");
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("`{line}` failed ({status}).")),
        Err(error) => Err(format!("`{line}` could not be started: {error}.")),
    }
}

/// Runs a program quietly and gives its standard output; its error output is in the failure.
pub fn capture(command: &mut Command) -> Result<String, Failure> {
    let line = typed(command);
    let out = command
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("`{line}` could not be started: {error}."))?;
    if out.status.success() {
        Ok(String::from_utf8_lossy(&out.stdout).into_owned())
    } else {
        let said = String::from_utf8_lossy(&out.stderr);
        Err(format!(
            "`{line}` failed ({}):\n{}",
            out.status,
            said.trim_end()
        ))
    }
}

/// The command as a person would type it.
fn typed(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let mut line = program
        .file_name()
        .unwrap_or(program.as_os_str())
        .to_string_lossy()
        .into_owned();
    for arg in command.get_args() {
        line.push(' ');
        line.push_str(&arg.to_string_lossy());
    }
    line
}

/// Reads a text file; the failure names it relative to the project.
pub fn read(path: &Path) -> Result<String, Failure> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", relative(path)))
}

/// A path as the project names it, with forward slashes.
pub fn relative(path: &Path) -> String {
    let root = root();
    path.strip_prefix(&root)
        .unwrap_or(path)
        .to_string_lossy()
        .replace('\\', "/")
}

/// All files below a folder of the project that people wrote, sorted by path.
pub fn files(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(dir) = open.pop() {
        let entries = fs::read_dir(&dir).map_err(|error| format!("{}: {error}", relative(&dir)))?;
        for entry in entries {
            let path = entry
                .map_err(|error| format!("{}: {error}", relative(&dir)))?
                .path();
            let name = path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            // In a second work tree of git `.git` is a file.
            if NOT_OURS.contains(&name.as_str()) {
                continue;
            }
            if path.is_dir() {
                open.push(path);
            } else {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// All files below a folder with one of these extensions.
pub fn files_with(folder: &Path, extensions: &[&str]) -> Result<Vec<PathBuf>, Failure> {
    let mut found = files(folder)?;
    found.retain(|path| {
        path.extension()
            .is_some_and(|e| extensions.contains(&e.to_string_lossy().as_ref()))
    });
    Ok(found)
}

/// The lines that are part of the product: without the modules and functions only tests see.
pub fn without_tests(text: &str) -> Vec<(usize, &str)> {
    let mut kept = Vec::new();
    let mut lines = text.lines().enumerate().peekable();
    while let Some((number, line)) = lines.next() {
        if line.trim() != "#[cfg(test)]" {
            kept.push((number + 1, line));
            continue;
        }
        // The item that follows ends with `;` or with a brace at its own depth.
        let depth = line.len() - line.trim_start().len();
        let end = format!("{}}}", " ".repeat(depth));
        for (_, line) in lines.by_ref() {
            if line == end
                || (line.trim_end().ends_with(';') && !line.starts_with(&" ".repeat(depth + 1)))
            {
                break;
            }
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_part_that_only_tests_see_is_left_out() {
        let text = "a\n#[cfg(test)]\nmod tests {\n    fn b() {}\n}\nc\n#[cfg(test)]\nmod laws;\nd\n\
                    impl X {\n    #[cfg(test)]\n    fn e() {\n        f();\n    }\n    fn g() {}\n}";
        let kept: Vec<_> = without_tests(text)
            .into_iter()
            .map(|(_, line)| line.trim())
            .collect();
        assert_eq!(kept, ["a", "c", "d", "impl X {", "fn g() {}", "}"]);
    }
}

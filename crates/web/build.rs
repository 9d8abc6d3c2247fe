//! Puts what `cargo xtask assets` built into the binary; without a build the list is empty and the pages work unstyled.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::{env, fs};

fn main() {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let dist = root.join("../../assets/dist");
    println!("cargo::rerun-if-changed={}", dist.display());
    let manifest =
        fs::read_to_string(dist.join("manifest.json")).unwrap_or_else(|_| "{}".to_owned());
    let manifest: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&manifest)
        .unwrap_or_else(|error| fail(&format!("manifest.json: {error}")));
    let mut list = String::from("&[\n");
    for (name, entry) in &manifest {
        let file = entry["file"]
            .as_str()
            .unwrap_or_else(|| fail(&format!("manifest.json: {name} names no file")));
        let path = dist.join(file);
        let path = path
            .canonicalize()
            .unwrap_or_else(|error| fail(&format!("{}: {error}", path.display())));
        let packed = |ending: &str| {
            let path = path.with_file_name(format!("{file}.{ending}"));
            if path.exists() {
                format!("Some(include_bytes!({path:?}))")
            } else {
                "None".to_owned()
            }
        };
        let (br, gz) = (packed("br"), packed("gz"));
        // Writing to a String cannot fail.
        let _ = writeln!(
            list,
            "    Asset {{ name: {name:?}, file: {file:?}, plain: include_bytes!({path:?}), br: {br}, gz: {gz} }},"
        );
    }
    list.push(']');
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default()).join("embedded.rs");
    fs::write(&out, list).unwrap_or_else(|error| fail(&format!("{}: {error}", out.display())));
}

/// A half-written build must not become a binary that lacks its styles.
fn fail(what: &str) -> ! {
    println!("cargo::error={what}; run `cargo xtask assets` again");
    std::process::exit(1)
}

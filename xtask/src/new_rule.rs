//! `cargo xtask new-rule FAMILY-NNN name-of-rule`: the files and lines of a new rule, so that the tree compiles and the
//! tests say what is still to be written.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::Failure;
use crate::docs;
use crate::project::root;

/// Where the rules lie.
const RULES: &str = "crates/checks/src/rules";
/// Stands wherever a person has to write; a test of `checks` finds what is left of it.
const WRITE_HERE: char = '✎';

/// Makes the rule in this project and writes the pages anew.
pub fn run(args: &[String]) -> Result<(), Failure> {
    let [code, name] = args else {
        return Err("Type `cargo xtask new-rule FAMILY-NNN name-of-rule`.".to_owned());
    };
    let files = files(&root(), code, name)?;
    for (path, text) in &files {
        let path = root().join(path);
        let folder = path.parent().unwrap_or(&path);
        fs::create_dir_all(folder)
            .and_then(|()| fs::write(&path, text))
            .map_err(|error| format!("{}: {error}", path.display()))?;
    }
    docs::run(false)?;
    println!("\nMade or changed:");
    for path in files.keys() {
        println!("  {path}");
    }
    println!(
        "\nWrite the rule, its page and its sentences where {WRITE_HERE} stands, then\n  cargo xtask docs && cargo test -p checks"
    );
    Ok(())
}

/// Every file that is made or changed, by its path in the project, with its whole text.
fn files(root: &Path, code: &str, name: &str) -> Result<BTreeMap<String, String>, Failure> {
    let read = |path: &str| {
        fs::read_to_string(root.join(path)).map_err(|error| format!("{path}: {error}"))
    };
    let list = read(&format!("{RULES}/mod.rs"))?;
    let family = family(code, &list)?;
    let is_word = |word: &str| {
        let small = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
        word.starts_with(|c: char| c.is_ascii_lowercase()) && word.chars().all(small)
    };
    if !name.split('-').all(is_word) {
        return Err(format!(
            "`{name}` is not a name-of-rule: small words with dashes."
        ));
    }
    let (module, folder) = (name.replace('-', "_"), family.to_lowercase());
    let mut entries = entries(&list, &read)?;
    if let Some((_, there)) = entries.iter().find(|(of, _)| of == code) {
        return Err(format!(
            "{code} is {there} already; a code is never given twice."
        ));
    }
    if list.contains(&format!("(\"{code}\"")) {
        return Err(format!("{code} was retired; a code is never given twice."));
    }
    if root.join(format!("{RULES}/{folder}/{module}.rs")).exists() {
        return Err(format!("{RULES}/{folder}/{module}.rs is there already."));
    }

    let mut files = BTreeMap::new();
    let of_family = format!("{RULES}/{folder}/mod.rs");
    let modules = match root.join(&of_family).exists() {
        true => read(&of_family)?,
        false => format!("//! Rules over {}.\n", looks_at(family, &list)),
    };
    files.insert(
        of_family,
        with_line(&modules, "pub mod ", &format!("pub mod {module};")),
    );
    entries.push((code.to_owned(), format!("{folder}::{module}")));
    entries.sort();
    let list = with_line(&list, "mod ", &format!("mod {folder};"));
    files.insert(format!("{RULES}/mod.rs"), with_entries(&list, &entries)?);
    files.insert(
        format!("{RULES}/{folder}/{module}.rs"),
        rule(code, name, &module),
    );
    files.insert(format!("{RULES}/{folder}/{module}.md"), page(code));
    let sentences = [
        (
            "th",
            format!("{WRITE_HERE} สิ่งที่พบ"),
            format!("{WRITE_HERE} สิ่งที่ควรทำต่อ"),
        ),
        (
            "en",
            format!("{WRITE_HERE} what was found"),
            format!("{WRITE_HERE} the next thing to do"),
        ),
    ];
    for (language, sentence, hint) in sentences {
        let path = format!("locales/{language}.toml");
        let lines =
            format!("\"issue.{code}\" = \"{sentence}\"\n\"issue.{code}.hint\" = \"{hint}\"\n");
        let text = with_sentences(&read(&path)?, code, &lines);
        files.insert(path, text);
    }
    Ok(files)
}

/// The family of a well-formed code, which the list of families must have.
fn family<'c>(code: &'c str, list: &str) -> Result<&'c str, Failure> {
    let (family, number) = code.split_once('-').unwrap_or((code, ""));
    let digits = number.len() == 3 && number.bytes().all(|byte| byte.is_ascii_digit());
    if !digits || family.is_empty() || !family.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return Err(format!("`{code}` is not a code such as LINK-006."));
    }
    match list.contains(&format!("(\"{family}\", ")) {
        true => Ok(family),
        false => Err(format!(
            "There is no family {family}; add it to FAMILIES in {RULES}/mod.rs."
        )),
    }
}

/// What a family looks at, in the words of the list.
fn looks_at<'l>(family: &'l str, list: &'l str) -> &'l str {
    let after = list.split(&format!("(\"{family}\", \"")).nth(1);
    after
        .and_then(|rest| rest.split('"').next())
        .unwrap_or(family)
}

/// Code and path of every rule in the list; the codes are read from the files of the rules.
fn entries(
    list: &str,
    read: &impl Fn(&str) -> Result<String, Failure>,
) -> Result<Vec<(String, String)>, Failure> {
    let of_rules = list.lines().filter_map(|line| {
        let path = line.trim().strip_prefix('&')?.strip_suffix("::RULE,")?;
        Some(path.to_owned())
    });
    of_rules
        .map(|path| {
            let file = format!("{RULES}/{}.rs", path.replace("::", "/"));
            let text = read(&file)?;
            let code = text
                .split("code: \"")
                .nth(1)
                .and_then(|rest| rest.split('"').next());
            let code = code.ok_or_else(|| format!("{file}: no `code: \"…\"`"))?;
            Ok((code.to_owned(), path))
        })
        .collect()
}

/// The list of rules with these entries, in their order.
fn with_entries(list: &str, entries: &[(String, String)]) -> Result<String, Failure> {
    let begin = "pub static RULES: &[&Rule] = &[\n";
    let (before, rest) = list
        .split_once(begin)
        .ok_or_else(|| format!("{RULES}/mod.rs: no `{}`", begin.trim_end()))?;
    let (_, after) = rest
        .split_once("];")
        .ok_or_else(|| format!("{RULES}/mod.rs: the list of rules has no end"))?;
    let lines: String = entries
        .iter()
        .map(|(_, path)| format!("    &{path}::RULE,\n"))
        .collect();
    Ok(format!("{before}{begin}{lines}];{after}"))
}

/// A text with one more line among those that begin alike, in their order; after the first paragraph where none does.
fn with_line(text: &str, begins: &str, line: &str) -> String {
    let mut lines: Vec<&str> = text.lines().collect();
    if lines.contains(&line) {
        return text.to_owned();
    }
    let alike: Vec<usize> = (0..lines.len())
        .filter(|at| lines[*at].starts_with(begins) && lines[*at].ends_with(';'))
        .collect();
    match alike.iter().find(|at| lines[**at] > line) {
        Some(at) => lines.insert(*at, line),
        None => match alike.last() {
            Some(last) => lines.insert(last + 1, line),
            None => lines.extend(["", line]),
        },
    }
    lines.join("\n") + "\n"
}

/// The code of the rule whose sentence a line has.
fn rule_of(line: &str) -> Option<&str> {
    let rest = line.strip_prefix("\"issue.")?;
    let found = rest.get(..rest.find(['.', '"'])?)?;
    let (family, number) = found.split_once('-')?;
    let is_code = family.bytes().all(|byte| byte.is_ascii_uppercase()) && number.len() == 3;
    is_code.then_some(found)
}

/// The sentences of a language with those of the new rule, behind the last rule whose code comes before.
fn with_sentences(text: &str, code: &str, lines: &str) -> String {
    let mut at = None;
    let mut end = 0;
    for line in text.split_inclusive('\n') {
        end += line.len();
        if rule_of(line).is_some_and(|found| found < code) {
            at = Some(end);
        }
    }
    let at = at.unwrap_or(text.len());
    format!("{}{lines}{}", &text[..at], &text[at..])
}

fn rule(code: &str, name: &str, module: &str) -> String {
    format!(
        "//! {code}: {WRITE_HERE} what is so when it is found.

use crate::{{Context, Findings, Rule, Subject}};
use domain::issue::Severity;

/// Found at the project. {WRITE_HERE}
pub static RULE: Rule = Rule {{
    code: \"{code}\",
    slug: \"{name}\",
    severity: Severity::Warning,
    check,
    page: include_str!(\"{module}.md\"),
}};

fn check(context: &Context<'_>, findings: &mut Findings) {{
    // {WRITE_HERE} What is right with a project.
    let is_right = |_| true;
    for project in context.projects().filter(|project| !is_right(project.id)) {{
        findings.about(Subject::Project(project.id));
    }}
}}
"
    )
}

fn page(code: &str) -> String {
    let both =
        format!("{WRITE_HERE} ภาษาไทย\n\n{WRITE_HERE} The same in English, in one paragraph.");
    let plan = "```plan\norganisation office \"สำนักงานตัวอย่าง\"\nedition plan annual \"แผนตัวอย่าง\"\n  strategy 1\n    project P-1 \"โครงการตัวอย่าง\"\n```";
    format!(
        "# {code} · {WRITE_HERE} ชื่อเกณฑ์ · {WRITE_HERE} Name of the rule

ระดับ / Severity: ควรแก้ไข / Should be repaired

## เกณฑ์นี้ตรวจอะไร / What it checks

{both}

## เพราะเหตุใด / Why

{both}

## วิธีแก้ไข / How to repair

{both}

## ตัวอย่างที่พบ / Example

{both}

{plan}

```findings
ควรแก้ไข · {code} · โครงการ P-1: {WRITE_HERE} สิ่งที่พบ
Should be repaired · {code} · project P-1: {WRITE_HERE} what was found
```

## ตัวอย่างที่ไม่พบ / Counter-example

{both}

{plan}

```findings
```
"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = "//! The list.\n\nmod data;\nmod plan;\n\npub const FAMILIES: &[(&str, &str)] = &[\n    (\"DATA\", \"readings\"),\n    (\"PLAN\", \"plans\"),\n    (\"LINK\", \"links\"),\n];\n\npub static RULES: &[&Rule] = &[\n    &data::one::RULE,\n    &plan::two::RULE,\n];\n\npub const RETIRED: &[(&str, &str)] = &[(\"DATA-003\", \"why\")];\n";

    /// A small tree with two rules, in a folder that goes away.
    struct Tree(std::path::PathBuf);

    impl Tree {
        fn new(name: &str) -> Self {
            let root = crate::project::root().join("target/tmp").join(name);
            let tree = Self(root);
            tree.write("mod.rs", LIST);
            for (family, module, code) in [("data", "one", "DATA-001"), ("plan", "two", "PLAN-001")]
            {
                tree.write(
                    &format!("{family}/mod.rs"),
                    &format!("//! Rules.\n\npub mod {module};\n"),
                );
                tree.write(
                    &format!("{family}/{module}.rs"),
                    &format!("    code: \"{code}\",\n"),
                );
            }
            let locales = "\"issue.DATA-001\" = \"a\"\n\"issue.DATA-001.hint\" = \"b\"\n\"issue.PLAN-001\" = \"c\"\n\"z\" = \"d\"\n";
            for language in ["th", "en"] {
                tree.put(&format!("locales/{language}.toml"), locales);
            }
            tree
        }

        fn write(&self, path: &str, text: &str) {
            self.put(&format!("{RULES}/{path}"), text);
        }

        fn put(&self, path: &str, text: &str) {
            let path = self.0.join(path);
            let folder = path.parent().unwrap_or(&path);
            let written = fs::create_dir_all(folder).and_then(|()| fs::write(&path, text));
            assert!(written.is_ok(), "{}: {written:?}", path.display());
        }
    }

    impl Drop for Tree {
        fn drop(&mut self) {
            // What cannot be removed is found, and written over, by the next run.
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn a_new_rule_is_in_every_list_at_its_place() {
        let tree = Tree::new("new-rule-lists");
        let made = files(&tree.0, "LINK-002", "far-too-long");
        let made = made.unwrap_or_default();
        let rules = format!("{RULES}/mod.rs");
        assert!(made[&rules].contains("mod data;\nmod link;\nmod plan;\n"));
        assert!(made[&rules].contains(
            "    &data::one::RULE,\n    &link::far_too_long::RULE,\n    &plan::two::RULE,\n];"
        ));
        assert_eq!(
            made[&format!("{RULES}/link/mod.rs")],
            "//! Rules over links.\n\npub mod far_too_long;\n"
        );
        let rule = &made[&format!("{RULES}/link/far_too_long.rs")];
        assert!(rule.contains("code: \"LINK-002\"") && rule.contains("slug: \"far-too-long\""));
        let english = &made["locales/en.toml"];
        let at = |text: &str| english.find(text);
        assert!(at("\"issue.DATA-001.hint\"") < at("\"issue.LINK-002\""));
        assert!(at("\"issue.LINK-002.hint\"") < at("\"issue.PLAN-001\""));
        assert_eq!(made.len(), 6, "{:?}", made.keys());
    }

    #[test]
    fn a_second_rule_of_a_family_stands_beside_the_first() {
        let tree = Tree::new("new-rule-second");
        let made = files(&tree.0, "DATA-002", "any").unwrap_or_default();
        assert_eq!(
            made[&format!("{RULES}/data/mod.rs")],
            "//! Rules.\n\npub mod any;\npub mod one;\n"
        );
        assert!(
            made[&format!("{RULES}/mod.rs")]
                .contains("    &data::one::RULE,\n    &data::any::RULE,\n")
        );
    }

    #[test]
    fn what_cannot_be_a_rule_is_refused() {
        let tree = Tree::new("new-rule-refused");
        for (code, name, why) in [
            ("DATA-001", "again", "never given twice"),
            ("DATA-003", "again", "was retired"),
            ("data-004", "small", "not a code"),
            ("DATA-4", "short", "not a code"),
            ("WIND-001", "unknown", "no family WIND"),
            ("DATA-004", "Not-a-name", "not a name-of-rule"),
            ("DATA-004", "one", "is there already"),
        ] {
            let refused = files(&tree.0, code, name).err().unwrap_or_default();
            assert!(refused.contains(why), "{code} {name}: {refused}");
        }
    }
}

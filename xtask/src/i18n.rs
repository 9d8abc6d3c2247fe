//! `cargo xtask i18n`: the languages in `locales/` say the same things under the same keys.

use std::collections::{BTreeMap, BTreeSet};

use crate::Failure;
use crate::project::{files_with, read, root, without_tests};

/// One language: flat keys and sentences.
type Language = BTreeMap<String, String>;

/// Fails with every difference between the languages and every sentence nobody says.
pub fn run() -> Result<(), Failure> {
    let problems = problems()?;
    if problems.is_empty() {
        Ok(())
    } else {
        Err(problems.join("\n"))
    }
}

/// All that is wrong in `locales/`.
pub fn problems() -> Result<Vec<String>, Failure> {
    let folder = root().join("locales");
    let mut languages = BTreeMap::new();
    let mut problems = Vec::new();
    for path in files_with(&folder, &["toml"])? {
        let name = path
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        match language(&read(&path)?) {
            Ok(sentences) => drop(languages.insert(name, sentences)),
            Err(error) => problems.push(format!("locales/{name}.toml: {error}")),
        }
    }
    if languages.is_empty() {
        problems.push("locales/: no language".to_owned());
    }
    problems.extend(differences(&languages));
    let keys: BTreeSet<&str> = languages
        .values()
        .flat_map(|l| l.keys().map(String::as_str))
        .collect();
    let code = code()?;
    problems.extend(unsaid(&keys, &code));
    problems.extend(unknown(&keys, &code));
    Ok(problems)
}

/// All Rust text of the product, in which the keys must be found.
fn code() -> Result<String, Failure> {
    let mut all = String::new();
    for path in files_with(&root().join("crates"), &["rs"])? {
        for (_, line) in without_tests(&read(&path)?) {
            all.push_str(line);
            all.push('\n');
        }
    }
    Ok(all)
}

/// Reads one language; keys are flat (`"a.b" = "…"` and `a.b = "…"` are the same key).
fn language(text: &str) -> Result<Language, Failure> {
    fn walk(prefix: &str, table: toml::Table, into: &mut Language) -> Result<(), Failure> {
        for (key, value) in table {
            let key = if prefix.is_empty() {
                key
            } else {
                format!("{prefix}.{key}")
            };
            match value {
                toml::Value::String(sentence) => drop(into.insert(key, sentence)),
                toml::Value::Table(inner) => walk(&key, inner, into)?,
                other => return Err(format!("{key} is {}, not text", other.type_str())),
            }
        }
        Ok(())
    }
    let mut sentences = Language::new();
    let table = text
        .parse::<toml::Table>()
        .map_err(|error| error.to_string())?;
    walk("", table, &mut sentences)?;
    Ok(sentences)
}

/// Keys missing in a language, empty sentences, placeholders that differ.
fn differences(languages: &BTreeMap<String, Language>) -> Vec<String> {
    let keys: BTreeSet<&String> = languages.values().flat_map(Language::keys).collect();
    let mut problems = Vec::new();
    for key in keys {
        let mut asked: Option<(&str, BTreeSet<&str>)> = None;
        for (name, sentences) in languages {
            let Some(sentence) = sentences.get(key) else {
                problems.push(format!("locales/{name}.toml: {key} is missing"));
                continue;
            };
            if sentence.trim().is_empty() {
                problems.push(format!("locales/{name}.toml: {key} is empty"));
            }
            let here = placeholders(sentence);
            match &asked {
                None => asked = Some((name, here)),
                Some((first, there)) if *there != here => problems.push(format!(
                    "{key}: {first} has the placeholders {there:?}, {name} has {here:?}"
                )),
                Some(_) => {}
            }
        }
    }
    problems
}

/// The names in `{braces}`; of words to choose from, `{n|word|words}`, the name that they go by.
fn placeholders(sentence: &str) -> BTreeSet<&str> {
    let mut found = BTreeSet::new();
    let mut rest = sentence;
    while let Some(open) = rest.find('{') {
        let Some(close) = rest[open..].find('}') else {
            break;
        };
        let inside = &rest[open + 1..open + close];
        found.insert(inside.split('|').next().unwrap_or(inside));
        rest = &rest[open + close + 1..];
    }
    found
}

/// Keys of which a word occurs nowhere in the code. Keys are often put together while running
/// (`issue.<code>.hint`, `cli.<command>.<argument>`), so the words are looked for one by one.
fn unsaid(keys: &BTreeSet<&str>, code: &str) -> Vec<String> {
    let plain = |word: &str| word.to_lowercase().replace('_', "");
    let words: BTreeSet<String> = code
        .split(|c: char| !c.is_alphanumeric() && c != '_' && c != '-')
        .map(plain)
        .collect();
    keys.iter()
        .filter(|key| !key.split('.').all(|word| words.contains(&plain(word))))
        .map(|key| format!("locales/: {key} is said nowhere in crates/"))
        .collect()
}

/// Codes of issues and whole keys in the code for which there is no sentence.
fn unknown(keys: &BTreeSet<&str>, code: &str) -> Vec<String> {
    let mut missing = BTreeSet::new();
    for severity in ["Issue::error(", "Issue::warning(", "Issue::advice("] {
        for call in code.split(severity).skip(1) {
            if let Some(code) = literals(arguments(call)).last()
                && !keys.contains(format!("issue.{code}").as_str())
            {
                missing.insert(format!("issue.{code}"));
            }
        }
    }
    for said in [".text(\"", ".fill(\"", ".find(\""] {
        for rest in code.split(said).skip(1) {
            let key = rest.split('"').next().unwrap_or_default();
            let is_key = key.contains('.')
                && key
                    .chars()
                    .all(|c| c.is_alphanumeric() || "._-".contains(c));
            if is_key && !keys.contains(key) {
                missing.insert(key.to_owned());
            }
        }
    }
    missing
        .iter()
        .map(|key| format!("locales/: {key} is missing"))
        .collect()
}

/// The text up to the bracket that closes a call.
fn arguments(call: &str) -> &str {
    let mut depth = 1;
    let mut in_text = false;
    for (at, c) in call.char_indices() {
        match c {
            '"' => in_text = !in_text,
            '(' if !in_text => depth += 1,
            ')' if !in_text => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return &call[..at];
        }
    }
    call
}

/// The texts in quotation marks that stand directly among the arguments of a call.
fn literals(arguments: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut depth = 0;
    for (at, part) in arguments.split('"').enumerate() {
        if at % 2 == 1 {
            if depth == 0 {
                found.push(part);
            }
            continue;
        }
        for c in part.chars() {
            match c {
                '(' | '[' | '{' => depth += 1,
                ')' | ']' | '}' => depth -= 1,
                _ => {}
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn two(th: &str, en: &str) -> BTreeMap<String, Language> {
        BTreeMap::from([
            ("th".to_owned(), language(th).unwrap()),
            ("en".to_owned(), language(en).unwrap()),
        ])
    }

    #[test]
    fn the_languages_say_the_same() {
        let problems = run().err().unwrap_or_default();
        assert!(problems.is_empty(), "\n{problems}\n");
    }

    #[test]
    fn quoted_and_dotted_keys_are_the_same_key() {
        let languages = two("\"save.button\" = \"บันทึก\"", "save.button = \"Save\"");
        assert_eq!(differences(&languages), Vec::<String>::new());
    }

    #[test]
    fn a_missing_key_an_empty_sentence_and_a_lost_placeholder_are_all_named() {
        let languages = two(
            "a = \"ก {n}\"\nb = \" \"\nc = \"ค\"",
            "a = \"A\"\nb = \"B\"\n",
        );
        let all = differences(&languages).join("\n");
        assert!(all.contains("en.toml: c is missing"), "{all}");
        assert!(all.contains("th.toml: b is empty"), "{all}");
        assert!(all.contains("a: en has the placeholders {}"), "{all}");
    }

    #[test]
    fn a_number_or_a_broken_file_is_not_a_language() {
        assert!(language("a = 1").unwrap_err().contains("a is integer"));
        assert!(language("a = \"1\"\na = \"2\"").is_err());
    }

    #[test]
    fn a_sentence_that_no_code_says_is_found() {
        let keys = BTreeSet::from([
            "a.whole",
            "issue.title_empty.hint",
            "cli.skip_bad",
            "gone.long_ago",
        ]);
        let code = r#"say("a.whole"); Issue::error(at, "title_empty"); format!("issue.{}.hint", c); Cli::SkipBad"#;
        assert_eq!(
            unsaid(&keys, code),
            ["locales/: gone.long_ago is said nowhere in crates/"]
        );
    }

    #[test]
    fn a_code_or_key_without_a_sentence_is_found() {
        let keys = BTreeSet::from(["issue.import.empty", "a.b"]);
        let fine = r#"Issue::error(place("x (1", f("y")), "import.empty"); l.text("a.b"); text.find("a");"#;
        assert_eq!(unknown(&keys, fine), Vec::<String>::new());
        let not = "Issue::advice(\n    at(\"x\"),\n    \"import.full\",\n) l.text(\"a.c\")";
        assert_eq!(
            unknown(&keys, not),
            [
                "locales/: a.c is missing",
                "locales/: issue.import.full is missing"
            ]
        );
    }
}

//! `cargo xtask i18n`: the languages in `locales/` say the same things under the same keys.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::Failure;
use crate::project::{files_with, read, root};

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
    problems.extend(unsaid(&keys, &code()?));
    Ok(problems)
}

/// All Rust text of the crates, in which the keys must be found.
fn code() -> Result<String, Failure> {
    let mut all = String::new();
    for path in files_with(&root().join("crates"), &["rs"])? {
        all.push_str(&read(Path::new(&path))?);
        all.push('\n');
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

/// The names in `{braces}`.
fn placeholders(sentence: &str) -> BTreeSet<&str> {
    let mut found = BTreeSet::new();
    let mut rest = sentence;
    while let Some(open) = rest.find('{') {
        let Some(close) = rest[open..].find('}') else {
            break;
        };
        found.insert(&rest[open + 1..open + close]);
        rest = &rest[open + close + 1..];
    }
    found
}

/// Keys that no code names: neither as a whole nor, for keys put together at run time, up to
/// their last dot (`"issue.{}"`) or from it (an issue's code is the end of its key).
fn unsaid(keys: &BTreeSet<&str>, code: &str) -> Vec<String> {
    let said = |key: &str| {
        let whole = format!("\"{key}\"");
        let head = key.rfind('.').map(|dot| format!("\"{}.{{", &key[..dot]));
        let tail = key.find('.').map(|dot| format!("\"{}\"", &key[dot + 1..]));
        code.contains(&whole)
            || head.is_some_and(|head| code.contains(&head))
            || tail.is_some_and(|tail| code.contains(&tail))
    };
    keys.iter()
        .filter(|key| !said(key))
        .map(|key| format!("locales/: {key} is said nowhere in crates/"))
        .collect()
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
        assert_eq!(problems().unwrap(), Vec::<String>::new());
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
        let keys = BTreeSet::from(["a.whole", "issue.title_empty", "step.s7", "gone.long_ago"]);
        let code = r#"say("a.whole"); Issue::new("title_empty"); format!("step.{}", n)"#;
        assert_eq!(
            unsaid(&keys, code),
            ["locales/: gone.long_ago is said nowhere in crates/"]
        );
    }
}

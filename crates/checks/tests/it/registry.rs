//! The list of rules is sound: codes, names of files, families, sentences.

use checks::{
    find, rules,
    rules::{FAMILIES, RETIRED},
};
use domain::locale::Locale;
use std::{collections::BTreeSet, path::Path};

/// All that is wrong with a list of codes and a list of retired ones.
fn faults(codes: &[&str], retired: &[(&str, &str)]) -> Vec<String> {
    let mut faults = Vec::new();
    if !codes.is_sorted_by(|one, next| one < next) {
        faults.push("rules stand by code, each code once".to_owned());
    }
    let mut seen = BTreeSet::new();
    for (code, reason) in retired {
        if codes.contains(code) || !seen.insert(code) {
            faults.push(format!("{code} was retired and is used again"));
        }
        if reason.is_empty() {
            faults.push(format!("{code} was retired: say why"));
        }
    }
    for code in codes.iter().chain(seen) {
        let (family, number) = code.split_once('-').unwrap_or((code, ""));
        let known = FAMILIES.iter().any(|(name, _)| *name == family);
        if !known || number.len() != 3 || !number.bytes().all(|byte| byte.is_ascii_digit()) {
            faults.push(format!("{code} is not FAMILY-000"));
        }
    }
    faults
}

#[test]
fn codes_are_in_order_well_formed_and_never_used_again() {
    let codes: Vec<_> = rules().iter().map(|rule| rule.code).collect();
    assert_eq!(faults(&codes, RETIRED), Vec::<String>::new());
}

#[test]
fn faults_in_the_list_of_codes_are_found() {
    assert_eq!(
        faults(&["DATA-001", "LINK-001"], &[("LINK-002", "why")]),
        Vec::<String>::new()
    );
    assert_eq!(
        faults(
            &["LINK-001", "DATA-001", "LINKS-002", "LINK-3"],
            &[("LINK-001", "why"), ("PLAN-009", "")]
        ),
        [
            "rules stand by code, each code once",
            "LINK-001 was retired and is used again",
            "PLAN-009 was retired: say why",
            "LINKS-002 is not FAMILY-000",
            "LINK-3 is not FAMILY-000",
        ]
    );
}

#[test]
fn every_page_on_disk_belongs_to_a_rule() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/rules");
    let mut there = BTreeSet::new();
    for family in std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
    {
        for path in std::fs::read_dir(&family)
            .unwrap()
            .map(|entry| entry.unwrap().path())
        {
            if path.extension().is_some_and(|extension| extension == "md") {
                assert!(
                    path.with_extension("rs").exists(),
                    "{} has no rule beside it",
                    path.display()
                );
                there.insert(
                    path.strip_prefix(&folder)
                        .unwrap()
                        .to_string_lossy()
                        .into_owned(),
                );
            }
        }
    }
    let wanted: BTreeSet<_> = rules()
        .iter()
        .map(|rule| {
            format!(
                "{}/{}.md",
                rule.family().to_lowercase(),
                rule.slug.replace('-', "_")
            )
        })
        .collect();
    assert_eq!(
        there, wanted,
        "left: files, right: rules by family and slug"
    );
}

#[test]
fn every_rule_has_its_sentence_and_its_next_step_in_both_languages() {
    for rule in rules() {
        for key in [
            format!("issue.{}", rule.code),
            format!("issue.{}.hint", rule.code),
        ] {
            for locale in Locale::ALL {
                assert!(locale.find(&key).is_some(), "{key} is missing in {locale}");
            }
        }
    }
}

#[test]
fn a_rule_is_found_by_its_code_in_any_case() {
    assert_eq!(find("link-001").map(|rule| rule.code), Some("LINK-001"));
    assert_eq!(find("LINK-999"), None);
}

/// What `cargo xtask new-rule` puts where a person has to write.
const WRITE_HERE: char = '✎';

#[test]
fn nothing_of_a_new_rule_is_left_to_be_written() {
    let mut left = Vec::new();
    for rule in rules() {
        for (number, line) in rule.page.lines().enumerate() {
            if line.contains(WRITE_HERE) {
                left.push(format!("{}.md:{}: {line}", rule.slug, number + 1));
            }
        }
        for key in [
            format!("issue.{}", rule.code),
            format!("issue.{}.hint", rule.code),
        ] {
            for locale in Locale::ALL {
                if locale.text(&key).contains(WRITE_HERE) {
                    left.push(format!("locales/{locale}.toml: {key}"));
                }
            }
        }
    }
    assert!(left.is_empty(), "still to be written:\n{}", left.join("\n"));
}

//! The list of rules is sound: codes, names of files, families, sentences.

use checks::{
    find, rules,
    rules::{FAMILIES, RETIRED},
};
use domain::locale::Locale;
use std::{collections::BTreeSet, path::Path};

#[test]
fn codes_are_unique_in_order_and_well_formed() {
    let codes: Vec<_> = rules().iter().map(|rule| rule.code).collect();
    let ordered: BTreeSet<_> = codes.iter().copied().collect();
    assert_eq!(
        codes,
        ordered.iter().copied().collect::<Vec<_>>(),
        "rules stand by code, each code once"
    );
    for code in codes.iter().chain(RETIRED.iter().map(|(code, _)| code)) {
        let (family, number) = code.split_once('-').unwrap_or((code, ""));
        assert!(
            FAMILIES.iter().any(|(name, _)| *name == family),
            "{code}: no such family"
        );
        assert!(
            number.len() == 3 && number.bytes().all(|byte| byte.is_ascii_digit()),
            "{code}: three digits"
        );
    }
}

#[test]
fn a_retired_code_is_never_used_again() {
    let retired: BTreeSet<_> = RETIRED.iter().map(|(code, _)| *code).collect();
    assert_eq!(retired.len(), RETIRED.len(), "a code retires once");
    for rule in rules() {
        assert!(!retired.contains(rule.code), "{} was retired", rule.code);
    }
    for (code, reason) in RETIRED {
        assert!(!reason.is_empty(), "{code}: say why");
    }
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

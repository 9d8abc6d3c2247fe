//! Every broken text of `data/thai_text/normalisation_cases.csv`: which strength brings the right form back.
//!
//! The committed report says it case by case, also where no strength is enough; a change for better or worse shows.

use crate::catalogues::{column, lexicon};
use domain::text::repair::{Lexicon, take_all};
use domain::text::{clean, search_key};
use std::collections::BTreeMap;
use std::fmt::Write;

const CASES: &str = "thai_text/normalisation_cases.csv";

/// The weakest strength that is enough for one case.
fn strength(lexicon: &Lexicon, broken: &str, expected: &str) -> &'static str {
    let clean = clean(broken).text;
    if clean == expected {
        return "clean";
    }
    if search_key(broken) == search_key(expected) {
        return "search_key";
    }
    let repaired = take_all(&clean, &lexicon.suggest(&clean));
    if repaired == expected {
        "repair"
    } else if search_key(&repaired) == search_key(expected) {
        "repair, then search_key"
    } else {
        "none"
    }
}

#[test]
fn the_report_on_all_cases_is_as_committed() {
    let lexicon = lexicon();
    let cases = column(CASES, "broken")
        .into_iter()
        .zip(column(CASES, "expected"));
    let mut counts = BTreeMap::new();
    let mut lines = String::new();
    for (i, (broken, expected)) in cases.enumerate() {
        let strength = strength(&lexicon, &broken, &expected);
        *counts.entry(strength).or_insert(0) += 1;
        // The broken texts hold invisible characters: the row number names them better.
        writeln!(lines, "{}\t{strength}\t{expected}", i + 2).unwrap();
    }
    assert_eq!(counts.values().sum::<i32>(), 51);
    let counts = counts
        .iter()
        .map(|(strength, count)| format!("# {count} {strength}\n"));
    let report = counts.collect::<String>()
        + "# row of the catalogue, weakest strength that is enough, expected\n"
        + &lines;
    let committed = include_str!("normalisation_report.txt");
    assert!(
        report == committed,
        "if this is right, commit it as normalisation_report.txt:\n{report}"
    );
}

#[test]
fn a_repair_never_makes_a_case_worse() {
    // Each expected form is clean text: nothing of it may be touched.
    let lexicon = lexicon();
    for expected in column(CASES, "expected") {
        assert_eq!(clean(&expected).text, expected);
        assert_eq!(lexicon.suggest(&expected), [], "{expected}");
    }
}

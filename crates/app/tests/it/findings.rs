//! The findings on the Narathiwat plan, read through by hand and kept in `findings-narathiwat-2569.txt`:
//! 43 projects without an approved link, 9 indicators without baseline and without anybody who answers for them (the plan
//! prints their scope, the province, and no office), one project with 0 baht stated as given.

use crate::terminal::Terminal;

const EXPECTED: &str = include_str!("findings-narathiwat-2569.txt");

#[test]
fn the_findings_on_narathiwat_are_exactly_the_ones_read_through_by_hand() {
    let terminal = Terminal::with_plan();
    let printed = terminal.run(&["check", "--plan", "narathiwat-2569"]);
    assert_eq!((printed.code, printed.err.as_str()), (1, ""));
    if printed.out != EXPECTED {
        let found =
            std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("findings-narathiwat-2569.txt");
        std::fs::write(&found, &printed.out).unwrap();
        panic!(
            "the findings have changed; read {} and, if it is right, commit it as the expectation",
            found.display()
        );
    }
}

#[test]
fn each_finding_stands_once_and_the_counts_are_those_of_the_plan() {
    let terminal = Terminal::with_plan();
    let printed = terminal.run(&["check", "--plan", "narathiwat-2569", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&printed.out).unwrap();
    let findings = report["findings"].as_array().unwrap();
    let of = |code: &str| {
        findings
            .iter()
            .filter(|finding| finding["code"] == code)
            .count()
    };
    assert_eq!(
        (
            of("LINK-001"),
            of("DATA-001"),
            of("OWNER-001"),
            of("MONEY-001"),
            findings.len()
        ),
        (43, 9, 9, 1, 62)
    );
    let mut seen: Vec<String> = findings
        .iter()
        .map(|finding| format!("{} {}", finding["code"], finding["subject"]["code"]))
        .collect();
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), findings.len(), "no duplicates");
}

#[test]
fn one_rule_can_be_asked_alone() {
    let terminal = Terminal::with_plan();
    let printed = terminal.run(&["check", "--rule", "MONEY-001"]);
    assert_eq!(printed.code, 1);
    assert!(
        printed.out.contains("PRJ2569-019") && !printed.out.contains("LINK-001"),
        "{}",
        printed.out
    );
    let unknown = terminal.run(&["check", "--rule", "LINK-999"]);
    assert_eq!(unknown.code, 2);
    assert!(
        unknown.err.contains("ไม่พบเกณฑ์ LINK-999") && unknown.err.contains("LINK-001"),
        "{}",
        unknown.err
    );
}

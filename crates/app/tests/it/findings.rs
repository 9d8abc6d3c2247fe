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

const PERSON: [&str; 2] = ["--by", "ตัวอย่าง ผู้วางแผน"];

#[test]
fn a_waived_finding_is_told_apart_in_text_json_and_sarif() {
    let terminal = Terminal::with_plan();
    let mut waive = vec!["waive", "money-001", "PRJ2569-019", "--until", "30/9/2600"];
    waive.extend(["--reason", "รอหนังสือจัดสรร", "--letter", "ศธ 0001/2569"]);
    let said = terminal.ok(&[&waive[..], &PERSON[..]].concat());
    assert!(said.contains("ถึง 30 ก.ย. 2600"), "{said}");

    // Nothing that counts is left of this rule: exit code 0, and still it is shown.
    let text = terminal.ok(&["check", "--rule", "MONEY-001"]);
    assert!(
        text.contains("ยกเว้นถึง 30 ก.ย. 2600: รอหนังสือจัดสรร (ศธ 0001/2569)")
            && text.contains("ต้องแก้ไขก่อนส่ง 0 · ควรแก้ไข 0 · คำแนะนำ 0 (ยกเว้นแล้ว 1)"),
        "{text}"
    );
    let json = terminal.run(&["check", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!((json.code, &report["counts"]["error"]), (1, &0.into()));
    assert_eq!(report["waived"][0]["subject"]["code"], "PRJ2569-019");
    assert_eq!(report["waived"][0]["waiver"]["until"], "2057-09-30");
    let sarif = terminal.run(&["check", "--format", "sarif"]);
    let log: serde_json::Value = serde_json::from_str(&sarif.out).unwrap();
    let results = log["runs"][0]["results"].as_array().unwrap();
    let suppressed = |result: &&serde_json::Value| result["suppressions"][0].is_object();
    assert_eq!(
        (results.len(), results.iter().filter(suppressed).count()),
        (62, 1)
    );

    let twice = terminal.run(&[&waive[..], &PERSON[..]].concat());
    assert_eq!(twice.code, 2);
    assert!(twice.err.contains("มีการยกเว้นอยู่แล้ว"), "{}", twice.err);
}

#[test]
fn waivers_are_listed_and_withdrawn() {
    let terminal = Terminal::with_plan();
    assert!(terminal.ok(&["waivers"]).contains("ยังไม่มีการยกเว้น"));
    let given = [
        "waive",
        "LINK-001",
        "PRJ2569-012",
        "--until",
        "2057-09-30",
        "--reason",
        "รอมติ",
    ];
    terminal.ok(&[&given[..], &PERSON[..]].concat());
    let listed = terminal.ok(&["waivers"]);
    assert!(
        listed.contains("LINK-001") && listed.contains("PRJ2569-012"),
        "{listed}"
    );
    let withdrawn = [
        "waive",
        "LINK-001",
        "PRJ2569-012",
        "--withdraw",
        "--reason",
        "พิจารณาแล้ว",
    ];
    terminal.ok(&[&withdrawn[..], &PERSON[..]].concat());
    assert!(terminal.ok(&["waivers"]).contains("ยังไม่มีการยกเว้น"));
    assert!(terminal.ok(&["trail", "list"]).contains("ถอนการยกเว้น"));
    assert!(terminal.ok(&["trail", "verify"]).contains("5 เหตุการณ์"));
}

#[test]
fn a_day_that_cannot_be_read_is_asked_back() {
    let terminal = Terminal::with_plan();
    let wrong = [
        "waive",
        "LINK-001",
        "PRJ2569-012",
        "--until",
        "สิ้นปี",
        "--reason",
        "รอมติ",
    ];
    let printed = terminal.run(&[&wrong[..], &PERSON[..]].concat());
    assert_eq!(printed.code, 2);
    assert!(
        printed.err.contains("อ่าน สิ้นปี เป็นวันที่ไม่ได้"),
        "{}",
        printed.err
    );
}

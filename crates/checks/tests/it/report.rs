//! Reports: their order, their lines, their shape for programs; and what a scope takes in.

use crate::fixture::{self, Fixture};
use checks::{Report, Scope, rules, run};
use domain::locale::Locale;

const PLAN: &str = r#"
organisation office "สำนักงานตัวอย่าง"
edition SDG4 sdg label ตัวอย่าง
  target 4.1
edition old annual state superseded
  strategy 1
    project P-1
edition plan annual "แผนตัวอย่าง" replaces old
  strategy 1 "ยุทธศาสตร์ตัวอย่าง"
    indicator 1.10 label ตัวชี้วัด
      answers office
    indicator 1.9
      answers office
    project P-10 "โครงการตัวอย่าง ก"
      money allotted 0
    project P-2 "โครงการตัวอย่าง ข"
      money allotted 100
      link SDG4/4.1 proposed 100%
edition other annual
  strategy 1
    project P-3
      mode no_budget
      link SDG4/4.1 approved 100%
"#;

fn read(text: &str) -> Fixture {
    fixture::read(text, 1).unwrap_or_else(|mistakes| panic!("{mistakes:?}"))
}

pub fn report(fixture: &Fixture) -> Report {
    let findings = run(&fixture.snapshot, &fixture.scope, fixture.beside());
    Report::new(fixture.scope.today, &rules(), &findings, fixture.beside())
}

/// A report as one text: its lines, then the totals.
fn text(report: &Report, locale: Locale) -> String {
    let mut lines = report.lines(locale);
    lines.push(report.totals(locale));
    lines.join("\n") + "\n"
}

#[test]
fn a_report_is_ordered_by_rule_then_by_code_as_people_count() {
    assert_eq!(
        text(&report(&read(PLAN)), Locale::Th),
        "\
ควรแก้ไข · DATA-001 · องค์ประกอบของแผน 1.9: ยังไม่มีค่าฐานของตัวชี้วัด
ควรแก้ไข · DATA-001 · ตัวชี้วัด 1.10: ยังไม่มีค่าฐานของตัวชี้วัด
ควรแก้ไข · LINK-001 · โครงการ P-2: ยังไม่มีความเชื่อมโยงกับ SDG 4 ที่รับรองแล้ว (รับรอง 0 · เสนอ 1)
ควรแก้ไข · LINK-001 · โครงการ P-10: ยังไม่มีความเชื่อมโยงกับ SDG 4 ที่รับรองแล้ว (รับรอง 0 · เสนอ 0)
ต้องแก้ไขก่อนส่ง · MONEY-001 · โครงการ P-10: ระบุ 0 บาทตามที่แจ้ง และยังไม่ระบุลักษณะการใช้งบประมาณ
ต้องแก้ไขก่อนส่ง 1 · ควรแก้ไข 4 · คำแนะนำ 0
"
    );
}

#[test]
fn findings_in_several_plans_name_the_plan_and_stand_by_plan() {
    let plans = "\
organisation office
edition b annual label \"ฉบับที่ 2\"
  indicator 1
    answers office
edition a annual
  indicator 1
    answers office
";
    assert_eq!(
        report(&read(plans)).lines(Locale::En),
        [
            "Should be repaired · DATA-001 · plan element 1 (a): This indicator has no baseline",
            "Should be repaired · DATA-001 · plan element 1 (b ฉบับที่ 2): This indicator has no baseline",
        ]
    );
}

#[test]
fn the_same_plan_gives_the_same_text_whatever_its_ids() {
    // Lines before the plan shift every id.
    let shifted = PLAN.replacen(
        "edition old",
        "edition E-1 five_year\nedition E-2 five_year\nedition old",
        1,
    );
    assert_eq!(
        text(&report(&read(PLAN)), Locale::En),
        text(&report(&read(&shifted)), Locale::En)
    );
}

#[test]
fn a_superseded_plan_is_checked_only_when_it_is_named() {
    let everything = text(&report(&read(PLAN)), Locale::En);
    assert!(!everything.contains("P-1:"), "{everything}");
    let named = text(&report(&read(&format!("{PLAN}check old\n"))), Locale::En);
    assert_eq!(
        named,
        "\
Should be repaired · LINK-001 · project P-1: No approved link to SDG 4 (approved 0 · proposed 0)
Must be repaired before sending · MONEY-001 · project P-1: No amount is stated, and the budget mode is not stated
Must be repaired before sending 1 · Should be repaired 1 · Advice 0
"
    );
}

#[test]
fn a_clean_plan_is_clean() {
    let report = report(&read(&format!("{PLAN}check other\n")));
    assert!(report.is_clean(), "{report:#?}");
    assert_eq!(
        text(&report, Locale::En),
        "Must be repaired before sending 0 · Should be repaired 0 · Advice 0\n"
    );
}

#[test]
fn a_named_framework_has_no_faults_of_ours() {
    let mut fixture = read(PLAN);
    let sdg = fixture
        .snapshot
        .plans()
        .editions()
        .into_iter()
        .find(|edition| edition.level.is_framework())
        .unwrap()
        .id;
    fixture.scope = Scope {
        editions: Some(vec![sdg]),
        ..fixture.scope
    };
    assert!(report(&fixture).is_clean());
}

#[test]
fn programs_get_codes_ids_values_and_both_languages() {
    let fixture = read(PLAN);
    let json = serde_json::to_value(report(&fixture)).unwrap();
    assert_eq!(json["today"], "2026-11-23");
    assert_eq!(
        json["counts"],
        serde_json::json!({ "error": 1, "warning": 4, "advice": 0, "waived": 0 })
    );
    assert_eq!(json["rules"][1]["code"], "LINK-001");
    assert_eq!(json["rules"][1]["findings"], 2);
    let (id, _) = fixture
        .names
        .projects
        .iter()
        .find(|(_, name)| name.code == "P-2")
        .unwrap();
    assert_eq!(
        json["findings"][2],
        serde_json::json!({
            "code": "LINK-001",
            "severity": "warning",
            "subject": {
                "kind": "project",
                "id": id.to_string(),
                "code": "P-2",
                "label_th": null,
                "plan": "plan",
                "name_th": "โครงการตัวอย่าง ข",
                "name_en": null,
            },
            "sentence": {
                "th": "ยังไม่มีความเชื่อมโยงกับ SDG 4 ที่รับรองแล้ว (รับรอง 0 · เสนอ 1)",
                "en": "No approved link to SDG 4 (approved 0 · proposed 1)",
            },
            "hint": {
                "th": "เสนอความเชื่อมโยงกับเป้าหมายย่อย หรือพิจารณารับรองรายการที่เสนอไว้",
                "en": "Propose a link to a target, or decide on what is proposed",
            },
            "args": { "proposed": 1 },
            "page": "docs/rules/LINK-001.md",
        })
    );
}

/// The plan with a waiver that is in force, one that is over, and the day after.
pub fn waived() -> Fixture {
    let link = "      waiver LINK-001 until 2026-11-23 \"รอมติที่ประชุม\"\n";
    let money = "      waiver MONEY-001 until 2026-11-22 \"รอหนังสือจัดสรร\"\n";
    let project = "    project P-10 \"โครงการตัวอย่าง ก\"\n";
    read(&PLAN.replace(project, &format!("{project}{link}{money}")))
}

#[test]
fn what_is_waived_is_shown_apart_and_counts_for_nothing() {
    let report = report(&waived());
    assert_eq!(
        report.waived_lines(Locale::Th),
        [
            "ควรแก้ไข · LINK-001 · โครงการ P-10: ยังไม่มีความเชื่อมโยงกับ SDG 4 ที่รับรองแล้ว (รับรอง 0 · เสนอ 0) · \
             ยกเว้นถึง 23 พ.ย. 2569: รอมติที่ประชุม"
        ]
    );
    let lines = report.lines(Locale::En);
    assert!(
        !lines
            .iter()
            .any(|line| line.contains("LINK-001 · project P-10"))
    );
    assert_eq!(
        report.totals(Locale::En),
        "Must be repaired before sending 1 · Should be repaired 4 · Advice 0 (Waived 1)",
        "the waiver that is over waives nothing and is a finding itself"
    );
    let link = report.rules.iter().find(|rule| rule.code == "LINK-001");
    assert_eq!(link.map(|rule| (rule.findings, rule.waived)), Some((1, 1)));
    let json = serde_json::to_value(&report).unwrap();
    assert_eq!(json["waived"][0]["code"], "LINK-001");
    assert_eq!(json["waived"][0]["waiver"]["until"], "2026-11-23");
    assert_eq!(json["waived"][0]["waiver"]["reason"], "รอมติที่ประชุม");
}

#[test]
fn the_day_after_its_end_a_waiver_waives_no_longer() {
    let mut fixture = waived();
    fixture.scope.today = fixture.scope.today.tomorrow().unwrap();
    let report = report(&fixture);
    assert_eq!(report.counts.waived, 0);
    let lines = report.lines(Locale::En);
    let about = |text: &str| lines.iter().filter(|line| line.contains(text)).count();
    assert_eq!(
        (about("LINK-001 · project P-10"), about("WAIVE-001")),
        (1, 2)
    );
}

#[test]
fn only_what_is_waived_leaves_a_plan_clean() {
    let plan = "\
organisation office
edition plan annual
  strategy 1
    project P-1
      mode no_budget
      waiver LINK-001 until 2027-09-30 \"ตัวอย่าง\"
";
    let report = report(&read(plan));
    assert!(report.is_clean());
    assert_eq!(report.counts.waived, 1);
}

#[test]
fn what_a_rule_over_waivers_finds_cannot_be_waived() {
    let plan = "\
organisation office
edition plan annual
  strategy 1
    project P-1
      mode no_budget
      waiver MONEY-001 until 2027-09-30 \"ตัวอย่าง\"
      waiver WAIVE-001 until 2027-09-30 \"ตัวอย่าง\"
      waiver LINK-001 until 2027-09-30 \"ตัวอย่าง\"
";
    let report = report(&read(plan));
    assert_eq!(
        report.lines(Locale::En),
        [
            "Should be repaired · WAIVE-001 · project P-1: The waiver of MONEY-001 until 30 Sep 2027 waives nothing",
            "Should be repaired · WAIVE-001 · project P-1: The waiver of WAIVE-001 until 30 Sep 2027 waives nothing",
        ]
    );
}

//! The main job: import a real plan, read its thread, approve one link, see exactly that change, verify the trail.

use crate::terminal::{Terminal, narathiwat};

#[test]
fn the_thread_of_zero_dropout_says_what_is_approved_proposed_and_missing() {
    let terminal = Terminal::with_plan();
    let thread = terminal.run(&["trace", "PRJ2569-012"]);
    assert_eq!(thread.code, 1, "the thread is not whole yet");
    for expected in [
        "โครงการขับเคลื่อนการดำเนินงาน Thailand Zero Dropout",
        "สำนักงานศึกษาธิการจังหวัดนราธิวาส · ปีงบประมาณ 2569 · ได้รับจัดสรร 107,000 บาท",
        "ราง SDG 4 — เสนอแล้ว ยังไม่รับรอง",
        "┄ SDG4 · เป้าหมายย่อย 4.1",
        "━ narathiwat-2569 · ยุทธศาสตร์ 1",
        "ความเชื่อมโยงไปยัง SDG4 4.1 เสนอแล้วแต่ยังไม่รับรอง",
        "รางแผนระดับชาติและจังหวัด — ยังไม่เชื่อมโยง",
        "narathiwat-2569 1 ยังไม่เชื่อมโยงต่อไปยังแผนปฏิบัติราชการ ระยะ 5 ปี",
    ] {
        assert!(thread.out.contains(expected), "{expected}\n{}", thread.out);
    }
}

#[test]
fn one_approval_changes_the_totals_by_exactly_that_project() {
    let terminal = Terminal::with_plan();
    let before = coverage(&terminal);
    assert_eq!(before["total"]["satang"]["allotted"], 4_182_607_200_i64);
    let projects: Vec<_> = before["nodes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|n| n["figures"]["projects"].clone())
        .collect();
    assert_eq!(projects, [16, 11, 8, 4, 4]);
    assert_eq!(before["framework"]["only_proposed"], 43);
    assert_eq!(
        before["framework"]["unattributed"]["satang"]["allotted"],
        4_182_607_200_i64
    );

    terminal.ok(&[
        "link",
        "approve",
        "PRJ2569-012",
        "4.1",
        "--by",
        "ตัวอย่าง ผู้วางแผน",
        "--reason",
        "ตรงกับกลุ่มเป้าหมาย",
    ]);
    let after = coverage(&terminal);
    assert_eq!(after["total"], before["total"]);
    assert_eq!(after["framework"]["only_proposed"], 42);
    assert_eq!(
        after["framework"]["unattributed"]["satang"]["allotted"],
        4_171_907_200_i64
    );
    let target = |json: &serde_json::Value| json["framework"]["targets"][0].clone();
    assert_eq!(target(&after)["approved"], 1);
    assert_eq!(target(&after)["figures"]["satang"]["allotted"], 10_700_000);
    assert_eq!(
        target(&before)["figures"]["satang"]["allotted"],
        serde_json::Value::Null,
        "missing, not zero"
    );

    let why = terminal.ok(&["why", "4.1", "--plan", "SDG4"]);
    assert!(
        why.contains("PRJ2569-012") && why.contains("107,000"),
        "{why}"
    );
    assert!(terminal.ok(&["trail", "verify"]).contains("4 เหตุการณ์"));
}

fn coverage(terminal: &Terminal) -> serde_json::Value {
    serde_json::from_str(&terminal.ok(&[
        "coverage",
        "--plan",
        "narathiwat-2569",
        "--format",
        "json",
    ]))
    .unwrap()
}

#[test]
fn importing_again_changes_nothing_and_says_so() {
    let terminal = Terminal::with_plan();
    let again = terminal.ok(&[
        "import",
        "plan",
        narathiwat().to_str().unwrap(),
        "--format",
        "json",
    ]);
    let json: serde_json::Value = serde_json::from_str(&again).unwrap();
    for (kind, tally) in json["outcome"].as_object().unwrap() {
        assert_eq!(
            (&tally["added"], &tally["changed"]),
            (&0.into(), &0.into()),
            "{kind}"
        );
    }
    assert!(terminal.ok(&["trail", "verify"]).contains("3 เหตุการณ์"));
}

#[test]
fn a_folder_without_its_plan_and_labels_files_comes_in_too() {
    let terminal = Terminal::new();
    let folder = terminal.folder().join("plan-2569");
    std::fs::create_dir(&folder).unwrap();
    for file in [
        "strategies.csv",
        "objectives.csv",
        "kpis.csv",
        "agencies.csv",
        "projects.csv",
    ] {
        std::fs::copy(narathiwat().join(file), folder.join(file)).unwrap();
    }
    let imported = terminal.run(&["import", "plan", "plan-2569"]);
    assert_eq!(imported.code, 0, "{imported:?}");
    assert!(
        imported.err.contains("objectives.csv แถว 4"),
        "a note that is not kept is told: {}",
        imported.err
    );
    assert!(terminal.ok(&["coverage"]).contains("41,826,072"));
}

#[test]
fn english_is_spoken_when_asked() {
    let terminal = Terminal::with_plan();
    let thread = terminal.run(&["--lang", "en", "trace", "PRJ2569-012"]);
    assert!(
        thread.out.contains("SDG 4 rail — proposed, not approved"),
        "{}",
        thread.out
    );
    let help = terminal.ok(&["--help", "--lang", "en"]);
    assert!(
        help.contains("Usage: saithong") && help.contains("Exit codes"),
        "{help}"
    );
    let help = terminal.ok(&["--help"]);
    assert!(
        help.contains("วิธีใช้: saithong") && help.contains("รหัสเมื่อจบ"),
        "{help}"
    );
}

#[test]
fn a_roll_up_goes_by_owner_or_by_listing_and_names_its_axis() {
    let terminal = Terminal::with_plan();
    let json = terminal.ok(&[
        "coverage",
        "--by",
        "organisation",
        "--axis",
        "reports_to",
        "--format",
        "json",
    ]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let rows = json["organisations"].as_array().unwrap();
    assert_eq!(rows.len(), 17);
    let total: i64 = rows
        .iter()
        .map(|row| row["stages"]["allotted"]["satang"].as_i64().unwrap())
        .sum();
    assert_eq!(
        total, 4_182_607_200,
        "no agency of this plan lies below another"
    );
    assert!(
        terminal
            .ok(&["coverage", "--by", "organisation"])
            .contains("0/13"),
        "n of N beside the total"
    );
    assert_eq!(
        terminal
            .run(&[
                "coverage",
                "--by",
                "organisation",
                "--plan",
                "narathiwat-2569"
            ])
            .code,
        2
    );
}

#[test]
fn a_project_is_found_by_a_word_of_its_title_and_by_its_code_in_thai_digits() {
    let terminal = Terminal::with_plan();
    assert!(
        terminal
            .run(&["trace", "zero dropout"])
            .out
            .contains("PRJ2569-012")
    );
    assert!(
        terminal
            .run(&["trace", "prj๒๕๖๙-๐๑๒"])
            .out
            .contains("Thailand Zero Dropout")
    );
    let several = terminal.run(&["trace", "ปฐมวัย"]);
    assert!(
        several.out.contains("PRJ2569-004") && several.out.contains("PRJ2569-005"),
        "{}",
        several.out
    );
}

#[test]
fn what_is_only_listed_is_not_called_approved() {
    let terminal = Terminal::with_plan();
    let below = terminal.ok(&["trace", "1", "--plan", "narathiwat-2569"]);
    assert!(
        below.contains("โครงการที่อยู่ในแผนนี้ 16 โครงการ") && below.contains("[อยู่ในแผน]"),
        "{below}"
    );
    assert!(below.contains("รับรองแล้ว 0"), "{below}");
}

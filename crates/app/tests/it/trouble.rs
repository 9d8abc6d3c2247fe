//! What goes wrong says what happened, where, and the next step; and nothing is half-done.

use crate::terminal::{Terminal, narathiwat};

#[test]
fn a_database_that_is_not_there_is_not_made_by_looking() {
    let terminal = Terminal::new();
    let printed = terminal.run(&["trace", "PRJ2569-012"]);
    assert_eq!(printed.code, 2);
    assert!(
        printed.err.contains("ไม่พบฐานข้อมูล") && printed.err.contains("saithong import plan"),
        "{}",
        printed.err
    );
    assert!(!terminal.folder().join("n.db").exists());
}

#[test]
fn a_wrong_path_leaves_no_empty_database_behind() {
    let terminal = Terminal::new();
    let printed = terminal.run(&["import", "plan", "no-such-folder"]);
    assert_eq!(printed.code, 2);
    assert!(printed.err.contains("no-such-folder"), "{}", printed.err);
    assert!(!terminal.folder().join("n.db").exists());
}

#[test]
fn a_file_that_is_not_ours_is_left_untouched() {
    let terminal = Terminal::new();
    let file = terminal.folder().join("n.db");
    std::fs::write(&file, "บันทึกของคนอื่น").unwrap();
    let printed = terminal.run(&["import", "plan", narathiwat().to_str().unwrap()]);
    assert_eq!(printed.code, 2);
    assert!(
        printed.err.contains("ไม่ใช่ฐานข้อมูลของสายทอง"),
        "{}",
        printed.err
    );
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "บันทึกของคนอื่น");
}

#[test]
fn one_bad_row_rejects_the_import_unless_it_may_be_skipped() {
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
    let projects = folder.join("projects.csv");
    let text = std::fs::read_to_string(&projects).unwrap();
    std::fs::write(&projects, text.replacen(",107000,", ",หนึ่งแสน,", 1)).unwrap();

    let rejected = terminal.run(&["import", "plan", "plan-2569"]);
    assert_eq!(rejected.code, 2);
    assert!(
        rejected.err.contains("projects.csv แถว 13"),
        "{}",
        rejected.err
    );
    assert!(!terminal.folder().join("n.db").exists());

    let skipped = terminal.run(&["import", "plan", "plan-2569", "--skip-bad"]);
    assert_eq!(skipped.code, 1, "{skipped:?}");
    assert!(skipped.out.contains("ข้ามแถวที่ผิด 1 แถว"), "{}", skipped.out);
    assert!(terminal.ok(&["coverage"]).contains("41,719,072"));
}

#[test]
fn an_unknown_code_and_an_unknown_plan_name_what_would_be_known() {
    let terminal = Terminal::with_plan();
    let code = terminal.run(&["trace", "PRJ0000-000"]);
    assert_eq!(code.code, 2);
    assert!(code.err.contains("ไม่พบรหัส PRJ0000-000"), "{}", code.err);
    let plan = terminal.run(&["coverage", "--plan", "nowhere"]);
    assert!(plan.err.contains("narathiwat-2569"), "{}", plan.err);
    let several = terminal.run(&["trace", "4.1.1"]);
    assert!(several.err.contains("SDG4, narathiwat-2569"), "{several:?}");
}

#[test]
fn a_misspelt_option_is_told_in_thai_with_the_next_step() {
    let terminal = Terminal::new();
    let printed = terminal.run(&["coverage", "--plann", "x"]);
    assert_eq!(printed.code, 2);
    assert!(
        printed.err.contains("ไม่รู้จักตัวเลือก --plann") && printed.err.contains("--help"),
        "{}",
        printed.err
    );
}

#[test]
fn a_share_of_nothing_or_more_than_all_is_refused() {
    let terminal = Terminal::with_plan();
    for share in ["0", "10001"] {
        let printed = terminal.run(&[
            "link",
            "propose",
            "PRJ2569-012",
            "4.5",
            "--share",
            share,
            "--by",
            "ตัวอย่าง",
            "--reason",
            "ลอง",
        ]);
        assert_eq!(printed.code, 2, "{share}: {printed:?}");
        assert!(printed.err.contains("สัดส่วน"), "{}", printed.err);
    }
}

#[test]
fn nobody_cannot_approve() {
    let terminal = Terminal::with_plan();
    let printed = terminal.run(&[
        "link",
        "approve",
        "PRJ2569-012",
        "4.1",
        "--by",
        " ",
        "--reason",
        "ตรง",
    ]);
    assert_eq!(printed.code, 2, "{printed:?}");
    assert!(
        printed.err.contains("ยังไม่ระบุชื่อผู้ดำเนินการ"),
        "{}",
        printed.err
    );
}

#[test]
fn a_framework_lists_no_projects_and_says_so_instead_of_zero() {
    let terminal = Terminal::with_plan();
    let printed = terminal.run(&["coverage", "--plan", "SDG4"]);
    assert_eq!(printed.code, 2, "{printed:?}");
    assert!(printed.err.contains("SDG4 เป็นกรอบ"), "{}", printed.err);
}

#[test]
fn a_closed_output_ends_quietly() {
    use std::process::{Command, Stdio};
    let terminal = Terminal::with_plan();
    let mut child = Command::new(env!("CARGO_BIN_EXE_saithong"))
        .args(["check", "--db", "n.db"])
        .current_dir(terminal.folder())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

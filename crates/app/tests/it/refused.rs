//! What is refused is told wholly and leaves nothing behind; what the catalogues bring is known before they are recorded.

use crate::terminal::Terminal;
use std::fs;

/// A plan of one project of the provincial office of Phetchabun, with the rows of its links.
fn terminal(links: &str) -> Terminal {
    let terminal = Terminal::new();
    let folder = terminal.folder().join("plan-2569");
    fs::create_dir(&folder).unwrap();
    for (file, text) in [
        (
            "strategies.csv",
            "strategy_no,name_th\n1,คุณภาพผู้เรียน (ตัวอย่าง)\n",
        ),
        (
            "projects.csv",
            "code,title,agency_code,fiscal_year_be,strategy_no\nP-1,โครงการตัวอย่าง,PNBPEO,2569,1\n",
        ),
    ] {
        fs::write(folder.join(file), text).unwrap();
    }
    let links = format!("project_code,target_code,plan_code\n{links}");
    fs::write(folder.join("links.csv"), links).unwrap();
    terminal
}

#[test]
fn an_agency_of_our_own_catalogue_was_unknown_to_a_new_database() {
    let terminal = terminal("P-1,4.1,SDG4\n");
    terminal.ok(&["import", "plan", "plan-2569"]);
}

#[test]
fn a_refused_import_left_a_database_with_catalogues_behind() {
    let terminal = terminal("P-1,4.99,SDG4\nP-1,1,NO-PLAN\nP-1,4.1,SDG4\n");
    let refused = terminal.run(&["import", "plan", "plan-2569"]);
    assert_eq!(refused.code, 2);
    for expected in ["links.csv แถว 2", "4.99", "links.csv แถว 3", "NO-PLAN"] {
        assert!(
            refused.err.contains(expected),
            "{expected}\n{}",
            refused.err
        );
    }
    assert!(!terminal.folder().join("n.db").exists());

    let skipped = terminal.run(&["import", "plan", "plan-2569", "--skip-bad"]);
    assert_eq!(skipped.code, 1, "{skipped:?}");
    assert!(skipped.out.contains("ข้ามแถวที่ผิด 2 แถว"), "{}", skipped.out);
}

//! `saithong roles`: the table a terminal prints, without any database.

use crate::terminal::Terminal;

#[test]
fn the_table_of_rights_can_be_read_in_both_languages_before_there_is_a_database() {
    let terminal = Terminal::new();
    let thai = terminal.ok(&["roles"]);
    assert!(
        thai.contains("รับรองรายงาน") && thai.contains("ผู้วางแผนของจังหวัด"),
        "{thai}"
    );
    let english = terminal.ok(&["roles", "--lang", "en"]);
    assert!(english.contains("Certify a report"), "{english}");
    assert!(!terminal.folder().join("n.db").exists());
}

#[test]
fn one_role_says_why_it_may_not_do_the_rest() {
    let planner = Terminal::new().ok(&["roles", "planner"]);
    let certify = planner.lines().find(|line| line.starts_with("รับรองรายงาน"));
    assert!(certify.unwrap().contains("หัวหน้าหน่วยงาน"), "{planner}");
    // Nothing is left without words: every line of the table says how far, or why not.
    assert!(
        !planner.contains("permission.") && !planner.contains("reach."),
        "{planner}"
    );
}

#[test]
fn json_holds_every_role_with_every_act() {
    let json = Terminal::new().ok(&["roles", "--format", "json"]);
    let roles: Vec<serde_json::Value> = serde_json::from_str(&json).unwrap();
    assert_eq!(roles.len(), 8);
    for role in &roles {
        for act in role["acts"].as_array().unwrap() {
            assert_ne!(act["reach"].is_null(), act["why_not"].is_null(), "{act}");
        }
    }
}

#[test]
fn a_role_that_nobody_knows_names_those_there_are() {
    let printed = Terminal::new().run(&["roles", "king"]);
    assert_eq!(printed.code, 2);
    assert!(printed.err.contains("coordinator"), "{}", printed.err);
}

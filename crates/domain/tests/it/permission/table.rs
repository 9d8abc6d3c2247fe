//! The whole table as text: a change of anybody's rights is a change of this file, and is read as one.

use domain::{
    people::Role,
    permission::{Act, Reach, may_be_held, may_give, reach},
    text::pad,
};
use std::fmt::Write;

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/permission/table.txt");

fn table() -> String {
    let mut out = String::new();
    let mut line = |name: &str, cells: &mut dyn Iterator<Item = String>| {
        let cells: Vec<String> = cells.map(|cell| pad(&cell, 17)).collect();
        let line = format!("{}{}", pad(name, 22), cells.concat());
        let _ = writeln!(out, "{}", line.trim_end());
    };
    line(
        "act",
        &mut Role::ALL.iter().map(|role| role.code().to_owned()),
    );
    for act in Act::ALL {
        let cell = |role: &Role| reach(*role, *act).map_or("–", Reach::code).to_owned();
        line(act.code(), &mut Role::ALL.iter().map(cell));
    }
    let list = |codes: Vec<&str>| match codes.is_empty() {
        true => "–".to_owned(),
        false => codes.join(", "),
    };
    out.push_str("\nmay give and take back\n");
    for role in Role::ALL {
        let roles = may_give(*role).iter().map(|it| it.code()).collect();
        let _ = writeln!(out, "{}{}", pad(role.code(), 22), list(roles));
    }
    out.push_str("\nis held on\n");
    for role in Role::ALL {
        let seats = may_be_held(*role).iter().map(|it| it.code()).collect();
        let _ = writeln!(out, "{}{}", pad(role.code(), 22), list(seats));
    }
    out
}

/// `SAITHONG_WRITE=1` writes the file anew; whoever reviews the change then reads what it means.
#[test]
fn the_table_is_the_one_that_was_agreed() {
    if std::env::var_os("SAITHONG_WRITE").is_some() {
        std::fs::write(FILE, table()).unwrap();
    }
    let agreed = std::fs::read_to_string(FILE).unwrap();
    assert_eq!(table(), agreed, "the table of rights has changed");
}

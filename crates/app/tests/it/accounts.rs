//! The first administrator and the accounts as the operator types them.

use crate::terminal::{Printed, Terminal};
use std::{
    io::Write,
    process::{Command, Stdio},
};

const PASSWORD: &str = "ขนมครก เจ็ดกล่อง ริมแม่น้ำป่าสัก\n";

/// Runs `saithong` with a line for its input.
fn with_input(terminal: &Terminal, args: &[&str], input: &str) -> Printed {
    let mut child = Command::new(env!("CARGO_BIN_EXE_saithong"))
        .args(args)
        .current_dir(terminal.folder())
        .env_clear()
        .env("SAITHONG_DB", "n.db")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(input.as_bytes())
        .unwrap();
    let output = child.wait_with_output().unwrap();
    Printed {
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
        code: output.status.code().unwrap(),
    }
}

#[test]
fn the_first_administrator_is_made_listed_reset_and_signed_out() {
    let terminal = Terminal::new();
    let init = [
        "init",
        "--account",
        "admin",
        "--name",
        "ตัวอย่าง ผู้ดูแล",
        "--password-stdin",
    ];
    let weak = with_input(&terminal, &init, "password\n");
    assert_eq!(weak.code, 2);
    assert!(weak.err.contains("อย่างน้อย 12 ตัวอักษร"), "{}", weak.err);
    let made = with_input(&terminal, &init, PASSWORD);
    assert_eq!(made.code, 0, "{made:?}");
    assert!(
        made.out.contains("สำนักงานศึกษาธิการจังหวัดเพชรบูรณ์"),
        "{}",
        made.out
    );
    let again = with_input(&terminal, &init, PASSWORD);
    assert!(
        again.code == 2 && again.err.contains("มีผู้ดูแลระบบแล้ว"),
        "{again:?}"
    );

    let list = terminal.ok(&["user", "list"]);
    assert!(
        list.contains("admin") && list.contains("ผู้ดูแลระบบ PNBPEO") && list.contains("ยังไม่ตั้ง"),
        "{list}"
    );
    let json: serde_json::Value =
        serde_json::from_str(&terminal.ok(&["user", "list", "--format", "json"])).unwrap();
    assert_eq!(json[0]["roles"][0]["role"], "administrator");
    let link = terminal.ok(&[
        "user",
        "reset",
        "admin",
        "--address",
        "https://saithong.example/",
    ]);
    assert!(
        link.contains("https://saithong.example/reset/") && link.contains('█'),
        "{link}"
    );
    assert!(
        terminal
            .ok(&["user", "sessions", "admin"])
            .contains("ไม่มีการเข้าใช้งาน")
    );
    assert!(
        terminal
            .ok(&["user", "revoke", "admin"])
            .contains("0 รายการ")
    );
    let unknown = terminal.run(&["user", "reset", "nobody"]);
    assert!(
        unknown.code == 2 && unknown.err.contains("ไม่พบบัญชี nobody"),
        "{unknown:?}"
    );
    assert!(terminal.ok(&["trail", "list"]).contains("ตั้งผู้ดูแลระบบคนแรก"));
    assert!(terminal.ok(&["trail", "verify"]).contains("เหตุการณ์"));
}

#[test]
fn a_link_for_the_first_administrator_is_printed_whole_and_as_a_picture() {
    let terminal = Terminal::new();
    let made = terminal.ok(&["init", "--link", "--address", "https://saithong.example"]);
    assert!(
        made.contains("https://saithong.example/invitation/") && made.contains('█'),
        "{made}"
    );
    let path = terminal.ok(&["init", "--link"]);
    let token = path
        .lines()
        .last()
        .unwrap()
        .strip_prefix("/invitation/")
        .unwrap();
    assert_eq!(token.len(), 43);
    let nobody = terminal.run(&["init"]);
    assert!(
        nobody.code == 2 && nobody.err.contains("--account"),
        "{nobody:?}"
    );
    let nowhere = terminal.run(&["init", "--link", "--organisation", "NOWHERE"]);
    assert!(
        nowhere.code == 2 && nowhere.err.contains("NOWHERE"),
        "{nowhere:?}"
    );
}

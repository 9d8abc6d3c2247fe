//! `saithong demo`: fills a database once, needs no file beside the program, serves, and ends when told.

use crate::terminal::Terminal;
use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Command, Stdio},
};

#[test]
fn the_demonstration_is_filled_once() {
    let terminal = Terminal::new();
    let fill = ["demo", "--into", "d.db", "--only-fill"];
    assert!(terminal.ok(&fill).contains("d.db"));
    let told = terminal.ok(&["trail", "list", "--db", "d.db"]);
    terminal.ok(&fill);
    assert_eq!(terminal.ok(&["trail", "list", "--db", "d.db"]), told);
    let coverage = terminal.ok(&["coverage", "--plan", "narathiwat-2569", "--db", "d.db"]);
    assert!(coverage.contains("41,826,072"), "{coverage}");
}

#[test]
fn samples_were_mixed_into_a_database_that_people_work_in() {
    let terminal = Terminal::new();
    terminal.ok(&["import", "catalogue", "--db", "real.db"]);
    let told = terminal.ok(&["trail", "list", "--db", "real.db"]);
    let refused = terminal.run(&["demo", "--into", "real.db", "--only-fill"]);
    assert!(
        refused.code == 2 && refused.err.contains("--into"),
        "{refused:?}"
    );
    assert_eq!(terminal.ok(&["trail", "list", "--db", "real.db"]), told);
}

#[test]
fn the_people_of_the_demonstration_get_passwords_that_are_shown_once_and_kept_from_others() {
    let terminal = Terminal::new();
    let fill = ["demo", "--into", "d.db", "--only-fill"];
    let told = terminal.ok(&[&fill[..], &["--people-file", "people.json"]].concat());
    let file = terminal.folder().join("people.json");
    let people = std::fs::read_to_string(&file).unwrap();
    let people: Vec<serde_json::Value> = serde_json::from_str(&people).unwrap();
    assert!(people.len() >= 9, "{people:?}");
    let mut passwords: Vec<&str> = Vec::new();
    for one in &people {
        let (name, password) = (one["name"].as_str(), one["password"].as_str().unwrap());
        assert!(name.unwrap().starts_with("ตัวอย่าง"), "{one}");
        assert!(told.contains(password), "{password} is printed");
        passwords.push(password);
    }
    passwords.sort_unstable();
    passwords.dedup();
    assert_eq!(passwords.len(), people.len(), "nobody shares a password");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(&file).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    let again = terminal.ok(&fill);
    assert!(!again.contains("demo-planner"), "{again}");
}

#[test]
fn an_address_that_is_taken_is_told_with_the_way_out() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let printed = Terminal::new().run(&["demo", "--listen", &address]);
    assert_eq!(printed.code, 2, "{printed:?}");
    assert!(
        printed.err.contains(&address) && printed.err.contains("--listen"),
        "{printed:?}"
    );
}

/// Windows has no such order to end.
#[cfg(unix)]
#[test]
fn the_pages_are_served_until_the_program_is_told_to_end() {
    let terminal = Terminal::new();
    let mut served = Command::new(env!("CARGO_BIN_EXE_saithong"))
        .args(["demo", "--listen", "127.0.0.1:0"])
        .current_dir(terminal.folder())
        .env("TMPDIR", terminal.folder())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(served.stdout.take().unwrap()).lines();
    let ready = lines.find_map(|line| {
        line.unwrap()
            .split_once("http://")
            .map(|(_, rest)| rest.to_owned())
    });
    let address = ready.unwrap().split('/').next().unwrap().to_owned();

    let mut stream = TcpStream::connect(&address).unwrap();
    let request = "GET /en/narathiwat/projects/narathiwat-2569/PRJ2569-012 HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(
        answer.starts_with("HTTP/1.1 200 OK") && answer.contains("Zero Dropout"),
        "{answer}"
    );

    let order = Command::new("kill")
        .args(["-TERM", &served.id().to_string()])
        .status()
        .unwrap();
    assert!(order.success());
    assert_eq!(served.wait().unwrap().code(), Some(0));
    let left: Vec<_> = std::fs::read_dir(terminal.folder()).unwrap().collect();
    assert!(left.is_empty(), "the temporary database is gone: {left:?}");
}

//! Two programs serve one PostgreSQL database: what is done through one of them shows on the pages of the other.

use crate::terminal::{Terminal, narathiwat};
use actions::{
    Ctx,
    accounts::{Cost, Given, NewAccount, create_with_password},
};
use domain::{
    link::Link,
    people::Role,
    plan::{Node, NodeText},
};
use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, Command, Stdio},
    time::Duration,
};
use store::{Options, Reason, Store};
use testkit::{Engine, TestDatabase, database};

const PROJECT: &str = "/en/narathiwat/projects/narathiwat-2569/PRJ2569-012";
/// A page whose every figure comes from the snapshot.
const TARGETS: &str = "/en/narathiwat/targets";
const BETWEEN_LOOKS: Duration = Duration::from_millis(50);
/// However busy the computer is, by then the other one has read the trail.
const MOST_LOOKS: u32 = 600;

/// A program that serves, on a port of its own.
struct Served {
    child: Child,
    address: String,
}

impl Served {
    fn start(terminal: &Terminal, place: &str) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_saithong"))
            .args(["serve", "--listen", "127.0.0.1:0", "--log", "trouble"])
            .current_dir(terminal.folder())
            .env_clear()
            .env("SAITHONG_DB", place)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let ready = lines.find_map(|line| {
            line.ok()?
                .split_once("http://")
                .map(|(_, rest)| rest.to_owned())
        });
        let address = ready.unwrap().split('/').next().unwrap().to_owned();
        Self { child, address }
    }

    fn ask(&self, head: &str, more: &str, body: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let host = &self.address;
        let length = body.len();
        let request = format!(
            "{head} HTTP/1.0\r\nhost: {host}\r\norigin: http://{host}\r\n{more}content-length: {length}\r\n\r\n{body}"
        );
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    fn get(&self, path: &str, cookie: &str) -> String {
        self.ask(&format!("GET {path}"), &format!("cookie: {cookie}\r\n"), "")
    }

    fn post(&self, path: &str, cookie: &str, body: &str) -> String {
        let kind = "content-type: application/x-www-form-urlencoded";
        self.ask(
            &format!("POST {path}"),
            &format!("cookie: {cookie}\r\n{kind}\r\n"),
            body,
        )
    }

    /// The words of the page whose figures come from the snapshot.
    fn figures(&self) -> String {
        let page = self.get(TARGETS, "");
        assert!(page.starts_with("HTTP/1.0 200 OK"), "{page}");
        let main = page
            .split_once("<main")
            .unwrap()
            .1
            .split_once("</main>")
            .unwrap()
            .0;
        main.split('<')
            .filter_map(|part| Some(part.split_once('>')?.1))
            .collect()
    }

    /// How many looks it takes until other figures are shown.
    fn until_other_than(&self, before: &str) -> u32 {
        for looks in 1..MOST_LOOKS {
            if self.figures() != before {
                return looks;
            }
            std::thread::sleep(BETWEEN_LOOKS);
        }
        panic!("the act of another process never showed");
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The text between two others.
fn between<'t>(text: &'t str, start: &str, end: &str) -> &'t str {
    let rest = text
        .split_once(start)
        .unwrap_or_else(|| panic!("no {start} in {text}"))
        .1;
    rest.split(end).next().unwrap()
}

const PASSWORD: &str = "Seven-boxes-of-khanom-krok-by-the-river";

/// A plan, and an approver at the agency of a project.
async fn filled(terminal: &Terminal, place: &str) {
    let import = Command::new(env!("CARGO_BIN_EXE_saithong"))
        .args([
            "import",
            "plan",
            narathiwat().to_str().unwrap(),
            "--by",
            "ตัวอย่าง",
        ])
        .current_dir(terminal.folder())
        .env_clear()
        .env("SAITHONG_DB", place)
        .output()
        .unwrap();
    assert!(import.status.success(), "{import:?}");
    let store = Store::open(place, Options::default()).await.unwrap();
    let mut ctx = Ctx::system("ตัวอย่าง").unwrap();
    ctx.cost = Cost::LEAST;
    let found = store::texts::projects(&store, "PRJ2569-012", None)
        .await
        .unwrap();
    let organisation = found[0].row.0.owner;
    let new = NewAccount {
        account: "example.approver".to_owned(),
        name: "ตัวอย่าง ผู้รับรอง".to_owned(),
        position: None,
        roles: vec![Given {
            role: Role::Approver,
            organisation,
        }],
    };
    create_with_password(&store, &mut ctx, new, Some(PASSWORD))
        .await
        .unwrap();
    store.close().await.unwrap();
}

#[test]
fn what_is_done_through_one_program_shows_on_the_pages_of_the_other() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let terminal = Terminal::new();
    let db: TestDatabase = runtime.block_on(async {
        let db = database(Engine::Postgres).await;
        filled(&terminal, &db.place).await;
        db
    });
    let (one, other) = (
        Served::start(&terminal, &db.place),
        Served::start(&terminal, &db.place),
    );
    let before = other.figures();
    assert_eq!(one.figures(), before);

    // Somebody signs in at the one and approves a link there.
    let form = format!("account=example.approver&password={PASSWORD}");
    let answer = one.post("/en/narathiwat/sign-in", "", &form);
    assert!(answer.starts_with("HTTP/1.0 303"), "{answer}");
    let cookie = between(&answer, "set-cookie: ", ";").to_owned();
    // The session is one of both programs, and a sign-in changes no figure.
    let page = other.get(PROJECT, &cookie);
    assert_eq!(other.figures(), before);
    let to = format!(
        "{PROJECT}/links/{}",
        between(&page, &format!("action=\"{PROJECT}/links/"), "\"")
    );
    let csrf = between(&page, "name=\"csrf\" value=\"", "\"");
    let seen = between(&page, "name=\"seen\" value=\"", "\"");
    let form = format!("csrf={csrf}&seen={seen}&decision=approve&reason=example");
    let answer = one.post(&to, &cookie, &form);
    assert!(answer.starts_with("HTTP/1.0 303"), "{answer}");
    let pages = other.until_other_than(&before);
    let approved = other.figures();
    assert_eq!(one.figures(), approved);

    // A third process, the terminal, takes the decision back: both follow.
    let node = runtime.block_on(target(&db.place));
    let reject = [
        "link",
        "reject",
        "PRJ2569-012",
        &node,
        "--by",
        "ตัวอย่าง",
        "--reason",
        "ตัวอย่าง",
    ];
    let done = Command::new(env!("CARGO_BIN_EXE_saithong"))
        .args(reject)
        .current_dir(terminal.folder())
        .env_clear()
        .env("SAITHONG_DB", &db.place)
        .output()
        .unwrap();
    assert!(done.status.success(), "{done:?}");
    let terminal_act = other.until_other_than(&approved);
    one.until_other_than(&approved);
    eprintln!(
        "looks, 50 ms apart, until the other shows it: {pages} (page), {terminal_act} (terminal)"
    );
}

/// The code of the target that the project is linked to.
async fn target(place: &str) -> String {
    let store = Store::open(place, Options::default()).await.unwrap();
    let found = store::texts::projects(&store, "PRJ2569-012", None)
        .await
        .unwrap();
    let links = store::of::<(Link, Reason), _>(&store, &[found[0].row.0.id])
        .await
        .unwrap();
    let node = store::get::<(Node, NodeText)>(&store, links[0].row.0.node)
        .await
        .unwrap();
    store.close().await.unwrap();
    node.unwrap().row.1.code
}

//! `saithong serve` on a network: plain http is refused, TLS and proxies are taken, each mistake is told with the way out.

use crate::terminal::Terminal;

fn refused(args: &[&str]) -> String {
    let terminal = Terminal::new();
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let other = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let files = [
        ("cert.pem", made.cert.pem()),
        ("key.pem", made.signing_key.serialize_pem()),
        ("other.pem", other.signing_key.serialize_pem()),
    ];
    for (name, text) in files {
        std::fs::write(terminal.folder().join(name), text).unwrap();
    }
    let printed = terminal.run(args);
    assert_eq!(
        (printed.code, printed.out.as_str()),
        (2, ""),
        "{args:?}: {printed:?}"
    );
    assert!(
        printed.err.contains('→'),
        "the way out is missing: {printed:?}"
    );
    printed.err
}

#[test]
fn plain_http_is_for_the_same_computer_alone() {
    for listen in ["0.0.0.0:0", "[::]:0", "192.0.2.1:80", "10.0.0.1:8080"] {
        let told = refused(&["--lang", "en", "serve", "--listen", listen]);
        for way in [
            listen,
            "plain http",
            "--tls-cert",
            "--behind-proxy",
            "127.0.0.1",
        ] {
            assert!(told.contains(way), "{listen}: {way}: {told}");
        }
        let told = refused(&["serve", "--listen", listen]);
        assert!(told.contains("http ธรรมดา"), "{told}");
        let told = refused(&["--lang", "en", "demo", "--listen", listen]);
        assert!(told.contains("this computer alone"), "{told}");
    }
}

#[test]
fn mistakes_with_the_certificate_are_told_before_anything_is_opened() {
    let serve = |cert: &str, key: &str| {
        let mut args = vec!["--lang", "en", "serve", "--listen", "0.0.0.0:0"];
        args.extend(["--tls-cert", cert, "--tls-key", key]);
        refused(&args)
    };
    assert!(serve("nowhere.pem", "key.pem").contains("nowhere.pem"));
    assert!(serve("key.pem", "key.pem").contains("no certificate"));
    assert!(serve("cert.pem", "cert.pem").contains("no unencrypted private key"));
    assert!(serve("cert.pem", "other.pem").contains("does not go with the key"));
    let half = refused(&["--lang", "en", "serve", "--tls-cert", "cert.pem"]);
    assert!(half.contains("--tls-key"), "{half}");
}

#[test]
fn a_proxy_has_an_address() {
    let told = Terminal::new().run(&["serve", "--behind-proxy", "nginx"]);
    assert!(told.code == 2 && told.err.contains("nginx"), "{told:?}");
}

/// Windows has no such orders.
#[cfg(unix)]
mod running {
    use crate::terminal::Terminal;
    use std::{
        io::{BufRead, BufReader, Read, Write},
        net::TcpStream,
        process::{Child, ChildStderr, Command, Stdio},
    };

    /// The program at work on a database of its own: what it said it is reached at, and what it tells on the side.
    struct Running {
        child: Child,
        reached: String,
        told: BufReader<ChildStderr>,
    }

    impl Running {
        fn start(terminal: &Terminal, args: &[&str]) -> Self {
            terminal.ok(&["import", "catalogue"]);
            let mut child = Command::new(env!("CARGO_BIN_EXE_saithong"))
                .args(["--lang", "en", "serve", "--listen", "127.0.0.1:0"])
                .args(args)
                .current_dir(terminal.folder())
                .env_clear()
                .env("SAITHONG_DB", "n.db")
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()
                .unwrap();
            let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
            let ready = lines.find_map(|line| {
                let line = line.unwrap();
                let (_, rest) = line.split_once(" at ")?;
                Some(rest.split('/').take(3).collect::<Vec<_>>().join("/"))
            });
            let told = BufReader::new(child.stderr.take().unwrap());
            Self {
                child,
                reached: ready.unwrap(),
                told,
            }
        }

        fn order(&self, signal: &str) {
            let id = self.child.id().to_string();
            assert!(
                Command::new("kill")
                    .args([signal, &id])
                    .status()
                    .unwrap()
                    .success()
            );
        }

        /// The next line on the side that holds a text.
        fn hear(&mut self, text: &str) -> String {
            let mut lines = self.told.by_ref().lines().map(Result::unwrap);
            let found = lines.find(|line| line.contains(text));
            assert!(
                found.is_some(),
                "the program ended without telling «{text}»"
            );
            found.unwrap()
        }

        fn end(mut self) {
            self.order("-TERM");
            assert_eq!(self.child.wait().unwrap().code(), Some(0));
        }
    }

    #[test]
    fn behind_a_proxy_answers_demand_tls_and_the_log_has_no_question() {
        let terminal = Terminal::new();
        let mut running = Running::start(&terminal, &["--behind-proxy", "10.0.0.1, 127.0.0.1"]);
        let address = running.reached.strip_prefix("http://").unwrap().to_owned();
        let mut stream = TcpStream::connect(address).unwrap();
        let request = "GET /en/phetchabun/search?q=question-of-somebody HTTP/1.1\r\nhost: x\r\n\
                       x-forwarded-for: 198.51.100.9\r\nconnection: close\r\n\r\n";
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
        assert!(
            answer.contains("strict-transport-security: max-age="),
            "{answer}"
        );
        let line = running.hear("/en/phetchabun/search");
        assert!(line.contains("status=200"), "{line}");
        for secret in ["question-of-somebody", "198.51.100.9", "127.0.0.1"] {
            assert!(!line.contains(secret), "{line}");
        }
        running.end();
    }

    /// The order was listened for from the first wait on, some moments after the program had said where it is reached.
    #[test]
    fn an_order_to_end_right_after_the_address_was_told_killed_the_program() {
        let terminal = Terminal::new();
        for _ in 0..8 {
            Running::start(&terminal, &[]).end();
        }
    }

    #[test]
    fn a_renewed_certificate_is_read_when_the_program_is_told_so() {
        let terminal = Terminal::new();
        let write = || {
            let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
            std::fs::write(terminal.folder().join("cert.pem"), made.cert.pem()).unwrap();
            let key = made.signing_key.serialize_pem();
            std::fs::write(terminal.folder().join("key.pem"), key).unwrap();
        };
        write();
        let args = [
            "--tls-cert",
            "cert.pem",
            "--tls-key",
            "key.pem",
            "--log",
            "off",
        ];
        let mut running = Running::start(&terminal, &args);
        assert!(
            running.reached.starts_with("https://"),
            "{}",
            running.reached
        );
        std::fs::write(terminal.folder().join("cert.pem"), "").unwrap();
        running.order("-HUP");
        running.hear("holds no certificate");
        write();
        running.order("-HUP");
        running.hear("Certificate read again");
        running.end();
    }
}

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

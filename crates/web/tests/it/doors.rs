//! Every address has the door that its list says: the public comes in at the listed ones alone, roles open the others,
//! and forms are believed only from the session and the site that they belong to.

use crate::board_office::{Office, Somebody};
use crate::portal::{Answer, ask};
use axum::http::{Method, StatusCode};
use domain::people::Role;
use domain::permission::{Act, reach};
use std::collections::BTreeSet;
use web::doors::Door;

/// Every address below a province that everybody may open. A new one belongs here by decision, not by accident.
const PUBLIC: &[&str] = &[
    "",
    "/",
    "/about",
    "/accessibility",
    "/board",
    "/catalogue",
    "/coverage",
    "/findings",
    "/glossary",
    "/indicators",
    "/indicators/{plan}/{code}",
    "/invitation/{token}",
    "/organisations",
    "/organisations/{code}",
    "/plans",
    "/plans/{plan}",
    "/plans/{plan}/nodes/{code}",
    "/projects/{plan}/{code}",
    "/reset/{token}",
    "/roles",
    "/rules",
    "/rules/{code}",
    "/search",
    "/sign-in",
    "/sign-in/code",
    "/sign-out",
    "/steps",
    "/targets",
    "/targets/{code}",
];

/// Those without a province.
const PUBLIC_OUTSIDE: &[&str] = &["/", "/assets/{file}", "/en", "/en/", "/favicon.svg"];

/// Pages that only builds for development have.
const WORKSHOP: &[&str] = &["/_gallery"];

type Headers<'a> = &'a [(&'a str, &'a str)];

const FROM_HERE: Headers = &[("sec-fetch-site", "same-origin")];

/// An address with something in every place: things that are there where the sample year has them, else an id of nothing.
fn filled(address: &str) -> String {
    let parts = address.split('/').map(|part| match part {
        "{province}" => "phetchabun",
        "{code}" if address.contains("/organisations/") => "ESAO-PNB1",
        "{code}" => "4.1",
        "{plan}" => "SDG4",
        "{organisation}" => "ESAO-PNB1",
        "{item}" => "1",
        "{account}" => "example-planner",
        "{act}" => "role",
        "{token}" => "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        part if part.starts_with('{') => "00000000-0000-7000-8000-000000000000",
        part => part,
    });
    parts.collect::<Vec<_>>().join("/")
}

/// Every address that is not for everybody, with its door.
fn guarded(office: &Office) -> Vec<(String, Door)> {
    let mut all = web::addresses(&office.app);
    all.retain(|(_, door)| *door != Door::Public);
    assert!(all.len() > 20, "{all:?}");
    all
}

/// Whether a role opens a door.
fn comes_in(role: Role, door: Door) -> bool {
    match door {
        Door::With(act) => reach(role, act).is_some(),
        _ => true,
    }
}

/// Sends a form with the token given.
async fn send(
    office: &Office,
    who: Option<&Somebody>,
    path: &str,
    csrf: &str,
    more: &[(&str, &str)],
) -> Answer {
    let mut headers = vec![
        ("cookie", who.map_or("", Somebody::cookie)),
        ("content-type", "application/x-www-form-urlencoded"),
        ("host", "saithong.example"),
    ];
    headers.extend(more);
    office.post(path, &headers, &format!("csrf={csrf}")).await
}

/// Whether it is the page that says that a form is not believed.
fn not_believed(answer: &Answer) -> bool {
    let said = ["แบบฟอร์มนี้ใช้ไม่ได้แล้ว", "This form can no longer be used"];
    let main = answer.main();
    answer.status == StatusCode::FORBIDDEN && said.iter().any(|said| main.contains(said))
}

#[tokio::test]
async fn the_public_comes_in_at_the_listed_addresses_and_no_other() {
    let office = Office::open().await;
    let (mut thai, mut english, mut outside) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for (address, door) in web::addresses(&office.app) {
        let below = |start: &str| address.strip_prefix(start).map(str::to_owned);
        let (list, rest) = match (below("/en/{province}"), below("/{province}")) {
            (Some(rest), _) => (&mut english, rest),
            (_, Some(rest)) => (&mut thai, rest),
            _ => (&mut outside, address.clone()),
        };
        if door == Door::Public && !WORKSHOP.contains(&rest.as_str()) {
            assert!(list.insert(rest), "{address} is listed twice");
        }
    }
    let listed = |all: &[&str]| {
        let all = all.iter().map(|at| (*at).to_owned());
        all.collect::<BTreeSet<_>>()
    };
    assert_eq!(thai, listed(PUBLIC));
    assert_eq!(english, listed(PUBLIC));
    assert_eq!(outside, listed(PUBLIC_OUTSIDE));
}

#[tokio::test]
async fn every_other_address_leads_the_public_to_sign_in_and_changes_nothing() {
    let office = Office::open().await;
    let before = store::trail::heads(&office.store).await.unwrap();
    for (address, door) in guarded(&office) {
        let path = filled(&address);
        let read = ask(&office.portal, Method::GET, &path, &[]).await;
        let sent = send(&office, None, &path, "", FROM_HERE).await;
        let neither = [StatusCode::METHOD_NOT_ALLOWED; 2];
        assert_ne!(
            [read.status, sent.status],
            neither,
            "{address} takes nothing"
        );
        for answer in [read, sent] {
            if answer.status == StatusCode::METHOD_NOT_ALLOWED {
                continue;
            }
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{address} {door:?}");
            let there = answer.header("location");
            assert!(there.contains("/sign-in?next="), "{address}: {there}");
        }
    }
    assert_eq!(store::trail::heads(&office.store).await.unwrap(), before);
}

#[tokio::test]
async fn an_act_is_refused_to_whoever_holds_no_role() {
    let mut office = Office::open().await;
    let former = office.without_role().await;
    let csrf = office.csrf(&former).await;
    let before = store::trail::heads(&office.store).await.unwrap();
    let mut acts = BTreeSet::new();
    for (address, door) in guarded(&office) {
        let Door::With(act) = door else { continue };
        acts.insert(act.code());
        let path = filled(&address);
        let read = office.get(&former, &path).await;
        let sent = send(&office, Some(&former), &path, &csrf, FROM_HERE).await;
        for answer in [read, sent] {
            if answer.status == StatusCode::METHOD_NOT_ALLOWED {
                continue;
            }
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{address} {act:?}");
            assert!(!not_believed(&answer), "{address}: not for the role");
        }
    }
    assert!(acts.contains(Act::ManagePeople.code()), "{acts:?}");
    assert_eq!(store::trail::heads(&office.store).await.unwrap(), before);
}

#[tokio::test]
async fn who_has_not_the_second_factor_that_their_role_asks_for_reaches_their_own_account_and_nothing_else()
 {
    let mut office = Office::open().await;
    let unenrolled = office.somebody(Role::Administrator, "PNBPEO").await;
    let csrf = office.csrf(&unenrolled).await;
    let before = store::trail::heads(&office.store).await.unwrap();
    let mut own = BTreeSet::new();
    for (address, door) in guarded(&office) {
        if door == Door::Enrolling {
            own.insert(address.trim_start_matches("/en").to_owned());
            continue;
        }
        let path = filled(&address);
        let read = office.get(&unenrolled, &path).await;
        let sent = send(&office, Some(&unenrolled), &path, &csrf, FROM_HERE).await;
        for answer in [read, sent] {
            if answer.status == StatusCode::METHOD_NOT_ALLOWED {
                continue;
            }
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{address} {door:?}");
            let there = answer.header("location");
            assert!(
                there.ends_with("/account/second-factor"),
                "{address}: {there}"
            );
        }
    }
    assert_eq!(own.len(), 5, "{own:?}");
    assert!(
        own.iter().all(|at| at.starts_with("/{province}/account")),
        "{own:?}"
    );
    assert_eq!(store::trail::heads(&office.store).await.unwrap(), before);
    // Where everybody may look, they see what the public sees.
    for page in [
        "/organisations",
        "/organisations/ESAO-PNB1",
        "/findings",
        "/plans/SDG4",
    ] {
        let path = format!("/phetchabun{page}");
        let public = ask(&office.portal, Method::GET, &path, &[]).await;
        let theirs = office.get(&unenrolled, &path).await;
        assert_eq!(public.main(), theirs.main(), "{path}");
    }
    let board = office.get(&unenrolled, "/phetchabun/board").await;
    assert_eq!(board.status, StatusCode::OK);
    assert!(
        !board.text().contains("/board/ESAO-PNB1/"),
        "the board shows them rows of agencies"
    );
}

#[tokio::test]
async fn a_form_is_believed_from_its_own_session_and_site_alone() {
    let mut office = Office::open().await;
    let planner = office.somebody(Role::Planner, "PNBPEO").await;
    let administrator = office.trusted(Role::Administrator, "PNBPEO").await;
    let approver = office.somebody(Role::Approver, "ESAO-PNB1").await;
    let mut all = Vec::new();
    for (role, who) in [
        (Role::Planner, &planner),
        (Role::Administrator, &administrator),
        (Role::Approver, &approver),
    ] {
        all.push((role, who, office.csrf(who).await));
    }
    assert_ne!(all[0].2, all[1].2);
    let before = store::trail::heads(&office.store).await.unwrap();
    let mut taken = 0;
    for (address, door) in guarded(&office) {
        let path = filled(&address);
        // Somebody who comes through the door: elsewhere the role would refuse before the form does.
        let at = all.iter().position(|(role, ..)| comes_in(*role, door));
        let at = at
            .unwrap_or_else(|| panic!("nobody here comes through the door of {address}: {door:?}"));
        let ((_, who, own), (.., foreign)) = (&all[at], &all[(at + 1) % all.len()]);
        let bare = send(&office, Some(*who), &path, "", FROM_HERE).await;
        if bare.status == StatusCode::METHOD_NOT_ALLOWED {
            continue;
        }
        taken += 1;
        assert!(not_believed(&bare), "{address}, no token: {}", bare.status);
        let cases: [(&str, &str, Headers); 5] = [
            ("a foreign token", foreign, FROM_HERE),
            ("another site", own, &[("sec-fetch-site", "cross-site")]),
            ("a neighbour", own, &[("sec-fetch-site", "same-site")]),
            (
                "another origin",
                own,
                &[("origin", "https://other.example")],
            ),
            ("a hidden origin", own, &[("origin", "null")]),
        ];
        for (case, csrf, more) in cases {
            let answer = send(&office, Some(*who), &path, csrf, more).await;
            assert!(
                not_believed(&answer),
                "{address}, {case}: {}",
                answer.status
            );
        }
    }
    assert!(taken > 20, "only {taken} addresses take forms");
    assert_eq!(store::trail::heads(&office.store).await.unwrap(), before);
}

#[tokio::test]
async fn another_site_can_sign_nobody_out_or_in() {
    let mut office = Office::open().await;
    let planner = office.somebody(Role::Planner, "PNBPEO").await;
    let csrf = office.csrf(&planner).await;
    let (out, into) = ("/phetchabun/sign-out", "/phetchabun/sign-in");
    let elsewhere: &[_] = &[("origin", "https://other.example")];
    let cases = [
        send(&office, Some(&planner), out, "", FROM_HERE).await,
        send(&office, Some(&planner), out, &csrf, elsewhere).await,
        send(&office, None, into, "", elsewhere).await,
    ];
    for answer in cases {
        assert!(not_believed(&answer), "{}", answer.status);
    }
    let own = [("origin", "http://saithong.example")];
    let answer = send(&office, Some(&planner), out, &csrf, &own).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let after = office.get(&planner, "/phetchabun/account").await;
    assert_eq!(
        after.status,
        StatusCode::SEE_OTHER,
        "the old cookie opens nothing"
    );
}

#[tokio::test]
async fn a_changed_cookie_is_nobody() {
    let mut office = Office::open().await;
    let planner = office.somebody(Role::Planner, "PNBPEO").await;
    let account = "/phetchabun/account";
    assert_eq!(office.get(&planner, account).await.status, StatusCode::OK);
    let (name, token) = planner.cookie().split_once('=').unwrap();
    let first = match token.starts_with('x') {
        true => "y",
        false => "x",
    };
    let changed = [
        format!("{name}={first}{}", &token[1..]),
        format!("{name}={}", &token[1..]),
        format!("{name}={token}A"),
        format!("{name}="),
        format!("__Host-{name}={token}"),
    ];
    for cookie in changed {
        let cookie = [("cookie", cookie.as_str())];
        let answer = ask(&office.portal, Method::GET, account, &cookie).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{cookie:?}");
        let page = ask(&office.portal, Method::GET, "/phetchabun/", &cookie).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.header("cache-control").starts_with("public"));
    }
}

#[tokio::test]
async fn what_belongs_to_others_answers_as_what_is_not_there() {
    let mut office = Office::open().await;
    let other = office.somebody(Role::Planner, "PNBPEO").await;
    let theirs = office.sessions(&other).await[0].to_string();
    let file = office.file().await;
    let me = office.somebody(Role::Approver, "ESAO-PNB1").await;
    let csrf = office.csrf(&me).await;
    let nothing = "00000000-0000-7000-8000-000000000001";
    let pairs = [
        ("/people/*", "example-planner", "nobody"),
        ("/people/*/role", "example-planner", "nobody"),
        ("/account/sessions/*", &theirs, nothing),
        ("/files/*", &file, nothing),
        ("/board/*/6", "ESAO-PNB2", "NOBODY"),
        ("/board/*/6/certify", "ESAO-PNB2", "NOBODY"),
    ];
    for (path, there, not_there) in pairs {
        for method in [Method::GET, Method::POST] {
            let mut answers = Vec::new();
            for id in [there, not_there] {
                let at = format!("/phetchabun{}", path.replace('*', id));
                let answer = match method {
                    Method::GET => office.get(&me, &at).await,
                    _ => send(&office, Some(&me), &at, &csrf, FROM_HERE).await,
                };
                let refused = answer.status.is_client_error() && !not_believed(&answer);
                assert!(refused, "{method} {at}: {}", answer.status);
                answers.push((answer.status, answer.text().replace(id, "*")));
            }
            assert_eq!(answers[0], answers[1], "{method} {path}");
        }
    }
    let after = office.get(&other, "/phetchabun/account").await;
    assert_eq!(after.status, StatusCode::OK, "their session stands");
}

#[tokio::test]
async fn nobody_can_have_a_request_echoed() {
    let office = Office::open().await;
    for path in [
        "/",
        "/phetchabun/",
        "/phetchabun/sign-in",
        "/assets/base.css",
    ] {
        let answer = ask(&office.portal, Method::TRACE, path, &[]).await;
        assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{path}");
    }
}

//! The editor of organisations as people use it: an administrator merges and undoes, a planner takes in a list.

use crate::demo::{Demo, demo, planner};
use crate::portal::{Answer, NOW, ask, get, plain};
use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use domain::ids::{GrantId, PersonId, SessionId};
use domain::organisation::{Organisation, OrganisationText};
use domain::people::{Grant, Person, Role};
use domain::register::Succession;
use domain::time::Moment;
use http_body_util::BodyExt;
use sha2::{Digest, Sha256};
use store::{New, accounts::Session};
use tower::ServiceExt;

pub const ORGANISATIONS: &str = "/phetchabun/organisations";

/// Somebody of the provincial office with a session that has passed the second factor: their cookie.
pub async fn somebody(demo: &Demo, role: Role) -> String {
    let mut ctx = planner();
    let found = store::texts::organisations(&demo.store, "PNBPEO")
        .await
        .unwrap();
    let (person, grant): (PersonId, GrantId) = (ctx.id(), ctx.id());
    let tx = demo.store.begin().await.unwrap();
    let (name, position, left) = ("ตัวอย่าง".to_owned(), None, None);
    let row = Person {
        id: person,
        account: format!("example-{}", role as u8),
        name,
        position,
        left,
    };
    store::record(
        &tx,
        NOW,
        [New {
            version: ctx.id(),
            provenance: None,
            row,
        }],
    )
    .await
    .unwrap();
    let (valid_from, valid_to) = (None, None);
    let organisation = found[0].row.0.id;
    let row = Grant {
        id: grant,
        person,
        role,
        organisation,
        valid_from,
        valid_to,
    };
    store::record(
        &tx,
        NOW,
        [New {
            version: ctx.id(),
            provenance: None,
            row,
        }],
    )
    .await
    .unwrap();
    store::accounts::set_password(&tx, person, "never typed", NOW)
        .await
        .unwrap();
    // 256 bits that are nearly all zero, as the cookie writes them.
    let mut token = [0; 32];
    token[31] = role as u8;
    let last = ["A", "E", "I", "M", "Q", "U", "Y", "c"][role as usize];
    let id: SessionId = ctx.id();
    let later = Moment(NOW.0 + 3_600_000_000);
    let session = Session {
        id,
        person,
        created_at: NOW,
        seen_at: NOW,
        idle_for: 3_600_000_000,
        idle_until: later,
        ends_at: later,
        address: None,
        agent: None,
        second_factor: true,
        revoked_at: None,
    };
    store::accounts::open_session(&tx, &session, &Sha256::digest(token).into())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    format!("saithong={}{last}", "A".repeat(42))
}

pub async fn look(demo: &Demo, who: &str, path: &str) -> Answer {
    ask(&demo.portal, Method::GET, path, &[("cookie", who)]).await
}

/// Every hidden field of the last form of a page.
pub fn hidden(page: &str) -> Vec<(String, String)> {
    let form = page
        .rsplit_once("<form class=\"stack form\"")
        .map_or("", |(_, form)| form);
    let fields = form.split("type=\"hidden\" name=\"").skip(1);
    fields
        .filter_map(|field| {
            let (name, rest) = field.split_once("\" value=\"")?;
            Some((name.to_owned(), rest.split('"').next()?.to_owned()))
        })
        .collect()
}

pub async fn send(
    demo: &Demo,
    who: &str,
    to: &str,
    fields: &[(String, String)],
    file: Option<&[u8]>,
) -> Answer {
    let mut body = Vec::new();
    for (name, value) in fields {
        let part =
            format!("--x\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend_from_slice(part.as_bytes());
    }
    if let Some(file) = file {
        let head =
            "--x\r\ncontent-disposition: form-data; name=\"list\"; filename=\"list.csv\"\r\n\r\n";
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(file);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--x--\r\n");
    let request = Request::builder()
        .method(Method::POST)
        .uri(to)
        .header("cookie", who)
        .header("content-type", "multipart/form-data; boundary=x")
        .body(Body::from(body))
        .unwrap();
    let response = demo.portal.clone().oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = body.collect().await.unwrap().to_bytes().to_vec();
    Answer {
        status: parts.status,
        headers: parts.headers,
        bytes,
    }
}

/// Sends the form at `page` with what is typed beside its hidden fields.
pub async fn fill(
    demo: &Demo,
    who: &str,
    page: &str,
    typed: &[(&str, &str)],
    file: Option<&[u8]>,
) -> Answer {
    let form = look(demo, who, page).await;
    assert_eq!(form.status, StatusCode::OK, "{page}");
    let mut fields = hidden(&form.text());
    fields.extend(
        typed
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned())),
    );
    send(demo, who, page, &fields, file).await
}

pub const DAY: [(&str, &str); 3] = [("on-day", "1"), ("on-month", "1"), ("on-year", "2570")];

#[tokio::test]
async fn the_editor_is_shut_for_the_public_and_the_forests_for_planners() {
    let demo = demo().await;
    let planner = somebody(&demo, Role::Planner).await;
    let one = format!("{ORGANISATIONS}/PVEC-PNB");
    for rest in ["edit", "move", "close", "merge", "split", "reopen"] {
        let answer = get(&demo.portal, &format!("{one}/{rest}")).await;
        assert!(
            answer.status.is_redirection() || answer.status == StatusCode::UNAUTHORIZED,
            "{rest} {}",
            answer.status
        );
    }
    assert_eq!(
        look(&demo, &planner, &format!("{one}/edit")).await.status,
        StatusCode::OK
    );
    for rest in ["move", "close", "merge", "split", "reopen"] {
        assert_eq!(
            look(&demo, &planner, &format!("{one}/{rest}")).await.status,
            StatusCode::FORBIDDEN,
            "{rest}"
        );
    }
    let page = get(&demo.portal, &one).await.main();
    assert!(
        page.contains("ประวัติ") && !page.contains("ยุบรวม"),
        "history is for everybody, doors are not: {page}"
    );
}

#[tokio::test]
async fn every_form_stands_in_both_languages_with_every_sentence() {
    let demo = demo().await;
    let administrator = somebody(&demo, Role::Administrator).await;
    let one = format!("{ORGANISATIONS}/PVEC-PNB");
    let mut pages = vec![
        format!("{ORGANISATIONS}/new"),
        format!("{ORGANISATIONS}/import"),
        one.clone(),
    ];
    pages.extend(
        ["edit", "move", "close", "merge", "split", "reopen"].map(|rest| format!("{one}/{rest}")),
    );
    for page in pages {
        for language in ["", "/en"] {
            let answer = look(&demo, &administrator, &format!("{language}{page}")).await;
            assert_eq!(answer.status, StatusCode::OK, "{page}");
            let text = plain(&answer.text());
            assert!(
                !text.contains("organisation."),
                "a sentence is missing on {page}: {text}"
            );
        }
    }
    let template = look(
        &demo,
        &administrator,
        &format!("{ORGANISATIONS}/template.xlsx"),
    )
    .await;
    assert!(template.bytes.starts_with(b"PK\x03\x04"));
}

#[tokio::test]
async fn a_merger_says_what_it_will_do_does_it_and_is_undone_once() {
    let demo = demo().await;
    let who = somebody(&demo, Role::Administrator).await;
    let page = format!("{ORGANISATIONS}/DOLE-PNB/merge");
    // Nothing typed is lost, and every problem leads to its field.
    let wrong = fill(
        &demo,
        &who,
        &page,
        &[
            ("into", "DOLE-PNB"),
            ("from", "NOBODY"),
            ("reason", "คำสั่งตัวอย่าง"),
        ],
        None,
    )
    .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let text = wrong.text();
    assert!(
        text.contains("role=\"alert\"")
            && text.contains("href=\"#f-from\"")
            && text.contains("href=\"#f-on\""),
        "{text}"
    );
    assert!(text.contains("value=\"คำสั่งตัวอย่าง\"") && text.contains("value=\"NOBODY\""));

    let typed = [
        &DAY[..],
        &[("into", "PVEC-PNB"), ("reason", "คำสั่งตัวอย่าง ที่ 1/2570")],
    ]
    .concat();
    let seen = fill(&demo, &who, &page, &typed, None).await;
    assert_eq!(seen.status, StatusCode::OK, "{}", seen.main());
    let main = seen.main();
    assert!(
        main.contains("ย้าย 11 หน่วยงาน") && main.contains("0 คนต้องส่งมอบงาน"),
        "{main}"
    );
    let office = store::texts::organisations(&demo.store, "DOLE-PNB")
        .await
        .unwrap();
    assert_eq!(office[0].row.0.closed, None, "looking changes nothing");

    let done = send(&demo, &who, &page, &hidden(&seen.text()), None).await;
    assert!(done.status.is_redirection(), "{}", done.main());
    let after = look(&demo, &who, &format!("{ORGANISATIONS}/DOLE-PNB")).await;
    assert!(after.main().contains("ยุบรวมเข้ากับ"), "{}", after.main());
    let id = office[0].row.0.id;
    let row: Succession = store::register::successions(&demo.store, id).await.unwrap()[0].row;

    let undo = format!("{ORGANISATIONS}/DOLE-PNB/undo/{}", row.reorganisation);
    let seen = fill(&demo, &who, &undo, &[("reason", "บันทึกผิด (ตัวอย่าง)")], None).await;
    assert_eq!(seen.status, StatusCode::OK, "{}", seen.main());
    let done = send(&demo, &who, &undo, &hidden(&seen.text()), None).await;
    assert!(done.status.is_redirection(), "{}", done.main());
    let kept = store::get::<(Organisation, OrganisationText)>(&demo.store, id)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(kept.row.0.closed, None);
    let twice = fill(&demo, &who, &undo, &[("reason", "อีกครั้ง")], None).await;
    assert_eq!(twice.status, StatusCode::CONFLICT);
    assert!(twice.main().contains("ยกเลิกไปแล้ว"), "{}", twice.main());
}

#[tokio::test]
async fn a_list_of_schools_is_looked_at_confirmed_and_stands() {
    let demo = demo().await;
    let who = somebody(&demo, Role::Planner).await;
    let page = format!("{ORGANISATIONS}/import");
    let bad = "ชื่อโรงเรียน,รหัส SMIS,สังกัด\nโรงเรียนตัวอย่าง 1,123,ESAO-PNB1\n";
    let refused = fill(&demo, &who, &page, &[], Some(bad.as_bytes())).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused.main().contains("ไม่ใช่รหัส SMIS แปดหลัก"),
        "{}",
        refused.main()
    );

    let good = "ชื่อโรงเรียน,รหัส SMIS,สังกัด\nโรงเรียนตัวอย่าง 1,67010001,ESAO-PNB1\nโรงเรียนตัวอย่าง 2,67010002,ESAO-PNB1\n";
    let seen = fill(&demo, &who, &page, &[], Some(good.as_bytes())).await;
    assert_eq!(seen.status, StatusCode::OK, "{}", seen.main());
    assert!(seen.main().contains("เพิ่มใหม่2"), "{}", seen.main());
    assert!(
        store::texts::organisations(&demo.store, "67010001")
            .await
            .unwrap()
            .is_empty()
    );
    let confirmed = hidden(&seen.text());
    let done = send(&demo, &who, &page, &confirmed, None).await;
    assert!(done.status.is_redirection(), "{}", done.main());
    assert_eq!(
        look(&demo, &who, &format!("{ORGANISATIONS}/67010001"))
            .await
            .status,
        StatusCode::OK
    );
    // The same preview confirmed once more is another difference by now.
    let again = send(&demo, &who, &page, &confirmed, None).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    assert!(again.main().contains("ทะเบียนเปลี่ยนไป"), "{}", again.main());
}

#[tokio::test]
async fn two_planners_who_edit_one_office_are_told() {
    let demo = demo().await;
    let who = somebody(&demo, Role::Planner).await;
    let page = format!("{ORGANISATIONS}/PVEC-PNB/edit");
    let form = look(&demo, &who, &page).await.text();
    let version = form
        .split("name=\"version\" value=\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    let csrf = form
        .split("name=\"csrf\" value=\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    let typed = |name: &str| -> Vec<(String, String)> {
        [
            ("csrf", csrf),
            ("version", version),
            ("name_th", name),
            ("class", "agency_with_schools"),
            ("reason", "ตัวอย่าง"),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .to_vec()
    };
    let first = send(&demo, &who, &page, &typed("อาชีวศึกษาจังหวัด (ตัวอย่าง)"), None).await;
    assert!(first.status.is_redirection(), "{}", first.main());
    let second = send(&demo, &who, &page, &typed("ชื่ออื่น (ตัวอย่าง)"), None).await;
    assert_eq!(second.status, StatusCode::CONFLICT);
    let text = second.text();
    assert!(
        text.contains("ระหว่างที่เปิดหน้านี้") && text.contains("ชื่ออื่น (ตัวอย่าง)"),
        "{text}"
    );
    let shown = look(&demo, &who, &format!("{ORGANISATIONS}/PVEC-PNB"))
        .await
        .main();
    assert!(shown.contains("อาชีวศึกษาจังหวัด (ตัวอย่าง)"), "{shown}");
}

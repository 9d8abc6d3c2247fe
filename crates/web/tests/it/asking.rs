//! More is asked about a record, and organisations are reminded, as people do it on the pages.

use crate::board_office::{Office, Somebody};
use axum::http::StatusCode;
use domain::people::Role;

const CELL: &str = "/phetchabun/board/ESAO-PNB2/7.1";
const WANTED: &str = "โปรดระบุจำนวนผู้เข้าร่วม (ตัวอย่าง)";

/// The value of a hidden field on a page.
async fn hidden(office: &Office, who: &Somebody, page: &str, name: &str) -> String {
    let text = office.get(who, page).await.text();
    let found = text.split_once(&format!("name=\"{name}\" value=\""));
    let (_, rest) = found.unwrap_or_else(|| panic!("{page} has no {name}"));
    rest.split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn more_is_asked_answered_with_a_file_asked_again_and_closed() {
    let mut office = Office::open().await;
    let planner = office.somebody(Role::Planner, "PNBPEO").await;
    let coordinator = office.somebody(Role::Coordinator, "ESAO-PNB2").await;
    let approver = office.somebody(Role::Approver, "ESAO-PNB2").await;
    let ask = format!("{CELL}/ask?year=2570");
    let wrong = [("due-day", "1"), ("due-month", "11"), ("due-year", "2569")];
    let wrong = office.send(&planner, CELL, &ask, &wrong, None).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let main = wrong.main();
    assert!(
        main.contains("ยังไม่ระบุสิ่งที่ขอ") && main.contains("ผ่านไปแล้ว"),
        "{main}"
    );
    // 28 November 2026 is a Saturday.
    let typed = [
        ("wanted", WANTED),
        ("due-day", "28"),
        ("due-month", "11"),
        ("due-year", "2569"),
    ];
    let asked = office.send(&planner, CELL, &ask, &typed, None).await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER, "{}", asked.text());
    for (path, words) in [
        ("/phetchabun/tasks", "ศธจ.เพชรบูรณ์ ขอข้อมูลเพิ่มเติม"),
        ("/phetchabun/work", "ตอบคำขอ"),
        (CELL, "รอคำตอบ"),
    ] {
        let main = office.get(&coordinator, path).await.main();
        assert!(
            main.contains(WANTED) && main.contains(words) && main.contains("30 พ.ย. 2569"),
            "{path}: {main}"
        );
    }
    let board = office.get(&coordinator, CELL).await.main();
    assert!(board.contains("รับรองแล้ว"), "it still counts");
    // Nobody answers for the agency, and nobody else sees the form that would.
    for other in [&planner, &approver] {
        let text = office.get(other, CELL).await.text();
        assert!(!text.contains("name=\"answer\""));
    }
    let answer = format!("{CELL}/answer?year=2570");
    let known = [
        (
            "inquiry",
            hidden(&office, &coordinator, CELL, "inquiry").await,
        ),
        (
            "version",
            hidden(&office, &coordinator, CELL, "version").await,
        ),
    ];
    let known = known
        .each_ref()
        .map(|(name, value)| (*name, value.as_str()));
    let refused = office.send(&planner, CELL, &answer, &known, None).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let empty = office.send(&coordinator, CELL, &answer, &known, None).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(empty.main().contains("ยังไม่ระบุคำตอบ"), "{}", empty.main());
    let words = [known.as_slice(), &[("answer", "312 คน")]].concat();
    let file = Some(("รายชื่อ.pdf", b"%PDF-1.7 x".as_slice()));
    let answered = office.send(&coordinator, CELL, &answer, &words, file).await;
    assert_eq!(
        answered.status,
        StatusCode::SEE_OTHER,
        "{}",
        answered.text()
    );
    let work = office.get(&planner, "/phetchabun/work").await.main();
    assert!(work.contains("อ่านคำตอบ"), "{work}");
    let cell = office.get(&planner, CELL).await;
    assert!(
        cell.main().contains("312 คน") && cell.main().contains("รายชื่อ.pdf"),
        "{}",
        cell.main()
    );
    let again = [("wanted", "แยกรายอำเภอ")];
    let again = office.send(&planner, CELL, &ask, &again, None).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER, "{}", again.text());
    let known = [
        ("inquiry", hidden(&office, &planner, CELL, "inquiry").await),
        ("version", hidden(&office, &planner, CELL, "version").await),
    ];
    let known = known
        .each_ref()
        .map(|(name, value)| (*name, value.as_str()));
    let close = format!("{CELL}/close?year=2570");
    let closed = office.send(&planner, CELL, &close, &known, None).await;
    assert_eq!(closed.status, StatusCode::SEE_OTHER, "{}", closed.text());
    for language in ["", "/en"] {
        let main = office
            .get(&planner, &format!("{language}{CELL}"))
            .await
            .main();
        assert!(
            main.contains(WANTED) && main.contains("312 คน"),
            "the history is kept"
        );
        assert!(
            !main.contains("board.") && !main.contains("step."),
            "{main}"
        );
    }
    let stale = office.send(&planner, CELL, &close, &known, None).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn the_office_reminds_from_the_board_and_schools_hear_of_it_through_their_agency() {
    let mut office = Office::open().await;
    let planner = office.somebody(Role::Planner, "PNBPEO").await;
    let coordinator = office.somebody(Role::Coordinator, "DOLE-PNB").await;
    let school = office.somebody(Role::SchoolPlanner, "DOLE-6706").await;
    let executive = office.somebody(Role::Executive, "PNBPEO").await;
    let late = "/phetchabun/remind/7.2?year=2570";
    let board = office.get(&planner, "/phetchabun/board").await.text();
    assert!(
        board.contains("/phetchabun/remind/7.2?year=2570"),
        "the board leads there"
    );
    let refused = office.get(&executive, late).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let page = office.get(&planner, late).await.main();
    assert!(page.contains("เพื่อประสานสถานศึกษา 11 แห่ง"), "{page}");
    let empty = office
        .send(&planner, late, late, &[("text", " ")], None)
        .await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(empty.main().contains("ยังไม่ระบุข้อความแจ้งเตือน"));
    let words = "โปรดรายงานภายในวันศุกร์ (ตัวอย่าง)";
    let done = office
        .send(&planner, late, late, &[("text", words)], None)
        .await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.text());
    let again = office.get(&planner, late).await.main();
    assert!(again.contains("แจ้งเตือนเรื่องนี้แล้ววันนี้"), "{again}");
    let work = office.get(&coordinator, "/phetchabun/work").await.main();
    assert!(
        work.contains(words) && work.contains("ประสานสถานศึกษา 11 แห่ง"),
        "{work}"
    );
    for path in ["/phetchabun/tasks", "/phetchabun/board/DOLE-PNB/7.2"] {
        let main = office.get(&coordinator, path).await.main();
        assert!(
            main.contains("ศธจ.เพชรบูรณ์ แจ้งเตือนเมื่อ 23 พ.ย. 2569"),
            "{path}: {main}"
        );
    }
    let tasks = office.get(&coordinator, "/phetchabun/tasks").await.main();
    assert!(tasks.contains("ประสานสถานศึกษา 11 แห่ง"), "{tasks}");
    let theirs = office.get(&school, "/phetchabun/work").await.main();
    assert!(!theirs.contains(words), "{theirs}");
    // One cell alone, in English; the agency itself reminds its school.
    let one = "/en/phetchabun/remind/7.3?year=2570&organisation=ESAO-PNB2";
    let cell = office
        .get(&planner, "/en/phetchabun/board/ESAO-PNB2/7.1")
        .await
        .text();
    assert!(!cell.contains("/remind/7.1"), "nothing waits there");
    let page = office.get(&planner, one).await;
    assert!(
        page.main().contains("Nobody is to be reminded"),
        "{}",
        page.main()
    );
    let one = "/en/phetchabun/remind/7.1?year=2570&organisation=DOLE-6706";
    let page = office.get(&coordinator, one).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(!page.main().contains("coordinate"), "{}", page.main());
    let guessed = "/en/phetchabun/remind/7.1?year=2570&organisation=ESAO-PNB1";
    assert_eq!(
        office.get(&coordinator, guessed).await.status,
        StatusCode::FORBIDDEN
    );
}

#[tokio::test]
async fn a_planner_puts_a_wrong_file_of_their_own_draft_right() {
    let mut office = Office::open().await;
    let planner = office.somebody(Role::Planner, "PNBPEO").await;
    let cell = "/phetchabun/board/BPP-PNB/4";
    let draft = format!("{cell}/draft?year=2570");
    let typed = [
        ("done_on-day", "9"),
        ("done_on-month", "11"),
        ("done_on-year", "2569"),
        ("document", "ตัวอย่าง 9/2570"),
        ("letter_number", "ตช ตัวอย่าง/1"),
        ("letter_date-day", "2"),
        ("letter_date-month", "11"),
        ("letter_date-year", "2569"),
    ];
    let file = Some(("ผิด.pdf", b"%PDF-1.7 x".as_slice()));
    let drafted = office.send(&planner, &draft, &draft, &typed, file).await;
    assert_eq!(drafted.status, StatusCode::SEE_OTHER, "{}", drafted.text());
    let file = hidden(&office, &planner, cell, "file").await;
    let by = hidden(&office, &planner, cell, "by").await;
    let away = format!("{cell}/detach?year=2570");
    let own = [("file", &*file), ("by", "own")];
    let refused = office.send(&planner, cell, &away, &own, None).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let theirs = [("file", &*file), ("by", &*by)];
    let gone = office.send(&planner, cell, &away, &theirs, None).await;
    assert_eq!(gone.status, StatusCode::SEE_OTHER, "{}", gone.text());
    let main = office.get(&planner, cell).await.main();
    assert!(main.contains("นำหลักฐานออก: ผิด.pdf"), "{main}");
}

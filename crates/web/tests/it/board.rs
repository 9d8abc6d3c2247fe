//! The eight-step board as people use it: the public, an agency's coordinator and approver, the provincial planner.

use crate::board_office::Office;
use crate::portal::{get, plain};
use axum::http::StatusCode;
use calamine::{Reader, Xlsx, open_workbook_from_rs};
use domain::people::Role;

const BOARD: &str = "/phetchabun/board";
const CELL: &str = "/phetchabun/board/ESAO-PNB2/7.2";
const DAY: [(&str, &str); 3] = [
    ("done_on-day", "๙"),
    ("done_on-month", "11"),
    ("done_on-year", "๒๕๖๙"),
];

#[tokio::test]
async fn the_public_sees_n_of_n_by_step_and_no_row_of_a_single_agency() {
    let office = Office::open().await;
    for language in ["", "/en"] {
        let board = get(&office.portal, &format!("{language}{BOARD}")).await;
        assert_eq!(board.status, StatusCode::OK);
        let main = board.main();
        assert!(main.contains("15/23") && main.contains("1/1"), "{main}");
        assert!(
            !main.contains("ESAO") && !main.contains("เขต 2") && !main.contains("Area Office 2"),
            "{main}"
        );
        assert!(!main.contains("board."), "a sentence is missing: {main}");
    }
    // Pages of single cells, tasks, files and the workbook lead to the sign-in.
    for inside in [
        CELL,
        "/phetchabun/tasks",
        "/phetchabun/board.xlsx",
        "/phetchabun/files/018f0000-0000-7000-8000-000000000000",
    ] {
        let answer = get(&office.portal, inside).await;
        assert!(
            answer.status.is_redirection() || answer.status == StatusCode::UNAUTHORIZED,
            "{inside}: {}",
            answer.status
        );
    }
}

#[tokio::test]
async fn a_planner_sees_every_row_by_sector_filters_them_and_takes_them_away() {
    let mut office = Office::open().await;
    let planner = office.somebody(Role::Planner, "PNBPEO").await;
    for language in ["", "/en"] {
        let board = office.get(&planner, &format!("{language}{BOARD}")).await;
        assert_eq!(board.status, StatusCode::OK);
        let text = board.text();
        assert_eq!(
            text.matches("<th scope=\"row\">").count(),
            23,
            "40 organisations, 17 of them schools below an agency"
        );
        assert!(
            !text.contains("board.") || !plain(&text).contains("board."),
            "a sentence is missing"
        );
    }
    let board = office.get(&planner, BOARD).await.main();
    for word in [
        "ครบ",
        "อยู่ระหว่างดำเนินการ",
        "เกินกำหนด",
        "ส่งกลับแก้ไข",
        "รายงานผลเท่ากับ 0",
        "ยังไม่รายงาน",
        "ไม่เกี่ยวข้อง",
        "ยังไม่ถึงรอบรายงาน",
    ] {
        assert!(board.contains(word), "{word}");
    }
    // Sector before rank: the office, then OBEC's areas, then the others.
    let at = |word: &str| board.find(word).unwrap();
    assert!(at("ศึกษาธิการจังหวัด") < at("ประถมศึกษาเพชรบูรณ์ เขต 1"));
    assert!(at("ประถมศึกษาเพชรบูรณ์ เขต 3") < at("อาชีวศึกษาจังหวัดเพชรบูรณ์"));
    let late = office
        .get(&planner, &format!("{BOARD}?state=returned&year=2570"))
        .await
        .text();
    assert_eq!(late.matches("<th scope=\"row\">").count(), 3);
    let book = office
        .get(&planner, "/phetchabun/board.xlsx?state=returned")
        .await;
    assert_eq!(book.status, StatusCode::OK);
    let mut book: Xlsx<_> = open_workbook_from_rs(std::io::Cursor::new(book.bytes)).unwrap();
    assert_eq!(book.worksheet_range("กระดาน").unwrap().height(), 4);
}

#[tokio::test]
async fn a_coordinator_records_with_a_file_and_the_approver_makes_it_count() {
    let mut office = Office::open().await;
    let coordinator = office.somebody(Role::Coordinator, "ESAO-PNB2").await;
    let approver = office.somebody(Role::Approver, "ESAO-PNB2").await;
    let tasks = office.get(&coordinator, "/phetchabun/tasks").await.main();
    assert!(
        tasks.contains("ขั้นที่ 7.2") && tasks.contains("เกินกำหนด 7 วัน"),
        "{tasks}"
    );
    let page = format!("{CELL}/record?year=2570");
    // Everything wrong at once, and what was typed is still there.
    let wrong = office
        .send(
            &coordinator,
            &page,
            &page,
            &[
                ("done_on-day", "31"),
                ("done_on-month", "11"),
                ("done_on-year", "2569"),
                ("note", "พิมพ์ไว้แล้ว"),
                ("count", "x"),
            ],
            None,
        )
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let main = wrong.main();
    assert!(
        main.contains("เดือนนั้นไม่มีวันที่ 31") && main.contains("พิมพ์ไว้แล้ว"),
        "{main}"
    );
    // A page dressed as a picture is not taken, and the words with it wait in the form.
    let typed = [DAY.as_slice(), &[("note", "ตัวอย่าง")]].concat();
    let dressed = office
        .send(
            &coordinator,
            &page,
            &page,
            &typed,
            Some(("ภาพ.png", b"<html>")),
        )
        .await;
    assert_eq!(dressed.status, StatusCode::UNPROCESSABLE_ENTITY);
    let main = dressed.main();
    assert!(
        main.contains("ยังบันทึกไม่ได้") && main.contains("ไม่รับไฟล์ชนิดนี้: ภาพ.png"),
        "{main}"
    );
    assert!(
        main.contains("ตัวอย่าง") && main.contains("เลือกไฟล์เหล่านี้อีกครั้ง: ภาพ.png"),
        "{main}"
    );
    let empty = office.get(&coordinator, CELL).await.main();
    assert!(empty.contains("ยังไม่มีบันทึก"), "{empty}");
    let kept = office
        .send(
            &coordinator,
            &page,
            &page,
            &typed,
            Some(("คำสั่ง.exe", b"%PDF-1.7 x")),
        )
        .await;
    assert_eq!(
        (kept.status, kept.header("location")),
        (
            StatusCode::SEE_OTHER,
            "/phetchabun/board/ESAO-PNB2/7.2?year=2570&done=1"
        )
    );
    let told = office
        .get(&coordinator, kept.header("location"))
        .await
        .main();
    assert!(told.contains("ดำเนินการเรียบร้อยแล้ว"), "{told}");
    let cell = office.get(&coordinator, CELL).await;
    let text = cell.text();
    assert!(
        cell.main().contains("คำสั่ง.exe.pdf") && cell.main().contains("รอการรับรอง"),
        "{}",
        cell.main()
    );
    let (_, rest) = text.split_once("/phetchabun/files/").unwrap();
    let file = office
        .get(&coordinator, &format!("/phetchabun/files/{}", &rest[..36]))
        .await;
    assert_eq!(file.bytes, b"%PDF-1.7 x");
    assert_eq!(file.header("content-type"), "application/pdf");
    assert!(
        file.header("content-disposition")
            .starts_with("attachment;")
    );
    // The coordinator cannot certify, not even by sending the form; the approver can.
    let certify = format!("{CELL}/certify?year=2570");
    let refused = office.send(&coordinator, CELL, &certify, &[], None).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let done = office.send(&approver, CELL, &certify, &[], None).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    assert!(
        office
            .get(&approver, CELL)
            .await
            .main()
            .contains("รับรองแล้ว")
    );
    assert_eq!(store::trail::verify(&office.store, None).await.unwrap(), []);
    assert!(
        !office.live.refresh().await.unwrap(),
        "the snapshot has the act already"
    );
}

#[tokio::test]
async fn two_windows_on_one_cell_lose_nothing_and_say_who_came_first() {
    let mut office = Office::open().await;
    let coordinator = office.somebody(Role::Coordinator, "ESAO-PNB2").await;
    let page = format!("{CELL}/record?year=2570");
    let typed = [DAY.as_slice(), &[("note", "หน้าต่างแรก")]].concat();
    office.send(&coordinator, &page, &page, &typed, None).await;
    let approver = office.somebody(Role::Approver, "ESAO-PNB2").await;
    // The second window was opened before: it saw no record.
    let old = [DAY.as_slice(), &[("note", "หน้าต่างที่สอง"), ("seen", "")]].concat();
    let second = office.send(&coordinator, &page, &page, &old, None).await;
    assert_eq!(second.status, StatusCode::CONFLICT);
    let main = second.main();
    assert!(
        main.contains("หน้าต่างที่สอง") && main.contains("หน้าต่างแรก"),
        "{main}"
    );
    // Whoever certifies what is not there any more sees the cell as it stands now, and why nothing was done.
    let certify = format!("{CELL}/certify?year=2570");
    let late = [("seen", "00000000-0000-7000-8000-000000000000")];
    let late = office.send(&approver, CELL, &certify, &late, None).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    let main = late.main();
    assert!(
        main.contains("มีผู้บันทึกรายการนี้หลังจากที่ท่านเปิดดู") && main.contains("หน้าต่างแรก"),
        "{main}"
    );
}

#[tokio::test]
async fn a_planner_drafts_on_the_strength_of_a_letter_and_sees_the_mark() {
    let mut office = Office::open().await;
    let planner = office.somebody(Role::Planner, "PNBPEO").await;
    let cell = "/phetchabun/board/BPP-PNB/4";
    let page = format!("{cell}/draft?year=2570");
    let own = office.get(&planner, &format!("{cell}/record")).await;
    assert_eq!(own.status, StatusCode::FORBIDDEN);
    let typed = [
        DAY.as_slice(),
        &[("document", "ตัวอย่าง 9/2570"), ("letter_number", " ")],
    ]
    .concat();
    let without = office.send(&planner, &page, &page, &typed, None).await;
    assert!(
        without.main().contains("ยังไม่ระบุเลขที่หนังสือที่อ้างถึง"),
        "{}",
        without.main()
    );
    let letter = [
        ("letter_number", "ตช ตัวอย่าง/1"),
        ("letter_date-day", "2"),
        ("letter_date-month", "11"),
        ("letter_date-year", "2569"),
    ];
    let typed = [DAY.as_slice(), &[("document", "ตัวอย่าง 9/2570")], &letter].concat();
    let drafted = office.send(&planner, &page, &page, &typed, None).await;
    assert_eq!(drafted.status, StatusCode::SEE_OTHER, "{}", drafted.text());
    let main = office.get(&planner, cell).await.main();
    assert!(
        main.contains("ศธจ. บันทึกแทนหน่วยงาน") && main.contains("ตช ตัวอย่าง/1"),
        "{main}"
    );
}

#[tokio::test]
async fn a_coordinator_who_guesses_addresses_gets_one_answer_for_all_of_them() {
    let mut office = Office::open().await;
    let coordinator = office.somebody(Role::Coordinator, "ESAO-PNB2").await;
    let main = async |path: &str| {
        let answer = office.get(&coordinator, path).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
        // The short code by which the log is found differs from request to request.
        answer
            .main()
            .split("รหัส")
            .next()
            .unwrap_or_default()
            .to_owned()
    };
    let other = main("/phetchabun/board/ESAO-PNB1/6").await;
    assert_eq!(other, main("/phetchabun/board/NOBODY/6").await);
    let nothing = main("/phetchabun/files/018f0000-0000-7000-8000-000000000000").await;
    assert_eq!(nothing, main("/phetchabun/files/x").await);
    let own = office.get(&coordinator, BOARD).await.text();
    assert_eq!(
        own.matches("<th scope=\"row\">").count(),
        1,
        "their own row and no other"
    );
}

#[tokio::test]
async fn a_forged_form_is_refused() {
    let mut office = Office::open().await;
    let approver = office.somebody(Role::Approver, "ESAO-PNB1").await;
    let certify = "/phetchabun/board/ESAO-PNB1/7.3/certify?year=2570";
    let forged = office
        .send(&approver, BOARD, certify, &[("csrf", "00")], None)
        .await;
    assert_eq!(forged.status, StatusCode::FORBIDDEN);
}

//! Settings of the province: years, holidays, duties and the space for evidence, as an administrator changes them.

use crate::board_office::{Office, Somebody};
use axum::http::StatusCode;
use domain::people::Role;

const HOLIDAYS: &str = "/phetchabun/settings/holidays";
const DUTIES: &str = "/phetchabun/settings/duties?year=2570";

async fn sent(office: &Office, who: &Somebody, path: &str, typed: &[(&str, &str)]) -> String {
    let answer = office.send(who, path, path, typed, None).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    answer.main()
}

#[tokio::test]
async fn an_administrator_keeps_the_holidays_and_due_days_follow() {
    let mut office = Office::open().await;
    let administrator = office.trusted(Role::Administrator, "PNBPEO").await;
    for path in [HOLIDAYS, "/en/phetchabun/settings/holidays"] {
        let page = office.get(&administrator, path).await;
        assert_eq!(page.status, StatusCode::OK);
        let main = page.main();
        assert!(
            main.contains("วันสงกรานต์") && main.contains("(ตัวอย่าง)"),
            "{main}"
        );
        assert!(!main.contains("settings."), "{main}");
        assert!(
            !page.text().contains("name=\"nation\""),
            "not theirs to say for all"
        );
    }
    let wrong = [("day-day", "30"), ("day-month", "2"), ("day-year", "2570")];
    let wrong = office
        .send(&administrator, HOLIDAYS, HOLIDAYS, &wrong, None)
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let main = wrong.main();
    for words in ["เดือนนั้นไม่มีวันที่ 30", "ยังไม่ระบุชื่อวันหยุด", "ยังไม่ระบุที่มา"]
    {
        assert!(main.contains(words), "{words}: {main}");
    }
    // Step 7.4 is due on 15 December.
    let typed = [
        ("day-day", "15"),
        ("day-month", "12"),
        ("day-year", "2569"),
        ("name", "วันหยุดพิเศษ (ตัวอย่าง)"),
        ("source", "มติ ครม. (ตัวอย่าง)"),
    ];
    let main = sent(&office, &administrator, HOLIDAYS, &typed).await;
    assert!(
        main.contains("กำหนดส่งที่เลื่อน") && !main.contains("กำหนดส่งที่เลื่อน 0"),
        "{main}"
    );
    let cell = "/phetchabun/board/ESAO-PNB2/7.4";
    let planner = office.somebody(Role::Planner, "PNBPEO").await;
    assert!(
        office
            .get(&planner, cell)
            .await
            .main()
            .contains("16 ธ.ค. 2569")
    );
    // A national day is not the province's to take out; what it added is.
    let page = office.get(&administrator, HOLIDAYS).await.text();
    let ways: Vec<&str> = page.split(&format!("{HOLIDAYS}/")).skip(1).collect();
    assert_eq!(ways.len(), 2, "the two of the province");
    let own = page.split("วันหยุดพิเศษ").nth(1).unwrap();
    let own = own.split(&format!("{HOLIDAYS}/")).nth(1).unwrap();
    let remove = format!("{HOLIDAYS}/{}", &own[..36]);
    let why = office
        .send(&administrator, &remove, &remove, &[], None)
        .await;
    assert_eq!(why.status, StatusCode::UNPROCESSABLE_ENTITY);
    let main = sent(
        &office,
        &administrator,
        &remove,
        &[("reason", "ประกาศยกเลิก (ตัวอย่าง)")],
    )
    .await;
    assert!(main.contains("นำออกแล้ว"), "{main}");
    assert!(
        office
            .get(&planner, cell)
            .await
            .main()
            .contains("15 ธ.ค. 2569")
    );
    let gone = office.get(&administrator, &remove).await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_administrator_corrects_who_owes_a_step_and_when() {
    let mut office = Office::open().await;
    let administrator = office.trusted(Role::Administrator, "PNBPEO").await;
    for path in [DUTIES, "/en/phetchabun/settings/duties"] {
        let main = office.get(&administrator, path).await.main();
        assert!(
            !main.contains("settings.") && !main.contains("ui."),
            "{main}"
        );
    }
    let step = "/phetchabun/settings/duties/7.4?year=2570";
    let form = office.get(&administrator, step).await;
    assert!(
        form.text()
            .contains("name=\"school\" type=\"checkbox\" value=\"1\" checked")
    );
    let wrong = [("day", "31"), ("month", "11")];
    let wrong = office.send(&administrator, step, step, &wrong, None).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let main = wrong.main();
    for words in ["ไม่มีวันที่นี้ในปฏิทิน", "ยังไม่เลือกว่าใครต้องรายงาน", "ยังไม่ระบุที่มา"]
    {
        assert!(main.contains(words), "{words}: {main}");
    }
    let typed = [
        ("day", "๒๕"),
        ("month", "12"),
        ("provincial_office", "1"),
        ("agency_with_schools", "1"),
        ("school_on_its_own", "1"),
        ("source", "มติคณะทำงาน (ตัวอย่าง)"),
    ];
    let main = sent(&office, &administrator, step, &typed).await;
    assert!(
        main.contains("25 ธันวาคม") && main.contains("มติคณะทำงาน (ตัวอย่าง)"),
        "{main}"
    );
    let planner = office.somebody(Role::Planner, "PNBPEO").await;
    let school = office
        .get(&planner, "/phetchabun/board/VEC-TECH-PNB/7.4")
        .await
        .main();
    assert!(school.contains("ไม่เกี่ยวข้อง"), "{school}");
    let agency = office
        .get(&planner, "/phetchabun/board/ESAO-PNB2/7.4")
        .await
        .main();
    assert!(agency.contains("25 ธ.ค. 2569"), "{agency}");
    // A quarter is due so many days after its end.
    let quarter = office
        .get(&administrator, "/phetchabun/settings/duties/7.5?year=2570")
        .await;
    assert!(quarter.text().contains("name=\"days_after\""));
    let none = office
        .get(&administrator, "/phetchabun/settings/duties/9")
        .await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);
    let refused = office.get(&planner, DUTIES).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn an_administrator_opens_years_and_sets_the_space_for_evidence() {
    let mut office = Office::open().await;
    let administrator = office.trusted(Role::Administrator, "PNBPEO").await;
    let settings = "/phetchabun/settings";
    let opened = sent(&office, &administrator, settings, &[("year", "๒๕๗๑")]).await;
    assert!(opened.contains("เปิดแล้ว: 40 หน่วยงาน"), "{opened}");
    let wrong = office
        .send(
            &administrator,
            settings,
            settings,
            &[("year", "1999")],
            None,
        )
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let quota = "/phetchabun/settings/quota";
    let little = [("megabytes", "1")];
    let little = office
        .send(&administrator, settings, quota, &little, None)
        .await;
    assert_eq!(little.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(little.main().contains("ตั้งแต่ 20 ถึง"), "{}", little.main());
    let more = office
        .send(
            &administrator,
            settings,
            quota,
            &[("megabytes", "๑,๐๐๐")],
            None,
        )
        .await;
    assert_eq!(more.status, StatusCode::OK);
    assert!(more.main().contains("1,000 MB"), "{}", more.main());
    let page = office.get(&administrator, settings).await.text();
    assert!(page.contains("value=\"1000\""));
}

//! My work, the trail, links and settings as the people of Phetchabun see them.

use crate::board_office::Office;
use crate::portal::get;
use axum::http::StatusCode;
use domain::people::Role;

#[tokio::test]
async fn an_approver_finds_what_waits_for_a_certification_and_the_way_there() {
    let mut office = Office::open().await;
    let head = office.somebody(Role::Approver, "ESAO-PNB1").await;
    for path in ["/phetchabun/work", "/en/phetchabun/work"] {
        let answer = office.get(&head, path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        crate::pages::is_a_whole_page(path, &answer);
        assert_eq!(
            answer.header("cache-control"),
            "private, no-store",
            "{path}"
        );
    }
    let coordinator = office.somebody(Role::Coordinator, "ESAO-PNB1").await;
    let work = office.get(&coordinator, "/en/phetchabun/work").await.text();
    assert!(
        work.contains("/en/phetchabun/board/ESAO-PNB1/"),
        "no way to a cell"
    );
}

#[tokio::test]
async fn the_trail_is_read_filtered_proved_and_exported_by_an_auditor_and_by_nobody_below() {
    let mut office = Office::open().await;
    let auditor = office.somebody(Role::Auditor, "PNBPEO").await;
    let all = office.get(&auditor, "/en/phetchabun/trail?verify=1").await;
    assert_eq!(all.status, StatusCode::OK);
    let text = all.text();
    assert!(text.contains("The trail is whole"), "{text}");
    let none = office
        .get(&auditor, "/en/phetchabun/trail?actor=nobody.at.all")
        .await
        .text();
    assert!(none.contains("No event fits the filters"));
    let wrong = office
        .get(&auditor, "/en/phetchabun/trail?from=the+other+day")
        .await
        .text();
    assert!(wrong.contains("The day cannot be read"));
    let csv = office.get(&auditor, "/en/phetchabun/trail.csv").await;
    assert!(csv.header("content-type").starts_with("text/csv"));
    let lines = csv.text().lines().count();
    assert!(lines > 20, "{lines} lines");
    let coordinator = office.somebody(Role::Coordinator, "ESAO-PNB1").await;
    for path in ["/en/phetchabun/trail", "/en/phetchabun/trail.csv"] {
        assert_eq!(
            office.get(&coordinator, path).await.status,
            StatusCode::FORBIDDEN,
            "{path}"
        );
    }
    // Another province's trail is not theirs, though their role would carry the act at home.
    let other = office.get(&auditor, "/en/narathiwat/trail").await;
    assert_eq!(other.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn who_must_set_up_a_second_factor_finds_the_picture_to_scan() {
    let mut office = Office::open().await;
    let administrator = office.somebody(Role::Administrator, "PNBPEO").await;
    let page = office
        .get(&administrator, "/en/phetchabun/account/second-factor")
        .await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text().contains("<svg"), "no picture to scan");
}

#[tokio::test]
async fn a_planner_without_projects_sees_that_no_link_waits() {
    let mut office = Office::open().await;
    let planner = office.somebody(Role::Planner, "PNBPEO").await;
    let answer = office.get(&planner, "/en/phetchabun/links").await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.text().contains("No link waits for a decision"));
}

#[tokio::test]
async fn the_public_is_led_to_sign_in_and_back() {
    let office = Office::open().await;
    let answer = get(&office.portal, "/en/phetchabun/work").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(
        answer.header("location"),
        "/en/phetchabun/sign-in?next=%2Fen%2Fphetchabun%2Fwork"
    );
}

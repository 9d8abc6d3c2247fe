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
    let trail = "/en/phetchabun/trail";
    let proved = office.send(&auditor, trail, trail, &[], None).await;
    assert_eq!(proved.status, StatusCode::OK);
    assert!(proved.text().contains("The trail is whole"));
    // Looking proves nothing: it would read every event each time.
    let looked = office.get(&auditor, &format!("{trail}?verify=1")).await;
    assert!(!looked.text().contains("The trail is whole"));
    let none = office
        .get(&auditor, "/en/phetchabun/trail?actor=nobody.at.all")
        .await
        .text();
    assert!(none.contains("No event fits the filters"));
    let csv = office.get(&auditor, "/en/phetchabun/trail.csv").await;
    assert!(csv.header("content-type").starts_with("text/csv"));
    assert_eq!(csv.header("cache-control"), "private, no-store");
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
    // Another province's trail is not theirs, though their role would carry the act at home; nor is that above all.
    for path in [
        "/en/narathiwat/trail",
        "/en/phetchabun/trail?of=all",
        "/en/phetchabun/trail.csv?of=all",
    ] {
        let other = office.get(&auditor, path).await;
        assert_eq!(other.status, StatusCode::FORBIDDEN, "{path}");
    }
}

#[tokio::test]
async fn an_unreadable_day_exported_the_whole_trail() {
    let mut office = Office::open().await;
    let auditor = office.somebody(Role::Auditor, "PNBPEO").await;
    let wrong = "from=the+other+day&to=2569";
    let page = office
        .get(&auditor, &format!("/en/phetchabun/trail?{wrong}"))
        .await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    let text = page.text();
    assert!(
        text.contains("The day cannot be read") && text.contains("aria-describedby=\"e-from\""),
        "{text}"
    );
    assert!(!text.contains("<tbody"), "events that nobody asked for");
    let csv = office
        .get(&auditor, &format!("/en/phetchabun/trail.csv?{wrong}"))
        .await;
    assert_eq!(csv.status, StatusCode::BAD_REQUEST);
    assert!(!csv.text().contains("account.create"));
}

#[tokio::test]
async fn the_export_carries_the_filters_of_the_page_and_leaves_no_event_out() {
    let mut office = Office::open().await;
    let auditor = office.somebody(Role::Auditor, "PNBPEO").await;
    for _ in 0..1_100 {
        office.event("67", "step.detach").await;
    }
    let rows = |csv: &str| csv.lines().filter(|line| line.starts_with("67,")).count();
    let all = office.get(&auditor, "/phetchabun/trail.csv").await.text();
    assert!(rows(&all) > 1_100, "{} events", rows(&all));
    let page = office
        .get(&auditor, "/phetchabun/trail?act=step.detach&before=70")
        .await
        .text();
    assert!(
        page.contains("/phetchabun/trail.csv?act=step.detach\""),
        "the link to the file has other filters"
    );
    let some = office
        .get(&auditor, "/phetchabun/trail.csv?act=step.detach")
        .await
        .text();
    assert_eq!(rows(&some), 1_100);
}

#[tokio::test]
async fn an_auditor_of_the_installation_reads_the_trail_of_what_no_province_owns() {
    let mut office = Office::open().await;
    let auditor = office.somebody(Role::Auditor, "MOE").await;
    let region = office.somebody(Role::Reader, "REO17").await;
    let text = office
        .get(&auditor, "/en/phetchabun/trail?of=all&act=account.create")
        .await
        .text();
    assert!(
        text.contains("The whole installation") && text.contains(region.account()),
        "{text}"
    );
    let csv = office
        .get(&auditor, "/en/phetchabun/trail.csv?of=all")
        .await
        .text();
    assert!(csv.lines().any(|line| line.starts_with("TH,")));
    let province = office.get(&auditor, "/en/phetchabun/trail").await;
    assert_eq!(province.status, StatusCode::OK);
}

#[tokio::test]
async fn the_trail_shows_names_beside_ids_and_the_way_by_which_somebody_came() {
    let mut office = Office::open().await;
    let auditor = office.somebody(Role::Auditor, "PNBPEO").await;
    let coordinator = office.somebody(Role::Coordinator, "ESAO-PNB1").await;
    let of = |kind: &str, thing: &str| format!("/phetchabun/trail?kind={kind}&thing={thing}");
    let about = office
        .get(&auditor, &of("person", coordinator.account()))
        .await
        .text();
    assert!(
        about.contains("/phetchabun/organisations/ESAO-PNB1\""),
        "no name of the organisation"
    );
    assert!(
        about.contains("ที่เครื่องแม่ข่าย"),
        "made at the shell, and not said"
    );
    let none = office
        .get(&auditor, &of("organisation", coordinator.account()))
        .await
        .text();
    assert!(none.contains("ไม่มีเหตุการณ์ที่ตรงกับตัวกรอง"));
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

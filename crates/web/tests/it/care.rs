//! Looking after people on screen: who holds no role any more, organisations without anybody, sessions, what is asked of
//! sign-ins; and an auditor who reads all of it and changes nothing.

use crate::people::{Office, PEOPLE};
use crate::portal::get;
use axum::http::StatusCode;
use domain::people::Role;

/// The main part of a page, with its marks.
async fn main_of(office: &Office, who: &str, path: &str) -> String {
    let page = office.get(who, path).await.text();
    let (_, main) = page.split_once("<main").unwrap_or_default();
    main.split("</main>").next().unwrap_or_default().to_owned()
}

/// How many events the trail of the province has.
async fn told(office: &Office) -> i64 {
    let heads = store::trail::heads(&office.store).await.unwrap();
    let head = heads.iter().find(|head| head.province == "67");
    head.map_or(0, |head| head.number)
}

#[tokio::test]
async fn a_role_could_be_given_only_where_somebody_was_already() {
    let mut office = Office::open().await;
    let (_, admin) = office
        .somebody("admin", Role::Administrator, "PNBPEO")
        .await;
    let (school, _) = office
        .somebody("school", Role::SchoolPlanner, "DOLE-6701")
        .await;
    let form = format!("{PEOPLE}/school/role");
    let page = office.get(&admin, &form).await.text();
    assert!(
        page.contains("<datalist") && page.contains("(DOLE-6702)"),
        "{page}"
    );
    // A part of a name that fits several is said, and one that fits one is taken.
    let several = "role=school_planner&organisation=%E0%B8%A8%E0%B8%B9%E0%B8%99%E0%B8%A2%E0%B9%8C";
    let asked = office.send(&admin, &form, &form, several).await;
    assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(asked.text().contains("#f-organisation"));
    let given = office
        .send(
            &admin,
            &form,
            &form,
            "role=school_planner&organisation=DOLE-6702",
        )
        .await;
    assert_eq!(given.status, StatusCode::SEE_OTHER, "{}", given.text());
    assert_eq!(office.roles(school).await.len(), 2);
}

#[tokio::test]
async fn who_lost_the_last_role_could_neither_be_found_nor_given_one() {
    let mut office = Office::open().await;
    let (_, admin) = office
        .somebody("admin", Role::Administrator, "PNBPEO")
        .await;
    let (school, _) = office
        .somebody("school", Role::SchoolPlanner, "DOLE-6701")
        .await;
    let page = format!("{PEOPLE}/school");
    let shown = office.get(&admin, &page).await.text();
    let (_, rest) = shown.split_once("name=\"grant\" value=\"").unwrap();
    let typed = format!("grant={}", rest.split('"').next().unwrap());
    office
        .send(&admin, &page, &format!("{page}/take"), &typed)
        .await;
    assert!(office.roles(school).await.is_empty());
    assert!(
        !office
            .get(&admin, PEOPLE)
            .await
            .text()
            .contains("/people/school")
    );
    let former = office
        .get(&admin, &format!("{PEOPLE}?show=former"))
        .await
        .text();
    assert!(former.contains("/people/school"), "{former}");
    let none = office
        .get(&admin, &format!("{PEOPLE}?show=former&q=nobody"))
        .await
        .text();
    assert!(!none.contains("/people/school"));
    let shown = office.get(&admin, &page).await.text();
    assert!(
        shown.contains("/reset-link/school") && shown.contains("/people/school/role"),
        "{shown}"
    );
    let form = format!("{page}/role");
    office
        .send(
            &admin,
            &form,
            &form,
            "role=school_planner&organisation=DOLE-6703",
        )
        .await;
    assert_eq!(office.roles(school).await, [Role::SchoolPlanner]);
}

#[tokio::test]
async fn what_somebody_left_behind_could_not_be_handed_over_on_screen() {
    let mut office = Office::open().await;
    let (_, admin) = office
        .somebody("admin", Role::Administrator, "PNBPEO")
        .await;
    office.somebody("old", Role::Coordinator, "DOLE-PNB").await;
    let (new, _) = office
        .somebody("new", Role::SchoolPlanner, "DOLE-6701")
        .await;
    let leave = format!("{PEOPLE}/old/leave");
    office.send(&admin, &leave, &leave, "on-day=").await;
    let form = format!("{PEOPLE}/old/hand-over");
    let page = office.get(&admin, &format!("{PEOPLE}/old")).await.text();
    assert!(
        page.contains(&form)
            && !page.contains("/people/old/leave")
            && !page.contains("/people/old/role")
    );
    let handed = office.send(&admin, &form, &form, "to=new").await;
    assert_eq!(handed.status, StatusCode::SEE_OTHER, "{}", handed.text());
    let mut held = office.roles(new).await;
    held.sort();
    assert_eq!(held, [Role::Coordinator, Role::SchoolPlanner]);
}

#[tokio::test]
async fn an_administrator_ends_where_somebody_is_signed_in_and_nobody_else_does() {
    let mut office = Office::open().await;
    let (_, admin) = office
        .somebody("admin", Role::Administrator, "PNBPEO")
        .await;
    let (_, other) = office
        .somebody("other", Role::Coordinator, "ESAO-PNB2")
        .await;
    let (_, theirs) = office
        .somebody("school", Role::SchoolPlanner, "DOLE-6701")
        .await;
    assert_eq!(
        office.get(&theirs, "/phetchabun/account").await.status,
        StatusCode::OK
    );
    let page = format!("{PEOPLE}/school");
    let shown = office.get(&admin, &page).await.text();
    let (_, rest) = shown.split_once("name=\"session\" value=\"").unwrap();
    let typed = format!("session={}", rest.split('"').next().unwrap());
    let to = format!("{page}/end-session");
    let guessed = office.send(&other, PEOPLE, &to, &typed).await;
    assert_eq!(guessed.status, StatusCode::NOT_FOUND);
    let before = told(&office).await;
    let ended = office.send(&admin, &page, &to, &typed).await;
    assert_eq!(ended.status, StatusCode::SEE_OTHER);
    assert_eq!(told(&office).await, before + 1, "one event");
    assert_ne!(
        office.get(&theirs, "/phetchabun/account").await.status,
        StatusCode::OK
    );
    let all = office
        .send(&admin, PEOPLE, &format!("{PEOPLE}/other/end-sessions"), "")
        .await;
    assert_eq!(all.status, StatusCode::SEE_OTHER);
    assert_ne!(
        office.get(&other, "/phetchabun/account").await.status,
        StatusCode::OK
    );
}

#[tokio::test]
async fn an_auditor_who_reads_everything_had_no_page_of_people_and_roles() {
    let mut office = Office::open().await;
    let (_, auditor) = office.somebody("auditor", Role::Auditor, "PNBPEO").await;
    let (_, planner) = office.somebody("planner", Role::Planner, "PNBPEO").await;
    let (school, _) = office
        .somebody("school", Role::SchoolPlanner, "DOLE-6701")
        .await;
    for language in ["", "/en"] {
        let list = office.get(&auditor, &format!("{language}{PEOPLE}")).await;
        assert_eq!(list.status, StatusCode::OK);
        let list = main_of(&office, &auditor, &format!("{language}{PEOPLE}")).await;
        assert!(
            list.contains("/people/school") && !list.contains("/invite"),
            "{list}"
        );
        let one = main_of(&office, &auditor, &format!("{language}{PEOPLE}/school")).await;
        for act in [
            "/role",
            "/leave",
            "/hand-over",
            "/take",
            "/reset-link",
            "end-session",
            "<form",
        ] {
            assert!(!one.contains(act), "{act}: {one}");
        }
    }
    for act in ["role", "leave", "hand-over"] {
        let form = office
            .get(&auditor, &format!("{PEOPLE}/school/{act}"))
            .await;
        assert_eq!(form.status, StatusCode::FORBIDDEN, "{act}");
    }
    let to = format!("{PEOPLE}/school/leave");
    let gone = office
        .send(&auditor, "/phetchabun/account", &to, "on-day=")
        .await;
    assert_eq!(gone.status, StatusCode::FORBIDDEN);
    assert_eq!(office.roles(school).await.len(), 1);
    assert_eq!(
        office.get(&planner, PEOPLE).await.status,
        StatusCode::FORBIDDEN
    );
}

#[tokio::test]
async fn what_is_asked_of_sign_ins_is_set_on_screen_after_it_was_shown_what_follows() {
    let mut office = Office::open().await;
    let (_, admin) = office
        .somebody("admin", Role::Administrator, "PNBPEO")
        .await;
    office.somebody("head", Role::Approver, "ESAO-PNB1").await;
    let page = "/en/phetchabun/settings/sign-in";
    let settings = office.get(&admin, "/phetchabun/settings").await.text();
    assert!(settings.contains("/phetchabun/settings/sign-in"));
    let shown = office.get(&admin, page).await;
    assert_eq!(shown.status, StatusCode::OK);
    assert!(
        !shown.text().contains("of=all"),
        "the installation is not theirs to change"
    );
    let wrong = office
        .send(&admin, page, page, "idle_minutes=x&absolute_hours=13")
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text().contains("#f-idle_minutes"));
    let before = told(&office).await;
    let typed = "approver=1&idle_minutes=30";
    let asked = office.send(&admin, page, page, typed).await;
    assert_eq!(asked.status, StatusCode::OK);
    let text = asked.main();
    assert!(
        text.contains("Will need a second factor") && text.contains("so far: 1"),
        "{text}"
    );
    assert_eq!(told(&office).await, before, "shown, and not done");
    let done = office
        .send(&admin, page, page, &format!("{typed}&confirmed=1"))
        .await;
    assert_eq!(done.status, StatusCode::SEE_OTHER);
    assert_eq!(told(&office).await, before + 1);
    let stands = office.get(&admin, page).await.text();
    let (_, box_) = stands.split_once("id=\"f-approver\"").unwrap();
    assert!(
        box_.split('>').next().unwrap().contains("checked"),
        "{stands}"
    );
    assert!(stands.contains("value=\"30\""));
    for path in [page, "/en/phetchabun/settings/sign-in?of=all"] {
        assert!(get(&office.portal, path).await.status.is_redirection());
    }
    let above = office
        .get(&admin, "/en/phetchabun/settings/sign-in?of=all")
        .await;
    assert_eq!(above.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn looking_at_the_page_of_the_second_factor_wrote_an_event() {
    let mut office = Office::open().await;
    let (_, planner) = office.somebody("planner", Role::Planner, "PNBPEO").await;
    let page = "/en/phetchabun/account/second-factor";
    let before = told(&office).await;
    let looked = main_of(&office, &planner, page).await;
    assert!(
        looked.contains("name=\"begin\"") && !looked.contains("<svg class=\"qr"),
        "{looked}"
    );
    assert_eq!(told(&office).await, before);
    let begun = office.send(&planner, page, page, "begin=1").await;
    assert_eq!(begun.status, StatusCode::SEE_OTHER);
    assert_eq!(told(&office).await, before + 1);
    let first = main_of(&office, &planner, page).await;
    assert!(first.contains("name=\"code\""));
    let again = main_of(&office, &planner, page).await;
    assert_eq!(told(&office).await, before + 1, "shown twice, drawn once");
    let secret = |page: &str| {
        page.split("class=\"secret\">")
            .nth(1)
            .map(|rest| rest[..32].to_owned())
    };
    assert!(secret(&first).is_some() && secret(&first) == secret(&again));
}

#[tokio::test]
async fn a_second_factor_that_no_role_asks_for_could_not_be_given_up() {
    let mut office = Office::open().await;
    let (person, planner) = office.somebody("planner", Role::Planner, "PNBPEO").await;
    let (admin_id, admin) = office
        .somebody("admin", Role::Administrator, "PNBPEO")
        .await;
    let (page, off) = ("/en/phetchabun/account", "/account/second-factor/off");
    assert!(!main_of(&office, &planner, page).await.contains(off));
    let none = office
        .send(
            &planner,
            page,
            &format!("{page}/second-factor/off"),
            "off=x",
        )
        .await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    for one in [person, admin_id] {
        office.give_factor(one).await;
    }
    assert!(main_of(&office, &planner, page).await.contains(off));
    let wrong = office
        .send(
            &planner,
            page,
            &format!("{page}/second-factor/off"),
            "off=wrong",
        )
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text().contains("href=\"#f-off\""), "{}", wrong.text());
    // An administrator cannot do without.
    assert!(!main_of(&office, &admin, page).await.contains(off));
}

#[tokio::test]
async fn an_agency_without_people_is_a_finding_for_who_sees_its_work_and_for_nobody_else() {
    let mut office = Office::open().await;
    let year = actions::steps::OpenYear {
        province: "67".to_owned(),
        year: domain::time::FiscalYear(2570),
    };
    office.open_year(year).await;
    let findings = "/phetchabun/findings?rule=OWNER-003";
    let at = |main: &str| main.matches("/rules/OWNER-003").count();
    let (_, planner) = office.somebody("planner", Role::Planner, "PNBPEO").await;
    let (_, admin) = office
        .somebody("admin", Role::Administrator, "PNBPEO")
        .await;
    let before = main_of(&office, &planner, findings).await;
    assert!(before.contains("/organisations/DOLE-PNB\""), "{before}");
    assert!(
        !before.contains("/organisations/DOLE-6701\""),
        "a school is found at its agency"
    );
    let public = get(&office.portal, findings).await.text();
    assert!(
        !public.contains("/organisations/DOLE-PNB\""),
        "a partner is shamed in public"
    );
    office
        .somebody("agency", Role::Coordinator, "DOLE-PNB")
        .await;
    let half = main_of(&office, &planner, findings).await;
    assert!(
        half.contains("/organisations/DOLE-PNB\""),
        "nobody certifies there"
    );
    office.somebody("head", Role::Approver, "DOLE-PNB").await;
    let after = main_of(&office, &planner, findings).await;
    assert!(!after.contains("/organisations/DOLE-PNB\""));
    assert_eq!(
        at(&after) + 1,
        at(&before),
        "one finding for each organisation"
    );
    // An act on people reaches the page without anything else having happened.
    let leave = format!("{PEOPLE}/agency/leave");
    office.send(&admin, &leave, &leave, "on-day=").await;
    let again = main_of(&office, &planner, findings).await;
    assert!(again.contains("/organisations/DOLE-PNB\""));
}

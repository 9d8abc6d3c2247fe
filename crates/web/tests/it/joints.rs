//! Links from the page of a project: proposed with a share, changed and decided by who may; nobody's account is named
//! in public.

use crate::editing::{Office, PROJECT, form, with};
use crate::pages::{between, is_a_whole_page};
use crate::portal::{Answer, get};
use axum::http::StatusCode;
use domain::ids::OrganisationId;
use domain::people::Role;

pub const NODE: &str = "/narathiwat/plans/narathiwat-2569/nodes/1";

/// The first address of a page that ends so.
pub fn address(page: &str, end: &str) -> String {
    let all = between(page, "href=\"", "\"").into_iter();
    let found = all.map(|to| to.replace("&amp;", "&"));
    let mut found = found.filter(|to| to.contains(end));
    found.next().unwrap_or_else(|| panic!("no way to {end}"))
}

/// The office that owns the plan of Narathiwat.
pub fn owner_of_plan(office: &Office) -> OrganisationId {
    office.demo.live.read(|now| {
        let plan = now.plan("narathiwat-2569").unwrap();
        let edition = now.edition_of(plan.id).unwrap();
        now.snapshot
            .plans()
            .edition(edition)
            .unwrap()
            .owner
            .unwrap()
    })
}

/// The id of the element of a plan with a code.
pub fn node(office: &Office, plan: &str, code: &str) -> String {
    office.demo.live.read(|now| {
        let edition = now.edition_of(now.plan(plan).unwrap().id).unwrap();
        now.node(edition, code).unwrap().to_string()
    })
}

pub fn is(answer: &Answer, status: StatusCode) {
    assert_eq!(answer.status, status, "{}", answer.main());
}

#[tokio::test]
async fn a_link_is_proposed_from_a_suggestion_with_share_and_reason() {
    let mut office = Office::open().await;
    let coordinator = office.somebody("coordinator", Role::Coordinator).await;
    let page = office.get(&coordinator, PROJECT).await.text();
    let (_, suggested) = page.split_once("id=\"suggestions\"").unwrap();
    let to = address(suggested, "/links/new?node=");
    let asked = office.get(&coordinator, &to).await;
    is(&asked, StatusCode::OK);
    is_a_whole_page(&to, &asked);
    assert!(asked.text().contains("คำที่ตรงกัน: "), "{}", asked.main());
    let blank = form(&asked.text(), &to, 0);
    assert!(
        blank.contains(&("share".to_owned(), "100".to_owned())),
        "{blank:?}"
    );
    let wrong = with(&blank, &[("share", "ครึ่งหนึ่ง"), ("reason", " ")]);
    let wrong = office.send(&coordinator, &to, &wrong).await;
    is(&wrong, StatusCode::UNPROCESSABLE_ENTITY);
    for said in ["อ่านสัดส่วนไม่ได้", "ยังไม่ระบุเหตุผล"]
    {
        assert!(wrong.main().contains(said), "{said}: {}", wrong.main());
    }
    assert!(
        wrong.text().contains("ครึ่งหนึ่ง"),
        "what was typed is still there"
    );
    let zero = with(&blank, &[("share", "๐"), ("reason", "ครู")]);
    is(
        &office.send(&coordinator, &to, &zero).await,
        StatusCode::UNPROCESSABLE_ENTITY,
    );
    let typed = with(&blank, &[("share", "๓๓.๓๓"), ("reason", "ครูของโครงการ")]);
    let sent = office.send(&coordinator, &to, &typed).await;
    is(&sent, StatusCode::SEE_OTHER);
    assert_eq!(sent.header("location"), format!("{PROJECT}#joints"));
    let shown = get(&office.demo.portal, PROJECT).await.main();
    for said in ["สัดส่วนร้อยละ 33.33", "ครูของโครงการ"]
    {
        assert!(shown.contains(said), "{said}: {shown}");
    }
    assert!(!shown.contains("coordinator"), "{shown}");
    let text = get(&office.demo.portal, PROJECT).await.text();
    assert!(
        !text.contains("/links/new"),
        "the public is offered nothing"
    );
    // Somebody else who still has the form is told that it stands.
    let twice = office.send(&coordinator, &to, &typed).await;
    is(&twice, StatusCode::CONFLICT);
    assert!(twice.main().contains("มีอยู่แล้ว"), "{}", twice.main());
}

#[tokio::test]
async fn what_a_project_serves_is_found_by_code_words_and_plan_without_script() {
    let mut office = Office::open().await;
    let coordinator = office.somebody("coordinator", Role::Coordinator).await;
    let new = format!("{PROJECT}/links/new");
    let found = async |query: &str| {
        let answer = office.get(&coordinator, &format!("{new}{query}")).await;
        is(&answer, StatusCode::OK);
        is_a_whole_page(&new, &answer);
        let text = answer.text();
        let ways = between(&text, "/links/new?node=", "\"");
        ways.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>()
    };
    let (target, indicator) = (node(&office, "SDG4", "4.7"), node(&office, "SDG4", "4.7.1"));
    let by_code = found("?q=SDG4+4.7").await;
    assert_eq!(
        by_code.first(),
        Some(&target),
        "the one with that code comes first"
    );
    assert!(by_code.contains(&indicator));
    assert!(
        found("?q=%E0%B8%84%E0%B8%A3%E0%B8%B9").await.len() > 1,
        "ครู"
    );
    assert!(found("?plan=SDG4").await.len() > 10);
    assert!(found("?q=xyzzy").await.is_empty());
    // The plan that lists the project is not for it to serve, and what is linked already not to be taken again.
    assert!(found("?plan=narathiwat-2569").await.is_empty());
    let own = node(&office, "narathiwat-2569", "1");
    let refused = office.get(&coordinator, &format!("{new}?node={own}")).await;
    is(&refused, StatusCode::NOT_FOUND);
    let page = office
        .get(&coordinator, &format!("{new}?plan=SDG4"))
        .await
        .text();
    assert!(
        page.contains("ui.link.") || page.contains("class=\"st gold\""),
        "the state of what is linked"
    );
}

#[tokio::test]
async fn a_share_is_changed_by_who_may_and_not_over_somebody_else() {
    let mut office = Office::open().await;
    let coordinator = office.somebody("coordinator", Role::Coordinator).await;
    let approver = office.somebody("approver", Role::Approver).await;
    let page = office.get(&coordinator, PROJECT).await.text();
    let to = address(&page, "/change");
    let asked = office.get(&coordinator, &to).await;
    is(&asked, StatusCode::OK);
    is_a_whole_page(&to, &asked);
    let seen = form(&asked.text(), &to, 0);
    // An approver decides and does not change what is proposed.
    is(&office.get(&approver, &to).await, StatusCode::FORBIDDEN);
    let changed = with(
        &seen,
        &[("share", "60"), ("reason", "แบ่งกับครู"), ("primary", "1")],
    );
    is(
        &office.send(&coordinator, &to, &changed).await,
        StatusCode::SEE_OTHER,
    );
    let shown = get(&office.demo.portal, PROJECT).await.main();
    for said in ["สัดส่วนร้อยละ 60", "แบ่งกับครู", "ความเชื่อมโยงหลัก"]
    {
        assert!(shown.contains(said), "{said}: {shown}");
    }
    // Who still has the form from before is told what stands now, and keeps what they typed.
    let late = with(&seen, &[("share", "80"), ("reason", "ของคนที่สอง")]);
    let late = office.send(&coordinator, &to, &late).await;
    is(&late, StatusCode::CONFLICT);
    assert!(late.main().contains("สัดส่วนร้อยละ 60"), "{}", late.main());
    assert!(late.text().contains("ของคนที่สอง"));
    // Once it is approved, it is the approver's to change, and the coordinator reads that it is.
    let decide = to.trim_end_matches("/change").to_owned();
    let old = form(&office.get(&coordinator, &to).await.text(), &to, 0);
    let approve = form(&office.get(&approver, PROJECT).await.text(), &decide, 0);
    let approve = with(
        &approve,
        &[("decision", "approve"), ("reason", "มติ ๑/๒๕๗๐")],
    );
    is(
        &office.send(&approver, &decide, &approve).await,
        StatusCode::SEE_OTHER,
    );
    is(&office.get(&coordinator, &to).await, StatusCode::FORBIDDEN);
    let late = office
        .send(&coordinator, &to, &with(&old, &[("share", "70")]))
        .await;
    is(&late, StatusCode::CONFLICT);
    assert!(
        late.main().contains("รับรองแล้ว") && !late.text().contains("name=\"share\""),
        "{}",
        late.main()
    );
    let anew = form(&office.get(&approver, &to).await.text(), &to, 0);
    assert!(
        anew.contains(&("reason".to_owned(), String::new())),
        "a decision says anew why: {anew:?}"
    );
    let anew = with(&anew, &[("share", "55.5"), ("reason", "มติ ๒/๒๕๗๐")]);
    is(
        &office.send(&approver, &to, &anew).await,
        StatusCode::SEE_OTHER,
    );
    let shown = get(&office.demo.portal, PROJECT).await.main();
    assert!(
        shown.contains("สัดส่วนร้อยละ 55.5") && shown.contains("มติ ๒/๒๕๗๐"),
        "{shown}"
    );
}

#[tokio::test]
async fn the_public_reads_the_decision_and_its_reason_but_not_whose_it_was() {
    let mut office = Office::open().await;
    let coordinator = office
        .somebody("somebody-who-edits", Role::Coordinator)
        .await;
    let approver = office
        .somebody("somebody-who-decides", Role::Approver)
        .await;
    let page = office.get(&approver, PROJECT).await.text();
    let to = between(&page, "action=\"", "\"");
    let to = to
        .into_iter()
        .find(|to| to.contains("/links/"))
        .unwrap()
        .to_owned();
    let approve = with(
        &form(&page, &to, 0),
        &[("decision", "approve"), ("reason", "มติคณะทำงาน")],
    );
    is(
        &office.send(&approver, &to, &approve).await,
        StatusCode::SEE_OTHER,
    );
    let edit = format!("{PROJECT}/edit");
    let words = form(&office.get(&coordinator, &edit).await.text(), &edit, 0);
    let words = with(&words, &[("note", "หมายเหตุที่แก้ไขแล้ว")]);
    is(
        &office.send(&coordinator, &edit, &words).await,
        StatusCode::SEE_OTHER,
    );
    for (who, names) in [(None, false), (Some(&approver), true)] {
        let shown = match who {
            Some(who) => office.get(who, PROJECT).await.main(),
            None => get(&office.demo.portal, PROJECT).await.main(),
        };
        assert!(
            shown.contains("มติคณะทำงาน") && shown.contains("หมายเหตุที่แก้ไขแล้ว"),
            "{shown}"
        );
        for account in ["somebody-who-decides", "somebody-who-edits"] {
            assert_eq!(shown.contains(account), names, "{account}: {shown}");
        }
        assert_eq!(shown.contains("พิจารณาแล้ว"), !names, "{shown}");
    }
}

//! Links and alignments from their pages: proposed with a share, changed, decided one by one and in a sitting, by who
//! may; nobody's account is named in public.

use crate::editing::{Office, PROJECT, form, with};
use crate::pages::{between, is_a_whole_page};
use crate::portal::{Answer, get};
use axum::http::StatusCode;
use domain::ids::OrganisationId;
use domain::people::Role;

const NODE: &str = "/narathiwat/plans/narathiwat-2569/nodes/1";
const SITTING: &str = "/narathiwat/links";

/// The first address of a page that ends so.
fn address(page: &str, end: &str) -> String {
    let all = between(page, "href=\"", "\"").into_iter();
    let found = all.map(|to| to.replace("&amp;", "&"));
    let mut found = found.filter(|to| to.contains(end));
    found.next().unwrap_or_else(|| panic!("no way to {end}"))
}

/// The office that owns the plan of Narathiwat.
fn owner_of_plan(office: &Office) -> OrganisationId {
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
fn node(office: &Office, plan: &str, code: &str) -> String {
    office.demo.live.read(|now| {
        let edition = now.edition_of(now.plan(plan).unwrap().id).unwrap();
        now.node(edition, code).unwrap().to_string()
    })
}

fn is(answer: &Answer, status: StatusCode) {
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

#[tokio::test]
async fn an_alignment_is_proposed_approved_and_seen_from_both_ends() {
    let mut office = Office::open().await;
    office.owner = owner_of_plan(&office);
    let coordinator = office.somebody("plan-coordinator", Role::Coordinator).await;
    let approver = office.somebody("plan-approver", Role::Approver).await;
    let page = office.get(&coordinator, NODE).await;
    is_a_whole_page(NODE, &page);
    let new = address(&page.text(), "/alignments/new");
    is_a_whole_page(&new, &office.get(&coordinator, &new).await);
    let target = node(&office, "SDG4", "4.7");
    let found = office
        .get(&coordinator, &format!("{new}?q=SDG4+4.7"))
        .await
        .text();
    let to = address(&found, &target);
    let blank = form(&office.get(&coordinator, &to).await.text(), &to, 0);
    let typed = with(&blank, &[("share", "62.5"), ("reason", "ตรงกับเป้าประสงค์")]);
    let sent = office.send(&coordinator, &to, &typed).await;
    is(&sent, StatusCode::SEE_OTHER);
    assert_eq!(sent.header("location"), format!("{NODE}#joints"));
    // Nothing below or beside the plan can be served.
    let own = node(&office, "narathiwat-2569", "2");
    is(
        &office.get(&coordinator, &format!("{new}?node={own}")).await,
        StatusCode::NOT_FOUND,
    );
    let decide = format!("{NODE}/alignments/{target}");
    let page = office.get(&approver, NODE).await.text();
    let seen = form(&page, &decide, 0);
    let silent = with(&seen, &[("decision", "approve"), ("reason", " ")]);
    is(
        &office.send(&approver, &decide, &silent).await,
        StatusCode::UNPROCESSABLE_ENTITY,
    );
    let approve = with(
        &seen,
        &[("decision", "approve"), ("reason", "มติแผน ๑/๒๕๗๐")],
    );
    is(
        &office.send(&approver, &decide, &approve).await,
        StatusCode::SEE_OTHER,
    );
    let reject = with(&seen, &[("decision", "reject"), ("reason", "ไม่ตรง")]);
    let late = office.send(&approver, &decide, &reject).await;
    is(&late, StatusCode::CONFLICT);
    assert!(late.main().contains("plan-approver"), "{}", late.main());
    for (path, says) in [
        (NODE, "เชื่อมโยงขึ้นไปยัง"),
        ("/narathiwat/plans/SDG4/nodes/4.7", "เชื่อมโยงมาจาก"),
    ] {
        let shown = get(&office.demo.portal, path).await.main();
        for said in [says, "มติแผน ๑/๒๕๗๐", "สัดส่วนร้อยละ 62.5"]
        {
            assert!(shown.contains(said), "{path}: {said}: {shown}");
        }
        assert!(!shown.contains("plan-approver"), "{path}: {shown}");
    }
    // The other province shares the framework and sees nothing of it.
    let other = get(&office.demo.portal, "/phetchabun/plans/SDG4/nodes/4.7")
        .await
        .main();
    assert!(!other.contains("มติแผน"), "{other}");
    let change = format!("{decide}/change");
    let anew = form(&office.get(&approver, &change).await.text(), &change, 0);
    let over = office
        .send(
            &approver,
            &change,
            &with(&anew, &[("share", "101"), ("reason", "")]),
        )
        .await;
    is(&over, StatusCode::UNPROCESSABLE_ENTITY);
    let anew = with(&anew, &[("share", "50"), ("reason", "ปรับตามที่ประชุม")]);
    is(
        &office.send(&approver, &change, &anew).await,
        StatusCode::SEE_OTHER,
    );
    let shown = get(&office.demo.portal, NODE).await.main();
    assert!(shown.contains("สัดส่วนร้อยละ 50"), "{shown}");
}

#[tokio::test]
async fn links_and_alignments_are_decided_together_and_the_page_says_how_many() {
    let mut office = Office::open().await;
    office.owner = owner_of_plan(&office);
    let coordinator = office.somebody("plan-coordinator", Role::Coordinator).await;
    let approver = office.somebody("plan-approver", Role::Approver).await;
    let target = node(&office, "SDG4", "4.7");
    let to = format!("{NODE}/alignments/new?node={target}");
    let blank = form(&office.get(&coordinator, &to).await.text(), &to, 0);
    let typed = with(&blank, &[("share", "100"), ("reason", "ตรงกับเป้าประสงค์")]);
    is(
        &office.send(&coordinator, &to, &typed).await,
        StatusCode::SEE_OTHER,
    );
    let page = office.get(&approver, SITTING).await;
    is_a_whole_page(SITTING, &page);
    let fields = form(&page.text(), SITTING, 0);
    let lines = fields.iter().filter(|(name, _)| name == "line");
    let alignment = lines
        .clone()
        .find(|(_, value)| value.starts_with("alignment:"));
    let (alignment, link) = (
        alignment.unwrap().clone(),
        lines.clone().find(|(_, value)| value.starts_with("link:")),
    );
    let chosen: Vec<_> = fields
        .iter()
        .filter(|(name, _)| name == "csrf")
        .cloned()
        .chain([alignment.clone()])
        .chain(link.cloned())
        .collect();
    let sent = |decision: &'static str, reason: &'static str| {
        with(&chosen, &[("decision", decision), ("reason", reason)])
    };
    let silent = office.send(&approver, SITTING, &sent("approve", " ")).await;
    is(&silent, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        silent
            .text()
            .contains(&format!("value=\"{}\" checked", alignment.1)),
        "what was chosen stays chosen"
    );
    let done = office
        .send(&approver, SITTING, &sent("approve", "มติที่ประชุม"))
        .await;
    is(&done, StatusCode::SEE_OTHER);
    let n = chosen.len() - 1;
    assert_eq!(done.header("location"), format!("{SITTING}?approved={n}"));
    let told = office.get(&approver, done.header("location")).await;
    assert!(
        told.main().contains(&format!("รับรองแล้ว {n} รายการ")),
        "{}",
        told.main()
    );
    assert!(!told.text().contains(&alignment.1), "it no longer waits");
    // Who still has the page from before is told at the line, which is shown as it stands now.
    let late = office
        .send(&approver, SITTING, &sent("reject", "ไม่ตรง"))
        .await;
    is(&late, StatusCode::UNPROCESSABLE_ENTITY);
    is_a_whole_page(SITTING, &late);
    assert!(
        late.main().contains("มีผู้เปลี่ยนหลังจากที่ท่านเปิดหน้า"),
        "{}",
        late.main()
    );
    assert!(
        late.text().contains("id=\"f-line-0\""),
        "the summary leads to the line"
    );
    let shown = get(&office.demo.portal, NODE).await.main();
    assert!(
        shown.contains("มติที่ประชุม") && !shown.contains("ไม่ตรง"),
        "{shown}"
    );
}

#[tokio::test]
async fn the_words_of_a_plan_and_of_its_elements_are_put_right_and_a_conflict_shows_both() {
    let mut office = Office::open().await;
    office.owner = owner_of_plan(&office);
    let first = office.somebody("first", Role::Coordinator).await;
    let second = office.somebody("second", Role::Coordinator).await;
    for (page, name) in [
        (NODE, "name_en"),
        ("/narathiwat/plans/narathiwat-2569", "name_en"),
    ] {
        let edit = format!("{page}/edit");
        let shown = office.get(&first, page).await.text();
        assert!(shown.contains(&format!("href=\"{edit}\"")), "{page}");
        assert!(
            !get(&office.demo.portal, page)
                .await
                .text()
                .contains("/edit\""),
            "{page}"
        );
        let asked = office.get(&first, &edit).await;
        is_a_whole_page(&edit, &asked);
        let text = asked.text();
        let to = between(&text, "action=\"", "\"");
        let to = to
            .into_iter()
            .find(|to| to.starts_with(&edit))
            .unwrap()
            .to_owned();
        let (one, other) = (
            form(&text, &to, 0),
            form(&office.get(&second, &edit).await.text(), &to, 0),
        );
        let empty = office
            .send(&first, &to, &with(&one, &[("name_th", " ")]))
            .await;
        is(&empty, StatusCode::UNPROCESSABLE_ENTITY);
        let mine = with(&one, &[(name, "First words")]);
        let done = office.send(&first, &to, &mine).await;
        is(&done, StatusCode::SEE_OTHER);
        assert_eq!(done.header("location"), page);
        let late = office
            .send(&second, &to, &with(&other, &[(name, "Second words")]))
            .await;
        is(&late, StatusCode::CONFLICT);
        let said = late.main();
        for words in ["first แก้ไขข้อความนี้ไปแล้ว", "First words", "Second words"]
        {
            assert!(said.contains(words), "{page}: {words}: {said}");
        }
        let kept = office.send(&second, &to, &form(&late.text(), &to, 0)).await;
        is(&kept, StatusCode::SEE_OTHER);
        let english = get(&office.demo.portal, &format!("/en{page}")).await.main();
        assert!(english.contains("Second words"), "{english}");
        assert!(!english.contains("second "), "{english}");
    }
    // The words of a framework are not theirs.
    let framework = "/narathiwat/plans/SDG4/nodes/4.7/edit";
    is(&office.get(&first, framework).await, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_waiver_is_withdrawn_from_the_page_where_it_is_listed() {
    let mut office = Office::open().await;
    let coordinator = office.somebody("coordinator", Role::Coordinator).await;
    let elsewhere = store::texts::organisations(&office.demo.store, "nara1").await;
    office.owner = elsewhere.unwrap()[0].row.0.id;
    let other = office.somebody("other", Role::Coordinator).await;
    let page = office.get(&coordinator, PROJECT).await.text();
    let waive = address(&page, "/waive");
    let typed = [
        ("until-day", "30"),
        ("until-month", "9"),
        ("until-year", "2570"),
        ("reason", "รอแผนฉบับทบทวน"),
    ];
    let blank = form(&office.get(&coordinator, &waive).await.text(), &waive, 0);
    is(
        &office
            .send(&coordinator, &waive, &with(&blank, &typed))
            .await,
        StatusCode::SEE_OTHER,
    );
    let findings = "/narathiwat/findings?severity=waived";
    let withdraw = address(
        &office.get(&coordinator, findings).await.text(),
        "/withdraw",
    );
    assert_eq!(withdraw, waive.replace("/waive", "/withdraw"));
    let page = office.get(&coordinator, PROJECT).await.text();
    assert_eq!(address(&page, "/withdraw"), withdraw);
    for who in [None, Some(&other)] {
        let text = match who {
            Some(who) => office.get(who, findings).await.text(),
            None => get(&office.demo.portal, findings).await.text(),
        };
        assert!(
            text.contains("รอแผนฉบับทบทวน") && !text.contains("/withdraw\""),
            "{text}"
        );
    }
    is(&office.get(&other, &withdraw).await, StatusCode::FORBIDDEN);
    let asked = office.get(&coordinator, &withdraw).await;
    is_a_whole_page(&withdraw, &asked);
    let blank = form(&asked.text(), &withdraw, 0);
    let silent = office
        .send(&coordinator, &withdraw, &with(&blank, &[("reason", " ")]))
        .await;
    is(&silent, StatusCode::UNPROCESSABLE_ENTITY);
    let typed = with(&blank, &[("reason", "แผนฉบับทบทวนมาแล้ว")]);
    let done = office.send(&coordinator, &withdraw, &typed).await;
    is(&done, StatusCode::SEE_OTHER);
    assert_eq!(done.header("location"), PROJECT);
    let again = office.send(&coordinator, &withdraw, &typed).await;
    is(&again, StatusCode::CONFLICT);
    assert!(again.main().contains("ไม่มีการยกเว้น"), "{}", again.main());
    is(
        &office.get(&coordinator, &withdraw).await,
        StatusCode::NOT_FOUND,
    );
    let page = office.get(&coordinator, PROJECT).await.text();
    assert!(
        page.contains(&format!("href=\"{waive}\"")),
        "it counts again"
    );
}

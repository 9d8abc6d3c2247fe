//! The words of a plan put right by two people at once, also of a draft beside the edition in force; waivers withdrawn
//! from the pages where they are listed.

use crate::editing::{Office, PROJECT, form, with};
use crate::joints::{NODE, address, is, owner_of_plan};
use crate::pages::{between, is_a_whole_page};
use crate::portal::get;
use axum::http::StatusCode;
use domain::ids::{EditionId, NodeId};
use domain::people::Role;
use domain::plan::{Edition, EditionState, EditionText, Node, NodeKind, NodeText};

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

#[tokio::test]
async fn a_waiver_that_waives_nothing_is_withdrawn_where_that_is_found() {
    let mut office = Office::open().await;
    let coordinator = office.somebody("coordinator", Role::Coordinator).await;
    let page = office.get(&coordinator, PROJECT).await.text();
    let waive = address(&page, "/waive");
    let (start, rest) = waive.split_once("/findings/").unwrap();
    let (_, rest) = rest.split_once('/').unwrap();
    // No link of the project leads to a superseded edition.
    let unused = format!("{start}/findings/LINK-003/{rest}");
    let blank = form(&office.get(&coordinator, &unused).await.text(), &unused, 0);
    let typed = [
        ("until-day", "30"),
        ("until-month", "9"),
        ("until-year", "2570"),
        ("reason", "เผื่อไว้"),
    ];
    let done = office
        .send(&coordinator, &unused, &with(&blank, &typed))
        .await;
    is(&done, StatusCode::SEE_OTHER);
    let page = office.get(&coordinator, PROJECT).await.text();
    assert!(page.contains("WAIVE-001"), "{page}");
    let withdraw = address(&page, "/findings/LINK-003/");
    assert_eq!(withdraw, unused.replace("/waive", "/withdraw"));
    let blank = form(
        &office.get(&coordinator, &withdraw).await.text(),
        &withdraw,
        0,
    );
    let typed = with(&blank, &[("reason", "ไม่จำเป็น")]);
    is(
        &office.send(&coordinator, &withdraw, &typed).await,
        StatusCode::SEE_OTHER,
    );
    let page = office.get(&coordinator, PROJECT).await.text();
    assert!(!page.contains("WAIVE-001"), "{page}");
}

/// The plan of Narathiwat approved, and a draft of its next year beside it, with one element of the same code.
async fn with_a_draft(office: &Office) {
    let mut ctx = crate::demo::planner();
    let store = &office.demo.store;
    let plan = store::texts::plan(store, "narathiwat-2569").await;
    let plan = plan.unwrap().unwrap().row.id;
    let editions: Vec<store::Kept<(Edition, EditionText)>> =
        store::of(store, &[plan]).await.unwrap();
    let (edition, text) = editions[0].row.clone();
    let approved = Edition {
        state: EditionState::Approved,
        ..edition
    };
    let draft = Edition {
        id: EditionId::from_u128(0x2570),
        from_year: Some(2570),
        to_year: Some(2570),
        state: EditionState::Draft,
        ..edition
    };
    let node = Node {
        id: NodeId::from_u128(0x2570_0001),
        edition: draft.id,
        parent: None,
        lineage: ctx.id(),
        kind: NodeKind::Strategy,
        position: 1,
    };
    let words = NodeText {
        code: "1".to_owned(),
        label_th: "ยุทธศาสตร์".to_owned(),
        name_th: "ยุทธศาสตร์ของปีหน้า".to_owned(),
        name_en: None,
    };
    let label = EditionText {
        label: "2570".to_owned(),
    };
    let tx = store.begin().await.unwrap();
    let at = domain::time::Moment(crate::portal::NOW.0);
    let mut id = 0x2570_1000_u128;
    let mut new = || {
        id += 1;
        uuid::Uuid::from_u128(id)
    };
    let editions = [(approved, text), (draft, label)].map(|row| store::New {
        version: new(),
        provenance: None,
        row,
    });
    store::record(&tx, at, editions).await.unwrap();
    let node = store::New {
        version: new(),
        provenance: None,
        row: (node, words),
    };
    store::record(&tx, at, [node]).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_draft_is_worked_on_beside_the_edition_in_force() {
    let mut office = Office::open().await;
    office.owner = owner_of_plan(&office);
    with_a_draft(&office).await;
    let coordinator = office.somebody("coordinator", Role::Coordinator).await;
    // An act of theirs brings the snapshot up to what stands.
    let edit = format!("{PROJECT}/edit");
    let words = form(&office.get(&coordinator, &edit).await.text(), &edit, 0);
    let words = with(&words, &[("note", "หมายเหตุ")]);
    is(
        &office.send(&coordinator, &edit, &words).await,
        StatusCode::SEE_OTHER,
    );
    let plan = "/narathiwat/plans/narathiwat-2569";
    let tree = format!("{plan}?edition=2570");
    let tree = office.get(&coordinator, &tree).await.text();
    let there = address(&tree, "/nodes/1?edition=2570");
    let page = office.get(&coordinator, &there).await;
    is(&page, StatusCode::OK);
    is_a_whole_page(&there, &page);
    assert!(page.main().contains("ยุทธศาสตร์ของปีหน้า"), "{}", page.main());
    // What the approved edition prints is fixed, what the draft prints is not.
    let (fixed, open) = (
        format!("{NODE}/edit"),
        address(&page.text(), "/edit?edition="),
    );
    let in_force = office.get(&coordinator, &fixed).await.text();
    assert!(!in_force.contains("name=\"name_th\"") && in_force.contains("name=\"name_en\""));
    let words = form(&office.get(&coordinator, &open).await.text(), &open, 0);
    let typed = with(&words, &[("name_th", "ยุทธศาสตร์ปีงบประมาณ 2570")]);
    let done = office.send(&coordinator, &open, &typed).await;
    is(&done, StatusCode::SEE_OTHER);
    assert_eq!(done.header("location"), there);
    // It is aligned by its own address, and the edition in force has nothing of it.
    let target = crate::joints::node(&office, "SDG4", "4.7");
    let new = address(
        &office.get(&coordinator, &there).await.text(),
        "/alignments/new?edition=",
    );
    let found = format!("{new}&q=SDG4+4.7");
    let to = address(&office.get(&coordinator, &found).await.text(), &target);
    assert!(to.contains("edition=2570"), "{to}");
    let blank = form(&office.get(&coordinator, &to).await.text(), &to, 0);
    let typed = with(&blank, &[("share", "25"), ("reason", "ตรงกับเป้าประสงค์")]);
    let done = office.send(&coordinator, &to, &typed).await;
    is(&done, StatusCode::SEE_OTHER);
    assert_eq!(done.header("location"), format!("{there}#joints"));
    let draft = get(&office.demo.portal, &there).await.main();
    assert!(draft.contains("สัดส่วนร้อยละ 25"), "{draft}");
    let in_force = get(&office.demo.portal, NODE).await.main();
    assert!(!in_force.contains("สัดส่วนร้อยละ 25"), "{in_force}");
    let change = address(
        &office.get(&coordinator, &there).await.text(),
        "/change?edition=2570",
    );
    is(&office.get(&coordinator, &change).await, StatusCode::OK);
}

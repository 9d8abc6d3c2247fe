//! Alignments from the page of an element: proposed, approved and changed there, and decided on beside links in a sitting.

use crate::editing::{Office, form, with};
use crate::joints::{NODE, address, is, node, owner_of_plan};
use crate::pages::is_a_whole_page;
use crate::portal::get;
use axum::http::StatusCode;
use domain::people::Role;

const SITTING: &str = "/narathiwat/links";

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

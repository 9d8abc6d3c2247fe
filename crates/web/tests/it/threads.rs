//! Plans, elements and projects: what their pages say about the public plan of Narathiwat.

use actions::links::{Decision, decide};
use axum::http::StatusCode;

use crate::demo::{demo, planner};
use crate::pages::{between, is_a_whole_page};
use crate::portal::get;

/// Pages of every kind, as written in Thai.
const PAGES: &[&str] = &[
    "/narathiwat/plans",
    "/phetchabun/plans",
    "/narathiwat/plans/narathiwat-2569",
    "/narathiwat/plans/SDG4",
    "/narathiwat/plans/SDG4?edition=UN-2020-review",
    "/narathiwat/plans/narathiwat-2569/nodes/1",
    "/narathiwat/plans/narathiwat-2569/nodes/1?figure=disbursed",
    "/narathiwat/plans/narathiwat-2569/nodes/1?figure=projects",
    "/narathiwat/plans/narathiwat-2569/nodes/1.1.1",
    "/narathiwat/plans/SDG4/nodes/4.1",
    "/narathiwat/organisations/nara1",
    "/narathiwat/indicators/narathiwat-2569/1.1.1",
    "/narathiwat/indicators/SDG4/4.6.1",
    "/phetchabun/plans/SDG4/nodes/4.1.1",
    "/narathiwat/projects/narathiwat-2569/PRJ2569-012",
    "/narathiwat/projects/narathiwat-2569/PRJ2569-012?view=up",
    "/narathiwat/projects/narathiwat-2569/PRJ2569-012?view=down",
    "/narathiwat/projects/narathiwat-2569/PRJ2569-043",
];

fn everywhere() -> impl Iterator<Item = String> {
    PAGES
        .iter()
        .flat_map(|page| [(*page).to_owned(), format!("/en{page}")])
}

#[tokio::test]
async fn every_page_is_whole_in_both_languages_and_leads_somewhere() {
    let demo = demo().await;
    let mut links = std::collections::BTreeSet::new();
    for path in everywhere() {
        let answer = get(&demo.portal, &path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.main());
        is_a_whole_page(&path, &answer);
        for word in answer.main().split_whitespace() {
            let key = ["page.", "gap.", "rail.", "rail_status.", "level.", "why."];
            assert!(
                !key.iter().any(|key| word.starts_with(key)),
                "{path}: no sentence for {word}"
            );
        }
        let text = answer.text();
        assert!(
            !text.contains(" style=") && !text.contains("<style"),
            "{path}: inline style"
        );
        for attribute in [" href=\"/", " action=\"/"] {
            links.extend(
                between(&text, attribute, "\"")
                    .iter()
                    .map(|link| format!("/{}", link.replace("&amp;", "&"))),
            );
        }
    }
    let mut wrong = Vec::new();
    for link in links {
        let status = get(&demo.portal, link.split('#').next().unwrap())
            .await
            .status;
        if status != StatusCode::OK {
            wrong.push(format!("{link}: {status}"));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[tokio::test]
async fn the_thread_of_a_project_shows_both_rails_what_is_missing_and_what_comes_next() {
    let main = get(
        &demo().await.portal,
        "/narathiwat/projects/narathiwat-2569/PRJ2569-012",
    )
    .await
    .main();
    for says in [
        "Zero Dropout",
        "เสนอแล้ว ยังไม่รับรอง",
        "ยังไม่เชื่อมโยงถึงแผนระดับชาติ",
        "ขั้นต่อไป",
        "LINK-001",
        "107,000 บาท",
        "ไม่มีสิ่งใดเชื่อมโยงโดยอัตโนมัติ",
        "คำที่ใช้ตัดสิน",
    ] {
        assert!(main.contains(says), "{says} is not in: {main}");
    }
    // Nothing was reported about disbursement: missing, not zero.
    assert!(
        main.contains("เบิกจ่าย ไม่มีข้อมูล") || main.contains("เบิกจ่ายไม่มีข้อมูล"),
        "{main}"
    );
    assert!(!main.contains(" 0 บาท"), "{main}");
}

#[tokio::test]
async fn looking_up_leaves_out_the_activities_and_looking_down_the_plans() {
    let demo = demo().await;
    let page = async |view: &str| {
        let path = format!("/en/narathiwat/projects/narathiwat-2569/PRJ2569-012?view={view}");
        get(&demo.portal, &path).await.text()
    };
    let (up, down) = (page("up").await, page("down").await);
    assert!(
        up.contains("node goal") && !up.contains(">Activities<"),
        "{up}"
    );
    assert!(
        !down.contains("node goal") && down.contains(">Activities<"),
        "{down}"
    );
    let sideways = get(
        &demo.portal,
        "/narathiwat/projects/narathiwat-2569/PRJ2569-012?view=sideways",
    )
    .await;
    // A word that is not known is no reason to show nothing.
    assert_eq!(sideways.status, StatusCode::OK);
    let whole = sideways.text();
    assert!(
        whole.contains("node goal") && whole.contains(">กิจกรรม<"),
        "{whole}"
    );
}

#[tokio::test]
async fn on_a_narrow_screen_the_proposed_rail_was_drawn_as_missing_below_and_as_approved_above_the_project()
 {
    let path = "/narathiwat/projects/narathiwat-2569/PRJ2569-012?view=up";
    let shown = get(&demo().await.portal, path).await.text();
    let (sdg, plans) = (states(&shown, "sdg"), states(&shown, "plans"));
    // SDG 4 is only proposed, all the way; nothing leads from the annual plan to the national ones.
    assert!(
        !sdg.is_empty() && sdg.iter().all(|state| *state == "prop"),
        "{sdg:?}"
    );
    let (listed, above) = plans.split_last().unwrap();
    assert_eq!(*listed, "part", "{plans:?}");
    assert!(
        !above.is_empty() && above.iter().all(|state| *state == "cut"),
        "{plans:?}"
    );
}

/// The states of the line of a rail from lane to lane.
fn states<'a>(shown: &'a str, rail: &str) -> Vec<&'a str> {
    between(shown, &format!("class=\"rl {rail} "), "\"")
}

#[tokio::test]
async fn a_listing_and_an_activity_bore_the_mark_of_an_approval_that_nobody_gave() {
    for (path, listed, part) in [
        ("", "อยู่ในแผน", "เป็นส่วนหนึ่งของโครงการ"),
        ("/en", "Listed in the plan", "Part of the project"),
    ] {
        let path = format!("{path}/narathiwat/projects/narathiwat-2569/PRJ2569-012");
        let answer = get(&demo().await.portal, &path).await;
        let text = answer.text();
        let chain = &between(&text, "<ol class=\"chain\">", "</ol>")[0];
        assert!(
            chain.contains("class=\"node part\"") && !chain.contains("class=\"node \""),
            "{path}: {chain}"
        );
        let main = answer.main();
        assert!(
            main.contains(listed) && main.contains(part),
            "{path}: {main}"
        );
    }
}

#[tokio::test]
async fn an_approval_becomes_visible_once_the_snapshot_has_followed() {
    let demo = demo().await;
    let kept = demo
        .live
        .project("narathiwat-2569", "PRJ2569-012")
        .await
        .unwrap()
        .unwrap();
    let project = kept.row.0.id;
    let (node, target) = demo.live.read(|now| {
        let node = now.snapshot.links_of(project).next().unwrap().node;
        (node, now.names.nodes[&node].code.clone())
    });
    let path = format!("/en/narathiwat/plans/SDG4/nodes/{target}");
    assert!(
        !get(&demo.portal, &path)
            .await
            .main()
            .contains("107,000 baht")
    );
    let mut ctx = planner();
    // Later than the clock of the import.
    for _ in 0..10_000 {
        ctx.now();
    }
    let (pair, why) = ((project, node), "ตรงกับกลุ่มเป้าหมาย");
    decide(&demo.store, &mut ctx, pair, Decision::Approve, why)
        .await
        .unwrap();
    assert!(
        !get(&demo.portal, &path)
            .await
            .main()
            .contains("107,000 baht"),
        "not yet looked"
    );
    assert!(demo.live.refresh().await.unwrap());
    let page = get(&demo.portal, &path).await.main();
    assert!(page.contains("107,000 baht"), "{page}");
}

#[tokio::test]
async fn the_reasons_of_a_figure_total_exactly_the_figure() {
    let demo = demo().await;
    for (code, figure) in [
        ("1", "35,928,325"),
        ("2", "4,714,370"),
        ("3", "416,750"),
        ("5", "509,797"),
    ] {
        let path = format!("/narathiwat/plans/narathiwat-2569/nodes/{code}");
        let text = get(&demo.portal, &path).await.text().replace('\u{a0}', " ");
        let foot = between(&text, "<tfoot>", "</tfoot>");
        assert!(foot[0].contains(figure), "{path}: {foot:?}");
        let stats = text
            .split_once("<div class=\"card stats\">")
            .unwrap()
            .1
            .split_once("id=\"why\"")
            .unwrap()
            .0;
        assert!(stats.contains(figure), "{path}: {stats}");
    }
    let unknown = get(
        &demo.portal,
        "/narathiwat/plans/narathiwat-2569/nodes/1?figure=happiness",
    )
    .await;
    assert_eq!(unknown.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_plan_of_another_province_and_unknown_codes_are_not_found() {
    let demo = demo().await;
    for path in [
        "/phetchabun/plans/narathiwat-2569",
        "/phetchabun/projects/narathiwat-2569/PRJ2569-012",
        "/narathiwat/plans/nothing",
        "/narathiwat/plans/SDG4?edition=never",
        "/narathiwat/plans/SDG4/nodes/5.9",
        "/narathiwat/projects/narathiwat-2569/PRJ9999-001",
        "/narathiwat/projects/SDG4/PRJ2569-012",
    ] {
        let answer = get(&demo.portal, path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        is_a_whole_page(path, &answer);
    }
}

#[tokio::test]
async fn the_page_of_a_rule_spoke_two_languages_and_showed_the_notation_of_its_tests_as_text() {
    for (path, says, not) in [
        ("/narathiwat/rules/LINK-001", "วิธีแก้ไข", "How to repair"),
        ("/en/narathiwat/rules/LINK-001", "How to repair", "วิธีแก้ไข"),
    ] {
        let answer = get(&demo().await.portal, path).await;
        let main = answer.main();
        assert!(main.contains(says) && !main.contains(not), "{path}: {main}");
        let text = answer.text();
        let outside = text
            .split("<details>")
            .map(|part| match part.split_once("</details>") {
                Some((_, after)) => after,
                None => part,
            });
        let outside: String = outside.collect();
        assert!(
            text.contains("edition plan annual") && !outside.contains("edition plan annual"),
            "{path}: {outside}"
        );
    }
}

#[tokio::test]
async fn what_must_be_repaired_stood_below_what_should_be() {
    let text = get(&demo().await.portal, "/narathiwat/findings")
        .await
        .text();
    let severities: Vec<&str> = between(&text, "<div class=\"fd ", "\"");
    let first_mild = severities.iter().position(|tone| *tone != "crit");
    assert_eq!(severities.first(), Some(&"crit"), "{severities:?}");
    if let Some(at) = first_mild {
        assert!(
            severities[at..].iter().all(|tone| *tone != "crit"),
            "{severities:?}"
        );
    }
}

#[tokio::test]
async fn an_empty_list_counted_from_nothing_to_nothing() {
    let main = get(&demo().await.portal, "/narathiwat/findings?q=xyzzy")
        .await
        .main();
    assert!(!main.contains("0–0"), "{main}");
}

#[tokio::test]
async fn units_and_money_of_a_target_are_said_in_the_words_of_the_reader() {
    let target = get(&demo().await.portal, "/narathiwat/targets/4.1")
        .await
        .main();
    assert!(
        target.contains("ร้อยละ") && !target.contains("percent"),
        "{target}"
    );
    assert!(
        target.contains("ยังไม่มีโครงการที่รับรอง") && !target.contains("ไม่เกี่ยวข้อง"),
        "{target}"
    );
    let path = "/narathiwat/indicators/narathiwat-2569/1.1.1";
    let indicator = get(&demo().await.portal, path).await.main();
    let indicator = indicator.replace('\u{a0}', " ");
    assert!(
        indicator.contains("ไม่น้อยกว่าร้อยละ 60") && !indicator.contains("60 ร้อยละ"),
        "{indicator}"
    );
}

#[tokio::test]
async fn what_a_project_is_linked_to_already_was_suggested_again() {
    let demo = demo().await;
    let text = get(
        &demo.portal,
        "/narathiwat/projects/narathiwat-2569/PRJ2569-012",
    )
    .await
    .text();
    let linked = demo
        .live
        .project("narathiwat-2569", "PRJ2569-012")
        .await
        .unwrap()
        .unwrap();
    let names = demo.live.read(|now| {
        let links = now.snapshot.links_of(linked.row.0.id);
        links
            .map(|link| now.names.nodes[&link.node].code.clone())
            .collect::<Vec<_>>()
    });
    let (_, suggestions) = text.split_once("id=\"suggestions\"").unwrap();
    let suggestions = suggestions.split("<div class=\"card").nth(1).unwrap();
    assert!(!names.is_empty());
    for code in names {
        assert!(
            !suggestions.contains(&format!("SDG4/nodes/{code}\"")),
            "{code}: {suggestions}"
        );
    }
}

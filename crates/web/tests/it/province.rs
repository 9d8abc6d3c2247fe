//! Targets, findings, rules, coverage, organisations, catalogue, home and search over the public plan of Narathiwat
//! and over a province without a plan.

use axum::http::StatusCode;
use std::collections::BTreeSet;

use crate::demo::demo;
use crate::pages::{between, is_a_whole_page};
use crate::portal::get;

const PAGES: &[&str] = &[
    "/",
    "/targets",
    "/targets/4.1",
    "/targets/4.a",
    "/targets/4.1?organisation=nara1",
    "/coverage",
    "/findings",
    "/findings?rule=LINK-001&severity=warning&q=Zero",
    "/findings?plan=zzz",
    "/findings?page=2",
    "/rules",
    "/rules/LINK-001",
    "/organisations",
    "/organisations/MOE",
    "/indicators",
    "/indicators?target=4.1&kind=global_indicator&data=no&q=rate",
    "/indicators?q=zzz",
    "/indicators/SDG4/4.1.1",
    "/indicators/SDG4/4.1.1%20(2)",
    "/catalogue",
    "/search?q=Zero%20Dropout",
    "/search?q=4.1",
];

#[tokio::test]
async fn every_page_of_a_province_is_whole_in_both_languages_and_leads_somewhere() {
    let demo = demo().await;
    let mut links = BTreeSet::new();
    for province in ["narathiwat", "phetchabun"] {
        for page in PAGES {
            for language in ["", "/en"] {
                let path = format!("{language}/{province}{page}");
                let answer = get(&demo.portal, &path).await;
                assert_eq!(answer.status, StatusCode::OK, "{path}");
                is_a_whole_page(&path, &answer);
                let main = answer.main();
                let key = |word: &&str| word.starts_with("page.") || word.starts_with("why.");
                let missing = main.split_whitespace().find(key);
                assert_eq!(missing, None, "{path}: no sentence");
                let text = answer.text();
                assert!(
                    !text.contains(" style=") && !text.contains("<style"),
                    "{path}: inline style"
                );
                for attribute in [" href=\"/", " action=\"/"] {
                    let found = between(&text, attribute, "\"");
                    let path = |link: &&str| link.replace("&amp;", "&");
                    links.extend(found.iter().map(path).map(|link| format!("/{link}")));
                }
            }
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
async fn a_target_counts_proposals_apart_and_attributes_no_money_before_an_approval() {
    let demo = demo().await;
    let main = get(&demo.portal, "/en/narathiwat/targets/4.1").await.main();
    for says in [
        "Proposed projects only",
        "41,826,072 baht",
        "Nothing approved yet",
        "not approved",
        "No data yet",
    ] {
        assert!(main.contains(says), "{says} is not in: {main}");
    }
}

#[tokio::test]
async fn a_province_without_a_plan_shows_nothing_of_its_neighbour_and_no_zero() {
    let demo = demo().await;
    for path in [
        "/en/phetchabun/targets/4.1",
        "/en/phetchabun/findings",
        "/en/phetchabun/coverage",
        "/en/phetchabun/",
    ] {
        let main = get(&demo.portal, path).await.main();
        assert!(main.contains("missing data, not zero"), "{path}: {main}");
        assert!(
            !main.contains("PRJ2569") && !main.contains("baht"),
            "{path}: {main}"
        );
    }
    let main = get(&demo.portal, "/en/phetchabun/search?q=PRJ2569-012")
        .await
        .main();
    assert!(!main.contains("Zero Dropout"), "{main}");
}

#[tokio::test]
async fn filters_of_findings_narrow_the_list_and_the_rule_explains_itself() {
    let demo = demo().await;
    let all = get(&demo.portal, "/en/narathiwat/findings").await.main();
    let some = get(
        &demo.portal,
        "/en/narathiwat/findings?rule=LINK-001&q=PRJ2569-012",
    )
    .await
    .main();
    assert!(some.contains("1 of "), "{some}");
    assert!(
        some.contains("PRJ2569-012") && !some.contains("PRJ2569-013"),
        "{some}"
    );
    assert!(all.len() > some.len());
    let none = get(&demo.portal, "/en/narathiwat/findings?q=zzzz")
        .await
        .main();
    assert!(none.contains("No finding fits"), "{none}");
    let rule = get(&demo.portal, "/en/narathiwat/rules/LINK-001")
        .await
        .text();
    assert!(
        rule.contains("How to repair") && !rule.contains("<p lang=\"th\">"),
        "{rule}"
    );
    let unknown = get(&demo.portal, "/narathiwat/rules/NOT-001").await.status;
    assert_eq!(unknown, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn every_cell_of_the_matrix_names_itself_and_leads_to_the_projects_behind_it() {
    let demo = demo().await;
    let text = get(&demo.portal, "/en/narathiwat/coverage").await.text();
    let cells = between(&text, "<a class=\"cell", "</a>");
    assert!(!cells.is_empty());
    for cell in cells {
        let label = between(cell, "aria-label=\"", "\"");
        assert!(label[0].contains("proposed"), "{cell}");
        let href = between(cell, "href=\"", "\"")[0]
            .split('#')
            .next()
            .unwrap()
            .to_owned();
        let shown = get(&demo.portal, &href).await.text();
        let table = shown
            .split_once("id=\"projects\"")
            .unwrap()
            .1
            .split_once("id=\"why\"")
            .unwrap()
            .0;
        let n: usize = label[0]
            .split(", ")
            .last()
            .unwrap()
            .split(' ')
            .next()
            .unwrap()
            .parse()
            .unwrap();
        assert_eq!(table.matches("<th scope=\"row\"").count(), n, "{cell}");
    }
}

#[tokio::test]
async fn a_matter_is_found_by_the_name_that_another_text_gives_it() {
    let demo = demo().await;
    // ออกกลางคัน
    let asked = "/narathiwat/search?q=%E0%B8%AD%E0%B8%AD%E0%B8%81%E0%B8%81%E0%B8%A5%E0%B8%B2%E0%B8%87%E0%B8%84%E0%B8%B1%E0%B8%99";
    let main = get(&demo.portal, asked).await.main();
    assert!(main.contains("Zero Dropout"), "{main}");
    assert!(
        main.contains("“out-of-school”"),
        "it says by which word: {main}"
    );
}

#[tokio::test]
async fn search_finds_projects_targets_and_words_of_two_letters() {
    let demo = demo().await;
    let main = get(&demo.portal, "/narathiwat/search?q=Zero%20Dropout")
        .await
        .main();
    assert!(main.contains("Zero Dropout"), "{main}");
    let short = get(&demo.portal, "/narathiwat/search?q=%E0%B8%A8%E0%B8%98").await;
    assert_eq!(short.status, StatusCode::OK);
    let target = get(&demo.portal, "/narathiwat/search?q=4.1").await.text();
    assert!(
        target.contains("href=\"/narathiwat/targets/4.1\""),
        "{target}"
    );
}

#[tokio::test]
async fn a_home_says_of_how_many_its_figures_are_and_never_a_zero_that_nobody_counted() {
    let demo = demo().await;
    let without = get(&demo.portal, "/phetchabun/").await.main();
    assert!(
        without.contains("เป้าหมายย่อยที่มีโครงการรับรองแล้ว ไม่มีข้อมูล")
            || without.contains("เป้าหมายย่อยที่มีโครงการรับรองแล้วไม่มีข้อมูล"),
        "{without}"
    );
    assert!(!without.contains("รายงาน 8 ขั้นตอนที่รับรองแล้ว"), "{without}");
    let figures = |main: &str| {
        let (_, rest) = main.split_once("At a glance").unwrap();
        rest.split_once("The targets").unwrap().0.to_owned()
    };
    let before = figures(&get(&demo.portal, "/en/narathiwat/").await.main());
    assert!(
        before.contains("0 / 10") && before.contains("0 / 43"),
        "{before}"
    );
    let links: Vec<store::Kept<(domain::link::Link, store::Reason)>> =
        store::all(&demo.store).await.unwrap();
    let link = links[0].row.0;
    let ends = (link.project, link.node);
    let yes = actions::links::Decision::Approve;
    actions::links::decide(
        &demo.store,
        &mut crate::demo::planner(),
        ends,
        yes,
        "ตัวอย่าง",
    )
    .await
    .unwrap();
    demo.live.refresh().await.unwrap();
    let after = figures(&get(&demo.portal, "/en/narathiwat/").await.main());
    assert!(
        after.contains("1 / 10") && after.contains("1 / 43"),
        "{after}"
    );
    // Where a year was opened, so many of so many reports, in all and step by step: those of the province alone.
    let office = crate::board_office::Office::open().await;
    let home = get(&office.portal, "/en/phetchabun/").await.main();
    let (_, reported) = home.split_once("fiscal year B.E. 2570").unwrap();
    let (n, rest) = reported.split_once(" / ").unwrap();
    let whole = rest.split_once(" reports owed").unwrap().0;
    let number = |text: &str| text.trim().parse::<u64>().unwrap();
    assert!(number(n) > 0 && number(n) < number(whole), "{reported}");
    let elsewhere = get(&office.portal, "/en/narathiwat/").await.main();
    assert!(!elsewhere.contains("reports"), "{elsewhere}");
}

#[tokio::test]
async fn plans_were_not_found_by_their_name_or_code_and_nothing_checked_read_like_zero() {
    let demo = demo().await;
    for words in ["PNB-SDG4", "Roadmap"] {
        let found = get(&demo.portal, &format!("/phetchabun/search?q={words}")).await;
        assert!(
            found.text().contains("/phetchabun/plans/PNB-SDG4\""),
            "{words}"
        );
    }
    let elsewhere = get(&demo.portal, "/narathiwat/search?q=PNB-SDG4").await;
    assert!(!elsewhere.text().contains("/plans/PNB-SDG4\""));
    let findings = get(&demo.portal, "/phetchabun/findings").await.main();
    assert!(
        !findings.contains("จาก 0") && !findings.contains("(0)"),
        "{findings}"
    );
    let board = get(&demo.portal, "/narathiwat/board").await.main();
    assert!(!board.contains("0 หน่วยงาน"), "{board}");
    let plan = get(&demo.portal, "/en/narathiwat/plans/SDG4").await.main();
    assert!(!plan.contains("เป้าหมายย่อย 4.1"), "{plan}");
}

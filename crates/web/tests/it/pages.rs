//! Status, place and main content of every page; errors are whole pages in the reader's language.

use axum::http::{Method, StatusCode};
use domain::locale::Locale;

use crate::portal::{Answer, ask, everywhere, get, portal};

fn language_of(path: &str) -> Locale {
    if path.starts_with("/en/") {
        Locale::En
    } else {
        Locale::Th
    }
}

pub fn between<'t>(text: &'t str, start: &str, end: &str) -> Vec<&'t str> {
    text.split(start)
        .skip(1)
        .filter_map(|rest| rest.split_once(end).map(|(inside, _)| inside))
        .collect()
}

/// What every page has, whatever it shows.
pub fn is_a_whole_page(path: &str, answer: &Answer) {
    let text = answer.text();
    assert!(
        text.starts_with(&format!(
            "<!DOCTYPE html><html lang=\"{}\">",
            language_of(path)
        )),
        "{path}"
    );
    let titles = between(&text, "<title>", "</title>");
    assert_eq!(titles.len(), 1, "{path}");
    assert!(titles[0].chars().count() > 8, "{path}: {titles:?}");
    assert_eq!(text.matches("<h1").count(), 1, "{path}: one h1");
    assert_eq!(text.matches("<main ").count(), 1, "{path}");
    let mut ids = between(&text, " id=\"", "\"");
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all, "{path}: every id stands once");
    for target in between(&text, "href=\"#", "\"")
        .iter()
        .filter(|id| id.starts_with("i-"))
    {
        assert!(
            ids.binary_search(target).is_ok(),
            "{path}: the icon {target} is drawn but not there"
        );
    }
    // A key without a sentence is shown as the key itself.
    for key in ["ui.", "issue.", "place."] {
        for word in answer.main().split_whitespace() {
            assert!(
                !word.trim_matches('(').starts_with(key),
                "{path}: no sentence for {word}"
            );
        }
    }
}

#[tokio::test]
async fn every_page_is_whole_in_both_languages() {
    let portal = portal();
    for path in everywhere() {
        let answer = get(&portal, &path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        is_a_whole_page(&path, &answer);
    }
}

#[tokio::test]
async fn no_page_leads_nowhere() {
    let portal = portal();
    let mut wrong = Vec::new();
    for path in everywhere() {
        let text = get(&portal, &path).await.text();
        for attribute in [" href=\"/", " action=\"/", " src=\"/"] {
            for rest in between(&text, attribute, "\"") {
                let link = format!("/{}", rest.replace("&amp;", "&"));
                let status = get(&portal, &link).await.status;
                if status != StatusCode::OK {
                    wrong.push(format!("{path} → {link}: {status}"));
                }
            }
        }
    }
    wrong.sort();
    wrong.dedup();
    assert_eq!(wrong, Vec::<String>::new());
}

#[tokio::test]
async fn the_first_address_leads_to_the_first_province_in_the_language_asked_for() {
    let portal = portal();
    for (from, to) in [
        ("/", "/phetchabun/"),
        ("/en", "/en/phetchabun/"),
        ("/en/", "/en/phetchabun/"),
    ] {
        let answer = get(&portal, from).await;
        assert_eq!(
            (answer.status, answer.header("location")),
            (StatusCode::TEMPORARY_REDIRECT, to),
            "{from}"
        );
    }
    for (from, to) in [
        ("/narathiwat", "/narathiwat/"),
        ("/en/narathiwat", "/en/narathiwat/"),
    ] {
        let answer = get(&portal, from).await;
        assert_eq!(
            (answer.status, answer.header("location")),
            (StatusCode::PERMANENT_REDIRECT, to),
            "{from}"
        );
    }
}

#[tokio::test]
async fn changing_the_language_keeps_the_page_and_its_question() {
    let text = get(&portal(), "/phetchabun/glossary?q=SDG").await.text();
    assert!(text.contains(
        "<a href=\"/en/phetchabun/glossary?q=SDG\" hreflang=\"en\" lang=\"en\">English</a>"
    ));
    let text = get(&portal(), "/en/phetchabun/glossary?q=SDG").await.text();
    assert!(
        text.contains("<a href=\"/phetchabun/glossary?q=SDG\" hreflang=\"th\" lang=\"th\">ไทย</a>")
    );
}

#[tokio::test]
async fn home_says_the_goal_and_the_eight_steps() {
    let main = get(&portal(), "/phetchabun/").await.main();
    assert!(
        main.starts_with("SDG 4 เป้าหมายการพัฒนาที่ยั่งยืนด้านการศึกษา สร้างหลักประกันว่าทุกคนมีการศึกษาที่มีคุณภาพ")
            || main.starts_with("SDG 4เป้าหมาย"),
        "{main}"
    );
    for step in 1..=8 {
        assert!(main.contains(&format!("ขั้นที่ {step} ")), "{main}");
    }
    let english = get(&portal(), "/en/narathiwat/").await.main();
    assert!(
        english.contains("Ensure inclusive and equitable quality education"),
        "{english}"
    );
    assert!(english.contains("classrooms of Narathiwat"), "{english}");
}

#[tokio::test]
async fn a_word_is_found_by_any_part_of_it_in_either_language() {
    let portal = portal();
    let found = |main: String| main.contains("องค์ประกอบของแผน");
    // "องค์" and "ELEMENT", percent-encoded.
    for path in [
        "/phetchabun/glossary?q=%E0%B8%AD%E0%B8%87%E0%B8%84%E0%B9%8C",
        "/phetchabun/glossary?q=ELEMENT",
    ] {
        assert!(found(get(&portal, path).await.main()), "{path}");
    }
    let none = get(&portal, "/phetchabun/glossary?q=zzz").await;
    assert_eq!(none.status, StatusCode::OK);
    assert!(none.main().contains("ไม่พบ “zzz”") && !found(none.main()));
}

#[tokio::test]
async fn what_a_reader_types_is_never_markup() {
    let text = get(&portal(), "/phetchabun/glossary?q=%3Cb%3E%22x")
        .await
        .text();
    assert!(
        !text.contains("<b>\"x") && text.contains("&lt;b&gt;&quot;x"),
        "{text}"
    );
}

#[tokio::test]
async fn an_unknown_address_gets_a_page_with_what_to_try() {
    let portal = portal();
    for (path, says) in [
        ("/phetchabun/nothing", "ไม่พบหน้านี้"),
        ("/en/phetchabun/nothing/at/all", "This page was not found"),
        ("/nowhere/", "เพชรบูรณ์"),
        ("/en/nowhere/", "Narathiwat"),
        ("/assets/base.css", "ไม่พบหน้านี้"),
    ] {
        let answer = get(&portal, path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert!(answer.main().contains(says), "{path}: {}", answer.main());
        assert_eq!(answer.header("cache-control"), "no-store", "{path}");
        is_a_whole_page(path, &answer);
    }
}

#[tokio::test]
async fn a_wrong_method_or_an_unreadable_question_gets_a_page_too() {
    let portal = portal();
    let answer = ask(&portal, Method::POST, "/en/phetchabun/about", &[]).await;
    assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(answer.header("allow"), "GET,HEAD");
    is_a_whole_page("/en/phetchabun/about", &answer);
    // Two answers to one question cannot both be meant.
    let answer = get(&portal, "/en/phetchabun/glossary?q=a&q=b").await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert!(
        answer
            .main()
            .contains("The question in the address could not be read"),
        "{}",
        answer.main()
    );
    is_a_whole_page("/en/phetchabun/glossary", &answer);
}

#[tokio::test]
async fn every_answer_carries_a_code_by_which_the_log_knows_it() {
    let portal = portal();
    let (one, two) = (
        get(&portal, "/phetchabun/").await,
        get(&portal, "/phetchabun/").await,
    );
    let codes = [one.header("x-request-id"), two.header("x-request-id")];
    for code in codes {
        assert!(code.len() == 9 && code.as_bytes()[4] == b'-', "{code}");
    }
    assert_ne!(codes[0], codes[1]);
}

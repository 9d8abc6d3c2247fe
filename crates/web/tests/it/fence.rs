//! Two provinces in one database: neither sees the other's organisations or projects, on any page.

use std::collections::{BTreeSet, HashMap, VecDeque};

use actions::live::Live;
use aho_corasick::AhoCorasick;
use axum::Router;
use axum::http::StatusCode;
use domain::organisation::{Organisation, OrganisationText};
use domain::project::{Project, ProjectText};
use exchange::{ReadOptions, read_plan};
use store::Kept;

use crate::demo::{demo, planner};
use crate::pages::between;
use crate::portal::{get, plain};

/// The public plan of Narathiwat beside a made-up one of Phetchabun with the same shape, whose every name is its own.
async fn two_provinces(demo: &crate::demo::Demo) {
    let folder =
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/narathiwat-2569");
    let mut plan = read_plan(&folder, &ReadOptions::default()).unwrap().plan;
    let header = &mut plan.header.as_mut().unwrap().value;
    header.code = "phetchabun-sample".to_owned();
    header.name_th = "แผนตัวอย่างเพชรบูรณ์".to_owned();
    header.province_dopa = Some("67".to_owned());
    header.owner = None;
    let own = |code: &str| code.replace("PRJ2569", "PNB").replace("nara", "own");
    for agency in &mut plan.agencies {
        let agency = &mut agency.value;
        agency.code = own(&agency.code);
        agency.name_th = format!("ตัวอย่างเพชรบูรณ์ {}", agency.code);
        agency.short_name_th = None;
    }
    for project in &mut plan.projects {
        let project = &mut project.value;
        project.code = own(&project.code);
        project.title = format!("โครงการตัวอย่างเพชรบูรณ์ {}", project.code);
        project.agency = own(&project.agency);
    }
    for activity in &mut plan.activities {
        activity.value.project = own(&activity.value.project);
    }
    for line in &mut plan.budget {
        line.value.project = own(&line.value.project);
    }
    for link in &mut plan.links {
        link.value.project = own(&link.value.project);
    }
    let mut ctx = planner();
    // Later than the clock of the import before.
    for _ in 0..10_000 {
        ctx.now();
    }
    actions::plans::import(&demo.store, &mut ctx, &plan, "phetchabun-sample")
        .await
        .unwrap();
    demo.live.refresh().await.unwrap();
}

/// What only one province may show: codes and names of its organisations and projects, each with the province.
async fn names(live: &Live) -> Vec<(Option<String>, String)> {
    let organisations: Vec<Kept<(Organisation, OrganisationText)>> =
        store::all(live.store()).await.unwrap();
    let projects: Vec<Kept<(Project, ProjectText)>> = store::all(live.store()).await.unwrap();
    let mut names = Vec::new();
    let mut of = HashMap::new();
    for kept in organisations {
        let (organisation, text) = kept.row;
        of.insert(organisation.id, text.province.clone());
        names.push((text.province.clone(), text.name_th));
        names.extend(text.name_en.map(|name| (text.province, name)));
    }
    for kept in projects {
        let (project, text) = kept.row;
        names.push((of[&project.owner].clone(), text.code));
        names.push((of[&project.owner].clone(), text.title));
    }
    names
}

/// How often one kind of question (`?view=`, `?organisation=`) is followed: its answers differ in what they leave out.
const QUESTIONS: usize = 4;

/// Every page that can be reached from the home of a province by links.
async fn pages_of(portal: &Router, province: &str) -> Vec<(String, String)> {
    let home = format!("/{province}/");
    let mut open = VecDeque::from([
        home.clone(),
        // What a form asks for.
        format!("/{province}/search?q=%E0%B9%80%E0%B8%82%E0%B8%95"),
        format!("/{province}/search?q=PRJ2569"),
        format!(
            "/{province}/search?q=%E0%B9%82%E0%B8%A3%E0%B8%87%E0%B9%80%E0%B8%A3%E0%B8%B5%E0%B8%A2%E0%B8%99"
        ),
    ]);
    let mut seen: BTreeSet<String> = open.iter().cloned().collect();
    let mut pages = Vec::new();
    let mut asked: HashMap<String, usize> = HashMap::new();
    while let Some(path) = open.pop_front() {
        let answer = get(portal, &path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        let text = answer.text();
        for rest in between(&text, " href=\"/", "\"") {
            let link = format!("/{}", rest.replace("&amp;", "&"));
            let link = link.split('#').next().unwrap_or_default().to_owned();
            if !link.starts_with(&home) || !seen.insert(link.clone()) {
                continue;
            }
            if let Some((_, question)) = link.split_once('?') {
                let kind = question.split('=').next().unwrap_or_default();
                let times = asked.entry(kind.to_owned()).or_default();
                *times += 1;
                if *times > QUESTIONS {
                    continue;
                }
            }
            open.push_back(link);
        }
        pages.push((path, plain(&text)));
    }
    pages
}

#[tokio::test]
async fn two_provinces_in_one_database_never_see_each_other() {
    let demo = demo().await;
    two_provinces(&demo).await;
    let names = names(&demo.live).await;
    let mut wrong = Vec::new();
    for (slug, dopa) in [("narathiwat", "96"), ("phetchabun", "67")] {
        let pages = pages_of(&demo.portal, slug).await;
        for (kind, least) in [
            ("/projects/", 43),
            ("/organisations/", 17),
            ("/indicators/", 45),
            ("/targets/", 10),
            ("/nodes/", 20),
        ] {
            let n = pages.iter().filter(|(path, _)| path.contains(kind)).count();
            assert!(n >= least, "{slug}: {n} pages of {kind}");
        }
        let (own, foreign): (Vec<_>, Vec<_>) = names
            .iter()
            .filter_map(|(province, name)| Some((province.as_deref()?, name)))
            .partition(|(province, _)| *province == dopa);
        assert!(!own.is_empty() && !foreign.is_empty());
        let any = |names: &[(&str, &String)]| {
            AhoCorasick::new(names.iter().map(|(_, name)| name)).unwrap()
        };
        let (own, other) = (any(&own), any(&foreign));
        assert!(pages.iter().any(|(_, text)| own.is_match(text)));
        for (path, text) in &pages {
            // The catalogue says of this one name that it follows the pattern seen for the other province's office.
            let cited = path == "/phetchabun/organisations/PHO-PNB";
            let found = other.find(text).filter(|_| !cited);
            wrong.extend(found.map(|found| format!("{path}: {}", &text[found.range()])));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[tokio::test]
async fn a_framework_counted_the_projects_of_all_provinces() {
    let demo = demo().await;
    let node = "/en/phetchabun/plans/SDG4/nodes/4.1";
    let before = get(&demo.portal, "/en/narathiwat/plans/SDG4/nodes/4.1")
        .await
        .main();
    let alone = get(&demo.portal, node).await.main();
    assert!(!alone.contains("PRJ2569"), "{alone}");
    two_provinces(&demo).await;
    let after = get(&demo.portal, "/en/narathiwat/plans/SDG4/nodes/4.1")
        .await
        .main();
    assert_eq!(before, after, "another province's plan changed the figures");
    let own = get(&demo.portal, node).await.main();
    assert!(own.contains("PNB-0"), "{own}");
}

#[tokio::test]
async fn the_page_of_an_organisation_stands_in_its_own_province_and_national_ones_in_all() {
    let demo = demo().await;
    for (path, status) in [
        ("/narathiwat/organisations/nara1", StatusCode::OK),
        ("/phetchabun/organisations/nara1", StatusCode::NOT_FOUND),
        ("/phetchabun/organisations/PNBPEO", StatusCode::OK),
        ("/narathiwat/organisations/PNBPEO", StatusCode::NOT_FOUND),
        ("/narathiwat/organisations/MOE", StatusCode::OK),
        ("/phetchabun/organisations/MOE", StatusCode::OK),
    ] {
        assert_eq!(get(&demo.portal, path).await.status, status, "{path}");
    }
}

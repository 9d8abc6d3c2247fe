//! Projects, activities and money that are taken in once more.

use crate::{
    folder::{AGENCIES, STRATEGIES, is_row, office, plan, plan_of, projects, refused, take_in},
    office::snapshot,
};
use domain::{
    project::{Activity, BudgetLine, Project, ProjectText},
    time::FiscalYear,
};
use std::collections::HashMap;
use store::Kept;
use testkit::{TestDatabase, on_both_engines};

const BUDGET: &str = "project_code,period,stage,amount\n";

async fn titles(store: &store::Store) -> Vec<(i16, String)> {
    let all: Vec<Kept<(Project, ProjectText)>> = store::all(store).await.unwrap();
    let mut titles: Vec<_> = all
        .into_iter()
        .map(|kept| (kept.row.0.year.fiscal().0, kept.row.1.title))
        .collect();
    titles.sort();
    titles
}

async fn amounts(store: &store::Store) -> Vec<String> {
    let all: Vec<Kept<BudgetLine>> = store::all(store).await.unwrap();
    let mut amounts: Vec<_> = all.iter().map(|kept| kept.row.amount).collect();
    amounts.sort();
    amounts.iter().map(|amount| amount.grouped()).collect()
}

on_both_engines! {
    async fn the_edition_of_the_next_year_rewrote_the_project_with_the_same_code(db: TestDatabase) {
        let mut ctx = office(&db.store).await;
        for (year, title) in [(2570, "โครงการหนึ่ง"), (2571, "โครงการอื่น")] {
            let files = [("plan.csv", &*plan_of(year)), ("agencies.csv", AGENCIES), ("strategies.csv", STRATEGIES),
                ("projects.csv", &projects(year, &[("P1", title, "100")]))];
            let outcome = take_in(&db.store, &mut ctx, &files).await.outcome;
            assert_eq!((outcome["project"].added, outcome["project"].changed), (1, 0));
            assert!(outcome["project"].missing.is_empty(), "{outcome:?}");
            assert!(outcome["budget_line"].missing.is_empty(), "{outcome:?}");
            let again = take_in(&db.store, &mut ctx, &files).await.outcome;
            assert!(again.values().all(|tally| tally.added + tally.changed == 0), "{again:?}");
        }
        assert_eq!(titles(&db.store).await, [(2570, "โครงการหนึ่ง".to_owned()), (2571, "โครงการอื่น".to_owned())]);
        let money = format!("{BUDGET}P1,2570Q1,disbursed,7\n");
        take_in(&db.store, &mut ctx, &[("plan.csv", &*plan_of(2570)), ("budget.csv", &money)]).await;
        let lines: Vec<Kept<BudgetLine>> = store::all(&db.store).await.unwrap();
        let last = lines.iter().find(|kept| kept.row.amount.grouped() == "7").unwrap().row.project;
        let snapshot = snapshot(&db.store).await;
        let of = snapshot.projects().find(|project| project.id == last).unwrap();
        assert_eq!(of.year.fiscal(), FiscalYear(2570), "a code means the project of the edition that is spoken of");
        assert!(snapshot.projects().all(|project| project.continues.is_none()));
        assert!(snapshot.projects().all(|project| snapshot.listings_of(project.id).count() == 1));
    }

    async fn the_edition_of_the_allotment_lists_the_project_of_the_request(db: TestDatabase) {
        let mut ctx = office(&db.store).await;
        for (label, list, missing) in [
            ("ฉบับคำขอ", projects(2570, &[("P1", "โครงการ", "200"), ("P2", "โครงการที่ไม่ได้รับจัดสรร", "9")]), 0),
            ("ฉบับจัดสรร", projects(2570, &[("P1", "โครงการ", "100")]), 0),
            ("ฉบับคำขอ", projects(2570, &[("P1", "โครงการ", "100")]), 1),
        ] {
            let header = format!(
                "plan_code,name_th,edition_label,period_from,period_to\nตัวอย่าง,แผนตัวอย่าง,{label},2570,2570\n"
            );
            let files = [("plan.csv", &*header), ("agencies.csv", AGENCIES), ("strategies.csv", STRATEGIES),
                ("projects.csv", &list)];
            let outcome = take_in(&db.store, &mut ctx, &files).await.outcome;
            assert_eq!(outcome["project"].missing.len(), missing, "{label}: an edition need not list those of another");
        }
        let snapshot = snapshot(&db.store).await;
        let listings: Vec<_> = snapshot.projects().map(|project| snapshot.listings_of(project.id).count()).collect();
        assert_eq!((listings.len(), listings.iter().sum::<usize>()), (2, 3));
    }

    async fn an_indicator_that_left_the_file_was_not_reported(db: TestDatabase) {
        let mut ctx = office(&db.store).await;
        let header = plan_of(2570);
        let nodes = "code,kind,label_th,name_th\n1,strategy,ยุทธศาสตร์,หนึ่ง\nK1,indicator,ตัวชี้วัด,ร้อยละ\nK2,indicator,ตัวชี้วัด,จำนวน\n";
        let both = "code,name_th,target_percent,fiscal_year_be\nK1,ร้อยละ,60,2570\nK2,จำนวน,70,2570\n";
        let one = "code,name_th,target_percent,fiscal_year_be\nK1,ร้อยละ,60,2570\n";
        let files = |indicators: &'static str| [("plan.csv", header.clone()), ("nodes.csv", nodes.to_owned()),
            ("indicators.csv", indicators.to_owned())];
        for (indicators, missing) in [(both, vec![]), (one, vec!["K2".to_owned()])] {
            let files = files(indicators);
            let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
            let outcome = take_in(&db.store, &mut ctx, &files).await.outcome;
            assert_eq!(outcome["indicator"].missing, missing);
        }
    }

    async fn the_second_of_two_equal_lines_of_money_was_dropped(db: TestDatabase) {
        let mut ctx = office(&db.store).await;
        let files = |budget: &str| [("plan.csv", plan_of(2570)), ("agencies.csv", AGENCIES.to_owned()),
            ("strategies.csv", STRATEGIES.to_owned()), ("projects.csv", projects(2570, &[("P1", "โครงการ", "")])),
            ("budget.csv", format!("{BUDGET}{budget}"))];
        for (budget, changes, sums) in [
            ("P1,2570,allotted,100\nP1,2570,allotted,200\n", (2, 0), ["100", "200"]),
            ("P1,2570,allotted,100\nP1,2570,allotted,200\n", (0, 0), ["100", "200"]),
            ("P1,2570,allotted,150\nP1,2570,allotted,200\n", (0, 1), ["150", "200"]),
            ("P1,2570,allotted,150\nP1,2570,allotted,200\n", (0, 0), ["150", "200"]),
        ] {
            let files = files(budget);
            let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
            let outcome = take_in(&db.store, &mut ctx, &files).await.outcome;
            assert_eq!((outcome["budget_line"].added, outcome["budget_line"].changed), changes, "{budget}");
            assert_eq!(amounts(&db.store).await, sums);
        }
        let less = files("P1,2570,allotted,150\n");
        let less: Vec<(&str, &str)> = less.iter().map(|(name, text)| (*name, text.as_str())).collect();
        let outcome = take_in(&db.store, &mut ctx, &less).await.outcome;
        assert_eq!(outcome["budget_line"].missing, ["P1 · allotted 2570 (2)"]);
    }

    async fn an_inserted_activity_gave_every_later_id_to_another_title(db: TestDatabase) {
        let mut ctx = office(&db.store).await;
        let files = |rows: &str| [("plan.csv", plan_of(2570)), ("agencies.csv", AGENCIES.to_owned()),
            ("strategies.csv", STRATEGIES.to_owned()), ("projects.csv", projects(2570, &[("P1", "โครงการ", "")])),
            ("activities.csv", format!("project_code,title\n{rows}"))];
        let import = async |ctx: &mut actions::Ctx, rows: &str| {
            let files = files(rows);
            let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
            take_in(&db.store, ctx, &files).await.outcome
        };
        let by_id = async || -> HashMap<_, _> {
            let all: Vec<Kept<Activity>> = store::all(&db.store).await.unwrap();
            all.into_iter().map(|kept| (kept.row.id, (kept.row.title, kept.row.position))).collect()
        };
        import(&mut ctx, "P1,อบรม\nP1,นิเทศ\nP1,อบรม\n").await;
        let before = by_id().await;
        let outcome = import(&mut ctx, "P1,ประชุม\nP1,อบรม\nP1,นิเทศ\nP1,อบรม\n").await;
        assert_eq!((outcome["activity"].added, outcome["activity"].changed), (1, 3));
        let after = by_id().await;
        assert!(before.iter().all(|(id, (title, position))| after[id] == (title.clone(), position + 1)));
        let outcome = import(&mut ctx, "P1,ประชุม\nP1,นิเทศ\nP1,อบรม\n").await;
        assert_eq!(outcome["activity"].missing, ["P1 · อบรม (2)"]);
    }

    async fn a_table_of_money_without_projects_was_thrown_away_with_success(db: TestDatabase) {
        let mut ctx = office(&db.store).await;
        let header = plan_of(2570);
        let files = [("plan.csv", &*header), ("agencies.csv", AGENCIES), ("strategies.csv", STRATEGIES),
            ("projects.csv", &projects(2570, &[("P1", "โครงการ", "100")]))];
        take_in(&db.store, &mut ctx, &files).await;
        let money = format!("{BUDGET}P1,2570Q1,disbursed,40\n");
        let outcome = take_in(&db.store, &mut ctx, &[("plan.csv", &header), ("budget.csv", &money)]).await.outcome;
        assert_eq!(outcome["budget_line"].added, 1);
        assert!(outcome.values().all(|tally| tally.missing.is_empty()), "{outcome:?}");
        assert_eq!(amounts(&db.store).await, ["40", "100"]);
        let again = take_in(&db.store, &mut ctx, &[("plan.csv", &header), ("budget.csv", &money)]).await.outcome;
        assert!(again.values().all(|tally| tally.added + tally.changed == 0), "{again:?}");

        let money = format!("{BUDGET}P1,2570Q2,disbursed,40\nP9,2570Q2,disbursed,1\n");
        let issues = refused(&db.store, &mut ctx, &[("plan.csv", &header), ("budget.csv", &money)]).await;
        assert_eq!((issues.len(), issues[0].code), (1, "import.project_not_in_plan"));
        assert!(is_row(&issues[0].at, "budget.csv", 3), "{:?}", issues[0].at);
        let steps = "project_code,title\nP9,อบรม\n";
        let issues = refused(&db.store, &mut ctx, &[("plan.csv", &header), ("activities.csv", steps)]).await;
        assert!(is_row(&issues[0].at, "activities.csv", 2), "{:?}", issues[0].at);
    }

    async fn the_same_plan_from_a_renamed_folder_was_recorded_anew(db: TestDatabase) {
        let mut ctx = office(&db.store).await;
        let files = [("plan.csv", &*plan_of(2570)), ("agencies.csv", AGENCIES), ("strategies.csv", STRATEGIES),
            ("projects.csv", &projects(2570, &[("P1", "โครงการ", "100")]))];
        let plan = plan(&files);
        actions::plans::import(&db.store, &mut ctx, &plan, "แผน").await.unwrap();
        let again = actions::plans::import(&db.store, &mut ctx, &plan, "แผน (1)").await.unwrap().outcome;
        assert!(again.values().all(|tally| tally.added + tally.changed == 0), "{again:?}");
    }

    async fn projects_without_the_file_of_their_strategies_stopped_the_program(db: TestDatabase) {
        let mut ctx = office(&db.store).await;
        let (header, list) = (plan_of(2570), projects(2570, &[("P1", "โครงการ", "100")]));
        let bare = [("plan.csv", &*header), ("agencies.csv", AGENCIES), ("projects.csv", &list)];
        let issues = refused(&db.store, &mut ctx, &bare).await;
        assert_eq!((issues.len(), issues[0].code), (1, "import.unknown_node"));
        assert!(is_row(&issues[0].at, "projects.csv", 2), "{:?}", issues[0].at);
        take_in(&db.store, &mut ctx, &[("plan.csv", &*header), ("agencies.csv", AGENCIES), ("strategies.csv", STRATEGIES)])
            .await;
        assert_eq!(take_in(&db.store, &mut ctx, &bare).await.outcome["project"].added, 1);
        let listed = snapshot(&db.store).await;
        let project = listed.projects().next().unwrap();
        assert_eq!(project.year.fiscal(), FiscalYear(2570));
    }
}

//! Waivers: given with a reason and an end, withdrawn, renewed; and codes that no framework has, kept until the file says
//! otherwise.

use crate::{
    folder::{AGENCIES, STRATEGIES, office, plan, plan_of, projects, take_in},
    office::{project, snapshot, with_plan},
};
use actions::{
    Error,
    findings::{NewWaiver, waive, withdraw_waiver},
    plans::{Known, check},
};
use checks::{Beside, Scope};
use domain::{link::Mention, names::Names, subject::Subject, time::Moment, waiver::Waiver};
use jiff::civil::Date;
use store::{Kept, Store, trail};
use testkit::{TestDatabase, on_both_engines};

/// Today in the stories, as the planner's clock has it.
fn today(ctx: &mut actions::Ctx) -> Date {
    ctx.now().thai_day()
}

fn link_001(subject: Subject, until: Date) -> NewWaiver {
    NewWaiver {
        rule: "link-001".to_owned(),
        subject,
        reason: "รอมติที่ประชุมคณะทำงาน".to_owned(),
        until,
        letter: Some("ศธ 0001/2569".to_owned()),
    }
}

async fn waivers(store: &Store) -> Vec<Waiver> {
    let kept: Vec<Kept<Waiver>> = store::all(store).await.unwrap();
    kept.into_iter().map(|kept| kept.row).collect()
}

/// How many findings count and how many are waived.
async fn counted(store: &Store, today: Date) -> (usize, usize) {
    let (names, waivers) = (Names::default(), waivers(store).await);
    let beside = Beside {
        unattended: &[],
        names: &names,
        waivers: &waivers,
        mentions: &[],
    };
    let scope = Scope {
        editions: None,
        organisations: None,
        today,
    };
    let found = checks::run(&snapshot(store).await, &scope, beside);
    let waived = found
        .iter()
        .filter(|finding| finding.waived_by.is_some())
        .count();
    (found.len() - waived, waived)
}

on_both_engines! {
    async fn a_waived_finding_stands_apart_until_the_waiver_is_withdrawn(db: TestDatabase) {
        let mut ctx = with_plan(&db.store).await;
        let today = today(&mut ctx);
        let subject = Subject::Project(project(&db.store, "PRJ2569-012").await);
        let before = counted(&db.store, today).await;
        let id = waive(&db.store, &mut ctx, link_001(subject, today)).await.unwrap();
        assert_eq!(counted(&db.store, today).await, (before.0 - 1, 1));
        let tomorrow = today.tomorrow().unwrap();
        assert_eq!(counted(&db.store, tomorrow).await, (before.0 + 1, 0), "over: it counts again, and so does the waiver");

        let withdrawn = withdraw_waiver(&db.store, &mut ctx, ("LINK-001", subject), "พิจารณาแล้ว").await;
        assert_eq!(withdrawn.unwrap(), id);
        assert_eq!(counted(&db.store, today).await, before);
        assert_eq!(store::history::<Waiver>(&db.store, id).await.unwrap().len(), 1, "nothing is lost");
        let told: Vec<String> = trail::events(&db.store, "96", 0, 100, &trail::Filter::default())
            .await
            .unwrap()
            .into_iter()
            .map(|event| event.act)
            .collect();
        assert_eq!(told[told.len() - 2..], ["finding.waive", "finding.withdraw_waiver"]);
        assert_eq!(trail::verify(&db.store, None).await.unwrap(), []);
    }

    async fn everything_that_is_wrong_with_a_waiver_is_said_at_once(db: TestDatabase) {
        let mut ctx = with_plan(&db.store).await;
        let today = today(&mut ctx);
        let subject = Subject::Project(project(&db.store, "PRJ2569-012").await);
        let wrong = NewWaiver {
            rule: "LINK-999".to_owned(),
            reason: " ".to_owned(),
            ..link_001(subject, today.yesterday().unwrap())
        };
        let codes: Vec<_> = match waive(&db.store, &mut ctx, wrong).await {
            Err(Error::Invalid(issues)) => issues.iter().map(|issue| issue.code).collect(),
            _ => Vec::new(),
        };
        assert_eq!(codes, ["waiver.unknown_rule", "waiver.reason_needed", "waiver.over_already"]);
        let of_waiver = NewWaiver { rule: "WAIVE-001".to_owned(), ..link_001(subject, today) };
        let refused = waive(&db.store, &mut ctx, of_waiver).await;
        assert!(matches!(refused, Err(Error::Invalid(issues)) if issues[0].code == "waiver.of_a_waiver"));
        assert_eq!(waivers(&db.store).await, []);
    }

    async fn a_waiver_in_force_is_not_given_twice_and_one_that_is_over_is_renewed(db: TestDatabase) {
        let mut ctx = with_plan(&db.store).await;
        let today = today(&mut ctx);
        let subject = Subject::Project(project(&db.store, "PRJ2569-012").await);
        let id = waive(&db.store, &mut ctx, link_001(subject, today)).await.unwrap();
        let later = today.saturating_add(jiff::Span::new().days(30));
        let twice = waive(&db.store, &mut ctx, link_001(subject, later)).await;
        assert!(matches!(twice, Err(Error::Stale(issue)) if issue.code == "waiver.stands_already"));
        // Two days later the same office renews it.
        let at = ctx.now().0 + 2 * 86_400_000_000;
        let mut moments = at..;
        let mut drawn = 1_000_000_u64;
        let mut after = actions::Ctx::new(
            "ตัวอย่าง ผู้วางแผน",
            move || Moment(moments.next().unwrap_or(i64::MAX)),
            move |bytes| {
                for chunk in bytes.chunks_mut(8) {
                    drawn += 1;
                    chunk.copy_from_slice(&drawn.to_le_bytes()[..chunk.len()]);
                }
            },
        );
        after.who = ctx.who;
        assert_eq!(waive(&db.store, &mut after, link_001(subject, later)).await.unwrap(), id);
        assert_eq!(store::history::<Waiver>(&db.store, id).await.unwrap().len(), 2);
    }

    async fn what_is_not_there_can_be_neither_waived_nor_withdrawn(db: TestDatabase) {
        let mut ctx = with_plan(&db.store).await;
        let today = today(&mut ctx);
        let nobody = Subject::Project(domain::ids::ProjectId::from_u128(7));
        let missing = waive(&db.store, &mut ctx, link_001(nobody, today)).await;
        assert!(matches!(missing, Err(Error::NotFound(issue)) if issue.code == "waiver.unknown_subject"));
        let subject = Subject::Project(project(&db.store, "PRJ2569-012").await);
        let none = withdraw_waiver(&db.store, &mut ctx, ("LINK-001", subject), "ลอง").await;
        assert!(matches!(none, Err(Error::NotFound(issue)) if issue.code == "waiver.none"));
    }

    async fn a_code_that_no_framework_has_was_forgotten_when_its_row_was_left_out(db: TestDatabase) {
        let mut ctx = office(&db.store).await;
        let (year, projects) = (plan_of(2569), projects(2569, &[("P-1", "โครงการตัวอย่าง", "100")]));
        let wrong = "project_code,target_code\nP-1,4.12\n";
        let files = |links| {
            [("plan.csv", &*year), ("agencies.csv", AGENCIES), ("strategies.csv", STRATEGIES), ("projects.csv", &*projects), ("links.csv", links)]
        };
        let mut file = plan(&files(wrong));
        let known = Known::standing_or_shipped(&db.store, &file).await.unwrap();
        let (_, skipped) = check(&known, &mut file, true);
        assert_eq!(skipped.len(), 1);
        let imported = actions::plans::import(&db.store, &mut ctx, &file, "โฟลเดอร์").await.unwrap();
        assert_eq!(imported.outcome["mention"].added, 1);
        let kept: Vec<Kept<Mention>> = store::all(&db.store).await.unwrap();
        let said: Vec<_> = kept.iter().map(|kept| (kept.row.framework.as_str(), kept.row.code.as_str())).collect();
        assert_eq!(said, [("SDG4", "4.12")]);

        let corrected = take_in(&db.store, &mut ctx, &files("project_code,target_code\nP-1,4.1\n")).await;
        assert_eq!((corrected.outcome["mention"].ended, corrected.outcome["link"].added), (1, 1));
        assert_eq!(store::all::<Mention>(&db.store).await.unwrap().len(), 0);
    }

    async fn the_printed_total_stays_beside_the_lines_that_contradict_it(db: TestDatabase) {
        let mut ctx = office(&db.store).await;
        let (year, projects) = (plan_of(2569), projects(2569, &[("P-1", "โครงการตัวอย่าง", "100000")]));
        let budget = "project_code,period,stage,amount,category\nP-1,2569,allotted,60000,operations\nP-1,2569,allotted,30000,investment\n";
        take_in(&db.store, &mut ctx, &[
            ("plan.csv", &*year),
            ("agencies.csv", AGENCIES),
            ("strategies.csv", STRATEGIES),
            ("projects.csv", &*projects),
            ("budget.csv", budget),
        ]).await;
        let names = Names::default();
        let rule = checks::find("MONEY-002").unwrap();
        let scope = Scope { editions: None, organisations: None, today: today(&mut ctx) };
        let found = checks::run_only(&[rule], &snapshot(&db.store).await, &scope, Beside::names(&names));
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].args, [
            ("stated", checks::Value::Money(domain::money::Satang::baht(100_000))),
            ("lines", checks::Value::Money(domain::money::Satang::baht(90_000))),
        ]);
    }
}

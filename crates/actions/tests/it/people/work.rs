//! My work over an opened year, and the work that nobody answers for.

use super::today;
use crate::accounts::desk::{Desk, HOUR};
use actions::{
    live::Live,
    people::{AtHand, Kind, Leave, Line, Unowned, Work, leave},
    steps::{Cell, OpenYear, Record, Said, certify, open_year, record, return_},
};
use domain::{
    duty::DutyItem,
    ids::{OrganisationId, PersonId},
    people::Role,
    permission::Act,
    step::StepRecord,
    time::{FiscalYear, Period},
};
use testkit::{TestDatabase, on_both_engines};

async fn opened(database: &TestDatabase) -> Desk {
    let desk = Desk::new(&database.store).await;
    let year = OpenYear {
        province: "67".to_owned(),
        year: FiscalYear(2570),
    };
    open_year(&desk.store, &mut desk.shell(), year)
        .await
        .unwrap();
    desk
}

async fn work(desk: &Desk, person: PersonId) -> Work {
    let live = Live::load(desk.store.clone()).await.unwrap();
    let at_hand = AtHand::load(&desk.store, desk.now().thai_day())
        .await
        .unwrap();
    live.read(|now| at_hand.work(&now.snapshot, person, &[]))
}

async fn unowned(desk: &Desk) -> Vec<Unowned> {
    let live = Live::load(desk.store.clone()).await.unwrap();
    let at_hand = AtHand::load(&desk.store, desk.now().thai_day())
        .await
        .unwrap();
    live.read(|now| at_hand.unowned(&now.snapshot))
}

/// The cell as whoever looks at it now sees it.
async fn seen(desk: &Desk, cell: Cell) -> Cell {
    let all: Vec<store::Kept<StepRecord>> = store::all(&desk.store).await.unwrap();
    let stands = all
        .into_iter()
        .find(|kept| kept.row.organisation == cell.organisation);
    Cell {
        seen: stands.map(|kept| kept.stamp.version),
        ..cell
    }
}

fn said(document: &str) -> Said {
    Said {
        done_on: "1/10/2569".to_owned(),
        document: document.to_owned(),
        ..Said::default()
    }
}

fn of(work: &Work, organisation: OrganisationId) -> usize {
    let tasks = work.tasks.iter();
    tasks
        .filter(|task| task.organisation == organisation)
        .count()
}

on_both_engines! {
    async fn a_school_with_a_planner_does_its_own_work_and_one_without_leaves_it_to_the_agency(database: TestDatabase) {
        let desk = opened(&database).await;
        let agency = desk.somebody("agency", Role::Coordinator, "DOLE-PNB").await;
        let school = desk.organisation("DOLE-6701").await;
        let before = work(&desk, agency).await;
        assert!(of(&before, school) > 0 && before.tasks.iter().all(|task| task.kind == Kind::Record));
        assert!(before.tasks.is_sorted_by_key(|task| task.due), "by the day they are due");
        let planner = desk.somebody("planner", Role::SchoolPlanner, "DOLE-6701").await;
        assert_eq!(of(&work(&desk, agency).await, school), 0);
        assert_eq!(of(&work(&desk, planner).await, school), of(&before, school));
        leave(&desk.store, &mut desk.shell(), Leave { person: planner, on: None }).await.unwrap();
        assert_eq!(of(&work(&desk, agency).await, school), of(&before, school));
    }

    async fn what_is_recorded_waits_for_the_head_and_what_comes_back_for_the_teacher(database: TestDatabase) {
        let desk = opened(&database).await;
        let agency = desk.somebody("agency", Role::Coordinator, "DOLE-PNB").await;
        let head = desk.somebody("head", Role::Approver, "DOLE-PNB").await;
        let organisation = desk.organisation("DOLE-PNB").await;
        let cell = Cell {
            organisation,
            item: DutyItem::Step6,
            period: Period::fiscal(FiscalYear(2570)),
            seen: None,
        };
        let kind = |work: &Work| {
            let mut tasks = work.tasks.iter();
            let task = tasks.find(|task| task.organisation == organisation && task.cell == Some((cell.item, cell.period)));
            task.map(|task| task.kind.clone())
        };
        assert_eq!(kind(&work(&desk, agency).await), Some(Kind::Record));
        assert_eq!(kind(&work(&desk, head).await), None);
        let first = said("ตัวอย่าง 1/2569");
        record(&desk.store, &mut desk.as_(agency), Record::new(cell, first)).await.unwrap();
        assert_eq!(kind(&work(&desk, head).await), Some(Kind::Certify));
        assert_eq!(kind(&work(&desk, agency).await), None);
        let now = seen(&desk, cell).await;
        return_(&desk.store, &mut desk.as_(head), now, "ขอเลขที่คำสั่ง").await.unwrap();
        let back = Kind::Returned("ขอเลขที่คำสั่ง".to_owned());
        assert_eq!(kind(&work(&desk, agency).await), Some(back));
        let second = said("ตัวอย่าง 2/2569");
        let now = seen(&desk, cell).await;
        record(&desk.store, &mut desk.as_(agency), Record::new(now, second)).await.unwrap();
        let now = seen(&desk, cell).await;
        certify(&desk.store, &mut desk.as_(head), now).await.unwrap();
        assert_eq!((kind(&work(&desk, agency).await), kind(&work(&desk, head).await)), (None, None));
    }

    async fn work_becomes_overdue_on_the_day_after_it_was_due(database: TestDatabase) {
        let desk = opened(&database).await;
        let agency = desk.somebody("agency", Role::Coordinator, "DOLE-PNB").await;
        assert_eq!(work(&desk, agency).await.overdue(), 0);
        desk.wait(400 * 24 * HOUR);
        let later = work(&desk, agency).await;
        assert!(later.overdue() > 0 && later.tasks[0].overdue);
    }

    async fn an_agency_without_anybody_is_named_and_so_is_one_whose_last_person_left(database: TestDatabase) {
        let desk = opened(&database).await;
        let organisation = desk.organisation("DOLE-PNB").await;
        let named = |all: &[Unowned]| {
            let mut all = all.iter();
            all.find(|it| it.organisation == organisation && it.act == Act::RecordStep).copied()
        };
        let found = named(&unowned(&desk).await).unwrap();
        assert!(found.waiting > 0);
        let issue = found.issue("DOLE-PNB");
        assert!(!domain::locale::Locale::Th.issue(&issue).contains('{'));
        let agency = desk.somebody("agency", Role::Coordinator, "DOLE-PNB").await;
        assert_eq!(named(&unowned(&desk).await), None);
        leave(&desk.store, &mut desk.shell(), Leave { person: agency, on: None }).await.unwrap();
        assert_eq!(named(&unowned(&desk).await), Some(found));
        // Whoever reads from above, or coordinates, answers for nothing.
        desk.somebody("region", Role::Reader, "REO17").await;
        desk.somebody("planner", Role::Planner, "PNBPEO").await;
        assert_eq!(named(&unowned(&desk).await), Some(found));
    }

    async fn a_province_where_nobody_was_invited_yet_drowned_in_findings(database: TestDatabase) {
        let desk = opened(&database).await;
        let unattended = async |province| {
            let line = Line::load(&desk.store, desk.now().thai_day()).await.unwrap();
            line.unattended(Some(province))
        };
        assert!(unattended("67").await.is_empty(), "nobody was invited anywhere");
        let [office, agency, school] = [
            desk.organisation("PNBPEO").await,
            desk.organisation("DOLE-PNB").await,
            desk.organisation("DOLE-6701").await,
        ];
        desk.somebody("planner", Role::Planner, "PNBPEO").await;
        assert!(unattended("67").await.contains(&office), "who records there waits for somebody who certifies");
        desk.somebody("director", Role::Approver, "PNBPEO").await;
        let all = unattended("67").await;
        assert!(all.contains(&agency) && all.contains(&school) && !all.contains(&office));
        assert!(unattended("96").await.is_empty());
        let person = desk.somebody("agency", Role::Coordinator, "DOLE-PNB").await;
        assert!(unattended("67").await.contains(&agency), "nobody certifies what they record");
        let head = desk.somebody("head", Role::Approver, "DOLE-PNB").await;
        let all = unattended("67").await;
        assert!(!all.contains(&agency) && !all.contains(&school), "the agency does the work of its schools");
        leave(&desk.store, &mut desk.shell(), Leave { person, on: None }).await.unwrap();
        assert!(unattended("67").await.contains(&agency), "and nobody does since they left");
        // Who certifies alone records nothing.
        assert!(today(&desk, head).await.contains(&Role::Approver));
    }

    async fn a_quarter_that_had_not_ended_stood_among_what_is_to_be_done_first(database: TestDatabase) {
        let desk = opened(&database).await;
        let person = desk.somebody("agency", Role::Coordinator, "DOLE-PNB").await;
        let quarters = async || {
            let tasks = work(&desk, person).await.tasks;
            let of = |task: &&actions::people::Task| task.cell.is_some_and(|(item, _)| item == DutyItem::Step7_5);
            (tasks.iter().filter(of).count(), tasks.len())
        };
        let (waiting, all) = quarters().await;
        assert_eq!(waiting, 0);
        assert!(all > 0);
        desk.wait(100 * 24 * HOUR);
        // The first quarter of the agency and of each of its schools, which nobody else answers for.
        let first = quarters().await.0;
        assert!(first > 0);
        desk.wait(100 * 24 * HOUR);
        assert_eq!(quarters().await.0, 2 * first);
    }
}

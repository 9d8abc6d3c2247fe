//! The snapshot of a running program follows what others record.

use crate::office::{project, with_plan};
use actions::{
    Who,
    accounts::{Cost, Given, NewAccount, SignIn, create_with_password, sign_in},
    derived::Question,
    links::{Decision, decide},
    live::Live,
    organisations::{NewOrganisation, add},
    steps::{Cell, OpenYear, Record, Said, certify, open_year, record},
};
use domain::{
    duty::DutyItem,
    link::LinkState,
    organisation::OrganisationText,
    people::Role,
    project::{Project, ProjectText},
    time::{FiscalYear, Period},
};
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};
use store::trail;
use testkit::{TestDatabase, on_both_engines};

/// How many projects have an approved link.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Approved;

impl Question for Approved {
    type Answer = usize;
    const MOST: usize = 1;
}

fn approved(live: &Live) -> usize {
    live.read(|now| {
        let linked = |project: &domain::project::Project| {
            let mut links = now.snapshot.links_of(project.id);
            links.any(|link| link.state == LinkState::Approved)
        };
        *now.derived
            .answer(&Approved, || now.snapshot.projects().filter(linked).count())
    })
}

on_both_engines! {
    async fn what_follows_from_the_snapshot_goes_with_it(db: TestDatabase) {
        let mut ctx = with_plan(&db.store).await;
        let live = Live::load(db.store.clone()).await.unwrap();
        assert_eq!(approved(&live), 0);
        let project = project(&db.store, "PRJ2569-012").await;
        let node = live.read(|now| now.snapshot.links_of(project).next().unwrap().node);
        decide(&db.store, &mut ctx, (project, node), Decision::Approve, "ตรง").await.unwrap();
        assert_eq!(approved(&live), 0, "kept, like the snapshot it belongs to");
        live.refresh().await.unwrap();
        assert_eq!(approved(&live), 1);
    }

    async fn the_snapshot_follows_the_trail_and_only_the_trail(db: TestDatabase) {
        let mut ctx = with_plan(&db.store).await;
        let live = Live::load(db.store.clone()).await.unwrap();
        assert!(!live.refresh().await.unwrap(), "nothing has happened");
        let project = project(&db.store, "PRJ2569-012").await;
        let link = |live: &Live| live.read(|now| now.snapshot.links_of(project).next().unwrap());
        assert_eq!(link(&live).state, LinkState::Proposed);

        let elsewhere = db.open_again().await;
        decide(&elsewhere, &mut ctx, (project, link(&live).node), Decision::Approve, "ตรง").await.unwrap();
        assert_eq!(link(&live).state, LinkState::Proposed, "not yet looked");
        assert!(live.refresh().await.unwrap());
        assert_eq!(link(&live).state, LinkState::Approved);
    }

    async fn a_slower_older_read_put_an_older_snapshot_in_the_place_of_a_newer_one(db: TestDatabase) {
        let mut ctx = with_plan(&db.store).await;
        let live = Arc::new(Live::load(db.store.clone()).await.unwrap());
        let known = |live: &Live| live.read(|now| now.names.organisations.len());
        let first = known(&live);
        // Somebody looks all the time: what they once saw never goes away again.
        let done = Arc::new(AtomicBool::new(false));
        let (watched, over) = (live.clone(), done.clone());
        let watcher = std::thread::spawn(move || {
            let (mut last, mut back) = (0, 0);
            while !over.load(Ordering::Relaxed) {
                let now = known(&watched);
                back += usize::from(now < last);
                last = now.max(last);
                std::thread::yield_now();
            }
            back
        });
        let mut reading = Vec::new();
        for n in 0..15 {
            let new = NewOrganisation {
                text: OrganisationText {
                    code: format!("X{n}"),
                    province: Some("67".to_owned()),
                    name_th: format!("ตัวอย่าง {n}"),
                    ..OrganisationText::default()
                },
                reason: "ตัวอย่าง".to_owned(),
                ..NewOrganisation::default()
            };
            add(&db.store, &mut ctx, &new).await.unwrap();
            // The follower and the page of somebody else look at once.
            for _ in 0..2 {
                let live = live.clone();
                reading.push(tokio::spawn(async move { live.refresh().await.unwrap() }));
            }
            if reading.len() > 3 {
                reading.remove(0).await.unwrap();
            }
        }
        for one in reading {
            one.await.unwrap();
        }
        done.store(true, Ordering::Relaxed);
        assert_eq!(watcher.join().unwrap(), 0, "times that the snapshot went back");
        assert_eq!(known(&live), first + 15);
    }

    async fn a_sign_in_makes_nobody_read_everything_again(db: TestDatabase) {
        let mut ctx = with_plan(&db.store).await;
        ctx.cost = Cost::LEAST;
        let project = project(&db.store, "PRJ2569-012").await;
        let owner = store::get::<(Project, ProjectText)>(&db.store, project).await.unwrap().unwrap().row.0.owner;
        let new = NewAccount {
            account: "example".to_owned(),
            name: "ตัวอย่าง".to_owned(),
            position: None,
            roles: vec![Given { role: Role::Coordinator, organisation: owner }],
        };
        let password = "ขนมครก เจ็ดกล่อง ริมแม่น้ำป่าสัก";
        create_with_password(&db.store, &mut ctx, new, Some(password)).await.unwrap();
        let live = Live::load(db.store.clone()).await.unwrap();
        let before = trail::heads(&db.store).await.unwrap();
        let given = SignIn { account: "example", password, ..SignIn::default() };
        ctx.who = Who::Nobody;
        sign_in(&db.store, &mut ctx, given).await.unwrap();
        assert_ne!(trail::heads(&db.store).await.unwrap(), before, "the trail tells of it");
        assert!(!live.refresh().await.unwrap());
        // What comes after the sign-in is not passed over.
        let node = live.read(|now| now.snapshot.links_of(project).next().unwrap().node);
        ctx.who = Who::Shell;
        decide(&db.store, &mut ctx, (project, node), Decision::Approve, "ตรง").await.unwrap();
        assert!(live.refresh().await.unwrap());
        assert_eq!(approved(&live), 1);
    }

    async fn a_record_of_a_step_made_every_program_read_everything_again(db: TestDatabase) {
        let mut ctx = with_plan(&db.store).await;
        let year = OpenYear { province: "67".to_owned(), year: FiscalYear(2570) };
        open_year(&db.store, &mut ctx, year).await.unwrap();
        let live = Live::load(db.store.clone()).await.unwrap();
        let organisation = store::texts::organisations(&db.store, "ESAO-PNB1").await.unwrap()[0].row.0.id;
        let period = Period::fiscal(FiscalYear(2570));
        let cell = Cell { organisation, item: DutyItem::Step6, period, seen: None };
        let said = Said {
            done_on: "1/10/2569".to_owned(),
            document: "ตัวอย่าง 1/2570".to_owned(),
            ..Said::default()
        };
        let seen = Some(record(&db.store, &mut ctx, Record::new(cell, said)).await.unwrap().seen);
        assert!(!live.refresh().await.unwrap(), "it counts nowhere yet");
        let reported = |live: &Live| live.read(|now| {
            let mut duties = now.snapshot.duties_of(DutyItem::Step6, period);
            duties.any(|duty| duty.organisation == organisation && duty.reported_on.is_some())
        });
        assert!(!reported(&live));
        certify(&db.store, &mut ctx, Cell { seen, ..cell }).await.unwrap();
        assert!(live.refresh().await.unwrap());
        assert!(reported(&live));
    }

    async fn an_answer_about_work_without_anybody_outlived_the_invitation_of_somebody(db: TestDatabase) {
        let mut ctx = with_plan(&db.store).await;
        ctx.cost = Cost::LEAST;
        let live = Live::load(db.store.clone()).await.unwrap();
        approved(&live);
        let kept = |live: &Live| live.read(|now| now.derived.kept(&Approved).is_some());
        let project = project(&db.store, "PRJ2569-012").await;
        let organisation = live.read(|now| now.snapshot.project(project).unwrap().owner);
        let new = NewAccount {
            account: "example".to_owned(),
            name: "ตัวอย่าง".to_owned(),
            position: None,
            roles: vec![Given { role: Role::Coordinator, organisation }],
        };
        create_with_password(&db.store, &mut ctx, new, None).await.unwrap();
        assert!(!live.refresh().await.unwrap(), "nothing of the thread changed");
        assert!(!kept(&live), "who works where did");
    }

    async fn plans_nodes_and_projects_are_found_by_the_codes_people_know(db: TestDatabase) {
        with_plan(&db.store).await;
        let live = Live::load(db.store.clone()).await.unwrap();
        let (level, name) = live.read(|now| {
            let plan = now.plan("narathiwat-2569").unwrap();
            let node = now.node(now.edition_of(plan.id).unwrap(), "1.1").unwrap();
            assert_eq!(now.plan_of_node(node), Some(plan));
            (now.plans()[0].level, now.names.nodes[&node].name_th.clone())
        });
        assert_eq!(level, domain::plan::Level::Sdg);
        assert_eq!(name, "เพื่อให้ผู้เรียนมีสมรรถนะพื้นฐานที่จำเป็นตามช่วงวัย");
        let found = live.project("narathiwat-2569", "PRJ2569-012").await.unwrap().unwrap();
        assert!(found.row.1.title.contains("Zero Dropout"));
        assert_eq!(live.project("SDG4", "PRJ2569-012").await.unwrap(), None);
    }
}

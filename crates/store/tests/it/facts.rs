//! Facts equal what was recorded, now and at every past moment.

use crate::make::{Caller, line, link, listing, organisation, project, record};
use domain::{
    duty::{Duty, DutyItem},
    facts::Facts,
    ids::*,
    indicator::*,
    link::LinkState,
    money::Satang,
    organisation::{Axis, Membership},
    plan::*,
    project::*,
    share::Share,
    time::{FiscalPeriod, FiscalYear, Period, PeriodKind, Quarter},
};
use jiff::civil::date;
use store::Reason;
use testkit::{TestDatabase, on_both_engines};

const YEAR: FiscalYear = FiscalYear(2570);

on_both_engines! {
    async fn an_empty_database_has_empty_facts(database: TestDatabase) {
        assert_eq!(database.store.facts(None).await.unwrap(), Facts::default());
    }

    async fn every_list_comes_back_value_by_value(database: TestDatabase) {
        let (caller, store) = (Caller::default(), &database.store);
        let (mut one, text) = organisation(1, "สำนักงานศึกษาธิการจังหวัดเพชรบูรณ์");
        (one.class, one.closed) = (None, Some(date(2030, 1, 31)));
        let membership = Membership {
            id: MembershipId::from_u128(1),
            organisation: one.id,
            axis: Axis::CoordinatedBy,
            parent: OrganisationId::from_u128(9),
            valid_from: Some(date(2023, 5, 3)),
            valid_to: None,
        };
        let edition = Edition {
            id: EditionId::from_u128(1),
            plan: PlanId::from_u128(1),
            level: Level::ProvincialPlan,
            owner: Some(one.id),
            period_kind: Some(PeriodKind::Fiscal),
            from_year: Some(2566),
            to_year: None,
            state: EditionState::Published,
            supersedes: None,
        };
        let node = |n, parent: Option<u128>| Node {
            id: NodeId::from_u128(n),
            edition: edition.id,
            parent: parent.map(NodeId::from_u128),
            lineage: LineageId::from_u128(n),
            kind: NodeKind::GoalY1,
            position: 7,
        };
        let words = |code: &str| NodeText {
            code: code.to_owned(),
            label_th: "เป้าประสงค์".to_owned(),
            name_th: "ผู้เรียนทุกช่วงวัย".to_owned(),
            name_en: None,
        };
        let indicator = Indicator { node: NodeId::from_u128(2), direction: None, owner: Some(one.id) };
        let baseline = Baseline {
            id: BaselineId::from_u128(1),
            node: indicator.node,
            period: Period::fiscal(YEAR),
            value: Quantity(-1_500_000),
        };
        let target = |n, shape| IndicatorTarget {
            id: IndicatorTargetId::from_u128(n),
            node: indicator.node,
            period: Period { kind: PeriodKind::Academic, year: 2569, quarter: None },
            shape,
        };
        let targets = [
            target(1, TargetShape::AtLeast { value: Quantity::whole(80) }),
            target(2, TargetShape::Between { low: Quantity::whole(1), high: Quantity::whole(2) }),
            target(3, TargetShape::Ratio { left: Quantity::whole(45), right: Quantity::whole(55) }),
            target(4, TargetShape::NotMeasured),
            target(5, TargetShape::IncreaseOnBaseline { by: Quantity::whole(3) }),
            target(6, TargetShape::AtMost { value: Quantity::whole(0) }),
            target(7, TargetShape::Reached),
        ];
        let crosswalk = Crosswalk {
            id: CrosswalkId::from_u128(1),
            from: NodeId::from_u128(1),
            to: None,
            relation: Relation::Ended,
            state: LinkState::Rejected,
        };
        let alignment = Alignment {
            id: AlignmentId::from_u128(1),
            from: NodeId::from_u128(2),
            to: NodeId::from_u128(1),
            share: Share::new(3_333).unwrap(),
            primary: false,
            state: LinkState::Approved,
        };
        let (mut planned, title) = project(1, 1, "โครงการ, มีจุลภาค");
        planned.year = ProjectYear::Academic(domain::time::AcademicYear(2569));
        planned.budget_mode = Some(BudgetMode::NoBudget);
        planned.approved_on = Some(date(2026, 9, 30));
        planned.part_of = Some(ProjectId::from_u128(77));
        let activity = Activity {
            id: ActivityId::from_u128(1),
            project: planned.id,
            position: 1,
            title: "อบรมครู".to_owned(),
        };
        let people = PeopleReport {
            id: PeopleReportId::from_u128(1),
            project: planned.id,
            period: FiscalPeriod::quarter(YEAR, Quarter::Q3),
            people: 4_000_000_000,
        };
        let at = caller.clock.now();
        let observation = |n, as_of, reading| Observation {
            id: ObservationId::from_u128(n),
            indicator: indicator.node,
            organisation: one.id,
            period: Period { kind: PeriodKind::Fiscal, year: 2569, quarter: Some(Quarter::Q3) },
            as_of,
            recorded_at: at,
            reading,
        };
        // The same quarter read three times: all are kept.
        let readings = [
            observation(1, date(2026, 7, 1), Reading::Printed { value: Quantity(47_240_000) }),
            observation(2, date(2026, 8, 1), Reading::Count { value: Quantity::whole(12) }),
            observation(3, date(2026, 9, 1), Reading::Ratio { numerator: Quantity::whole(122), denominator: Quantity::whole(100) }),
        ];
        let duty = Duty {
            id: DutyId::from_u128(1),
            organisation: one.id,
            item: DutyItem::Step7_5,
            period: Period::fiscal(YEAR),
            due: date(2027, 2, 1),
            applicable: false,
            reported_on: None,
        };
        let plan = Plan {
            id: edition.plan,
            code: "PNB-2566".to_owned(),
            name_th: "แผนพัฒนาการศึกษาจังหวัดเพชรบูรณ์ ระยะที่ 2".to_owned(),
            name_en: None,
            level: Level::ProvincialPlan,
            owner: Some(one.id),
            province: None,
        };

        let tx = store.begin().await.unwrap();
        record(&caller, &tx, at, (one, text)).await;
        record(&caller, &tx, at, membership).await;
        record(&caller, &tx, at, plan.clone()).await;
        record(&caller, &tx, at, (edition, EditionText { label: "ฉบับประกาศใช้".to_owned() })).await;
        record(&caller, &tx, at, (node(1, None), words("1"))).await;
        record(&caller, &tx, at, (node(2, Some(1)), words("1.1"))).await;
        record(&caller, &tx, at, (indicator, IndicatorText { unit: Some("ร้อยละ".to_owned()), ..IndicatorText::default() })).await;
        record(&caller, &tx, at, baseline).await;
        for target in targets {
            record(&caller, &tx, at, target).await;
        }
        record(&caller, &tx, at, (crosswalk, Reason::default())).await;
        record(&caller, &tx, at, (alignment, Reason { decided_by: Some("คณะทำงาน".to_owned()), ..Reason::default() })).await;
        record(&caller, &tx, at, (planned, title)).await;
        record(&caller, &tx, at, listing(1, 1, 2)).await;
        record(&caller, &tx, at, link(1, 1, 2, LinkState::Proposed)).await;
        record(&caller, &tx, at, activity.clone()).await;
        record(&caller, &tx, at, people).await;
        for reading in readings {
            record(&caller, &tx, at, reading).await;
        }
        record(&caller, &tx, at, duty).await;
        for (n, amount) in [(1, 100), (2, 23), (3, 1_000)] {
            let stage = if n == 3 { Stage::Disbursed } else { Stage::Allotted };
            record(&caller, &tx, at, line(n, 1, stage, amount)).await;
        }
        tx.commit().await.unwrap();

        assert_eq!(store::all::<Plan>(store).await.unwrap()[0].row, plan);
        assert_eq!(store::all::<BudgetLine>(store).await.unwrap()[1].row, line(2, 1, Stage::Allotted, 23));
        let facts = store.facts(None).await.unwrap();
        assert_eq!(facts.organisations, [one]);
        assert_eq!(facts.memberships, [membership]);
        assert_eq!(facts.editions, [edition]);
        assert_eq!(facts.nodes, [node(1, None), node(2, Some(1))]);
        assert_eq!(facts.indicators, [indicator]);
        assert_eq!(facts.baselines, [baseline]);
        assert_eq!(facts.targets, targets);
        assert_eq!(facts.crosswalks, [crosswalk]);
        assert_eq!(facts.alignments, [alignment]);
        assert_eq!(facts.projects, [planned]);
        assert_eq!(facts.listings, [listing(1, 1, 2)]);
        assert_eq!(facts.links, [link(1, 1, 2, LinkState::Proposed).0]);
        assert_eq!(facts.activities[0].id, activity.id);
        assert_eq!((facts.people[0].project, facts.people[0].period, facts.people[0].people), (0, people.period, people.people));
        let amounts: Vec<_> = facts.amounts.iter().map(|it| (it.project, it.stage, it.satang)).collect();
        assert_eq!(amounts, [(0, Stage::Allotted, Satang(123)), (0, Stage::Disbursed, Satang(1_000))]);
        let read: Vec<_> = facts.observations.iter().map(|it| (it.organisation, it.indicator, it.as_of, it.recorded_at, it.reading)).collect();
        assert_eq!(read, readings.map(|it| (0, 0, it.as_of, at, it.reading)));
        assert_eq!(facts.duties, [duty]);
    }

    async fn money_of_a_project_that_no_longer_stands_is_not_in_the_facts(database: TestDatabase) {
        let (caller, store) = (Caller::default(), &database.store);
        let tx = store.begin().await.unwrap();
        let at = caller.clock.now();
        record(&caller, &tx, at, project(1, 1, "โครงการหนึ่ง")).await;
        record(&caller, &tx, at, project(2, 1, "โครงการสอง")).await;
        record(&caller, &tx, at, line(1, 1, Stage::Allotted, 100)).await;
        record(&caller, &tx, at, line(2, 2, Stage::Allotted, 200)).await;
        let later = caller.clock.now();
        store::end::<(Project, ProjectText)>(&tx, later, &[ProjectId::from_u128(1)]).await.unwrap();
        tx.commit().await.unwrap();
        let now = store.facts(None).await.unwrap();
        assert_eq!(now.amounts.iter().map(|it| (it.project, it.satang)).collect::<Vec<_>>(), [(0, Satang(200))]);
        assert_eq!(store.facts(Some(at)).await.unwrap().amounts.len(), 2);
    }

    async fn facts_read_beside_a_writer_are_of_one_moment(database: TestDatabase) {
        let writer = database.open_again().await;
        let writing = tokio::spawn(async move {
            let caller = Caller::default();
            for n in 1..=40 {
                let tx = writer.begin().await.unwrap();
                let at = caller.clock.now();
                record(&caller, &tx, at, project(n, 1, "โครงการ")).await;
                record(&caller, &tx, at, listing(n, n, 1)).await;
                let event = store::trail::NewEvent {
                    at,
                    actor: "anan".to_owned(),
                    on_behalf_of: None,
                    act: "projects.list".to_owned(),
                    subject: store::trail::Subject { kind: "project".to_owned(), id: n.to_string() },
                    payload: None,
                    salt: Vec::new(),
                };
                store::trail::append(&tx, "67", event).await.unwrap();
                tx.commit().await.unwrap();
            }
        });
        loop {
            let done = writing.is_finished();
            let (facts, heads) = database.store.facts_and_heads(None).await.unwrap();
            let events = heads.first().map_or(0, |head| head.number);
            assert_eq!((facts.projects.len(), facts.listings.len()), (events as usize, events as usize));
            if done {
                assert_eq!(events, 40);
                break;
            }
        }
        writing.await.unwrap();
    }

    async fn lists_longer_than_a_page_arrive_whole_and_in_order(database: TestDatabase) {
        let (caller, store) = (Caller::default(), &database.store);
        let tx = store.begin().await.unwrap();
        let rows = (1..=45_000).map(|n| caller.fresh(listing(n, n, 1)));
        store::record(&tx, caller.clock.now(), rows).await.unwrap();
        tx.commit().await.unwrap();
        let facts = store.facts(None).await.unwrap();
        assert!(facts.listings.iter().zip(1..).all(|(row, n)| *row == listing(n, n, 1)));
        assert_eq!(facts.listings.len(), 45_000);
    }
}

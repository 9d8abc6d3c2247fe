//! Alignments: what an element of a plan serves above it, proposed, decided on and changed; no plan serves itself.

use crate::{
    changing::link,
    office::{project, record, snapshot, somebody, target, with_plan},
};
use actions::{
    Ctx, Error,
    alignments::{Decision, Given, change, decide, propose},
    links::{Between, Line, sitting},
};
use chain::attribution::How;
use domain::{
    ids::{EditionId, NodeId, OrganisationId, PlanId},
    issue::Arg,
    link::LinkState,
    locale::Locale,
    people::Role,
    plan::{Alignment, Edition, EditionState, EditionText, Level, Node, NodeKind, NodeText, Plan},
    share::Share,
};
use store::{Kept, Reason, Store, trail};
use testkit::{TestDatabase, on_both_engines};
use uuid::Uuid;

pub async fn alignment(store: &Store, from: NodeId, to: NodeId) -> Kept<(Alignment, Reason)> {
    let all: Vec<Kept<(Alignment, Reason)>> = store::of(store, &[from]).await.unwrap();
    all.into_iter().find(|kept| kept.row.0.to == to).unwrap()
}

async fn version(store: &Store, from: NodeId, to: NodeId) -> Uuid {
    alignment(store, from, to).await.stamp.version
}

pub fn new(parts: u16) -> Given {
    Given {
        share: Share::new(parts).unwrap(),
        primary: false,
        reason: "ตรงกับเป้าประสงค์".to_owned(),
        language: Locale::Th,
    }
}

async fn approve(store: &Store, ctx: &mut Ctx, from: NodeId, to: NodeId) -> Result<(), Error> {
    let seen = version(store, from, to).await;
    let done = decide(store, ctx, (from, to), seen, Decision::Approve, "มติ 1/2570").await;
    done.map(drop)
}

/// The element of the plan of Narathiwat under which a project is listed, and who owns the plan.
pub async fn listed(store: &Store, code: &str) -> (NodeId, OrganisationId) {
    let project = project(store, code).await;
    let snapshot = snapshot(store).await;
    let node = snapshot.listings_of(project).next().unwrap().node;
    let owner = snapshot.plans().edition_of_node(node).unwrap().owner;
    (node, owner.unwrap())
}

/// A plan of one edition with elements, each under the one before it.
async fn plan(store: &Store, ctx: &mut Ctx, level: Level, province: Option<&str>) -> Vec<NodeId> {
    let (plan, edition): (PlanId, EditionId) = (ctx.id(), ctx.id());
    let code = format!("{level}-{}", province.unwrap_or("TH"));
    let row = Plan {
        id: plan,
        code: code.clone(),
        name_th: format!("แผนตัวอย่าง {code}"),
        name_en: None,
        level,
        owner: None,
        province: province.map(str::to_owned),
    };
    record(store, ctx, row).await;
    let row = Edition {
        id: edition,
        plan,
        level,
        owner: None,
        period_kind: None,
        from_year: Some(2566),
        to_year: Some(2570),
        state: EditionState::Draft,
        supersedes: None,
    };
    let label = "2566-2570".to_owned();
    record(store, ctx, (row, EditionText { label })).await;
    let mut nodes: Vec<NodeId> = Vec::new();
    for position in 1..=2 {
        let node = Node {
            id: ctx.id(),
            edition,
            parent: nodes.last().copied(),
            lineage: ctx.id(),
            kind: NodeKind::Strategy,
            position,
        };
        let text = NodeText {
            code: format!("{code}-{position}"),
            label_th: "ยุทธศาสตร์".to_owned(),
            name_th: format!("ยุทธศาสตร์ตัวอย่างที่ {position}"),
            name_en: None,
        };
        record(store, ctx, (node, text)).await;
        nodes.push(node.id);
    }
    nodes
}

on_both_engines! {
    async fn an_approved_alignment_carries_the_projects_of_its_element_and_a_proposed_one_nothing(db: TestDatabase) {
        let mut ctx = with_plan(&db.store).await;
        let (from, owner) = listed(&db.store, "PRJ2569-012").await;
        let (to, framework) = target(&db.store, "4.1").await;
        let project = project(&db.store, "PRJ2569-012").await;
        let mut coordinator = somebody(&db.store, &mut ctx, Role::Coordinator, owner).await;
        let mut approver = somebody(&db.store, &mut ctx, Role::Approver, owner).await;
        propose(&db.store, &mut coordinator, (from, to), new(6_000)).await.unwrap();
        let how = async || snapshot(&db.store).await.attribution(project, framework).unwrap();
        assert_eq!(how().await.how, How::Nowhere);
        let seen = version(&db.store, from, to).await;
        let refused = decide(&db.store, &mut coordinator, (from, to), seen, Decision::Approve, "ตรง").await;
        assert!(matches!(refused, Err(Error::Forbidden { .. })), "{refused:?}");
        approve(&db.store, &mut approver, from, to).await.unwrap();
        let carried = how().await;
        assert!(matches!(carried.how, How::Listed(_)), "{carried:?}");
        assert_eq!(carried.parts, [(to, chain::attribution::WHOLE / 10 * 6)]);
        let (now, words) = alignment(&db.store, from, to).await.row;
        assert_eq!((now.state, now.primary), (LinkState::Approved, true));
        assert_eq!(words.decided_by.as_deref(), Some(approver.actor.as_str()));
        let told: Vec<String> = trail::events(&db.store, "96", 0, 100, &trail::Filter::default())
            .await
            .unwrap()
            .into_iter()
            .map(|event| event.act)
            .collect();
        assert_eq!(told[told.len() - 2..], ["alignment.propose", "alignment.approve"]);
        assert_eq!(trail::verify(&db.store, None).await.unwrap(), []);
    }

    async fn the_shares_of_an_element_stay_within_the_whole_and_may_be_changed(db: TestDatabase) {
        let mut ctx = with_plan(&db.store).await;
        let (from, _) = listed(&db.store, "PRJ2569-012").await;
        let ((one, _), (other, _)) = (target(&db.store, "4.1").await, target(&db.store, "4.c").await);
        propose(&db.store, &mut ctx, (from, one), new(6_000)).await.unwrap();
        propose(&db.store, &mut ctx, (from, other), new(5_000)).await.unwrap();
        approve(&db.store, &mut ctx, from, one).await.unwrap();
        let over = approve(&db.store, &mut ctx, from, other).await;
        assert!(matches!(over, Err(Error::Invalid(issues)) if issues[0].code == "link.shares_exceed_whole"));
        let seen = version(&db.store, from, other).await;
        let to = Given {
            share: Share::new(4_000).unwrap(),
            primary: true,
            reason: "ที่เหลือ".to_owned(),
            language: Locale::Th,
        };
        change(&db.store, &mut ctx, (from, other), seen, to).await.unwrap();
        approve(&db.store, &mut ctx, from, other).await.unwrap();
        let primary = async |to| alignment(&db.store, from, to).await.row.0.primary;
        assert_eq!((primary(one).await, primary(other).await), (false, true));
    }

    async fn an_alignment_leads_upwards_within_one_province(db: TestDatabase) {
        let mut ctx = with_plan(&db.store).await;
        let (from, _) = listed(&db.store, "PRJ2569-012").await;
        let (target, _) = target(&db.store, "4.1").await;
        let foreign = plan(&db.store, &mut ctx, Level::ProvincialPlan, Some("67")).await;
        for (from, to, code) in [
            (target, from, "link.of_another_province"),
            (from, from, "alignment.not_upwards"),
            (from, foreign[0], "link.of_another_province"),
        ] {
            let refused = propose(&db.store, &mut ctx, (from, to), new(1_000)).await;
            let Err(Error::Invalid(issues)) = refused else { panic!("{code}: {refused:?}") };
            assert_eq!(issues[0].code, code);
        }
        let nobody = propose(&db.store, &mut ctx, (from, NodeId::from_u128(7)), new(1_000)).await;
        assert!(matches!(nobody, Err(Error::NotFound(issue)) if issue.code == "link.unknown_node"));
    }

    async fn the_roadmap_and_the_plan_of_a_province_never_serve_themselves(db: TestDatabase) {
        let mut ctx = with_plan(&db.store).await;
        let roadmap = plan(&db.store, &mut ctx, Level::ProvincialRoadmap, Some("96")).await;
        let plan = plan(&db.store, &mut ctx, Level::ProvincialPlan, Some("96")).await;
        // The strategy of the plan serves one of the roadmap, which must then not serve what stands below the strategy.
        propose(&db.store, &mut ctx, (plan[0], roadmap[0]), new(10_000)).await.unwrap();
        let circle = propose(&db.store, &mut ctx, (roadmap[0], plan[1]), new(10_000)).await;
        let Err(Error::Invalid(issues)) = circle else { panic!("{circle:?}") };
        assert_eq!(issues[0].code, "alignment.cycle");
        let way = "provincial_roadmap-96-1 → provincial_plan-96-2 → provincial_plan-96-1 → provincial_roadmap-96-1";
        assert_eq!(issues[0].args, [("way", Arg::from(way))]);
        // Nothing that the chain could not build on was recorded.
        assert_eq!(snapshot(&db.store).await.plans().all_alignments().len(), 1);
        // Once the first is rejected the other way is free, and then the first can no longer be approved.
        let seen = version(&db.store, plan[0], roadmap[0]).await;
        decide(&db.store, &mut ctx, (plan[0], roadmap[0]), seen, Decision::Reject, "กลับทิศ").await.unwrap();
        propose(&db.store, &mut ctx, (roadmap[0], plan[1]), new(10_000)).await.unwrap();
        let back = approve(&db.store, &mut ctx, plan[0], roadmap[0]).await;
        assert!(matches!(back, Err(Error::Invalid(issues)) if issues[0].code == "alignment.cycle"));
        snapshot(&db.store).await;
    }

    async fn national_plans_are_not_for_a_province_to_align(db: TestDatabase) {
        let mut ctx = with_plan(&db.store).await;
        let (_, owner) = listed(&db.store, "PRJ2569-012").await;
        let upper = plan(&db.store, &mut ctx, Level::Level2, None).await;
        let lower = plan(&db.store, &mut ctx, Level::Level3, None).await;
        let mut planner = somebody(&db.store, &mut ctx, Role::Planner, owner).await;
        let refused = propose(&db.store, &mut planner, (lower[0], upper[0]), new(10_000)).await;
        assert!(matches!(refused, Err(Error::Forbidden { .. })), "{refused:?}");
        propose(&db.store, &mut ctx, (lower[0], upper[0]), new(10_000)).await.unwrap();
        let told = trail::events(&db.store, actions::NATIONAL, 0, 100, &trail::Filter::default()).await.unwrap();
        assert_eq!(told.last().unwrap().act, "alignment.propose");
    }

    async fn a_plan_of_a_province_that_named_no_owner_could_be_worked_on_by_nobody(db: TestDatabase) {
        let mut ctx = with_plan(&db.store).await;
        let upper = plan(&db.store, &mut ctx, Level::Level2, None).await;
        let lower = plan(&db.store, &mut ctx, Level::Level3, Some("67")).await;
        let of = async |code| store::texts::organisations(&db.store, code).await.unwrap()[0].row.0.id;
        let mut planner = somebody(&db.store, &mut ctx, Role::Planner, of("PNBPEO").await).await;
        let mut agency = somebody(&db.store, &mut ctx, Role::Coordinator, of("ESAO-PNB1").await).await;
        let ends = (lower[0], upper[0]);
        let refused = propose(&db.store, &mut agency, ends, new(10_000)).await;
        assert!(matches!(refused, Err(Error::Forbidden { .. })), "{refused:?}");
        propose(&db.store, &mut planner, ends, new(10_000)).await.unwrap();
        let seen = version(&db.store, lower[0], upper[0]).await;
        decide(&db.store, &mut planner, ends, seen, Decision::Approve, "มติ").await.unwrap();
        let national = propose(&db.store, &mut planner, (upper[0], lower[0]), new(10_000)).await;
        assert!(matches!(national, Err(Error::Forbidden { .. })), "{national:?}");
    }

    async fn links_and_alignments_are_decided_in_one_sitting_and_one_event(db: TestDatabase) {
        let mut ctx = with_plan(&db.store).await;
        let (from, _) = listed(&db.store, "PRJ2569-012").await;
        let (to, _) = target(&db.store, "4.1").await;
        propose(&db.store, &mut ctx, (from, to), new(10_000)).await.unwrap();
        let project = project(&db.store, "PRJ2569-012").await;
        let node = snapshot(&db.store).await.links_of(project).next().unwrap().node;
        let line = |between, seen| Line { between, seen, decision: Decision::Approve };
        let lines = [
            line(Between::Link(project, node), Some(link(&db.store, project, node).await.stamp.version)),
            line(Between::Alignment(from, to), Some(version(&db.store, from, to).await)),
        ];
        // One that nobody proposed is no suggestion, and nothing of the sitting is recorded.
        let (other, _) = target(&db.store, "4.c").await;
        let wrong = [lines[0], line(Between::Alignment(from, other), Some(Uuid::nil()))];
        let refused = sitting(&db.store, &mut ctx, &wrong, "ตรง", Locale::Th).await;
        assert!(matches!(refused, Err(Error::Invalid(issues)) if issues[0].code == "link.not_proposed"));
        assert_eq!(sitting(&db.store, &mut ctx, &lines, "ตรง", Locale::Th).await.unwrap(), 2);
        assert_eq!(alignment(&db.store, from, to).await.row.0.state, LinkState::Approved);
        assert_eq!(link(&db.store, project, node).await.row.0.state, LinkState::Approved);
        let told = trail::events(&db.store, "96", 0, 100, &trail::Filter::default()).await.unwrap();
        let event = told.last().unwrap();
        assert_eq!(event.act, "link.sitting");
        let payload = event.payload.as_deref().unwrap();
        assert!(payload.contains("\"alignments\":[{") && payload.contains("\"links\":[{"), "{payload}");
    }
}

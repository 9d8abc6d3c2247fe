//! Codes and names.

use crate::make::{Caller, listing, organisation, project};
use domain::{
    ids::*,
    plan::*,
    project::{Listing, Project, ProjectText},
};
use store::{
    Error, Store,
    texts::{self, Wanted},
};
use testkit::{TestDatabase, on_both_engines};

fn plan(n: u128, code: &str) -> Plan {
    Plan {
        id: PlanId::from_u128(n),
        code: code.to_owned(),
        name_th: format!("แผน {code}"),
        name_en: None,
        level: Level::Annual,
        owner: None,
        province: None,
    }
}

fn edition(n: u128, plan: u128, label: &str) -> (Edition, EditionText) {
    let edition = Edition {
        id: EditionId::from_u128(n),
        plan: PlanId::from_u128(plan),
        level: Level::Annual,
        owner: None,
        period_kind: None,
        from_year: None,
        to_year: None,
        state: EditionState::Draft,
        supersedes: None,
    };
    let text = EditionText {
        label: label.to_owned(),
    };
    (edition, text)
}

fn node(n: u128, edition: u128, code: &str) -> (Node, NodeText) {
    let node = Node {
        id: NodeId::from_u128(n),
        edition: EditionId::from_u128(edition),
        parent: None,
        lineage: LineageId::from_u128(n),
        kind: NodeKind::Strategy,
        position: n as u32,
    };
    let text = NodeText {
        code: code.to_owned(),
        label_th: "ยุทธศาสตร์".to_owned(),
        name_th: format!("ด้านที่ {code}"),
        name_en: None,
    };
    (node, text)
}

/// Two plans; the second has two editions with a node of the same code; a project of the same code in both plans.
async fn two_plans(store: &Store) -> Caller {
    let caller = Caller::default();
    let tx = store.begin().await.unwrap();
    let at = caller.clock.now();
    store::record(
        &tx,
        at,
        [plan(1, "A"), plan(2, "B")].map(|row| caller.fresh(row)),
    )
    .await
    .unwrap();
    let editions = [
        edition(1, 1, "2569"),
        edition(2, 2, "ร่าง"),
        edition(3, 2, "ประกาศใช้"),
    ];
    store::record(&tx, at, editions.map(|row| caller.fresh(row)))
        .await
        .unwrap();
    let nodes = [
        node(1, 1, "1"),
        node(2, 2, "1"),
        node(3, 3, "1"),
        node(4, 3, "2"),
    ];
    store::record(&tx, at, nodes.map(|row| caller.fresh(row)))
        .await
        .unwrap();
    let (first, mut text) = project(1, 1, "โครงการของแผนหนึ่ง");
    text.code = "10".to_owned();
    let second = (
        Project {
            id: ProjectId::from_u128(2),
            ..first
        },
        text.clone(),
    );
    let third = (
        Project {
            id: ProjectId::from_u128(3),
            ..first
        },
        ProjectText {
            code: "2".to_owned(),
            ..text.clone()
        },
    );
    store::record(
        &tx,
        at,
        [(first, text), second, third].map(|row| caller.fresh(row)),
    )
    .await
    .unwrap();
    let listings = [listing(1, 1, 1), listing(2, 2, 3), listing(3, 3, 4)];
    store::record(&tx, at, listings.map(|row| caller.fresh(row)))
        .await
        .unwrap();
    store::record(
        &tx,
        at,
        [caller.fresh(organisation(1, "สำนักงานศึกษาธิการจังหวัด"))],
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    caller
}

on_both_engines! {
    async fn things_are_found_by_the_codes_people_know(database: TestDatabase) {
        let store = &database.store;
        two_plans(store).await;
        assert_eq!(texts::plan(store, "B").await.unwrap().unwrap().row.id, PlanId::from_u128(2));
        assert!(texts::plan(store, "C").await.unwrap().is_none());
        let draft = texts::edition(store, PlanId::from_u128(2), "ร่าง").await.unwrap().unwrap();
        assert_eq!(draft.row.0.id, EditionId::from_u128(2));
        let found = texts::node(store, draft.row.0.id, "1").await.unwrap().unwrap();
        assert_eq!(found.row.0.id, NodeId::from_u128(2));
        assert_eq!(texts::organisations(store, "org-1").await.unwrap().len(), 1);
    }

    async fn a_project_code_is_told_apart_by_its_plan(database: TestDatabase) {
        let store = &database.store;
        two_plans(store).await;
        assert_eq!(texts::projects(store, "10", None).await.unwrap().len(), 2);
        let of_b = texts::projects(store, "10", Some("B")).await.unwrap();
        assert_eq!(of_b.iter().map(|it| it.row.0.id).collect::<Vec<_>>(), [ProjectId::from_u128(2)]);
        assert_eq!(texts::projects(store, "10", Some("C")).await.unwrap(), []);
    }

    async fn names_are_given_for_what_is_wanted_and_stands(database: TestDatabase) {
        let store = &database.store;
        two_plans(store).await;
        let wanted = Wanted {
            organisations: vec![OrganisationId::from_u128(1), OrganisationId::from_u128(99)],
            editions: vec![EditionId::from_u128(3)],
            nodes: vec![NodeId::from_u128(4), NodeId::from_u128(4)],
            projects: vec![ProjectId::from_u128(3)],
        };
        let names = texts::names(store, &wanted).await.unwrap();
        assert_eq!(names.organisations.len(), 1);
        let edition = &names.editions[&EditionId::from_u128(3)];
        assert_eq!((edition.code.as_str(), edition.label.as_deref()), ("B", Some("ประกาศใช้")));
        let node = &names.nodes[&NodeId::from_u128(4)];
        assert_eq!((node.code.as_str(), node.label.as_deref()), ("2", Some("ยุทธศาสตร์")));
        assert_eq!(names.projects[&ProjectId::from_u128(3)].code, "2");
        let all = texts::names_with_projects(store, &wanted.projects).await.unwrap();
        assert_eq!((all.editions.len(), all.nodes.len(), all.projects.len()), (3, 4, 1));
    }

    async fn rows_are_found_by_what_they_belong_to(database: TestDatabase) {
        let store = &database.store;
        two_plans(store).await;
        let of_project = store::of::<Listing, ProjectId>(store, &[ProjectId::from_u128(2)]).await.unwrap();
        assert_eq!(of_project[0].row, listing(2, 2, 3));
        let of_nodes = store::of::<Listing, NodeId>(store, &[3, 4].map(NodeId::from_u128)).await.unwrap();
        assert_eq!(of_nodes.len(), 2);
    }

    async fn two_plans_or_two_nodes_never_share_a_code(database: TestDatabase) {
        let (store, caller) = (&database.store, two_plans(&database.store).await);
        let tx = store.begin().await.unwrap();
        let twice = store::record(&tx, caller.clock.now(), [caller.fresh(plan(9, "A"))]).await;
        assert!(matches!(twice, Err(Error::Conflict { .. })), "{twice:?}");
        drop(tx);
        let tx = store.begin().await.unwrap();
        let twice = store::record(&tx, caller.clock.now(), [caller.fresh(node(9, 3, "2"))]).await;
        assert!(matches!(twice, Err(Error::Conflict { .. })), "{twice:?}");
        drop(tx);
        // Codes may change places within one call.
        let tx = store.begin().await.unwrap();
        store::record(&tx, caller.clock.now(), [node(3, 3, "2"), node(4, 3, "1")].map(|row| caller.fresh(row))).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(texts::node(store, EditionId::from_u128(3), "1").await.unwrap().unwrap().row.0.id, NodeId::from_u128(4));
    }
}

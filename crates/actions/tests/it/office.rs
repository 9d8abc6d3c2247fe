//! The office of the stories: a planner at a database that holds the Narathiwat plan.

use actions::{Ctx, Who, plans::Imported};
use chain::Snapshot;
use domain::{
    ids::{EditionId, GrantId, NodeId, OrganisationId, PersonId, ProjectId},
    people::{Grant, Person, Role},
    plan::{Node, NodeText},
    project::{Project, ProjectText},
};
use exchange::{ReadOptions, Reading, read_plan};
use std::path::{Path, PathBuf};
use store::{New, Store};

/// The folder that ships with the product.
pub fn narathiwat() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/narathiwat-2569")
}

/// A planner with a clock that moves one second at every look and random bytes that count up.
pub fn planner() -> Ctx {
    let clock = testkit::clock::Clock::default();
    let mut drawn = 0_u64;
    Ctx::new(
        "ตัวอย่าง ผู้วางแผน",
        move || clock.now(),
        move |bytes| {
            for chunk in bytes.chunks_mut(8) {
                drawn += 1;
                chunk.copy_from_slice(&drawn.to_le_bytes()[..chunk.len()]);
            }
        },
    )
}

pub fn read(folder: &Path) -> Reading {
    let reading = read_plan(folder, &ReadOptions::default()).unwrap();
    assert!(!reading.blocked(), "{:?}", reading.issues);
    reading
}

pub async fn import(store: &Store, ctx: &mut Ctx, folder: &Path) -> Imported {
    actions::plans::import(store, ctx, &read(folder).plan, "narathiwat-2569")
        .await
        .unwrap()
}

/// Catalogues and plan, as a first import leaves them.
pub async fn with_plan(store: &Store) -> Ctx {
    let mut ctx = planner();
    actions::catalogue::record(store, &mut ctx).await.unwrap();
    import(store, &mut ctx, &narathiwat()).await;
    ctx
}

pub async fn snapshot(store: &Store) -> Snapshot {
    Snapshot::build(&store.facts(None).await.unwrap()).unwrap()
}

pub async fn project(store: &Store, code: &str) -> ProjectId {
    let all: Vec<store::Kept<(Project, ProjectText)>> = store::all(store).await.unwrap();
    all.into_iter()
        .map(|kept| kept.row)
        .find(|(_, text)| text.code == code)
        .unwrap()
        .0
        .id
}

/// The SDG 4 target with this code in the edition that is not superseded, and that edition.
pub async fn target(store: &Store, code: &str) -> (NodeId, EditionId) {
    let snapshot = snapshot(store).await;
    let all: Vec<store::Kept<(Node, NodeText)>> = store::all(store).await.unwrap();
    all.into_iter()
        .map(|kept| kept.row)
        .filter(|(_, text)| text.code == code)
        .filter_map(|(node, _)| {
            let edition = snapshot.plans().edition(node.edition)?;
            let sdg = edition.level == domain::plan::Level::Sdg
                && !snapshot.plans().superseded(edition.id);
            sdg.then_some((node.id, edition.id))
        })
        .next()
        .unwrap()
}

/// Records a row without an act.
pub async fn record<R: store::Row>(store: &Store, ctx: &mut Ctx, row: R) {
    let tx = store.begin().await.unwrap();
    let at = ctx.now();
    let version = ctx.id();
    let new = New {
        version,
        provenance: None,
        row,
    };
    store::record(&tx, at, [new]).await.unwrap();
    tx.commit().await.unwrap();
}

/// Somebody with a role on an organisation, and a context in their name.
pub async fn somebody(
    store: &Store,
    ctx: &mut Ctx,
    role: Role,
    organisation: OrganisationId,
) -> Ctx {
    let person: PersonId = ctx.id();
    let row = Person {
        id: person,
        account: format!("example-{person}"),
        name: format!("ตัวอย่าง {role}"),
        position: None,
        left: None,
    };
    record(store, ctx, row).await;
    let id: GrantId = ctx.id();
    let row = Grant {
        id,
        person,
        role,
        organisation,
        valid_from: None,
        valid_to: None,
    };
    record(store, ctx, row).await;
    // Their own random bytes: no two people draw the same.
    let mut drawn = u64::from_be_bytes(ctx.secret());
    // Later than everything that the office records meanwhile.
    let start = ctx.now().0 + 3_600_000_000;
    let mut looked = 0;
    let mut theirs = Ctx::new(
        format!("ตัวอย่าง {person}"),
        move || {
            looked += 1_000_000;
            domain::time::Moment(start + looked)
        },
        move |bytes| {
            for chunk in bytes.chunks_mut(8) {
                drawn = drawn
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(person.0.as_u128() as u64 | 1);
                chunk.copy_from_slice(&drawn.to_be_bytes()[..chunk.len()]);
            }
        },
    );
    theirs.who = Who::Person(person);
    theirs
}

//! The office of the stories: a planner at a database that holds the Narathiwat plan.

use actions::{Ctx, plans::Imported};
use chain::Snapshot;
use domain::{
    ids::{EditionId, NodeId, ProjectId},
    plan::{Node, NodeText},
    project::{Project, ProjectText},
};
use exchange::{ReadOptions, Reading, read_plan};
use std::path::{Path, PathBuf};
use store::Store;

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

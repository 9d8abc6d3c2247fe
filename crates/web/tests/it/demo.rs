//! A portal over the catalogues and the public plan of Narathiwat, imported once for all tests.

use actions::Ctx;
use actions::live::Live;
use axum::Router;
use exchange::{ReadOptions, read_plan};
use std::path::Path;
use std::sync::{Arc, OnceLock};
use store::{Options, Store};
use tempfile::TempDir;
use web::{App, Assets, places};

use crate::portal::NOW;

/// A portal with its own copy of the database.
pub struct Demo {
    pub portal: Router,
    pub store: Store,
    pub live: Arc<Live>,
    _folder: TempDir,
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

/// The portal.
pub async fn demo() -> Demo {
    let folder = TempDir::with_prefix("saithong-web-").unwrap();
    let place = folder.path().join("saithong.db");
    std::fs::write(&place, filled()).unwrap();
    let store = Store::open(place.to_str().unwrap(), Options::default())
        .await
        .unwrap();
    let live = Arc::new(Live::load(store.clone()).await.unwrap());
    let app = App::new(places::provinces(), Assets::embedded(), || NOW).with_live(live.clone());
    Demo {
        portal: web::router(&app),
        store,
        live,
        _folder: folder,
    }
}

/// The bytes of a database that holds the catalogues and the plan.
fn filled() -> &'static [u8] {
    static FILLED: OnceLock<Vec<u8>> = OnceLock::new();
    FILLED.get_or_init(|| {
        let fill = || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .unwrap();
            runtime.block_on(fill())
        };
        // A test has a runtime of its own, and a runtime cannot be started inside another.
        std::thread::spawn(fill).join().unwrap()
    })
}

async fn fill() -> Vec<u8> {
    let folder = TempDir::with_prefix("saithong-web-").unwrap();
    let place = folder.path().join("saithong.db");
    let options = Options {
        create: true,
        ..Options::default()
    };
    let store = Store::open(place.to_str().unwrap(), options).await.unwrap();
    store.migrate().await.unwrap();
    let mut ctx = planner();
    actions::catalogue::record(&store, &mut ctx).await.unwrap();
    let plan = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/narathiwat-2569");
    let reading = read_plan(&plan, &ReadOptions::default()).unwrap();
    actions::plans::import(&store, &mut ctx, &reading.plan, "narathiwat-2569")
        .await
        .unwrap();
    store.close().await.unwrap();
    assert!(
        !folder.path().join("saithong.db-wal").exists(),
        "closing keeps everything in one file"
    );
    std::fs::read(place).unwrap()
}

//! The program is killed again and again in the middle of its acts: what it said was done is there, nothing is half
//! done, and the database opens as if nothing had happened.
//!
//! `SAITHONG_KILLS` says how often on each engine (200 unless told), `SAITHONG_SEED` repeats the
//! moments of a run that failed.

mod ledger;
mod victim;

use crate::terminal::{Terminal, narathiwat};
use actions::{Ctx, steps::OpenYear};
use domain::time::FiscalYear;
use ledger::Ledger;
use std::{
    io::Write,
    process::{Command, Stdio},
    time::Duration,
};
use store::{Options, Store};
use testkit::{TestDatabase, on_both_engines};
use victim::{ACCOUNT, PASSWORD, Victim};

/// The longest that a life goes on after its first act, in microseconds: several acts of each kind.
const LIFE: u64 = 400_000;
/// After so many kills the whole history is held against the trail, and not only what stands.
const THOROUGHLY_EVERY: usize = 25;

/// A small generator of numbers (splitmix64): the same seed, the same moments.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % end
    }
}

/// Another seed in every run: other moments are tried each time.
fn drawn() -> u64 {
    std::hash::BuildHasher::hash_one(&std::hash::RandomState::new(), "")
}

fn setting(name: &str, usual: u64) -> u64 {
    std::env::var(name).map_or(usual, |text| text.parse().unwrap())
}

/// Runs `saithong` on the database, which must end well.
fn ok(terminal: &Terminal, place: &str, args: &[&str], input: &str) -> String {
    let mut child = Command::new(env!("CARGO_BIN_EXE_saithong"))
        .args(args)
        .current_dir(terminal.folder())
        .env_clear()
        .env("SAITHONG_DB", place)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(input.as_bytes())
        .unwrap();
    let ended = child.wait_with_output().unwrap();
    assert!(ended.status.success(), "{args:?}: {ended:?}");
    String::from_utf8(ended.stdout).unwrap()
}

/// A plan with links to decide on, an opened year with steps to record, and somebody who signs in.
async fn filled(terminal: &Terminal, place: &str) {
    let plan = narathiwat();
    ok(
        terminal,
        place,
        &["import", "plan", plan.to_str().unwrap(), "--by", "ตัวอย่าง"],
        "",
    );
    let first = [
        "init",
        "--account",
        ACCOUNT,
        "--name",
        "ตัวอย่าง ผู้ดูแล",
        "--password-stdin",
    ];
    ok(terminal, place, &first, &format!("{PASSWORD}\n"));
    let store = Store::open(place, Options::default()).await.unwrap();
    let mut ctx = Ctx::system("ตัวอย่าง").unwrap();
    let year = FiscalYear::of(ctx.now().thai_day());
    let open = OpenYear {
        province: "67".to_owned(),
        year,
    };
    actions::steps::open_year(&store, &mut ctx, open)
        .await
        .unwrap();
    store.close().await.unwrap();
}

on_both_engines! {
    async fn what_was_acknowledged_survives_a_kill_and_nothing_is_half_done(db: TestDatabase) {
        let kills = usize::try_from(setting("SAITHONG_KILLS", 200)).unwrap();
        let seed = setting("SAITHONG_SEED", drawn());
        eprintln!("SAITHONG_SEED={seed} SAITHONG_KILLS={kills}");
        let mut numbers = Numbers(seed);
        let terminal = Terminal::new();
        // Nobody else holds the file open: the next to come finds it as the killed program left it.
        db.store.clone().close().await.unwrap();
        filled(&terminal, &db.place).await;
        let mut ledger = Ledger::begin(&db.place).await;
        for run in 0..kills {
            let after = Duration::from_micros(numbers.below(LIFE));
            let acknowledged = Victim::start(&terminal, &db.place, run).kill(after);
            ledger.acknowledge(run, &acknowledged);
            let thoroughly = (run + 1) % THOROUGHLY_EVERY == 0 || run + 1 == kills;
            ledger.hold_against(&db.place, thoroughly).await;
        }
        for kind in ["link", "sitting", "step", "certify", "return", "merge", "undo", "session"] {
            assert!(ledger.acknowledged(kind) > 0, "nothing of the kind {kind} was done");
        }
        eprintln!("{}", ledger.summary());
        ok(&terminal, &db.place, &["trail", "verify"], "");
        ok(&terminal, &db.place, &["doctor"], "");
    }
}

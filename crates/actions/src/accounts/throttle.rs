//! Who may try now: the schedule held against what the database counted, over all processes and restarts.

use super::schedule::{ACCOUNT, ADDRESS, CODE, CODES, PAIR, Schedule};
use crate::{Error, ctx::Ctx};
use domain::{
    ids::PersonId,
    issue::{Issue, Place},
    time::Moment,
};
use sha2::Sha256;
use store::{
    Read, Store, Tx,
    accounts::{self, Attempts, Digest},
};

/// How long an earlier success speaks for an address, in microseconds: 90 days.
pub(super) const KNOWN_FOR: i64 = 90 * 24 * 3_600 * 1_000_000;

/// The keys under which one attempt is counted.
pub(super) struct Keys(Vec<(Digest, Schedule)>);

impl Keys {
    /// The keys of a sign-in. A device that has let this account in before is counted by itself: nobody else's guesses,
    /// from wherever, make its owner wait. Of an address that has let it in, those from elsewhere do not count.
    pub async fn sign_in(
        read: &impl Read,
        account: &str,
        address: Option<&str>,
        device: Option<&Digest>,
        now: Moment,
    ) -> Result<Self, Error> {
        if let Some(device) = device {
            let device = data_encoding::HEXLOWER.encode(device);
            return Ok(Self::of(vec![(key("device", account, &device), PAIR)]));
        }
        let address = address.unwrap_or_default();
        let pair = key("pair", account, address);
        let mut keys = vec![(pair, PAIR)];
        if !is_known(read, &pair, now).await? {
            keys.push((key("account", account, ""), ACCOUNT));
        }
        if !address.is_empty() {
            keys.push((key("address", "", address), ADDRESS));
        }
        Ok(Self::of(keys))
    }

    /// The keys of a code of the second factor, or of a password asked again. Whoever gets here knows the password or
    /// has the session, so that guesses from many addresses count together, too.
    pub async fn code(
        read: &impl Read,
        person: PersonId,
        address: Option<&str>,
        now: Moment,
    ) -> Result<Self, Error> {
        let person = person.to_string();
        let pair = key("code", &person, address.unwrap_or_default());
        let mut keys = vec![(pair, CODE)];
        if !is_known(read, &pair, now).await? {
            keys.push((key("codes", &person, ""), CODES));
        }
        Ok(Self::of(keys))
    }

    /// In one order for everybody, so that two attempts never wait for each other for ever.
    fn of(mut keys: Vec<(Digest, Schedule)>) -> Self {
        keys.sort_by_key(|(key, _)| *key);
        Self(keys)
    }
}

/// Whether an attempt under this key succeeded not long ago.
async fn is_known(read: &impl Read, key: &Digest, now: Moment) -> Result<bool, Error> {
    let before = accounts::attempts(read, key).await?;
    let success = before.and_then(|attempts| attempts.succeeded_at);
    Ok(success.is_some_and(|at| now.0 - at.0 < KNOWN_FOR))
}

/// What was typed is kept as a digest only: somebody may type a password where the account belongs.
fn key(kind: &str, account: &str, address: &str) -> Digest {
    use sha2::Digest as _;
    let mut hash = Sha256::new();
    for part in [kind, account, address] {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    hash.finalize().into()
}

/// Counts the attempt as failed before it is looked at, or refuses to look. So a hundred attempts at the same moment
/// are a hundred failures, and not one.
pub(super) async fn begin(store: &Store, ctx: &mut Ctx, keys: &Keys) -> Result<(), Error> {
    let tx = store.begin().await?;
    let now = ctx.now();
    let mut wait = None;
    let mut counted = Vec::with_capacity(keys.0.len());
    for (key, schedule) in &keys.0 {
        let attempts = accounts::lock_attempts(&tx, key, now).await?;
        wait = wait.max(schedule.wait(attempts, now));
        counted.push((key, schedule.failed(attempts, now)));
    }
    if let Some(seconds) = wait {
        tx.rollback().await?;
        return Err(Error::Invalid(vec![too_soon(seconds)]));
    }
    for (key, attempts) in counted {
        accounts::record_attempts(&tx, key, attempts).await?;
    }
    Ok(tx.commit().await?)
}

/// Takes the count back: the attempt succeeded. An address that tries many accounts keeps what the others cost it.
pub(super) async fn succeed(tx: &Tx, keys: &Keys, now: Moment) -> Result<(), Error> {
    for (key, schedule) in &keys.0 {
        let before = accounts::lock_attempts(tx, key, now).await?;
        let failures = match *schedule {
            ADDRESS => (before.failures - 1).max(0),
            _ => 0,
        };
        let after = Attempts {
            failures,
            last_at: now,
            next_at: now,
            succeeded_at: Some(now),
        };
        accounts::record_attempts(tx, key, after).await?;
    }
    Ok(())
}

fn too_soon(seconds: i64) -> Issue {
    match seconds {
        ..120 => Issue::error(Place::Whole, "account.wait_seconds").with("seconds", seconds),
        _ => {
            Issue::error(Place::Whole, "account.wait_minutes").with("minutes", (seconds + 59) / 60)
        }
    }
}

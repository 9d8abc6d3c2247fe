//! Where clock, ids and randomness come in: every act is handed a `Ctx`, and nothing else reads a clock or draws a number.

use crate::accounts::Cost;
use domain::{ids::PersonId, time::Moment};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// Fills the bytes it is given.
type Random = Box<dyn FnMut(&mut [u8]) + Send + Sync>;

/// By which way somebody comes to act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Whoever works at the computer's shell: they may do everything anyway, and the trail says so.
    Shell,
    /// A person with a session.
    Person(PersonId),
    /// Somebody without a session: only acts that rest on a secret, such as a password or a one-time link.
    Nobody,
}

impl Who {
    /// The person, where it is one.
    pub const fn person(self) -> Option<PersonId> {
        match self {
            Who::Person(person) => Some(person),
            Who::Shell | Who::Nobody => None,
        }
    }

    /// The way as the trail tells it. At the shell anybody may give any name; on the web the name is an account.
    pub const fn way(self) -> &'static str {
        match self {
            Who::Shell => "shell",
            Who::Person(_) | Who::Nobody => "web",
        }
    }
}

/// Who acts, and whence the act takes time, ids and salts.
pub struct Ctx {
    /// Who acts, as the trail names them: a person by their account, whoever works at the shell by the name they gave.
    pub actor: String,
    /// By which way they came.
    pub who: Who,
    /// The network address from which they act. It goes into the event's payload, which can be erased by the law.
    pub from: Option<String>,
    /// The organisation for which a planner records, with the letter it rests on.
    pub on_behalf_of: Option<String>,
    /// What a password costs to check; tests take less.
    pub cost: Cost,
    clock: Box<dyn FnMut() -> Moment + Send + Sync>,
    random: Random,
    last_id: (u64, u16),
}

impl Ctx {
    /// A context with the given clock and source of random bytes.
    pub fn new(
        actor: impl Into<String>,
        clock: impl FnMut() -> Moment + Send + Sync + 'static,
        random: impl FnMut(&mut [u8]) + Send + Sync + 'static,
    ) -> Self {
        Self {
            actor: actor.into(),
            who: Who::Shell,
            from: None,
            on_behalf_of: None,
            cost: Cost::default(),
            clock: Box::new(clock),
            random: Box::new(random),
            last_id: (0, 0),
        }
    }

    /// The context of a running program: the computer's clock and the operating system's random numbers.
    ///
    /// # Errors
    /// When the operating system has no random numbers to give.
    pub fn system(actor: impl Into<String>) -> Result<Self, getrandom::Error> {
        Self::with_clock(actor, system_clock)
    }

    /// A context with the given clock and the operating system's random numbers.
    ///
    /// # Errors
    /// When the operating system has no random numbers to give.
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place where the operating system is asked for random numbers"
    )]
    pub fn with_clock(
        actor: impl Into<String>,
        clock: impl FnMut() -> Moment + Send + Sync + 'static,
    ) -> Result<Self, getrandom::Error> {
        let mut seed = [0; 32];
        getrandom::fill(&mut seed)?;
        let mut drawn = 0;
        Ok(Self::new(actor, clock, move |bytes| {
            draw(&seed, &mut drawn, bytes)
        }))
    }

    /// The moment of the act.
    pub fn now(&mut self) -> Moment {
        (self.clock)()
    }

    /// A new id: UUIDv7, increasing within this context even inside one millisecond.
    pub fn id<T: From<Uuid>>(&mut self) -> T {
        let now = u64::try_from(self.now().0 / 1_000).unwrap_or(0);
        let (last, counter) = self.last_id;
        self.last_id = match (now > last, counter) {
            (true, _) => (now, 0),
            (false, 0xfff) => (last + 1, 0),
            (false, counter) => (last, counter + 1),
        };
        let (millis, counter) = self.last_id;
        let mut bytes = [0; 10];
        (self.random)(&mut bytes);
        bytes[..2].copy_from_slice(&counter.to_be_bytes());
        T::from(uuid::Builder::from_unix_timestamp_millis(millis, &bytes).into_uuid())
    }

    /// Random bytes for a secret that is shown once, such as the token of a session or of an invitation.
    pub fn secret<const N: usize>(&mut self) -> [u8; N] {
        let mut secret = [0; N];
        (self.random)(&mut secret);
        secret
    }

    /// Sixteen random bytes that salt the digest of an event's payload.
    pub fn salt(&mut self) -> [u8; 16] {
        self.secret()
    }
}

/// Fills `bytes` from the seed: SHA-256 of the seed and a counter. The operating system is asked once, at the start, so
/// that no act can fail, or be given zeros for a salt, when it has no random numbers later.
fn draw(seed: &[u8; 32], drawn: &mut u64, bytes: &mut [u8]) {
    for chunk in bytes.chunks_mut(32) {
        *drawn += 1;
        let block = Sha256::new()
            .chain_update(seed)
            .chain_update(drawn.to_le_bytes())
            .finalize();
        chunk.copy_from_slice(&block[..chunk.len()]);
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the one place where the computer's clock is read"
)]
fn system_clock() -> Moment {
    let since = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap_or_default();
    Moment(i64::try_from(since.as_micros()).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_salt_is_drawn_twice_and_none_is_zeros() {
        let mut drawn = 0;
        let mut draws = [[0; 16]; 100];
        for bytes in &mut draws {
            draw(&[7; 32], &mut drawn, bytes);
        }
        let different: std::collections::BTreeSet<_> = draws.iter().collect();
        assert_eq!(different.len(), 100);
        assert!(!different.contains(&[0; 16]));
    }

    #[test]
    fn ids_made_in_the_same_millisecond_still_increase() {
        let mut ctx = Ctx::new(
            "ตัวอย่าง",
            || Moment(1_790_000_000_000_000),
            |bytes| bytes.fill(0),
        );
        let ids: Vec<Uuid> = (0..10_000).map(|_| ctx.id()).collect();
        assert!(ids.is_sorted_by(|a, b| a < b));
        assert!(ids.iter().all(|id| id.get_version_num() == 7));
    }
}

//! The desk of the stories: one clock that is set by hand, and contexts of different people at it.

use actions::{
    Ctx, Error, Who,
    accounts::{
        Cost, Given, NewAccount, Opened, SignIn, SignedIn, Token, create_with_password, sign_in,
    },
};
use domain::{
    ids::{OrganisationId, PersonId},
    organisation::{Organisation, OrganisationText},
    people::Role,
    time::Moment,
};
use std::sync::{
    Arc,
    atomic::{AtomicI64, AtomicU64, Ordering},
};
use store::{Kept, Store};
use testkit::clock::MORNING;

/// A password that nobody guesses.
pub const PASSWORD: &str = "ขนมครก เจ็ดกล่อง ริมแม่น้ำป่าสัก";
/// Another one.
pub const OTHER: &str = "ม้าสีน้ำตาล วิ่งข้ามสะพานไม้";
/// The office's address.
pub const OFFICE: &str = "192.0.2.10";

pub const SECOND: i64 = 1_000_000;
pub const MINUTE: i64 = 60 * SECOND;
pub const HOUR: i64 = 60 * MINUTE;

pub struct Desk {
    pub store: Store,
    clock: Arc<AtomicI64>,
    drawn: Arc<AtomicU64>,
}

impl Desk {
    /// The organisations of Phetchabun, and nobody yet.
    pub async fn new(store: &Store) -> Self {
        let desk = Self {
            store: store.clone(),
            clock: Arc::new(AtomicI64::new(MORNING.0)),
            drawn: Arc::default(),
        };
        actions::catalogue::record(store, &mut desk.shell())
            .await
            .unwrap();
        desk
    }

    /// The same desk at another process, under the same clock.
    pub fn elsewhere(&self, store: Store) -> Self {
        Self {
            store,
            clock: self.clock.clone(),
            drawn: self.drawn.clone(),
        }
    }

    pub fn now(&self) -> Moment {
        Moment(self.clock.load(Ordering::Relaxed))
    }

    /// Lets time pass.
    pub fn wait(&self, microseconds: i64) {
        self.clock.fetch_add(microseconds, Ordering::Relaxed);
    }

    pub fn ctx(&self, who: Who, from: Option<&str>) -> Ctx {
        let (clock, drawn) = (self.clock.clone(), self.drawn.clone());
        let mut ctx = Ctx::new(
            "ตัวอย่าง",
            move || Moment(clock.fetch_add(1, Ordering::Relaxed)),
            move |bytes| {
                for chunk in bytes.chunks_mut(8) {
                    let next = drawn.fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::Relaxed);
                    chunk.copy_from_slice(&next.to_be_bytes()[..chunk.len()]);
                }
            },
        );
        ctx.who = who;
        ctx.from = from.map(str::to_owned);
        ctx.cost = Cost::LEAST;
        ctx
    }

    pub fn shell(&self) -> Ctx {
        self.ctx(Who::Shell, None)
    }

    pub fn nobody(&self) -> Ctx {
        self.ctx(Who::Nobody, Some(OFFICE))
    }

    pub fn as_(&self, person: PersonId) -> Ctx {
        self.ctx(Who::Person(person), Some(OFFICE))
    }

    pub async fn organisation(&self, code: &str) -> OrganisationId {
        let all: Vec<Kept<(Organisation, OrganisationText)>> =
            store::all(&self.store).await.unwrap();
        all.into_iter()
            .find(|kept| kept.row.1.code == code)
            .unwrap()
            .row
            .0
            .id
    }

    pub async fn given(&self, role: Role, on: &str) -> Given {
        Given {
            role,
            organisation: self.organisation(on).await,
        }
    }

    /// Somebody with an account, a role and the password of the stories.
    pub async fn somebody(&self, account: &str, role: Role, on: &str) -> PersonId {
        let new = NewAccount {
            account: account.to_owned(),
            name: format!("ตัวอย่าง {account}"),
            position: None,
            roles: vec![self.given(role, on).await],
        };
        create_with_password(&self.store, &mut self.shell(), new, Some(PASSWORD))
            .await
            .unwrap()
            .person
    }

    /// Tries to sign in from an address.
    pub async fn try_from(
        &self,
        from: &str,
        account: &str,
        password: &str,
    ) -> Result<SignedIn, Error> {
        let mut ctx = self.ctx(Who::Nobody, Some(from));
        let given = SignIn {
            account,
            password,
            ..SignIn::default()
        };
        sign_in(&self.store, &mut ctx, given).await
    }

    /// Signs in from the office with a password alone.
    pub async fn sign_in(&self, account: &str) -> Opened {
        match self.try_from(OFFICE, account, PASSWORD).await.unwrap() {
            SignedIn::Whole(opened) => opened,
            SignedIn::AskCode(_) => panic!("a code is asked"),
        }
    }

    /// The session of a token now.
    pub async fn session(&self, token: &Token) -> Option<actions::accounts::Session> {
        actions::accounts::session(&self.store, token, self.now())
            .await
            .unwrap()
    }
}

/// The code of the first issue of an act that was not done.
pub fn code<T>(outcome: Result<T, Error>) -> &'static str {
    match outcome {
        Ok(_) => "done",
        Err(Error::Invalid(issues)) => issues[0].code,
        Err(Error::Stale(issue) | Error::NotFound(issue)) => issue.code,
        Err(Error::Forbidden { .. }) => "forbidden",
        Err(other) => panic!("{other}"),
    }
}

//! Guessing: it slows down whoever guesses, over restarts and processes, and never locks the owner out.

use super::desk::{Desk, HOUR, MINUTE, OFFICE, OTHER, PASSWORD, SECOND, code};
use actions::{
    Error, Who,
    accounts::{SignIn, sign_in},
};
use domain::{issue::Arg, people::Role};
use testkit::{TestDatabase, on_both_engines};

async fn seconds_to_wait(desk: &Desk, from: &str, account: &str) -> i64 {
    match desk.try_from(from, account, "a wrong password").await {
        Err(Error::Invalid(issues)) => match issues[0].args.first() {
            Some(("seconds", Arg::Number(seconds))) => *seconds,
            Some(("minutes", Arg::Number(minutes))) => minutes * 60,
            _ => 0,
        },
        _ => panic!("guessed"),
    }
}

on_both_engines! {
    async fn guesses_from_one_place_cost_more_and_more_time_even_after_a_restart(db: TestDatabase) {
        let desk = Desk::new(&db.store).await;
        desk.somebody("somsak.j", Role::Coordinator, "ESAO-PNB1").await;
        let mut waits = Vec::new();
        for _ in 0..10 {
            assert_eq!(seconds_to_wait(&desk, "203.0.113.5", "somsak.j").await, 0, "heard");
            let seconds = seconds_to_wait(&desk, "203.0.113.5", "somsak.j").await;
            // The second attempt of each turn counts as a failure only where nothing had to be waited for.
            desk.wait(seconds * SECOND);
            waits.push(seconds);
        }
        assert!(waits.is_sorted(), "{waits:?}");
        assert!(*waits.last().unwrap() > 60, "{waits:?}");

        let elsewhere = desk.elsewhere(db.open_again().await);
        assert_eq!(seconds_to_wait(&elsewhere, "203.0.113.5", "somsak.j").await, 0);
        let right = elsewhere.try_from("203.0.113.5", "somsak.j", PASSWORD).await;
        assert_eq!(code(right), "account.wait_minutes", "even the right password waits now");
        elsewhere.wait(15 * MINUTE);
        assert_eq!(code(elsewhere.try_from("203.0.113.5", "somsak.j", PASSWORD).await), "done", "and never for good");
    }

    async fn whoever_guesses_does_not_lock_the_owner_out(db: TestDatabase) {
        let desk = Desk::new(&db.store).await;
        desk.somebody("somsak.j", Role::Coordinator, "ESAO-PNB1").await;
        let before = desk.sign_in("somsak.j").await.token;
        for guess in 0..60 {
            let _ = desk.try_from(&format!("203.0.113.{guess}"), "somsak.j", OTHER).await;
        }
        let stranger = desk.try_from("198.51.100.1", "somsak.j", PASSWORD).await;
        assert_eq!(code(stranger), "account.wait_seconds", "the account waits for whoever is not known");
        assert_eq!(code(desk.try_from(OFFICE, "somsak.j", PASSWORD).await), "done", "the address is known");
        let mut ctx = desk.ctx(Who::Nobody, Some("198.51.100.2"));
        let given = SignIn { account: "somsak.j", password: PASSWORD, agent: None, before: Some(&before) };
        assert_eq!(code(sign_in(&db.store, &mut ctx, given).await), "done", "the device is known");
        desk.wait(MINUTE);
        assert_eq!(code(desk.try_from("198.51.100.3", "somsak.j", PASSWORD).await), "done", "and a minute opens it to all");
    }

    async fn a_colleague_behind_the_same_address_made_the_owner_wait_again_and_again(db: TestDatabase) {
        let desk = Desk::new(&db.store).await;
        desk.somebody("somsak.j", Role::Coordinator, "ESAO-PNB1").await;
        desk.somebody("malee", Role::Coordinator, "ESAO-PNB1").await;
        let before = desk.sign_in("somsak.j").await.token;
        let theirs = desk.sign_in("malee").await.token;
        for _ in 0..60 {
            let _ = desk.try_from(OFFICE, "somsak.j", OTHER).await;
            desk.wait(SECOND);
        }
        let try_with = async |token, password| {
            let given = SignIn { account: "somsak.j", password, agent: None, before: Some(token) };
            code(sign_in(&db.store, &mut desk.nobody(), given).await)
        };
        assert!(desk.try_from(OFFICE, "somsak.j", PASSWORD).await.is_err(), "the address waits");
        assert!(try_with(&theirs, PASSWORD).await.starts_with("account.wait"), "a device of somebody else is no key");
        assert_eq!(try_with(&before, PASSWORD).await, "done", "the owner's own device does not wait");
        // Nor is a device that was stolen a way to guess without end.
        for _ in 0..4 {
            try_with(&before, OTHER).await;
        }
        assert!(try_with(&before, PASSWORD).await.starts_with("account.wait"));
        desk.wait(15 * MINUTE);
        assert_eq!(try_with(&before, PASSWORD).await, "done", "and nothing is locked for good");
    }

    async fn one_place_that_tries_many_accounts_is_slowed_down_too(db: TestDatabase) {
        let desk = Desk::new(&db.store).await;
        desk.somebody("somsak.j", Role::Coordinator, "ESAO-PNB1").await;
        for guess in 0..31 {
            let _ = desk.try_from("203.0.113.5", &format!("account{guess}"), OTHER).await;
        }
        assert_eq!(code(desk.try_from("203.0.113.5", "somsak.j", PASSWORD).await), "account.wait_seconds");
        assert_eq!(code(desk.try_from(OFFICE, "somsak.j", PASSWORD).await), "done");
    }

    async fn a_hundred_guesses_at_the_same_moment_were_heard_as_one(db: TestDatabase) {
        let desk = Desk::new(&db.store).await;
        desk.somebody("somsak.j", Role::Coordinator, "ESAO-PNB1").await;
        let guesses: Vec<_> = (0..12).map(|_| desk.try_from("203.0.113.5", "somsak.j", OTHER)).collect();
        let mut heard = 0;
        for outcome in futures(guesses).await {
            heard += usize::from(code(outcome) == "account.wrong");
        }
        assert!(heard <= 4, "{heard} were looked at");
        desk.wait(HOUR);
        assert_eq!(code(desk.try_from("203.0.113.5", "somsak.j", PASSWORD).await), "done");
    }
}

/// Runs futures together without another crate.
async fn futures<F: Future>(all: Vec<F>) -> Vec<F::Output> {
    let mut all: Vec<_> = all.into_iter().map(Box::pin).collect();
    let mut out: Vec<Option<F::Output>> = all.iter().map(|_| None).collect();
    std::future::poll_fn(move |cx| {
        for (one, out) in all.iter_mut().zip(&mut out) {
            if out.is_none()
                && let std::task::Poll::Ready(ready) = one.as_mut().poll(cx)
            {
                *out = Some(ready);
            }
        }
        if out.iter().any(Option::is_none) {
            return std::task::Poll::Pending;
        }
        std::task::Poll::Ready(out.iter_mut().filter_map(Option::take).collect())
    })
    .await
}

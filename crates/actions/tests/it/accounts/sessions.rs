//! Sessions: their ends, their list, their revocation over processes.

use super::desk::{Desk, HOUR, MINUTE, OFFICE, SECOND, code};
use actions::accounts::{Policy, list_sessions, revoke_all, revoke_session, session, set_policy};
use domain::people::Role;
use testkit::{TestDatabase, on_both_engines};

on_both_engines! {
    async fn a_session_ends_when_it_rests_for_an_hour_and_after_twelve_in_any_case(db: TestDatabase) {
        let desk = Desk::new(&db.store).await;
        desk.somebody("malee", Role::Coordinator, "ESAO-PNB1").await;
        let resting = desk.sign_in("malee").await.token;
        desk.wait(59 * MINUTE);
        assert!(desk.session(&resting).await.is_some());
        desk.wait(59 * MINUTE);
        assert!(desk.session(&resting).await.is_some(), "use lets it rest anew");
        desk.wait(60 * MINUTE);
        assert_eq!(desk.session(&resting).await, None);

        let busy = desk.sign_in("malee").await.token;
        for _ in 0..23 {
            desk.wait(30 * MINUTE);
            assert!(desk.session(&busy).await.is_some());
        }
        desk.wait(30 * MINUTE);
        assert_eq!(desk.session(&busy).await, None, "twelve hours are the most");
    }

    async fn use_is_written_down_at_most_once_a_minute(db: TestDatabase) {
        let desk = Desk::new(&db.store).await;
        let person = desk.somebody("malee", Role::Coordinator, "ESAO-PNB1").await;
        let token = desk.sign_in("malee").await.token;
        let seen = async || store::accounts::sessions_of(&db.store, person, desk.now()).await.unwrap()[0].seen_at;
        let opened = seen().await;
        desk.wait(50 * SECOND);
        desk.session(&token).await.unwrap();
        assert_eq!(seen().await, opened);
        desk.wait(11 * SECOND);
        desk.session(&token).await.unwrap();
        assert!(seen().await.0 - opened.0 >= 60 * SECOND);
    }

    async fn a_revoked_session_is_over_at_once_in_every_process(db: TestDatabase) {
        let desk = Desk::new(&db.store).await;
        let person = desk.somebody("malee", Role::Coordinator, "ESAO-PNB1").await;
        let other = desk.somebody("other", Role::Coordinator, "ESAO-PNB2").await;
        let head = desk.somebody("head", Role::Approver, "ESAO-PNB1").await;
        let tokens = [desk.sign_in("malee").await.token, desk.sign_in("malee").await.token];
        let store = &db.store;
        let mine = desk.session(&tokens[0]).await.unwrap().id;
        let list = list_sessions(store, &mut desk.as_(person), person).await.unwrap();
        assert_eq!((list.len(), list[0].address.as_deref()), (2, Some(OFFICE)));

        assert_eq!(code(list_sessions(store, &mut desk.as_(other), person).await), "forbidden");
        assert_eq!(code(revoke_session(store, &mut desk.as_(other), person, mine).await), "forbidden");
        assert_eq!(code(revoke_session(store, &mut desk.as_(other), other, mine).await), "account.session_over");
        let elsewhere = db.open_again().await;
        assert!(session(&elsewhere, &tokens[0], desk.now()).await.unwrap().is_some());
        revoke_session(store, &mut desk.as_(head), person, mine).await.unwrap();
        assert_eq!(session(&elsewhere, &tokens[0], desk.now()).await.unwrap(), None);
        assert_eq!(code(revoke_session(store, &mut desk.as_(head), person, mine).await), "account.session_over");
        assert_eq!(revoke_all(store, &mut desk.as_(person), person, None).await.unwrap(), 1);
        assert_eq!(session(&elsewhere, &tokens[1], desk.now()).await.unwrap(), None);
    }

    async fn the_times_of_sessions_are_settings_within_reason(db: TestDatabase) {
        let desk = Desk::new(&db.store).await;
        desk.somebody("malee", Role::Coordinator, "ESAO-PNB1").await;
        let shell = &mut desk.shell();
        let never = Policy { idle_minutes: 0, absolute_hours: 10_000, ..Policy::default() };
        let Err(actions::Error::Invalid(issues)) = set_policy(&db.store, shell, never).await else { panic!() };
        assert_eq!(issues.len(), 2);
        let long = Policy { idle_minutes: 8 * 60, ..Policy::default() };
        set_policy(&db.store, shell, long.clone()).await.unwrap();
        assert_eq!(Policy::read(&db.store).await.unwrap(), long);
        let token = desk.sign_in("malee").await.token;
        desk.wait(7 * HOUR);
        assert!(desk.session(&token).await.is_some());
    }
}

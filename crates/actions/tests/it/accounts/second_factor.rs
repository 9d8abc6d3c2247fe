//! The second factor: wrong and reused codes, recovery codes, the lost device.

use super::desk::{Desk, MINUTE, OFFICE, OTHER, PASSWORD, SECOND, code};
use actions::{
    Ctx, Who,
    accounts::{
        Opened, Policy, SignedIn, Token, confirm_totp, disable_totp, enrol_totp, give_code,
        new_recovery_codes, reset_by_administrator, set_policy, use_recovery_code, use_reset,
    },
};
use domain::{ids::PersonId, people::Role};
use testkit::{TestDatabase, on_both_engines};

/// The code of the device now, computed from what the page shows and by a program of its own.
fn device(secret: &str, desk: &Desk) -> String {
    let secret = data_encoding::BASE32_NOPAD
        .decode(secret.as_bytes())
        .unwrap();
    let step = (desk.now().0 / SECOND / 30).to_be_bytes();
    // HMAC as RFC 2104 writes it, over SHA-1.
    use sha1::{Digest, Sha1};
    let pad = |byte: u8| -> Vec<u8> {
        let mut block = [byte; 64];
        block
            .iter_mut()
            .zip(&secret)
            .for_each(|(block, key)| *block ^= key);
        block.to_vec()
    };
    let inner = Sha1::new()
        .chain_update(pad(0x36))
        .chain_update(step)
        .finalize();
    let mac = Sha1::new()
        .chain_update(pad(0x5c))
        .chain_update(inner)
        .finalize();
    let offset = usize::from(mac[19] & 15);
    let word = mac[offset..offset + 4]
        .iter()
        .fold(0_u32, |word, byte| word << 8 | u32::from(*byte));
    format!("{:06}", (word & 0x7fff_ffff) % 1_000_000)
}

/// A planner with a device, signed in.
async fn enrolled(desk: &Desk) -> (PersonId, Ctx, String, Vec<String>, Token) {
    let person = desk.somebody("planner", Role::Planner, "PNBPEO").await;
    let opened = desk.sign_in("planner").await;
    let session = desk.session(&opened.token).await.unwrap().id;
    let mut me = desk.as_(person);
    let shown = enrol_totp(&desk.store, &mut me).await.unwrap();
    assert!(shown.svg.unwrap().contains("<svg") && shown.address.contains(&shown.secret));
    let done = confirm_totp(&desk.store, &mut me, session, &device(&shown.secret, desk))
        .await
        .unwrap();
    assert_eq!(
        desk.session(&opened.token).await,
        None,
        "the old token is spent"
    );
    (person, me, shown.secret, done.codes, done.token)
}

async fn half(desk: &Desk, from: &str) -> Token {
    match desk.try_from(from, "planner", PASSWORD).await.unwrap() {
        SignedIn::AskCode(token) => token,
        SignedIn::Whole(_) => panic!("no code was asked"),
    }
}

on_both_engines! {
    async fn a_code_is_asked_after_the_password_and_works_once(db: TestDatabase) {
        let desk = Desk::new(&db.store).await;
        let (person, _, secret, codes, token) = enrolled(&desk).await;
        assert!(desk.session(&token).await.unwrap().second_factor);
        assert_eq!(codes.len(), 10);

        let half_open = half(&desk, OFFICE).await;
        assert_eq!(desk.session(&half_open).await, None, "half a sign-in opens nothing");
        let store = &db.store;
        assert_eq!(code(give_code(store, &mut desk.nobody(), &half_open, "000000").await), "account.wrong_code");
        let used = device(&secret, &desk);
        assert_eq!(code(give_code(store, &mut desk.nobody(), &half_open, &used).await), "account.used_code");
        desk.wait(30 * SECOND);
        let mut ctx = desk.nobody();
        let fresh = device(&secret, &desk);
        let Opened { token, .. } = give_code(store, &mut ctx, &half_open, &fresh).await.unwrap();
        assert_eq!(ctx.who, Who::Person(person));
        assert!(desk.session(&token).await.unwrap().second_factor);
        assert_eq!(desk.session(&half_open).await, None, "the token changed with the code");

        let again = half(&desk, OFFICE).await;
        assert_eq!(code(give_code(store, &mut desk.nobody(), &again, &fresh).await), "account.used_code");
        assert_eq!(code(give_code(store, &mut desk.nobody(), &token, &fresh).await), "account.sign_in_again");
        desk.wait(10 * MINUTE);
        let late = device(&secret, &desk);
        assert_eq!(code(give_code(store, &mut desk.nobody(), &again, &late).await), "account.sign_in_again");
        assert_eq!(store::trail::verify(store, None).await.unwrap(), []);
    }

    async fn one_code_given_twice_at_once_opens_one_session(db: TestDatabase) {
        let desk = Desk::new(&db.store).await;
        let (_, _, secret, _, _) = enrolled(&desk).await;
        desk.wait(MINUTE);
        let (one, two) = (half(&desk, OFFICE).await, half(&desk, OFFICE).await);
        let typed = device(&secret, &desk);
        let elsewhere = db.open_again().await;
        let (mut first, mut second) = (desk.nobody(), desk.nobody());
        let (first, second) = tokio::join!(
            give_code(&db.store, &mut first, &one, &typed),
            give_code(&elsewhere, &mut second, &two, &typed),
        );
        let mut codes = [code(first), code(second)];
        codes.sort_unstable();
        assert_eq!(codes, ["account.used_code", "done"]);
    }

    async fn codes_cannot_be_guessed_through(db: TestDatabase) {
        let desk = Desk::new(&db.store).await;
        let (_, _, secret, _, _) = enrolled(&desk).await;
        let half_open = half(&desk, "203.0.113.7").await;
        for _ in 0..20 {
            let mut ctx = desk.ctx(Who::Nobody, Some("203.0.113.7"));
            let _ = give_code(&db.store, &mut ctx, &half_open, "123123").await;
        }
        let mut ctx = desk.ctx(Who::Nobody, Some("203.0.113.7"));
        let right = device(&secret, &desk);
        assert_eq!(code(give_code(&db.store, &mut ctx, &half_open, &right).await), "account.wait_seconds");
    }

    async fn a_recovery_code_works_once_and_new_ones_replace_all(db: TestDatabase) {
        let desk = Desk::new(&db.store).await;
        let (_, mut me, _, codes, _) = enrolled(&desk).await;
        let store = &db.store;
        let token = half(&desk, OFFICE).await;
        assert_eq!(
            code(use_recovery_code(store, &mut desk.nobody(), &token, "aaaaa-aaaaa").await),
            "account.wrong_recovery_code"
        );
        let typed = codes[3].to_uppercase().replace('-', " ");
        let (opened, left) = use_recovery_code(store, &mut desk.nobody(), &token, &typed).await.unwrap();
        assert_eq!(left, 9);
        assert!(desk.session(&opened.token).await.unwrap().second_factor);
        let token = half(&desk, OFFICE).await;
        assert_eq!(
            code(use_recovery_code(store, &mut desk.nobody(), &token, &typed).await),
            "account.used_recovery_code"
        );
        assert_eq!(code(new_recovery_codes(store, &mut me, OTHER).await), "account.wrong_password");
        let fresh = new_recovery_codes(store, &mut me, PASSWORD).await.unwrap();
        assert_eq!(
            code(use_recovery_code(store, &mut desk.nobody(), &token, &codes[4]).await),
            "account.wrong_recovery_code"
        );
        assert_eq!(code(use_recovery_code(store, &mut desk.nobody(), &token, &fresh[4]).await), "done");
    }

    async fn a_second_factor_is_taken_away_only_where_no_role_asks_for_it(db: TestDatabase) {
        let desk = Desk::new(&db.store).await;
        let (_, mut me, _, _, token) = enrolled(&desk).await;
        let store = &db.store;
        let asks = Policy { second_factor: [Role::Planner].into(), ..Policy::default() };
        assert_eq!(code(set_policy(store, &mut me, asks.clone()).await), "forbidden");
        set_policy(store, &mut desk.shell(), asks).await.unwrap();
        assert_eq!(code(disable_totp(store, &mut me, PASSWORD).await), "account.factor_required");
        set_policy(store, &mut desk.shell(), Policy::default()).await.unwrap();
        assert_eq!(code(disable_totp(store, &mut me, OTHER).await), "account.wrong_password");
        disable_totp(store, &mut me, PASSWORD).await.unwrap();
        assert!(desk.session(&token).await.is_some());
        assert_eq!(code(disable_totp(store, &mut me, PASSWORD).await), "account.no_factor");
        assert!(matches!(desk.try_from(OFFICE, "planner", PASSWORD).await, Ok(SignedIn::Whole(_))));
    }

    async fn setting_up_a_device_ends_what_was_open_without_it(db: TestDatabase) {
        let desk = Desk::new(&db.store).await;
        let person = desk.somebody("admin", Role::Administrator, "PNBPEO").await;
        let (here, there) = (desk.sign_in("admin").await, desk.sign_in("admin").await);
        assert!(here.must_enrol);
        let session = desk.session(&here.token).await.unwrap().id;
        let mut me = desk.as_(person);
        let store = &db.store;
        assert_eq!(code(confirm_totp(store, &mut me, session, "123456").await), "account.nothing_to_confirm");
        let shown = enrol_totp(store, &mut me).await.unwrap();
        assert_eq!(enrol_totp(store, &mut me).await.unwrap().secret, shown.secret, "asked again, the same is shown");
        assert_eq!(code(confirm_totp(store, &mut me, session, "12345").await), "account.wrong_code");
        let done = confirm_totp(store, &mut me, session, &device(&shown.secret, &desk)).await.unwrap();
        assert!(!desk.session(&done.token).await.unwrap().must_enrol);
        assert_eq!(desk.session(&there.token).await, None);
        assert_eq!(code(enrol_totp(store, &mut me).await), "account.enrolled_already");
        assert_eq!(code(enrol_totp(store, &mut desk.nobody()).await), "forbidden");
    }

    async fn whoever_lost_device_and_codes_begins_anew_by_a_link(db: TestDatabase) {
        let desk = Desk::new(&db.store).await;
        let (person, ..) = enrolled(&desk).await;
        let link = reset_by_administrator(&db.store, &mut desk.shell(), person, true).await.unwrap();
        use_reset(&db.store, &mut desk.nobody(), &link.token, OTHER).await.unwrap();
        assert!(matches!(desk.try_from(OFFICE, "planner", OTHER).await, Ok(SignedIn::Whole(_))));
        assert!(store::accounts::recovery_codes(&db.store, person).await.unwrap().is_empty());
    }
}

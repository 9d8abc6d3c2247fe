//! The second factor: wrong and reused codes, recovery codes, the lost device.

use super::desk::{Desk, MINUTE, OFFICE, OTHER, PASSWORD, SECOND, code};
use actions::{
    Ctx, Error, Who,
    accounts::{
        Opened, Policy, ProvincePolicy, SignedIn, Token, begin_totp, change_password, confirm_totp,
        disable_totp, give_code, new_recovery_codes, reset_by_administrator, set_policy,
        set_province_policy, setting_up, use_recovery_code, use_reset, without_second_factor,
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
    let shown = begin_totp(&desk.store, &mut me, session, "").await.unwrap();
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
        let shown = begin_totp(store, &mut me, session, "").await.unwrap();
        let begun = setting_up(store, &mut me, session).await.unwrap().begun.unwrap();
        assert_eq!(begun.secret, shown.secret, "asked again, the same is shown");
        assert_eq!(code(confirm_totp(store, &mut me, session, "12345").await), "account.wrong_code");
        let done = confirm_totp(store, &mut me, session, &device(&shown.secret, &desk)).await.unwrap();
        assert!(!desk.session(&done.token).await.unwrap().must_enrol);
        assert_eq!(desk.session(&there.token).await, None);
        assert_eq!(code(begin_totp(store, &mut desk.nobody(), session, "").await), "forbidden");
    }

    async fn whoever_lost_device_and_codes_begins_anew_by_a_link(db: TestDatabase) {
        let desk = Desk::new(&db.store).await;
        let (person, ..) = enrolled(&desk).await;
        let link = reset_by_administrator(&db.store, &mut desk.shell(), person, true).await.unwrap();
        use_reset(&db.store, &mut desk.nobody(), &link.token, OTHER).await.unwrap();
        assert!(matches!(desk.try_from(OFFICE, "planner", OTHER).await, Ok(SignedIn::Whole(_))));
        assert!(store::accounts::recovery_codes(&db.store, person).await.unwrap().is_empty());
    }

    async fn a_thief_of_an_old_session_set_up_a_second_factor_without_the_password(db: TestDatabase) {
        let desk = Desk::new(&db.store).await;
        let store = &db.store;
        let person = desk.somebody("planner", Role::Planner, "PNBPEO").await;
        let opened = desk.sign_in("planner").await;
        let session = desk.session(&opened.token).await.unwrap().id;
        let mut me = desk.as_(person);
        assert!(!setting_up(store, &mut me, session).await.unwrap().asks_password, "the password was just given");
        desk.wait(11 * MINUTE);
        assert!(setting_up(store, &mut me, session).await.unwrap().asks_password);
        assert_eq!(code(begin_totp(store, &mut me, session, "").await), "account.password_again");
        assert_eq!(code(begin_totp(store, &mut me, session, OTHER).await), "account.wrong_password");
        let shown = begin_totp(store, &mut me, session, PASSWORD).await.unwrap();
        let first = confirm_totp(store, &mut me, session, &device(&shown.secret, &desk)).await.unwrap();

        // In the place of one that stands, another one asks the password however young the session is.
        assert_eq!(code(begin_totp(store, &mut me, session, "").await), "account.password_again");
        let there = half(&desk, OFFICE).await;
        desk.wait(30 * SECOND);
        let there = give_code(store, &mut desk.nobody(), &there, &device(&shown.secret, &desk)).await.unwrap().token;
        let again = begin_totp(store, &mut me, session, PASSWORD).await.unwrap();
        assert_ne!(again.secret, shown.secret);
        assert!(desk.session(&there).await.is_some(), "the old one stands until the new one is confirmed");
        confirm_totp(store, &mut me, session, &device(&again.secret, &desk)).await.unwrap();
        assert_eq!(desk.session(&there).await, None, "what was open with the old one ends");
        assert_eq!(desk.session(&first.token).await, None);
        let asked = half(&desk, OFFICE).await;
        desk.wait(MINUTE);
        let old = device(&shown.secret, &desk);
        assert_eq!(code(give_code(store, &mut desk.nobody(), &asked, &old).await), "account.wrong_code");
    }

    async fn a_secret_that_was_shown_outlived_its_session_and_the_password(db: TestDatabase) {
        let desk = Desk::new(&db.store).await;
        let store = &db.store;
        let person = desk.somebody("planner", Role::Planner, "PNBPEO").await;
        let (thief, owner) = (desk.sign_in("planner").await, desk.sign_in("planner").await);
        let thief = desk.session(&thief.token).await.unwrap().id;
        let owner = desk.session(&owner.token).await.unwrap().id;
        let mut me = desk.as_(person);
        let shown = begin_totp(store, &mut me, thief, "").await.unwrap();
        assert!(setting_up(store, &mut me, owner).await.unwrap().begun.is_none(), "another session shows it");
        let typed = device(&shown.secret, &desk);
        assert_eq!(code(confirm_totp(store, &mut me, owner, &typed).await), "account.nothing_to_confirm");
        change_password(store, &mut me, thief, PASSWORD, OTHER).await.unwrap();
        assert_eq!(code(confirm_totp(store, &mut me, thief, &typed).await), "account.nothing_to_confirm");
        let shown = begin_totp(store, &mut me, thief, "").await.unwrap();
        desk.wait(11 * MINUTE);
        let typed = device(&shown.secret, &desk);
        assert_eq!(code(confirm_totp(store, &mut me, thief, &typed).await), "account.nothing_to_confirm");
    }

    async fn looking_at_the_page_drew_a_secret_and_wrote_an_event(db: TestDatabase) {
        let desk = Desk::new(&db.store).await;
        let person = desk.somebody("planner", Role::Planner, "PNBPEO").await;
        let opened = desk.sign_in("planner").await;
        let session = desk.session(&opened.token).await.unwrap().id;
        let heads = store::trail::heads(&db.store).await.unwrap();
        let looked = setting_up(&db.store, &mut desk.as_(person), session).await.unwrap();
        assert!(looked.begun.is_none() && !looked.enrolled);
        assert_eq!(store::trail::heads(&db.store).await.unwrap(), heads);
    }

    async fn a_province_asks_more_of_its_people_and_never_less(db: TestDatabase) {
        let desk = Desk::new(&db.store).await;
        let store = &db.store;
        let admin = desk.somebody("admin", Role::Administrator, "PNBPEO").await;
        let head = desk.somebody("head", Role::Approver, "ESAO-PNB1").await;
        desk.somebody("region", Role::Reader, "REO17").await;
        let asks = ProvincePolicy {
            second_factor: [Role::Approver, Role::Reader].into(),
            idle_minutes: Some(15),
            absolute_hours: None,
        };
        let by_head = set_province_policy(store, &mut desk.as_(head), "67", asks.clone()).await;
        assert_eq!(code(by_head), "forbidden");
        let elsewhere = set_province_policy(store, &mut desk.as_(admin), "96", asks.clone()).await;
        assert_eq!(code(elsewhere), "forbidden", "nobody sets it for another province");
        let laxer = ProvincePolicy { idle_minutes: Some(61), absolute_hours: Some(0), ..asks.clone() };
        let Err(Error::Invalid(issues)) = set_province_policy(store, &mut desk.as_(admin), "67", laxer).await else {
            panic!("a province let its people rest longer than the installation")
        };
        assert_eq!(issues.len(), 2);

        let roles = [Role::Approver].into();
        assert_eq!(without_second_factor(store, Some("67"), &roles, desk.now()).await.unwrap(), 1);
        assert_eq!(without_second_factor(store, Some("96"), &roles, desk.now()).await.unwrap(), 0);
        set_province_policy(store, &mut desk.as_(admin), "67", asks).await.unwrap();
        let opened = desk.sign_in("head").await;
        assert!(opened.must_enrol && desk.session(&opened.token).await.unwrap().must_enrol);
        assert!(!desk.sign_in("region").await.must_enrol, "the region is not of the province");
        desk.wait(16 * MINUTE);
        assert_eq!(desk.session(&opened.token).await, None, "it may rest a quarter of an hour");
        let told = crate::people::events(&desk, "account.province_policy").await;
        assert_eq!(told, 1);
    }
}

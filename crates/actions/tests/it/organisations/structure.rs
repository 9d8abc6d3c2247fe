//! Moving, closing and reopening.

use super::{LETTER, TODAY, above, org, register, row, wrong};
use actions::organisations::{Close, MoveTo, Reopen, close, move_to, preview, reopen};
use domain::{
    duty::{Duty, DutyItem},
    ids::{DutyId, GrantId, OrganisationId, PersonId},
    organisation::Axis,
    people::{Grant, Role},
    time::{FiscalYear, Moment, Period},
};
use jiff::civil::{Date, date};
use store::{New, Row, Store};
use testkit::{TestDatabase, on_both_engines};

fn moving(organisation: OrganisationId, to: OrganisationId, on: Date) -> MoveTo {
    MoveTo {
        organisation,
        axis: Axis::ReportsTo,
        to: Some(to),
        on,
        reason: LETTER.to_owned(),
    }
}

fn closing(organisation: OrganisationId, on: Date) -> Close {
    Close {
        organisation,
        on,
        duties_to: None,
        give_up: false,
        reason: LETTER.to_owned(),
    }
}

/// Records rows that other acts will record one day.
pub async fn give<R: Row>(store: &Store, n: u128, row: R) {
    let tx = store.begin().await.unwrap();
    let new = New {
        version: uuid::Uuid::from_u128(n),
        provenance: None,
        row,
    };
    store::record(&tx, Moment(1_790_000_000_000_000), [new])
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

pub fn duty(n: u128, organisation: OrganisationId, year: i16, reported_on: Option<Date>) -> Duty {
    Duty {
        id: DutyId::from_u128(n),
        organisation,
        item: DutyItem::Step6,
        period: Period::fiscal(FiscalYear(year)),
        due: date(year - 543, 10, 30),
        applicable: true,
        reported_on,
    }
}

on_both_engines! {
    async fn a_move_holds_from_its_day_and_leaves_the_time_before_alone(db: TestDatabase) {
        let mut ctx = register(&db.store).await;
        let (college, from) = (org(&db.store, "VEC-POLY-PNB").await, org(&db.store, "PVEC-PNB").await);
        let to = org(&db.store, "VEC").await;
        let before = db.store.facts(None).await.unwrap();
        let at = store::trail::heads(&db.store).await.unwrap().iter().map(|head| head.at).max().unwrap();
        let on = date(2027, 1, 1);
        let done = move_to(&db.store, &mut ctx, &moving(college, to, on)).await.unwrap();
        assert_eq!(done.moved, [college]);
        assert_eq!(above(&db.store, college, Axis::ReportsTo, date(2026, 12, 31)).await, Some(from));
        assert_eq!(above(&db.store, college, Axis::ReportsTo, on).await, Some(to));
        assert_eq!(above(&db.store, college, Axis::CoordinatedBy, on).await, Some(from));
        let past = db.store.facts(Some(at)).await.unwrap();
        let sorted = |mut facts: domain::facts::Facts| {
            facts.memberships.sort_by_key(|it| it.id);
            facts.memberships
        };
        assert_eq!(sorted(past), sorted(before));

        // A planned move is corrected on its own day, and taken back by moving to where it stood.
        let said = wrong(move_to(&db.store, &mut ctx, &moving(college, to, date(2026, 11, 1))).await);
        assert_eq!(said, [("on".to_owned(), "organisation.moves_later")]);
        move_to(&db.store, &mut ctx, &moving(college, from, on)).await.unwrap();
        let places = store::of::<domain::organisation::Membership, _>(&db.store, &[college]).await.unwrap();
        assert_eq!(places.len(), 2, "one place an axis, as before: {places:?}");
        let again = wrong(move_to(&db.store, &mut ctx, &moving(college, from, on)).await);
        assert_eq!(again, [("to".to_owned(), "organisation.there_already")]);
    }

    async fn moves_that_cannot_be_are_refused_at_their_field(db: TestDatabase) {
        let mut ctx = register(&db.store).await;
        let (above, college) = (org(&db.store, "PVEC-PNB").await, org(&db.store, "VEC-POLY-PNB").await);
        let store = &db.store;
        let mut said = async |input: MoveTo| wrong(move_to(store, &mut ctx, &input).await);
        let at = |field: &str, code| vec![(field.to_owned(), code)];
        assert_eq!(said(moving(above, college, TODAY)).await, at("to", "organisation.above_itself"));
        assert_eq!(said(moving(above, above, TODAY)).await, at("to", "organisation.under_itself"));
        assert_eq!(said(moving(college, above, date(2026, 9, 30))).await, [
            ("on".to_owned(), "organisation.past_quarter"),
            ("to".to_owned(), "organisation.there_already"),
        ]);
        let far = org(store, "VEC").await;
        assert_eq!(said(moving(college, far, date(2570, 1, 1))).await, at("on", "organisation.too_far"));
        let nobody = OrganisationId::from_u128(404);
        assert_eq!(said(moving(college, nobody, TODAY)).await, at("to", "organisation.unknown"));
        assert_eq!(said(moving(nobody, college, TODAY)).await, at("Whole", "organisation.unknown"));
    }

    async fn closing_an_office_with_members_says_which_and_hands_nobody_over(db: TestDatabase) {
        let mut ctx = register(&db.store).await;
        let office = org(&db.store, "PVEC-PNB").await;
        let refused = close(&db.store, &mut ctx, &closing(office, TODAY)).await;
        let Err(actions::Error::Invalid(issues)) = refused else { panic!("{refused:?}") };
        assert_eq!(issues[0].code, "organisation.has_members");
        let domain::issue::Arg::Text(names) = &issues[0].args[0].1 else { panic!("{issues:?}") };
        assert!(names.contains("วิทยาลัยสารพัดช่างเพชรบูรณ์"), "{names}");
        assert!(issues[0].args.contains(&("count", domain::issue::Arg::Number(6))), "{issues:?}");
    }

    async fn closing_keeps_what_was_hands_on_what_is_open_and_lists_people(db: TestDatabase) {
        let mut ctx = register(&db.store).await;
        let (school, office) = (org(&db.store, "VEC-POLY-PNB").await, org(&db.store, "PVEC-PNB").await);
        let on = date(2027, 4, 1);
        give(&db.store, 1, duty(1, school, 2570, None)).await;
        give(&db.store, 2, duty(2, school, 2569, None)).await;
        give(&db.store, 3, duty(3, school, 2571, Some(date(2026, 9, 1)))).await;
        let grant = Grant {
            id: GrantId::from_u128(1),
            person: PersonId::from_u128(1),
            role: Role::Coordinator,
            organisation: school,
            valid_from: None,
            valid_to: None,
        };
        give(&db.store, 4, grant).await;

        let input = Close { duties_to: Some(office), ..closing(school, on) };
        let heads = store::trail::heads(&db.store).await.unwrap();
        let seen = preview(&db.store, &mut ctx, &input).await.unwrap();
        assert_eq!(store::trail::heads(&db.store).await.unwrap(), heads, "a preview records nothing");
        let done = close(&db.store, &mut ctx, &input).await.unwrap();
        assert_eq!(seen, done);
        assert_eq!((done.duties_moved, done.duties_ended), (1, 0));
        assert_eq!(done.hand_over, [grant]);
        assert_eq!(row(&db.store, "VEC-POLY-PNB").await.0.closed, Some(on));
        assert_eq!(above(&db.store, school, Axis::ReportsTo, date(2028, 1, 1)).await, Some(office), "nothing hangs");
        let left = store::of::<Duty, _>(&db.store, &[school]).await.unwrap();
        let mut years: Vec<i16> = left.iter().map(|kept| kept.row.period.year).collect();
        years.sort();
        assert_eq!(years, [2569, 2571], "the year that ended, and what is reported, stay");
        let handed = store::of::<Duty, _>(&db.store, &[office]).await.unwrap();
        assert_eq!(handed.iter().map(|kept| kept.row.period.year).collect::<Vec<_>>(), [2570]);

        let twice = wrong(close(&db.store, &mut ctx, &closing(school, on)).await);
        assert_eq!(twice, [("organisation".to_owned(), "organisation.closed")]);
        let below = wrong(move_to(&db.store, &mut ctx, &moving(org(&db.store, "VEC-TECH-PNB").await, school, on)).await);
        assert_eq!(below, [("to".to_owned(), "organisation.parent_closed")]);
    }

    async fn a_closed_school_opens_again_where_it_stood(db: TestDatabase) {
        let mut ctx = register(&db.store).await;
        let (school, office) = (org(&db.store, "VEC-POLY-PNB").await, org(&db.store, "PVEC-PNB").await);
        let again = Reopen {
            organisation: school,
            on: TODAY,
            reports_to: None,
            coordinated_by: None,
            reason: LETTER.to_owned(),
        };
        let open = wrong(reopen(&db.store, &mut ctx, &again).await);
        assert_eq!(open, [("organisation".to_owned(), "organisation.not_closed")]);
        close(&db.store, &mut ctx, &closing(school, date(2026, 11, 1))).await.unwrap();
        let early = wrong(reopen(&db.store, &mut ctx, &again).await);
        assert_eq!(early, [("on".to_owned(), "organisation.before_closing")]);
        reopen(&db.store, &mut ctx, &Reopen { on: date(2027, 5, 1), ..again }).await.unwrap();
        assert_eq!(row(&db.store, "VEC-POLY-PNB").await.0.closed, None);
        assert_eq!(above(&db.store, school, Axis::ReportsTo, date(2027, 5, 1)).await, Some(office));
    }

    async fn what_stands_below_a_region_is_not_closed_by_somebody_of_another_province(db: TestDatabase) {
        register(&db.store).await;
        let person = domain::people::Person {
            id: PersonId::from_u128(9),
            account: "planner".to_owned(),
            name: "ตัวอย่าง ผู้วางแผน".to_owned(),
            position: None,
            left: None,
        };
        give(&db.store, 5, person).await;
        let mut ctx = crate::office::planner();
        ctx.who = actions::Who::Person(PersonId::from_u128(9));
        let school = org(&db.store, "VEC-POLY-PNB").await;
        for id in [school, OrganisationId::from_u128(404)] {
            let no = close(&db.store, &mut ctx, &closing(id, TODAY)).await;
            assert!(matches!(no, Err(actions::Error::Forbidden { .. })), "{no:?}");
            let no = preview(&db.store, &mut ctx, &closing(id, TODAY)).await;
            assert!(matches!(no, Err(actions::Error::Forbidden { .. })), "{no:?}");
        }
    }
}

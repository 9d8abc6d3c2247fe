//! Merging, splitting, and taking either back.

use super::{
    LETTER, TODAY, above, org, register, row,
    structure::{duty, give},
    wrong,
};
use actions::organisations::{
    Close, Into, Merge, NewOrganisation, Part, Split, Undo, close, merge, preview_undo, split,
    undo_merge,
};
use domain::{
    duty::Duty,
    ids::{OrganisationId, ReorganisationId},
    organisation::{Axis, Membership, OrganisationText},
};
use jiff::civil::{Date, date};
use store::{Store, trail};
use testkit::{TestDatabase, on_both_engines};

const ON: Date = date(2027, 1, 1);

fn merging(from: &[OrganisationId], into: OrganisationId) -> Merge {
    Merge {
        from: from.to_vec(),
        into: Into::Standing(into),
        on: ON,
        reason: LETTER.to_owned(),
    }
}

fn new(code: &str) -> NewOrganisation {
    NewOrganisation {
        text: OrganisationText {
            code: code.to_owned(),
            province: Some("67".to_owned()),
            name_th: format!("หน่วยงานตัวอย่าง {code}"),
            ..OrganisationText::default()
        },
        ..NewOrganisation::default()
    }
}

fn undoing(reorganisation: Option<ReorganisationId>) -> Undo {
    Undo {
        reorganisation: reorganisation.unwrap(),
        reason: LETTER.to_owned(),
    }
}

async fn places(store: &Store) -> Vec<Membership> {
    let mut facts = store.facts(None).await.unwrap();
    facts.memberships.sort_by_key(|it| it.id);
    facts.memberships
}

on_both_engines! {
    async fn a_merger_takes_over_members_and_duties_and_can_be_undone_once(db: TestDatabase) {
        let mut ctx = register(&db.store).await;
        let (first, second) = (org(&db.store, "DOLE-PNB").await, org(&db.store, "PVEC-PNB").await);
        let centre = org(&db.store, "DOLE-6701").await;
        give(&db.store, 1, duty(1, first, 2570, None)).await;
        give(&db.store, 2, duty(2, first, 2571, None)).await;
        give(&db.store, 3, duty(3, second, 2571, None)).await;
        let before = places(&db.store).await;

        let done = merge(&db.store, &mut ctx, &merging(&[first], second)).await.unwrap();
        assert_eq!((done.duties_moved, done.duties_ended), (1, 1), "what both had to report is asked once");
        assert_eq!(done.closed, [first]);
        assert_eq!(done.moved.len(), 11, "eleven district centres");
        for axis in [Axis::ReportsTo, Axis::CoordinatedBy] {
            assert_eq!(above(&db.store, centre, axis, date(2026, 12, 31)).await, Some(first));
            assert_eq!(above(&db.store, centre, axis, ON).await, Some(second));
            assert_eq!(above(&db.store, first, axis, ON).await, Some(second), "it sits with its successor");
        }
        assert_eq!(row(&db.store, "DOLE-PNB").await.0.closed, Some(ON));

        let undo = undoing(done.reorganisation);
        let seen = preview_undo(&db.store, &mut ctx, &undo).await.unwrap();
        assert_eq!(undo_merge(&db.store, &mut ctx, &undo).await.unwrap(), seen);
        assert_eq!(places(&db.store).await, before);
        assert_eq!(row(&db.store, "DOLE-PNB").await.0.closed, None);
        let duties = store::of::<Duty, _>(&db.store, &[first, second]).await.unwrap();
        assert_eq!(duties.len(), 3);

        let heads = trail::heads(&db.store).await.unwrap();
        let twice = wrong(undo_merge(&db.store, &mut ctx, &undo).await);
        assert_eq!(twice, [("Whole".to_owned(), "organisation.undone_already")]);
        assert_eq!(trail::heads(&db.store).await.unwrap(), heads, "nothing is lost and nothing told");
        assert_eq!(places(&db.store).await, before);
        let never = Undo { reorganisation: ReorganisationId::from_u128(404), reason: LETTER.to_owned() };
        let never = wrong(undo_merge(&db.store, &mut ctx, &never).await);
        assert_eq!(never, [("Whole".to_owned(), "organisation.no_merge")]);
        assert_eq!(trail::verify(&db.store, None).await.unwrap(), []);
    }

    async fn an_undo_does_not_run_over_what_came_after(db: TestDatabase) {
        let mut ctx = register(&db.store).await;
        let (first, second) = (org(&db.store, "DOLE-PNB").await, org(&db.store, "PVEC-PNB").await);
        let centre = org(&db.store, "DOLE-6701").await;
        let done = merge(&db.store, &mut ctx, &merging(&[first], second)).await.unwrap();
        let closing = Close { organisation: centre, on: date(2027, 2, 1), duties_to: None, give_up: false, reason: LETTER.to_owned() };
        close(&db.store, &mut ctx, &closing).await.unwrap();
        // The centre was closed since, and its place is still the one that the merger gave it: that can go back.
        undo_merge(&db.store, &mut ctx, &undoing(done.reorganisation)).await.unwrap();
        let done = merge(&db.store, &mut ctx, &merging(&[first], second)).await.unwrap();
        let other = org(&db.store, "DOLE-6702").await;
        let away = actions::organisations::MoveTo {
            organisation: other,
            axis: Axis::ReportsTo,
            to: Some(org(&db.store, "DOLE").await),
            on: date(2027, 3, 1),
            reason: LETTER.to_owned(),
        };
        actions::organisations::move_to(&db.store, &mut ctx, &away).await.unwrap();
        let before = places(&db.store).await;
        let refused = undo_merge(&db.store, &mut ctx, &undoing(done.reorganisation)).await;
        let Err(actions::Error::Stale(issue)) = refused else { panic!("{refused:?}") };
        assert_eq!(issue.code, "organisation.changed_since");
        assert!(format!("{:?}", issue.args).contains("ชนแดน"), "{:?}", issue.args);
        assert_eq!(places(&db.store).await, before);
    }

    async fn mergers_that_cannot_be_are_refused_at_their_field(db: TestDatabase) {
        let mut ctx = register(&db.store).await;
        let store = &db.store;
        let (first, second) = (org(store, "DOLE-PNB").await, org(store, "PVEC-PNB").await);
        let centre = org(store, "DOLE-6701").await;
        let mut said = async |input: Merge| wrong(merge(store, &mut ctx, &input).await);
        let at = |field: &str, code| vec![(field.to_owned(), code)];
        assert_eq!(said(merging(&[first, second], second)).await, at("into", "organisation.into_itself"));
        assert_eq!(said(merging(&[], second)).await, at("from", "organisation.nothing_to_merge"));
        assert_eq!(said(merging(&[first, first], second)).await, at("from", "organisation.named_twice"));
        let early = Merge { on: date(2026, 9, 30), ..merging(&[first], second) };
        assert_eq!(said(early).await, at("on", "organisation.past_quarter"));
        let top = org(store, "DOLE").await;
        assert_eq!(said(merging(&[top], centre)).await, at("into", "organisation.far_below"));
        let alone = Merge { into: Into::New(Box::new(new("N1"))), ..merging(&[first], second) };
        assert_eq!(said(alone).await, at("from", "organisation.one_alone"));
    }

    async fn a_member_that_takes_over_its_own_office_takes_its_place(db: TestDatabase) {
        let mut ctx = register(&db.store).await;
        let (office, centre) = (org(&db.store, "DOLE-PNB").await, org(&db.store, "DOLE-6701").await);
        let (department, province) = (org(&db.store, "DOLE").await, org(&db.store, "PNBPEO").await);
        merge(&db.store, &mut ctx, &merging(&[office], centre)).await.unwrap();
        assert_eq!(above(&db.store, centre, Axis::ReportsTo, ON).await, Some(department));
        assert_eq!(above(&db.store, centre, Axis::CoordinatedBy, ON).await, Some(province));
        assert_eq!(above(&db.store, office, Axis::ReportsTo, ON).await, Some(centre));
    }

    async fn two_offices_go_on_in_a_new_one_which_the_undo_leaves_closed(db: TestDatabase) {
        let mut ctx = register(&db.store).await;
        let (first, second) = (org(&db.store, "ESAO-PNB1").await, org(&db.store, "ESAO-PNB2").await);
        let input = Merge { into: Into::New(Box::new(new("ESAO-NEW"))), ..merging(&[first, second], first) };
        let done = merge(&db.store, &mut ctx, &input).await.unwrap();
        let made = row(&db.store, "ESAO-NEW").await.0;
        assert_eq!((done.made.as_slice(), made.opened), ([made.id].as_slice(), Some(ON)));
        assert_eq!(above(&db.store, made.id, Axis::ReportsTo, ON).await, Some(org(&db.store, "OBEC").await));
        assert_eq!(above(&db.store, second, Axis::ReportsTo, ON).await, Some(made.id));
        undo_merge(&db.store, &mut ctx, &undoing(done.reorganisation)).await.unwrap();
        assert_eq!(row(&db.store, "ESAO-NEW").await.0.closed, Some(ON), "what was ever named can always be named");
        assert_eq!(row(&db.store, "ESAO-PNB1").await.0.closed, None);
        chain::Snapshot::build(&db.store.facts(None).await.unwrap()).unwrap();
    }

    async fn a_split_shares_out_every_member_or_says_who_is_left(db: TestDatabase) {
        let mut ctx = register(&db.store).await;
        let office = org(&db.store, "PVEC-PNB").await;
        let colleges = [org(&db.store, "VEC-POLY-PNB").await, org(&db.store, "VEC-TECH-PNB").await];
        let third = org(&db.store, "VEC-IND-WCB").await;
        let facts = db.store.facts(None).await.unwrap();
        let others = facts.memberships.iter().filter(|it| it.parent == office && it.axis == Axis::ReportsTo);
        let rest: Vec<OrganisationId> =
            others.map(|it| it.organisation).filter(|id| !colleges.contains(id)).collect();
        let part = |code: &str, members: &[OrganisationId]| Part { new: new(code), members: members.to_vec() };
        let input = Split {
            organisation: office,
            parts: vec![part("A1", &colleges), part("A2", &[colleges[1]])],
            continues: false,
            duties_to: Some(0),
            give_up: false,
            on: TODAY,
            reason: LETTER.to_owned(),
        };
        assert_eq!(wrong(split(&db.store, &mut ctx, &input).await), [
            ("parts.1.members".to_owned(), "organisation.in_two_parts"),
            ("parts".to_owned(), "organisation.in_no_part"),
        ]);
        let input = Split { parts: vec![part("A1", &colleges), part("A2", &rest)], ..input };
        let done = split(&db.store, &mut ctx, &input).await.unwrap();
        assert_eq!(done.closed, [office]);
        assert_eq!(above(&db.store, third, Axis::ReportsTo, TODAY).await, Some(done.made[1]));
        assert_eq!(above(&db.store, done.made[1], Axis::ReportsTo, TODAY).await, Some(org(&db.store, "VEC").await));
        assert_eq!(above(&db.store, office, Axis::ReportsTo, TODAY).await, Some(org(&db.store, "VEC").await));
        undo_merge(&db.store, &mut ctx, &undoing(done.reorganisation)).await.unwrap();
        assert_eq!(above(&db.store, third, Axis::ReportsTo, TODAY).await, Some(office));
    }
}

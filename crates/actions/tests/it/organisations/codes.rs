//! Words and codes of organisations.

use super::{LETTER, above, org, register, row, wrong};
use actions::organisations::{NewOrganisation, Recode, Rename, add, recode, rename};
use domain::{
    organisation::{Axis, Class, OrganisationText},
    register::CodeKind,
};
use jiff::civil::date;
use store::trail;
use testkit::{TestDatabase, on_both_engines};

fn school(code: &str, name: &str) -> NewOrganisation {
    NewOrganisation {
        text: OrganisationText {
            code: code.to_owned(),
            province: Some("67".to_owned()),
            name_th: name.to_owned(),
            ..OrganisationText::default()
        },
        class: Some(Class::School),
        reason: LETTER.to_owned(),
        ..NewOrganisation::default()
    }
}

on_both_engines! {
    async fn a_school_is_added_with_its_codes_and_told_once(db: TestDatabase) {
        let mut ctx = register(&db.store).await;
        let area = org(&db.store, "ESAO-PNB1").await;
        let before = trail::events(&db.store, "67", 0, 10, &trail::Filter::default()).await.unwrap().len();
        let new = NewOrganisation {
            reports_to: Some(area),
            coordinated_by: Some(area),
            opened: Some(date(2027, 5, 16)),
            codes: vec![(CodeKind::Smis, "๖๗๐๑๐๐๐๑".to_owned()), (CodeKind::TenDigit, " ".to_owned())],
            position: Some(3),
            ..school("S1", "โรงเรียนตัวอย่าง\u{200b} 1")
        };
        let done = add(&db.store, &mut ctx, &new).await.unwrap();
        let (organisation, text) = row(&db.store, "S1").await;
        assert_eq!(done.made, [organisation.id]);
        assert_eq!(text.name_th, "โรงเรียนตัวอย่าง 1", "nothing that nobody sees is kept");
        assert_eq!(above(&db.store, organisation.id, Axis::ReportsTo, date(2027, 5, 16)).await, Some(area));
        assert_eq!(above(&db.store, organisation.id, Axis::ReportsTo, date(2027, 5, 15)).await, None);
        let codes = store::of::<domain::register::OrganisationCode, _>(&db.store, &[organisation.id]).await.unwrap();
        let codes: Vec<_> = codes.iter().map(|kept| (kept.row.kind, kept.row.code.as_str())).collect();
        assert_eq!(codes, [(CodeKind::Smis, "67010001")]);
        let events = trail::events(&db.store, "67", 0, 10, &trail::Filter::default()).await.unwrap();
        assert_eq!((events.len(), &*events[before].act), (before + 1, "organisation.add"));
        let payload = events[before].payload.clone().unwrap();
        assert!(payload.contains(LETTER) && payload.contains("67010001"), "{payload}");
        assert_eq!(trail::verify(&db.store, None).await.unwrap(), []);
    }

    async fn everything_that_is_wrong_with_a_new_school_is_said_at_once(db: TestDatabase) {
        let mut ctx = register(&db.store).await;
        let new = NewOrganisation {
            text: OrganisationText {
                code: "PNBPEO".to_owned(),
                province: Some("67".to_owned()),
                district_dopa: Some("5001".to_owned()),
                ..OrganisationText::default()
            },
            codes: vec![(CodeKind::Smis, "1067010001".to_owned())],
            reports_to: Some(domain::ids::OrganisationId::from_u128(404)),
            ..NewOrganisation::default()
        };
        let said = wrong(add(&db.store, &mut ctx, &new).await);
        let said: Vec<_> = said.iter().map(|(at, code)| (at.as_str(), *code)).collect();
        assert_eq!(said, [
            ("reason", "organisation.reason_needed"),
            ("name_th", "organisation.name_needed"),
            ("district_dopa", "organisation.district"),
            ("code", "organisation.code_taken"),
            ("smis", "organisation.not_smis"),
            ("reports_to", "organisation.unknown"),
        ]);
    }

    async fn no_two_schools_have_one_code_of_a_kind(db: TestDatabase) {
        let mut ctx = register(&db.store).await;
        let codes = vec![(CodeKind::TenDigit, "1067010001".to_owned())];
        let first = NewOrganisation { codes: codes.clone(), ..school("S1", "โรงเรียนตัวอย่าง 1") };
        add(&db.store, &mut ctx, &first).await.unwrap();
        let second = NewOrganisation { codes: codes.clone(), ..school("S2", "โรงเรียนตัวอย่าง 2") };
        let taken = [("ten_digit".to_owned(), "organisation.code_taken")];
        assert_eq!(wrong(add(&db.store, &mut ctx, &second).await), taken);
        add(&db.store, &mut ctx, &school("S2", "โรงเรียนตัวอย่าง 2")).await.unwrap();
        let id = org(&db.store, "S2").await;
        let input = Recode { organisation: id, version: None, code: "S2".to_owned(), codes, reason: LETTER.to_owned() };
        assert_eq!(wrong(recode(&db.store, &mut ctx, &input).await), taken);
    }

    async fn an_import_after_a_change_of_code_made_the_agency_a_second_time(db: TestDatabase) {
        let mut ctx = register(&db.store).await;
        let id = org(&db.store, "ESAO-PNB1").await;
        let input = Recode {
            organisation: id,
            version: None,
            code: "สพป.พช.1".to_owned(),
            codes: Vec::new(),
            reason: LETTER.to_owned(),
        };
        recode(&db.store, &mut ctx, &input).await.unwrap();
        assert_eq!(org(&db.store, "สพป.พช.1").await, id);
        let again = actions::catalogue::record(&db.store, &mut ctx).await.unwrap();
        assert!(again.values().all(|tally| tally.added + tally.changed == 0), "{again:?}");
        assert!(store::texts::organisations(&db.store, "ESAO-PNB1").await.unwrap().is_empty());

        // Nobody else takes the former code, and the agency may take it up again.
        let said = wrong(add(&db.store, &mut ctx, &school("ESAO-PNB1", "ตัวอย่าง")).await);
        assert_eq!(said, [("code".to_owned(), "organisation.code_was")]);
        recode(&db.store, &mut ctx, &Recode { code: "ESAO-PNB1".to_owned(), ..input }).await.unwrap();
        assert_eq!(org(&db.store, "ESAO-PNB1").await, id);
    }

    async fn two_people_who_rename_one_office_do_not_write_over_each_other(db: TestDatabase) {
        let mut ctx = register(&db.store).await;
        let found = store::texts::organisations(&db.store, "PNBPEO").await.unwrap().remove(0);
        let input = Rename {
            organisation: found.row.0.id,
            version: Some(found.stamp.version),
            text: OrganisationText { short_name_th: Some("ศธจ.พช.".to_owned()), ..found.row.1.clone() },
            class: found.row.0.class,
            position: Some(1),
            reason: LETTER.to_owned(),
        };
        rename(&db.store, &mut ctx, &input).await.unwrap();
        let late = Rename { text: OrganisationText { name_en: None, ..found.row.1.clone() }, ..input.clone() };
        let said = wrong(rename(&db.store, &mut ctx, &late).await);
        assert_eq!(said.len(), 1);
        assert_eq!(said[0].1, "organisation.changed_meanwhile");
        let (_, text) = row(&db.store, "PNBPEO").await;
        assert_eq!((text.short_name_th.as_deref(), text.name_en), (Some("ศธจ.พช."), found.row.1.name_en));
        // The same words once more are nothing to record.
        let heads = trail::heads(&db.store).await.unwrap();
        rename(&db.store, &mut ctx, &Rename { version: None, ..input }).await.unwrap();
        assert_eq!(trail::heads(&db.store).await.unwrap(), heads);
    }
}

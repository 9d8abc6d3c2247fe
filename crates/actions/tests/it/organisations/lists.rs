//! Lists of schools: three hundred of them, taken in, corrected by people, and taken in again.

use super::{LETTER, TODAY, above, org, register, row, wrong};
use actions::{
    Ctx, Error,
    organisations::{
        LineOutcome, Recode, Rename, SchoolsImport, import, preview_import, recode, rename,
    },
};
use domain::{
    organisation::{Axis, Class, OrganisationText},
    register::CodeKind,
};
use exchange::schools::read_schools;
use store::{Store, trail};
use testkit::{TestDatabase, on_both_engines};

/// A made-up list: every name says that it is a sample.
fn list(schools: impl Iterator<Item = usize>) -> String {
    let mut csv = "ลำดับ,ชื่อโรงเรียน,รหัส SMIS,รหัส 10 หลัก,สังกัด,อำเภอ,วันที่จัดตั้ง\n".to_owned();
    for n in schools {
        let area = n % 3 + 1;
        csv += &format!(
            "{n},โรงเรียนตัวอย่าง {n},6701{n:04},106701{n:04},สพป.เพชรบูรณ์ เขต {area},อำเภอหล่มสัก,16 พ.ค. 2510\n"
        );
    }
    csv
}

fn importing(csv: &str) -> SchoolsImport {
    let reading = read_schools("รายชื่อ.csv", csv.as_bytes()).unwrap();
    assert!(!reading.blocked(), "{:?}", reading.issues);
    SchoolsImport::of(reading.list, "67", "รายชื่อ.csv", csv.as_bytes())
}

async fn taken(store: &Store, ctx: &mut Ctx, csv: &str) -> actions::organisations::Difference {
    import(store, ctx, &importing(csv)).await.unwrap()
}

fn counts(difference: &actions::organisations::Difference) -> [usize; 5] {
    let of = |outcome| difference.count(outcome);
    [
        of(LineOutcome::New),
        of(LineOutcome::Changed),
        of(LineOutcome::Kept),
        of(LineOutcome::Unchanged),
        difference.gone.len(),
    ]
}

on_both_engines! {
    async fn three_hundred_schools_are_previewed_taken_in_once_and_never_twice(db: TestDatabase) {
        let mut ctx = register(&db.store).await;
        let csv = list(1..=300);
        let heads = trail::heads(&db.store).await.unwrap();
        let seen = preview_import(&db.store, &mut ctx, &importing(&csv)).await.unwrap();
        assert_eq!(counts(&seen), [300, 0, 0, 0, 0]);
        assert_eq!(trail::heads(&db.store).await.unwrap(), heads, "a preview records nothing");

        let confirmed = SchoolsImport { seen: Some(seen.fingerprint.clone()), ..importing(&csv) };
        assert_eq!(import(&db.store, &mut ctx, &confirmed).await.unwrap(), seen);
        let (school, text) = row(&db.store, "1067010001").await;
        assert_eq!((school.class, text.district_dopa.as_deref()), (Some(Class::School), Some("6703")));
        let area = org(&db.store, "ESAO-PNB2").await;
        for axis in [Axis::ReportsTo, Axis::CoordinatedBy] {
            assert_eq!(above(&db.store, school.id, axis, TODAY).await, Some(area));
        }
        let events = trail::events(&db.store, "67", 0, 10, &trail::Filter::default()).await.unwrap();
        assert_eq!(events.last().unwrap().act, "organisation.import");
        chain::Snapshot::build(&db.store.facts(None).await.unwrap()).unwrap();

        let stale = wrong(import(&db.store, &mut ctx, &confirmed).await);
        assert_eq!(stale[0].1, "organisation.import_changed");
        let heads = trail::heads(&db.store).await.unwrap();
        assert_eq!(counts(&taken(&db.store, &mut ctx, &csv).await), [0, 0, 0, 300, 0]);
        assert_eq!(trail::heads(&db.store).await.unwrap(), heads, "nothing done, nothing told");
        assert_eq!(trail::verify(&db.store, None).await.unwrap(), []);
    }

    async fn a_list_changes_what_lists_said_keeps_what_people_said_and_tells_who_is_gone(db: TestDatabase) {
        let mut ctx = register(&db.store).await;
        taken(&db.store, &mut ctx, &list(1..=9)).await;
        // A person corrects the name of school 2.
        let (school, text) = row(&db.store, "1067010002").await;
        let corrected = Rename {
            organisation: school.id,
            version: None,
            text: OrganisationText { name_th: "โรงเรียนตัวอย่าง (แก้ไขแล้ว)".to_owned(), ..text },
            class: school.class,
            position: None,
            reason: LETTER.to_owned(),
        };
        rename(&db.store, &mut ctx, &corrected).await.unwrap();
        // The next list renames schools 1 and 2, moves school 3, adds 10 and no longer names 9.
        let csv = list((1..=8).chain([10]))
            .replace("โรงเรียนตัวอย่าง 1,", "โรงเรียนตัวอย่างใหม่ 1,")
            .replace("โรงเรียนตัวอย่าง 2,", "โรงเรียนตัวอย่างใหม่ 2,")
            .replace("1067010003,สพป.เพชรบูรณ์ เขต 1", "1067010003,ESAO-PNB3");
        let done = taken(&db.store, &mut ctx, &csv).await;
        assert_eq!(counts(&done), [1, 2, 1, 5, 1]);
        assert_eq!(row(&db.store, "1067010001").await.1.name_th, "โรงเรียนตัวอย่างใหม่ 1");
        assert_eq!(row(&db.store, "1067010002").await.1.name_th, "โรงเรียนตัวอย่าง (แก้ไขแล้ว)");
        let moved = org(&db.store, "1067010003").await;
        let (before, after) = (org(&db.store, "ESAO-PNB1").await, org(&db.store, "ESAO-PNB3").await);
        let yesterday = TODAY.yesterday().unwrap();
        assert_eq!(above(&db.store, moved, Axis::ReportsTo, yesterday).await, Some(before));
        assert_eq!(above(&db.store, moved, Axis::ReportsTo, TODAY).await, Some(after));
        assert_eq!(done.gone, [org(&db.store, "1067010009").await]);
        assert_eq!(row(&db.store, "1067010009").await.0.closed, None, "gone from the list is not closed");
    }

    async fn the_second_list_after_a_correction_wrote_over_it(db: TestDatabase) {
        let mut ctx = register(&db.store).await;
        let store = &db.store;
        taken(store, &mut ctx, &list(1..=2)).await;
        let (school, text) = row(store, "1067010001").await;
        let corrected = OrganisationText {
            name_th: "โรงเรียนตัวอย่าง (แก้ไขแล้ว)".to_owned(),
            district_dopa: None,
            ..text
        };
        let rename_to = |text: OrganisationText| Rename {
            organisation: school.id,
            version: None,
            text,
            class: school.class,
            position: None,
            reason: LETTER.to_owned(),
        };
        rename(store, &mut ctx, &rename_to(corrected)).await.unwrap();
        let recoded = Recode {
            organisation: school.id,
            version: None,
            code: "1067010001".to_owned(),
            codes: vec![(CodeKind::Smis, "67019999".to_owned()), (CodeKind::TenDigit, "1067010001".to_owned())],
            reason: LETTER.to_owned(),
        };
        recode(store, &mut ctx, &recoded).await.unwrap();
        // The next lists change something else of the same school, so that its row is theirs again.
        for day in ["17 พ.ค. 2510", "18 พ.ค. 2510"] {
            let done = taken(store, &mut ctx, &list(1..=2).replace("16 พ.ค. 2510", day)).await;
            assert_eq!(counts(&done), [0, 2, 0, 0, 0]);
            let kept: Vec<&str> =
                done.lines[0].fields.iter().filter(|it| !it.taken).map(|it| it.field).collect();
            assert_eq!(kept, ["name_th", "smis_code", "district"], "{day}");
        }
        let (_, text) = row(store, "1067010001").await;
        assert_eq!(text.name_th, "โรงเรียนตัวอย่าง (แก้ไขแล้ว)");
        assert_eq!(text.district_dopa, None, "what a person took away is not filled in again");
        let codes = store::of::<domain::register::OrganisationCode, _>(store, &[school.id]).await.unwrap();
        assert!(codes.iter().any(|kept| kept.row.code == "67019999"), "{codes:?}");
    }

    async fn what_blocks_a_list_is_said_at_its_cells_all_at_once(db: TestDatabase) {
        let mut ctx = register(&db.store).await;
        let csv = "ชื่อโรงเรียน,รหัส SMIS,สังกัด\n\
            โรงเรียนตัวอย่าง 1,67010001,สพป.เชียงใหม่ เขต 9\n\
            โรงเรียนตัวอย่าง 2,67010002,\n\
            โรงเรียนตัวอย่าง 3,67010003,ESAO-PNB1\n";
        let said = wrong(import(&db.store, &mut ctx, &importing(csv)).await);
        assert_eq!(said, [
            ("2 สังกัด".to_owned(), "import.unknown_agency_in_list"),
            ("3 สังกัด".to_owned(), "import.school_without_parent"),
        ]);
        assert!(store::texts::organisations(&db.store, "67010003").await.unwrap().is_empty());
        let parent = Some(org(&db.store, "ESAO-PNB1").await);
        let mut input = importing(&csv.replace("สพป.เชียงใหม่ เขต 9", ""));
        input.parent = parent;
        assert_eq!(counts(&import(&db.store, &mut ctx, &input).await.unwrap()), [3, 0, 0, 0, 0]);
    }

    async fn a_school_of_the_catalogue_is_known_by_its_name_and_gets_its_code(db: TestDatabase) {
        let mut ctx = register(&db.store).await;
        let csv = "ชื่อโรงเรียน,รหัส SMIS,รหัส 10 หลัก,สังกัด\n\
            โรงเรียนราชประชานุเคราะห์ 57,67010057,1067010057,SEB\n";
        let done = taken(&db.store, &mut ctx, csv).await;
        assert_eq!(counts(&done), [0, 1, 0, 0, 0]);
        let id = org(&db.store, "RPK57").await;
        assert_eq!(done.lines[0].organisation, Some(id));
        let codes = store::of::<domain::register::OrganisationCode, _>(&db.store, &[id]).await.unwrap();
        assert_eq!(codes.len(), 2);
        assert!(codes.iter().any(|kept| kept.row.kind == CodeKind::Smis));
        // The codes of two schools in one row are a mistake that only a person can solve.
        let two = "ชื่อโรงเรียน,รหัส,รหัส SMIS,สังกัด\nตัวอย่าง,PANYA-PNB,67010057,SEB\n";
        let said = wrong(import(&db.store, &mut ctx, &importing(two)).await);
        assert_eq!(said, [("2 ชื่อโรงเรียน".to_owned(), "import.school_is_several")]);
    }

    async fn a_planner_without_the_right_sees_no_preview(db: TestDatabase) {
        register(&db.store).await;
        let mut ctx = crate::office::planner();
        ctx.who = actions::Who::Person(domain::ids::PersonId::from_u128(7));
        let no = preview_import(&db.store, &mut ctx, &importing(&list(1..=1))).await;
        assert!(matches!(no, Err(Error::Forbidden { .. })), "{no:?}");
    }
}

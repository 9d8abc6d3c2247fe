//! Words inside Thai compounds are found, in Thai order, and only in what stands.

use crate::make::{Caller, organisation, project};
use domain::{
    ids::OrganisationId,
    organisation::{Organisation, OrganisationText},
};
use store::{
    Store,
    search::{self, Wanted},
};
use testkit::{TestDatabase, on_both_engines};

const NAMES: [&str; 6] = [
    "โรงเรียนเพชรพิทยาคม",
    "สำนักงานเขตพื้นที่การศึกษามัธยมศึกษาเพชรบูรณ์",
    "วิทยาลัยอาชีวศึกษาเพชรบูรณ์",
    "เทศบาลเมืองเพชรบูรณ์",
    "โรงเรียนบ้านกกไทร",
    "โรงเรียน 100% ปลอดขยะ",
];

async fn fill(store: &Store) -> Caller {
    let caller = Caller::default();
    let tx = store.begin().await.unwrap();
    let rows: Vec<_> = (1..)
        .zip(NAMES)
        .map(|(n, name)| caller.fresh(organisation(n, name)))
        .collect();
    store::record(&tx, caller.clock.now(), rows).await.unwrap();
    tx.commit().await.unwrap();
    caller
}

/// Words in everything that is recorded.
pub const fn everywhere(words: &str, limit: u64) -> Wanted<'_> {
    Wanted {
        words,
        province: None,
        limit,
    }
}

async fn found(store: &Store, words: &str) -> Vec<String> {
    let kept = search::organisations(store, everywhere(words, 10))
        .await
        .unwrap();
    kept.into_iter().map(|kept| kept.row.1.name_th).collect()
}

on_both_engines! {
    async fn a_word_inside_a_compound_is_found(database: TestDatabase) {
        fill(&database.store).await;
        assert_eq!(found(&database.store, "มัธยม").await, [NAMES[1]]);
        assert_eq!(found(&database.store, "อาชีวศึกษา").await, [NAMES[2]]);
    }

    async fn two_letters_are_found(database: TestDatabase) {
        fill(&database.store).await;
        assert_eq!(found(&database.store, "กก").await, [NAMES[4]]);
    }

    async fn what_is_found_comes_in_thai_order(database: TestDatabase) {
        fill(&database.store).await;
        // ท (เทศบาล) before ว (วิทยาลัย) before ส (สำนักงาน): เ does not count before its consonant.
        assert_eq!(found(&database.store, "เพชรบูรณ์").await, [NAMES[3], NAMES[2], NAMES[1]]);
    }

    async fn several_words_must_all_be_there(database: TestDatabase) {
        fill(&database.store).await;
        assert_eq!(found(&database.store, "เพชร โรงเรียน").await, [NAMES[0]]);
        assert_eq!(found(&database.store, "  ").await, Vec::<String>::new());
    }

    async fn spaces_digits_and_case_of_the_query_do_not_matter(database: TestDatabase) {
        fill(&database.store).await;
        assert_eq!(found(&database.store, "๑๐๐%").await, [NAMES[5]]);
        assert_eq!(found(&database.store, "ORG-5").await, [NAMES[4]]);
    }

    async fn signs_of_the_query_language_are_letters(database: TestDatabase) {
        fill(&database.store).await;
        for words in ["%", "0% ปลอด", "100%"] {
            assert_eq!(found(&database.store, words).await, [NAMES[5]], "{words}");
        }
        for words in ["_", "\"", "a\" OR \"b", "' or 1=1", "\\", "AND NOT"] {
            assert_eq!(found(&database.store, words).await, Vec::<String>::new(), "{words}");
        }
    }

    async fn a_renamed_organisation_is_found_by_its_new_name_only(database: TestDatabase) {
        let caller = fill(&database.store).await;
        let tx = database.store.begin().await.unwrap();
        store::record(&tx, caller.clock.now(), [caller.fresh(organisation(1, "โรงเรียนวิทยานุกูลนารี"))]).await.unwrap();
        let id = OrganisationId::from_u128(5);
        store::end::<(Organisation, OrganisationText)>(&tx, caller.clock.now(), &[id]).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(found(&database.store, "พิทยาคม").await, Vec::<String>::new());
        assert_eq!(found(&database.store, "บ้านกกไทร").await, Vec::<String>::new());
        assert_eq!(found(&database.store, "นุกูล").await, ["โรงเรียนวิทยานุกูลนารี"]);
    }

    async fn no_more_than_the_limit_is_given(database: TestDatabase) {
        let caller = Caller::default();
        let tx = database.store.begin().await.unwrap();
        let rows: Vec<_> = (1..=30).map(|n| caller.fresh(project(n, 1, "โครงการส่งเสริมนิสัยรักการอ่าน"))).collect();
        store::record(&tx, caller.clock.now(), rows).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(search::projects(&database.store, everywhere("รักการอ่าน", 7)).await.unwrap().len(), 7);
        assert_eq!(search::projects(&database.store, everywhere("โครงการ P-30", 7)).await.unwrap().len(), 1);
    }

    async fn hits_of_other_provinces_took_the_places_of_ones_own(database: TestDatabase) {
        let caller = Caller::default();
        let tx = database.store.begin().await.unwrap();
        let rows: Vec<_> = (1..=60).map(|n| {
            let mut row = organisation(n, "โรงเรียนตัวอย่าง");
            // Of every twenty one here, one of no province, the others elsewhere.
            row.1.province = match n % 20 {
                0 => Some("67".to_owned()),
                1 => None,
                _ => Some("96".to_owned()),
            };
            caller.fresh(row)
        }).collect();
        store::record(&tx, caller.clock.now(), rows).await.unwrap();
        tx.commit().await.unwrap();
        let wanted = Wanted { province: Some("67"), ..everywhere("โรงเรียน", 10) };
        let here = search::organisations(&database.store, wanted).await.unwrap();
        let provinces: Vec<_> = here.iter().map(|kept| kept.row.1.province.as_deref()).collect();
        assert_eq!(provinces.len(), 6);
        assert!(provinces.iter().all(|province| *province != Some("96")));
        // Elements and projects are asked the same way; here there are none.
        assert_eq!(search::nodes(&database.store, wanted).await.unwrap(), []);
        assert_eq!(search::projects(&database.store, wanted).await.unwrap(), []);
    }
}

//! Thai order as bytes that a database can compare: เ แ โ ใ ไ after their consonant, numbers by their value.

use icu_collator::options::{AlternateHandling, CollatorOptions, Strength};
use icu_collator::preferences::CollationNumericOrdering;
use icu_collator::{Collator, CollatorBorrowed, CollatorPreferences};
use std::sync::LazyLock;

/// Which rules made a sort key. Keys of different versions must not be compared: whoever stores keys stores this
/// beside them and makes them anew when it changes.
pub const COLLATION_VERSION: &str =
    "icu_collator 2.4.0; icu_collator_data 2.4.0; th-u-kn; punctuation counts";

/// The key by which `text` is sorted in lists for people; compare the bytes.
///
/// Thai dictionary order (CLDR `th`); a run of digits counts as one number, so 4.2 comes before 4.10 and ๔ beside 4;
/// spaces and punctuation count, because codes such as "4.1" and "41" are not neighbours.
pub fn sort_key(text: &str) -> Vec<u8> {
    let mut key = Vec::with_capacity(text.len() + 8);
    let Ok(()) = COLLATOR.write_sort_key_to(text, &mut key);
    key
}

static COLLATOR: LazyLock<CollatorBorrowed<'static>> = LazyLock::new(|| {
    let mut preferences = CollatorPreferences::from(icu_locale_core::locale!("th"));
    preferences.numeric_ordering = Some(CollationNumericOrdering::True);
    let mut options = CollatorOptions::default();
    options.strength = Some(Strength::Tertiary);
    options.alternate_handling = Some(AlternateHandling::NonIgnorable);
    Collator::try_new(preferences, options).expect("the Thai collation is compiled in")
});

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted<const N: usize>(right: [&str; N]) {
        let mut words = right;
        words.reverse();
        words.sort_by_key(|word| sort_key(word));
        assert_eq!(words, right);
    }

    #[test]
    fn a_vowel_written_first_is_read_after_its_consonant() {
        sorted([
            "กา",
            "เกณฑ์",
            "แก้ว",
            "ไก่",
            "ขวด",
            "เขา",
            "คน",
            "แผน",
            "โรงเรียน",
            "หลัก",
            "ห้อง",
        ]);
    }

    #[test]
    fn the_districts_of_phetchabun_come_in_thai_order() {
        sorted([
            "เขาค้อ",
            "ชนแดน",
            "น้ำหนาว",
            "บึงสามพัน",
            "เมืองเพชรบูรณ์",
            "วังโป่ง",
            "วิเชียรบุรี",
            "ศรีเทพ",
            "หนองไผ่",
            "หล่มเก่า",
            "หล่มสัก",
        ]);
    }

    #[test]
    fn words_that_differ_in_a_tone_are_neighbours() {
        sorted(["ปา", "ป่า", "ป้า", "ป๊า", "ป๋า", "ปาก"]);
    }

    #[test]
    fn codes_sort_by_the_value_of_their_numbers() {
        sorted(["4", "4.1", "4.1.1", "4.2", "4.10", "4.a", "4.b", "41"]);
        sorted(["ยุทธศาสตร์ที่ ๑", "ยุทธศาสตร์ที่ 2", "ยุทธศาสตร์ที่ ๓", "ยุทธศาสตร์ที่ 10"]);
    }

    #[test]
    fn the_version_names_the_crates_that_made_the_keys() {
        let lock = include_str!("../../../../Cargo.lock");
        for part in COLLATION_VERSION.split("; ").take(2) {
            let (name, version) = part.split_once(' ').unwrap();
            let entry = format!("name = \"{name}\"\nversion = \"{version}\"");
            assert!(
                lock.contains(&entry),
                "sort keys changed: {part} is not what is built"
            );
        }
    }
}

//! Money in Thai words, as receipts, contracts and orders have it: หนึ่งหมื่นบาทถ้วน.

use super::Satang;

const DIGITS: [&str; 10] = [
    "",
    "หนึ่ง",
    "สอง",
    "สาม",
    "สี่",
    "ห้า",
    "หก",
    "เจ็ด",
    "แปด",
    "เก้า",
];
const PLACES: [&str; 6] = ["", "สิบ", "ร้อย", "พัน", "หมื่น", "แสน"];
const MILLION: u64 = 1_000_000;

/// The amount in words: "หนึ่งหมื่นบาทถ้วน", "ยี่สิบเอ็ดบาทห้าสิบสตางค์", "ห้าสิบสตางค์", "ศูนย์บาทถ้วน", "ลบหนึ่งบาทถ้วน".
///
/// The units digit 1 is เอ็ด whenever a digit other than zero stands before it (สิบเอ็ด, หนึ่งร้อยเอ็ด, หนึ่งล้านเอ็ด).
pub fn baht_in_words(amount: Satang) -> String {
    let (baht, satang) = (amount.0.unsigned_abs() / 100, amount.0.unsigned_abs() % 100);
    let mut words = String::new();
    if amount.0 < 0 {
        words.push_str("ลบ");
    }
    if baht > 0 || satang == 0 {
        words.push_str(&number_in_words(baht));
        words.push_str("บาท");
    }
    match satang {
        0 => words.push_str("ถ้วน"),
        _ => {
            words.push_str(&number_in_words(satang));
            words.push_str("สตางค์");
        }
    }
    words
}

fn number_in_words(number: u64) -> String {
    if number == 0 {
        return "ศูนย์".to_owned();
    }
    let mut words = String::new();
    write(number, &mut words);
    words
}

/// A number above zero: the millions as a number of their own, then ล้าน, then what is below a million.
fn write(number: u64, words: &mut String) {
    if number >= MILLION {
        write(number / MILLION, words);
        words.push_str("ล้าน");
    }
    let below = number % MILLION;
    for place in (0..6).rev() {
        let digit = (below / 10u64.pow(place) % 10) as usize;
        words.push_str(match (place, digit) {
            (_, 0) => continue,
            (0, 1) if number > 1 => "เอ็ด",
            (1, 1) => "",
            (1, 2) => "ยี่",
            _ => DIGITS[digit],
        });
        words.push_str(PLACES[place as usize]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn money_in_words_as_on_paper() {
        for (satang, words) in [
            (0, "ศูนย์บาทถ้วน"),
            (50, "ห้าสิบสตางค์"),
            (1, "หนึ่งสตางค์"),
            (100, "หนึ่งบาทถ้วน"),
            (1_100, "สิบเอ็ดบาทถ้วน"),
            (2_150, "ยี่สิบเอ็ดบาทห้าสิบสตางค์"),
            (10_100, "หนึ่งร้อยเอ็ดบาทถ้วน"),
            (1_000_000, "หนึ่งหมื่นบาทถ้วน"),
            (53_880_021, "ห้าแสนสามหมื่นแปดพันแปดร้อยบาทยี่สิบเอ็ดสตางค์"),
            (100_000_100, "หนึ่งล้านเอ็ดบาทถ้วน"),
            (1_100_000_000, "สิบเอ็ดล้านบาทถ้วน"),
            (4_182_607_200, "สี่สิบเอ็ดล้านแปดแสนสองหมื่นหกพันเจ็ดสิบสองบาทถ้วน"),
            (100_000_000_000_000, "หนึ่งล้านล้านบาทถ้วน"),
            (-2_000, "ลบยี่สิบบาทถ้วน"),
        ] {
            assert_eq!(baht_in_words(Satang(satang)), words);
        }
    }

    /// Reads the words by another way: it walks over them from the left and knows nothing of how they were made.
    fn read(words: &str) -> Option<i128> {
        let (sign, words) = words
            .strip_prefix("ลบ")
            .map_or((1, words), |rest| (-1, rest));
        let (baht, satang) = match words.split_once("บาท") {
            Some((baht, "ถ้วน")) => (baht, ""),
            Some((baht, satang)) => (baht, satang.strip_suffix("สตางค์")?),
            None => ("", words.strip_suffix("สตางค์")?),
        };
        Some(sign * (read_number(baht)? * 100 + read_number(satang)?))
    }

    fn read_number(mut words: &str) -> Option<i128> {
        let ones = [
            ("ศูนย์", 0),
            ("หนึ่ง", 1),
            ("เอ็ด", 1),
            ("สอง", 2),
            ("ยี่", 2),
            ("สาม", 3),
            ("สี่", 4),
            ("ห้า", 5),
            ("หก", 6),
            ("เจ็ด", 7),
            ("แปด", 8),
            ("เก้า", 9),
        ];
        let tens = [
            ("สิบ", 10),
            ("ร้อย", 100),
            ("พัน", 1_000),
            ("หมื่น", 10_000),
            ("แสน", 100_000),
        ];
        let (mut total, mut digit) = (0, None);
        while !words.is_empty() {
            if let Some((word, value)) = ones.iter().find(|(word, _)| words.starts_with(word)) {
                digit = Some(*value);
                words = &words[word.len()..];
            } else if let Some((word, value)) =
                tens.iter().find(|(word, _)| words.starts_with(word))
            {
                total += digit.take().unwrap_or(1) * value;
                words = &words[word.len()..];
            } else {
                words = words.strip_prefix("ล้าน")?;
                total = (total + digit.take().unwrap_or(0)) * 1_000_000;
            }
        }
        Some(total + digit.unwrap_or(0))
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn another_reader_reads_the_same_amount(satang in prop_oneof![any::<i64>(), -1_000_000i64..1_000_000]) {
            prop_assert_eq!(read(&baht_in_words(Satang(satang))), Some(i128::from(satang)));
        }
    }
}

//! Cuts Thai and English text into the words that carry meaning.

use domain::text::{clean, from_thai_digits};
use icu_segmenter::{WordSegmenter, WordSegmenterBorrowed, options::WordBreakInvariantOptions};

/// Words that stand in every plan and therefore tell nothing about one.
const STOP_WORDS: &[&str] = &[
    "การ",
    "ของ",
    "และ",
    "ใน",
    "ที่",
    "เพื่อ",
    "ให้",
    "ได้",
    "ด้าน",
    "ตาม",
    "โดย",
    "จาก",
    "สู่",
    "ต่อ",
    "กับ",
    "หรือ",
    "มี",
    "เป็น",
    "ความ",
    "ทาง",
    "แก่",
    "ด้วย",
    "แห่ง",
    "ทุก",
    "อย่าง",
    "ระดับ",
    "จังหวัด",
    "โครงการ",
    "กิจกรรม",
    "ดำเนินการ",
    "ดำเนินงาน",
    "ส่งเสริม",
    "พัฒนา",
    "จำนวน",
    "คน",
    "แห่ง",
    "อำเภอ",
    "เขต",
    "สังกัด",
    "the",
    "of",
    "and",
    "in",
    "to",
    "for",
    "by",
    "that",
    "are",
    "all",
    "with",
    "a",
    "an",
    "or",
    "on",
    "at",
    "including",
    "ensure",
];

/// The cutter. Making one loads the dictionary, so keep it.
pub struct Words {
    segmenter: WordSegmenterBorrowed<'static>,
}

impl Default for Words {
    fn default() -> Self {
        Self {
            segmenter: WordSegmenter::new_dictionary(WordBreakInvariantOptions::default()),
        }
    }
}

impl Words {
    /// The meaningful words of `text`, folded (clean, lower case, Arabic digits), in their order, repeats kept.
    pub fn of(&self, text: &str) -> Vec<String> {
        let text = from_thai_digits(&clean(text).text).to_lowercase();
        let mut breaks = self.segmenter.segment_str(&text);
        let mut words = Vec::new();
        let mut start = breaks.next().unwrap_or(0);
        for end in breaks {
            let word = &text[start..end];
            start = end;
            let letters = word.chars().filter(|c| c.is_alphabetic()).count();
            let telling = letters >= 2 || word.chars().filter(char::is_ascii_digit).count() >= 2;
            if telling && !STOP_WORDS.contains(&word) {
                words.push(word.to_owned());
            }
        }
        words
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thai_is_cut_into_words_without_spaces_and_common_words_are_left_out() {
        let words = Words::default().of("โครงการส่งเสริมการอ่านของนักเรียน ป.๖");
        assert!(words.contains(&"อ่าน".to_owned()), "{words:?}");
        assert!(!words.contains(&"ของ".to_owned()), "{words:?}");
    }
}

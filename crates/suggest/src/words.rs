//! Cuts Thai and English text into the words that carry meaning.

use crate::matters;
use icu_segmenter::{WordSegmenter, WordSegmenterBorrowed, options::WordBreakInvariantOptions};

/// Words that tell nothing about one plan or project: particles and prefixes, and words of administration that stand in
/// plans about everything (งาน, ระบบ, การจัด), also as the pieces that the dictionary cuts them into (ขับ|เคลื่อน,
/// แลก|เปลี่ยน). They neither decide a place nor are named as the words that did.
const STOP_WORDS: &[&str] = &[
    "กัน",
    "กับ",
    "การ",
    "การจัด",
    "กิจกรรม",
    "ของ",
    "ขับ",
    "ขึ้น",
    "ข้อ",
    "คน",
    "ครั้ง",
    "ความ",
    "คือ",
    "งาน",
    "จะ",
    "จังหวัด",
    "จัด",
    "จาก",
    "จำนวน",
    "จึง",
    "ซึ่ง",
    "ดังกล่าว",
    "ดำเนิน",
    "ดำเนินการ",
    "ดำเนินงาน",
    "ดี",
    "ด้วย",
    "ด้าน",
    "ตน",
    "ตนเอง",
    "ตาม",
    "ติดตาม",
    "ต่อ",
    "ต่าง",
    "ต่างๆ",
    "ต้อง",
    "ถึง",
    "ทั้ง",
    "ทาง",
    "ทำ",
    "ที่",
    "ทุก",
    "นั้น",
    "นี้",
    "บน",
    "บูรณ",
    "ประจำ",
    "ปี",
    "ผู้",
    "พัฒนา",
    "ภาย",
    "ภายใต้",
    "ภายใน",
    "มาก",
    "มี",
    "ยัง",
    "รวม",
    "รวมถึง",
    "ระดับ",
    "ระบบ",
    "ระหว่าง",
    "รับ",
    "รูปแบบ",
    "ร่วม",
    "ละ",
    "วัน",
    "สังกัด",
    "สามารถ",
    "สำหรับ",
    "สู่",
    "ส่งเสริม",
    "ส่วน",
    "หน่วย",
    "หน่วยงาน",
    "หรือ",
    "หลัก",
    "หลาย",
    "อย่าง",
    "อำเภอ",
    "อื่น",
    "เกี่ยวกับ",
    "เขต",
    "เคลื่อน",
    "เช่น",
    "เปลี่ยน",
    "เป็น",
    "เพิ่ม",
    "เพื่อ",
    "เรื่อง",
    "เหมาะสม",
    "แก่",
    "แต่",
    "แบบ",
    "แผนงาน",
    "แลก",
    "และ",
    "แล้ว",
    "แห่ง",
    "โครงการ",
    "โดย",
    "ใช้",
    "ใน",
    "ใหม่",
    "ให้",
    "ได้",
    "ไป",
    "ไม่",
    "a",
    "all",
    "an",
    "and",
    "are",
    "at",
    "by",
    "ensure",
    "for",
    "in",
    "including",
    "of",
    "on",
    "or",
    "that",
    "the",
    "to",
    "with",
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
    /// The meaningful words of `text`, folded (clean, lower case, Arabic digits), in their order, repeats kept; then the
    /// matters that it names, so that texts meet that call one matter by different names.
    pub fn of(&self, text: &str) -> Vec<String> {
        let matters = matters::named(text).map(str::to_owned);
        let text = matters::folded(text);
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
        words.extend(matters);
        words
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_project_was_given_its_target_by_the_word_for_work() {
        let words = Words::default().of("ระบบงานการจัดการของหน่วยงาน");
        for word in ["งาน", "ระบบ", "การ", "จัด", "หน่วยงาน"]
        {
            assert!(!words.contains(&word.to_owned()), "{word}: {words:?}");
        }
    }

    #[test]
    fn no_word_is_left_out_twice() {
        let mut all = STOP_WORDS.to_vec();
        all.sort_unstable();
        let n = all.len();
        all.dedup();
        assert_eq!(all.len(), n);
    }

    #[test]
    fn thai_is_cut_into_words_without_spaces_and_common_words_are_left_out() {
        let words = Words::default().of("โครงการส่งเสริมการอ่านของนักเรียน ป.๖");
        assert!(words.contains(&"อ่าน".to_owned()), "{words:?}");
        assert!(!words.contains(&"ของ".to_owned()), "{words:?}");
    }
}

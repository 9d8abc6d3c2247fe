//! Text on a page: Thai compounds and figures with their units stay on one line, and runs of the other language say so.

use std::sync::LazyLock;

use domain::locale::Locale;
use domain::names::Name;
use maud::{Markup, PreEscaped, html};

/// Compounds that browsers cut although readers take them for one word, and ordinals that lead to a number.
/// Short ones only: what may not be broken must fit a narrow column.
const ONE_WORD: &[&str] = &[
    "การดำเนินงาน",
    "การศึกษา",
    "การศึกษาธิการ",
    "การเรียนรู้",
    "กิจกรรม",
    "ขั้นตอน",
    "ขั้นพื้นฐาน",
    "ขั้นที่",
    "ขั้นวิกฤต",
    "ขั้นเสี่ยง",
    "ข้อมูล",
    "คณะกรรมการ",
    "คณะทำงาน",
    "ครบกำหนด",
    "ครั้งที่",
    "ครูและบุคลากร",
    "ความก้าวหน้า",
    "ความเสมอภาค",
    "ความเชื่อมโยง",
    "ค่าเป้าหมาย",
    "ค่าใช้จ่าย",
    "งบประมาณ",
    "จังหวัด",
    "ราชนครินทร์",
    "ฉบับที่",
    "ตัวชี้วัด",
    "ทำงาน",
    "นักเรียน",
    "นราธิวาส",
    "ประถมศึกษา",
    "ประเด็นที่",
    "ปฐมวัย",
    "ผู้เรียน",
    "ผู้รับผิดชอบ",
    "พัฒนาการศึกษา",
    "มหาวิทยาลัย",
    "มัธยมศึกษา",
    "ยั่งยืน",
    "ยุทธศาสตร์",
    "ยุทธศาสตร์ชาติ",
    "ยุทธศาสตร์ที่",
    "ระยะที่",
    "รายการ",
    "รายงาน",
    "รายงานแล้ว",
    "ร่องรอย",
    "ส่วนกลาง",
    "สถานศึกษา",
    "สายทอง",
    "สำนักงาน",
    "หน่วยงาน",
    "หมุดหมาย",
    "หมุดหมายที่",
    "ห่วงโซ่คุณค่า",
    "ห้องเรียน",
    "อาชีวศึกษา",
    "อุดมศึกษา",
    "อำเภอ",
    "เชื่อมโยง",
    "เป้าประสงค์",
    "เป้าหมาย",
    "เป้าหมายย่อย",
    "เพชรบูรณ์",
    "แนวทาง",
    "แผนที่นำทาง",
    "แผนปฏิบัติการ",
    "แผนปฏิบัติราชการ",
    "แผนแม่บท",
    "โครงการ",
    "โรงเรียน",
    "ไม่มีข้อมูล",
];

/// The first letter of Thai and how many code points its letters and signs take.
const THAI: (u32, usize) = (0x0E01, 0x5B);

/// The compounds by their first letter, longer ones first.
static BY_LETTER: LazyLock<Vec<Vec<&'static str>>> = LazyLock::new(|| {
    let mut all = vec![Vec::new(); THAI.1];
    for word in ONE_WORD {
        if let Some(list) = letter(word).and_then(|at| all.get_mut(at)) {
            list.push(*word);
        }
    }
    for list in &mut all {
        list.sort_by_key(|word: &&str| std::cmp::Reverse(word.len()));
    }
    all
});

/// Where words that begin like `text` stand in [`BY_LETTER`].
fn letter(text: &str) -> Option<usize> {
    let first = u32::from(text.chars().next()?);
    usize::try_from(first.checked_sub(THAI.0)?)
        .ok()
        .filter(|at| *at < THAI.1)
}

/// The compound with which `text` begins.
fn one_word(text: &str) -> Option<&'static str> {
    BY_LETTER[letter(text)?]
        .iter()
        .find(|word| text.starts_with(**word))
        .copied()
}

const NO_BREAK: char = '\u{a0}';

/// Text for a page, escaped; compounds are kept whole and a figure stays with the word beside it. Nothing that changes
/// copying or searching is added: only `<span class="nb">` and no-break spaces.
pub fn flow(text: &str) -> Markup {
    let mut out = String::with_capacity(text.len() + text.len() / 4);
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        if let Some(word) = one_word(rest) {
            out.push_str("<span class=\"nb\">");
            out.push_str(word);
            out.push_str("</span>");
            at += word.len();
            continue;
        }
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            ' ' if sticks(&text[..at], &rest[1..]) => out.push(NO_BREAK),
            c => out.push(c),
        }
        at += c.len_utf8();
    }
    PreEscaped(out)
}

/// What leads to a number: the number stays with it rather than with what follows.
const LEADS_TO_A_NUMBER: &[&str] = &[
    "ที่",
    "ข้อ",
    "พ.ศ.",
    "ปี",
    "ปีงบประมาณ",
    "ปีการศึกษา",
    "ไตรมาส",
    "ระดับ",
    "เขต",
    "ประเด็น",
    "ณ",
    "ป.",
    "ม.",
    "SDG",
    "SDG4",
    "year",
    "quarter",
    "Target",
    "target",
    "Level",
    "Step",
    "Grade",
    "edition",
    "phase",
    "Milestone",
    "B.E.",
];

/// Whether a word before a number leads to it: `ระยะที่ 2`.
fn leads(before: &str) -> bool {
    LEADS_TO_A_NUMBER.iter().any(|lead| before.ends_with(lead))
}

/// Whether a space may not be broken: between what leads to a number and the number, otherwise between a number and its
/// unit, and before a dot between two parts. A number is tied to one side only, so that nothing grows too long for its
/// column.
fn sticks(before: &str, after: &str) -> bool {
    let (Some(last), Some(next)) = (before.chars().next_back(), after.chars().next()) else {
        return false;
    };
    if next == '·' {
        return true;
    }
    match (last.is_ascii_digit(), next.is_ascii_digit()) {
        (false, true) => leads(before),
        (true, false) => {
            let number = before.rsplit([' ', NO_BREAK]).next().unwrap_or_default();
            let lead = before[..before.len() - number.len()].trim_end_matches([' ', NO_BREAK]);
            next.is_alphabetic() && !leads(lead)
        }
        _ => false,
    }
}

/// Text in the other language than the page's: said to screen readers and to the breaking of lines.
pub fn foreign(language: Locale, text: &str) -> Markup {
    html! { span lang=(language.code()) { (flow(text)) } }
}

/// A name in the reader's language where there is one; otherwise the other one, marked as such.
pub fn name(locale: Locale, th: &str, en: Option<&str>) -> Markup {
    let en = en.filter(|en| !en.is_empty());
    match (locale, en) {
        (Locale::Th, Some(en)) if th.is_empty() => foreign(Locale::En, en),
        (Locale::Th, _) => flow(th),
        (Locale::En, Some(en)) => flow(en),
        (Locale::En, None) => foreign(Locale::Th, th),
    }
}

/// The name of a thing of the chain.
pub fn name_of(locale: Locale, of: &Name) -> Markup {
    name(locale, &of.name_th, of.name_en.as_deref())
}

/// Text in which the given byte ranges (sorted, apart from each other) are marked: what a search found.
pub fn marked(text: &str, found: &[std::ops::Range<usize>]) -> Markup {
    let mut at = 0;
    let mut out = String::with_capacity(text.len() * 2);
    for range in found {
        if let (Some(before), Some(hit)) = (text.get(at..range.start), text.get(range.clone())) {
            out.push_str(&flow(before).0);
            out.push_str(&html! { mark { (hit) } }.0);
            at = range.end;
        }
    }
    out.push_str(&flow(text.get(at..).unwrap_or_default()).0);
    PreEscaped(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compounds_stay_whole_and_the_text_stays_the_same() {
        let shown = flow("หน่วยงานรายงานแล้ว 11/14 หน่วยงาน").into_string();
        assert_eq!(
            shown.matches("<span class=\"nb\">หน่วยงาน</span>").count(),
            2
        );
        let plain = shown
            .replace("<span class=\"nb\">", "")
            .replace("</span>", "")
            .replace(NO_BREAK, " ");
        assert_eq!(plain, "หน่วยงานรายงานแล้ว 11/14 หน่วยงาน");
    }

    #[test]
    fn the_longest_compound_wins() {
        assert_eq!(one_word("ยุทธศาสตร์ชาติ ด้าน"), Some("ยุทธศาสตร์ชาติ"));
        assert_eq!(one_word("ยุทธศาสตร์ของ"), Some("ยุทธศาสตร์"));
        assert_eq!(one_word("SDG"), None);
        let found: usize = BY_LETTER.iter().map(Vec::len).sum();
        assert_eq!(found, ONE_WORD.len());
    }

    #[test]
    fn a_figure_stays_with_its_word_but_two_figures_may_part() {
        assert_eq!(flow("พ.ศ. 2570").into_string(), "พ.ศ.\u{a0}2570");
        assert_eq!(flow("43 projects").into_string(), "43\u{a0}projects");
        assert_eq!(flow("2569 2570").into_string(), "2569 2570");
        assert_eq!(
            flow("ระดับที่ 2 และ 3 ข้อ").into_string(),
            "ระดับที่\u{a0}2 และ 3\u{a0}ข้อ"
        );
        assert_eq!(
            flow("goal 120101 of 12").into_string(),
            "goal 120101\u{a0}of 12"
        );
        assert_eq!(flow("a · b").into_string(), "a\u{a0}· b");
    }

    #[test]
    fn what_looks_like_markup_is_escaped() {
        assert_eq!(flow("<b>&\"").into_string(), "&lt;b&gt;&amp;&quot;");
    }

    #[test]
    fn a_name_without_english_says_that_it_is_thai() {
        assert_eq!(
            name(Locale::En, "แผน", None).into_string(),
            "<span lang=\"th\">แผน</span>"
        );
        assert_eq!(name(Locale::En, "แผน", Some("Plan")).into_string(), "Plan");
        assert_eq!(
            name(Locale::Th, "", Some("Plan")).into_string(),
            "<span lang=\"en\">Plan</span>"
        );
    }

    #[test]
    fn what_a_search_found_is_marked_where_it_stands() {
        let text = "อบรมครู ป.3";
        let found: Vec<_> = text
            .match_indices("ครู")
            .map(|(at, hit)| at..at + hit.len())
            .collect();
        assert_eq!(
            marked(text, &found).into_string(),
            "อบรม<mark>ครู</mark> ป.3"
        );
    }
}

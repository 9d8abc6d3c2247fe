//! Text on a page: Thai compounds and figures with their units stay on one line, and runs of the other language say so.

use domain::locale::Locale;
use domain::names::Name;
use maud::{Markup, PreEscaped, html};

/// Compounds that browsers cut although readers take them for one word, longest first among those that begin alike.
/// Short ones only: what may not be broken must fit a narrow column.
const ONE_WORD: &[&str] = &[
    "การศึกษาธิการ",
    "การศึกษา",
    "การเรียนรู้",
    "การดำเนินงาน",
    "ขั้นตอน",
    "ข้อมูล",
    "คณะกรรมการ",
    "คณะทำงาน",
    "ครูและบุคลากร",
    "ความเชื่อมโยง",
    "ความก้าวหน้า",
    "ค่าเป้าหมาย",
    "เชื่อมโยง",
    "ตัวชี้วัด",
    "ทำงาน",
    "นราธิวาส",
    "แนวทาง",
    "เป้าหมายย่อย",
    "เป้าหมาย",
    "เป้าประสงค์",
    "แผนที่นำทาง",
    "แผนแม่บท",
    "ผู้รับผิดชอบ",
    "พัฒนาการศึกษา",
    "เพชรบูรณ์",
    "มหาวิทยาลัย",
    "ไม่มีข้อมูล",
    "ยั่งยืน",
    "ยุทธศาสตร์ชาติ",
    "ยุทธศาสตร์",
    "ร่องรอย",
    "โรงเรียน",
    "รายงาน",
    "รายการ",
    "สถานศึกษา",
    "สายทอง",
    "สำนักงาน",
    "ห่วงโซ่คุณค่า",
    "ห้องเรียน",
    "หน่วยงาน",
    "หมุดหมาย",
    "อาชีวศึกษา",
    "อำเภอ",
];

const NO_BREAK: char = '\u{a0}';

/// Text for a page, escaped; compounds are kept whole and a figure stays with the word beside it. Nothing that changes
/// copying or searching is added: only `<span class="nb">` and no-break spaces.
pub fn flow(text: &str) -> Markup {
    let mut out = String::with_capacity(text.len() + text.len() / 4);
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        if let Some(word) = ONE_WORD.iter().find(|word| rest.starts_with(**word)) {
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

/// Whether a space joins a figure and a word (`43 โครงการ`, `พ.ศ. 2570`), or a dot between to the word before it.
fn sticks(before: &str, after: &str) -> bool {
    let (last, next) = (before.chars().next_back(), after.chars().next());
    let (Some(last), Some(next)) = (last, next) else { return false };
    next == '·' || (last.is_ascii_digit() != next.is_ascii_digit() && next != '(' && next != '–')
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
        assert_eq!(shown.matches("<span class=\"nb\">หน่วยงาน</span>").count(), 2);
        let plain = shown.replace("<span class=\"nb\">", "").replace("</span>", "").replace(NO_BREAK, " ");
        assert_eq!(plain, "หน่วยงานรายงานแล้ว 11/14 หน่วยงาน");
    }

    #[test]
    fn a_figure_stays_with_its_word_but_two_figures_may_part() {
        assert_eq!(flow("พ.ศ. 2570").into_string(), "พ.ศ.\u{a0}2570");
        assert_eq!(flow("43 projects").into_string(), "43\u{a0}projects");
        assert_eq!(flow("2569 2570").into_string(), "2569 2570");
        assert_eq!(flow("a · b").into_string(), "a\u{a0}· b");
    }

    #[test]
    fn what_looks_like_markup_is_escaped() {
        assert_eq!(flow("<b>&\"").into_string(), "&lt;b&gt;&amp;&quot;");
    }

    #[test]
    fn a_name_without_english_says_that_it_is_thai() {
        assert_eq!(name(Locale::En, "แผน", None).into_string(), "<span lang=\"th\">แผน</span>");
        assert_eq!(name(Locale::En, "แผน", Some("Plan")).into_string(), "Plan");
        assert_eq!(name(Locale::Th, "", Some("Plan")).into_string(), "<span lang=\"en\">Plan</span>");
    }

    #[test]
    fn what_a_search_found_is_marked_where_it_stands() {
        let text = "อบรมครู ป.3";
        let at = text.find("ครู").unwrap();
        assert_eq!(marked(text, &[at..at + "ครู".len()]).into_string(), "อบรม<mark>ครู</mark> ป.3");
    }
}

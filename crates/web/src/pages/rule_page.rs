//! The page of a rule in one language: its documentation holds each heading and paragraph in Thai and in English.

use domain::locale::Locale;

/// A section under a heading of the second level.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Section<'a> {
    pub heading: &'a str,
    /// Paragraphs in Markdown.
    pub words: String,
    /// What the rule is tested with.
    pub blocks: Vec<Block>,
}

/// A fenced block: a plan in the notation of the tests, or what the rule finds in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Block {
    pub text: String,
    pub is_found: bool,
}

/// The sections of the page in the language. What stands before the first one, title and severity, is on the page already.
pub(super) fn sections(page: &str, locale: Locale) -> Vec<Section<'_>> {
    let mut sections: Vec<Section<'_>> = Vec::new();
    let mut open: Option<Block> = None;
    for line in page.lines() {
        if let Some(mut block) = open.take() {
            if line.starts_with("```") {
                if let Some(section) = sections.last_mut().filter(|_| !block.text.is_empty()) {
                    section.blocks.push(block);
                }
                continue;
            }
            // What is found stands there in both languages, line by line.
            if !block.is_found || language(line) == locale {
                block.text.push_str(line);
                block.text.push('\n');
            }
            open = Some(block);
        } else if let Some(kind) = line.strip_prefix("```") {
            open = Some(Block {
                text: String::new(),
                is_found: kind == "findings",
            });
        } else if let Some(words) = line.strip_prefix("## ") {
            sections.push(Section {
                heading: heading(words, locale),
                ..Section::default()
            });
        } else if let Some(section) = sections.last_mut()
            && (line.is_empty() || language(line) == locale)
        {
            section.words.push_str(line);
            section.words.push('\n');
        }
    }
    sections
}

/// "เพราะเหตุใด / Why" in one language; of "กรณีพิเศษ / Special case: ชื่อ · Name" the name.
fn heading(words: &str, locale: Locale) -> &str {
    let (rest, between) = match words.split_once(": ") {
        Some((_, name)) => (name, " · "),
        None => (words, " / "),
    };
    match (rest.split_once(between), locale) {
        (Some((thai, _)), Locale::Th) => thai,
        (Some((_, english)), Locale::En) => english,
        (None, _) => rest,
    }
}

/// The language of a line: Thai where most of its letters are, for either may quote the other.
fn language(line: &str) -> Locale {
    let thai = line
        .chars()
        .filter(|c| ('\u{e00}'..='\u{e7f}').contains(c))
        .count();
    let latin = line.chars().filter(char::is_ascii_alphabetic).count();
    if thai > latin { Locale::Th } else { Locale::En }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_of_a_rule_was_in_two_languages_at_once() {
        for rule in checks::rules() {
            let (thai, english) = (
                sections(rule.page, Locale::Th),
                sections(rule.page, Locale::En),
            );
            assert!(thai.len() >= 5 && thai.len() == english.len(), "{rule:?}");
            for (thai, english) in thai.iter().zip(&english) {
                let place = format!("{rule:?} {}", english.heading);
                assert_eq!(language(thai.heading), Locale::Th, "{place}");
                assert_eq!(language(english.heading), Locale::En, "{place}");
                let (th, en) = (paragraphs(thai), paragraphs(english));
                assert!(th > 0 && th == en, "{place}: {th} {en}");
                assert_eq!(thai.blocks.len(), english.blocks.len(), "{place}");
                for (one, other) in thai.blocks.iter().zip(&english.blocks) {
                    assert_eq!(
                        one.text.lines().count(),
                        other.text.lines().count(),
                        "{place}"
                    );
                }
            }
        }
    }

    fn paragraphs(section: &Section<'_>) -> usize {
        section
            .words
            .lines()
            .filter(|line| !line.is_empty())
            .count()
    }

    #[test]
    fn a_special_case_is_headed_by_its_name() {
        let words = "กรณีพิเศษ / Special case: ปีการศึกษา · An academic year";
        assert_eq!(heading(words, Locale::Th), "ปีการศึกษา");
        assert_eq!(heading(words, Locale::En), "An academic year");
        assert_eq!(heading("เพราะเหตุใด / Why", Locale::En), "Why");
    }
}

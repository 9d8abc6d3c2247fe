//! `search_key`: what is compared when people look for something, and when two texts are asked to be the same.

use super::clean::{clean, composed};
use super::digits::arabic;
use super::thai::REPLACEMENT;

/// The folded text that is searched and compared; never shown.
///
/// It is `clean`, then: ๐–๙ as 0–9, small letters, one kind of dash and of quotation mark, and **no spaces**
/// and no U+FFFD. Thai has no spaces between words and copies from books break words with spaces anywhere, so a space
/// says nothing about where a word ends; a query is folded in the same way, so English phrases are still found.
/// ำ and tones stay: they tell words apart (ทำ, ทา, ท่า). Folding twice changes nothing.
pub fn search_key(text: &str) -> String {
    let folded = composed(clean(text).text.chars().flat_map(fold).collect());
    // What stood on both sides of a space or of U+FFFD may now belong together: `ํ า` is ำ.
    let joined = clean(&folded).text;
    if joined == folded {
        folded
    } else {
        search_key(&joined)
    }
}

/// Letter by letter, so that the key of a part is a part of the key of the whole.
fn fold(c: char) -> impl Iterator<Item = char> {
    let (gone, c) = match c {
        REPLACEMENT => (true, c),
        c if c.is_whitespace() => (true, c),
        '\u{2010}'..='\u{2015}' | '\u{2212}' => (false, '-'),
        '\u{2018}' | '\u{2019}' => (false, '\''),
        '\u{201C}' | '\u{201D}' => (false, '"'),
        'ς' => (false, 'σ'),
        c => (false, arabic(c)),
    };
    let twice = c == 'ß' || c == 'ẞ';
    let small = if twice { 's' } else { c };
    let small = small.to_lowercase().take(if gone { 0 } else { 3 });
    small.chain(std::iter::repeat_n('s', usize::from(twice)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn people_find_what_they_type() {
        let stored = search_key("แผนพัฒนาการศึกษา พ.ศ. ๒๕๖๖–๒๕๗๐ (SDG4 Roadmap)");
        for typed in [
            "2566-2570",
            "พ.ศ.2566",
            "การ ศึกษา",
            "sdg4 road",
            "๒๕๖๖ – ๒๕๗๐",
        ] {
            assert!(stored.contains(&search_key(typed)), "{typed}");
        }
        assert!(!stored.contains(&search_key("2571")));
    }

    #[test]
    fn words_that_differ_in_one_mark_stay_apart() {
        let keys = ["ทำ", "ทา", "ท่า", "ท้า"].map(search_key);
        for (i, key) in keys.iter().enumerate() {
            assert!(!keys[i + 1..].contains(key), "{key}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn folding_twice_changes_nothing(
            text in prop_oneof!["[ก-ฮะ-ฺเ-๙ \u{200B}\u{FFFD}a-cA-CÄİßΣς\n–]{0,24}", any::<String>()]
        ) {
            let once = search_key(&text);
            prop_assert_eq!(search_key(&once), once.clone());
            prop_assert!(!once.contains(char::is_whitespace));
        }

        #[test]
        fn clean_text_and_the_text_as_typed_have_one_key(text in any::<String>()) {
            prop_assert_eq!(search_key(&clean(&text).text), search_key(&text));
        }
    }
}

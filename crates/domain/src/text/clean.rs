//! `clean`: the form in which every text is stored. It repairs only what is certain without knowing a word.

use super::thai::{
    NIKHAHIT, REPLACEMENT, SARA_AA, SARA_AM, is_consonant, is_mark, is_tone_or_silencer,
    is_vowel_sign,
};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// A text in the form in which it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clean {
    /// The text.
    pub text: String,
    /// It holds U+FFFD: a letter was lost on the way here and only a person can tell which.
    pub damaged: bool,
}

/// The text as it is stored: NFC, Thai marks in the order of the keyboard standard (WTT 2.0: vowel, then tone),
/// ำ and แ as one letter each, no invisible characters, plain single spaces, trimmed lines, `\n` between lines.
///
/// Nothing that can be read is lost: the same letters remain, and U+FFFD stays and is reported. Only the layout of
/// spaces (indents, tabs, runs) is not kept: fields hold sentences. Cleaning twice changes nothing.
pub fn clean(text: &str) -> Clean {
    let text = text.replace("\r\n", "\n");
    let mut text = composed(text.chars().filter_map(readable).collect());
    // NFC and `arrange` both sort marks and neither undoes the other, but one can give the other something to do.
    loop {
        let arranged = arrange(&text);
        if arranged == text {
            break;
        }
        text = composed(arranged);
    }
    let text = single_spaces(&text);
    let damaged = text.contains(REPLACEMENT);
    Clean { text, damaged }
}

/// The text in NFC. Nearly every text is in it already, and looking is much cheaper than composing.
pub(super) fn composed(text: String) -> String {
    match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => text,
        _ => text.nfc().collect(),
    }
}

/// The character as it is kept: `None` for the invisible, a space for any space, `\n` for any line break.
fn readable(c: char) -> Option<char> {
    match c {
        '\n' | '\r' | '\u{0B}' | '\u{0C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
        '\t'
        | '\u{A0}'
        | '\u{1680}'
        | '\u{2000}'..='\u{200A}'
        | '\u{202F}'
        | '\u{205F}'
        | '\u{3000}' => Some(' '),
        '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' => None,
        '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}' => None,
        // PostgreSQL refuses NUL; no control character can be read.
        c if c.is_control() => None,
        '\u{F700}'..='\u{F71A}' => Some(letter_of_glyph(c)),
        c => Some(c),
    }
}

/// Thai fonts of the 1990s kept shifted shapes of the marks in the private area, and copies from old files still
/// carry them. The table is the one of those fonts (code page 874 with extensions), U+F700 to U+F71A.
fn letter_of_glyph(c: char) -> char {
    const LETTERS: [char; 27] = [
        'ฐ', 'ิ', 'ี', 'ึ', 'ื', '่', '้', '๊', '๋', '์', '่', '้', '๊', '๋', '์', 'ญ', 'ั', 'ํ', '็', '่', '้', '๊',
        '๋', '์', 'ุ', 'ู', 'ฺ',
    ];
    let place = (c as usize).wrapping_sub(0xF700);
    LETTERS.get(place).copied().unwrap_or(c)
}

/// Puts the marks of each letter in order (vowel, then tone or ์, each once), joins ํ and า into ำ, เเ into แ, and
/// brings a tone that was typed after า or ำ back to its consonant.
fn arrange(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut i = 0;
    while i < chars.len() {
        match chars[i] {
            'เ' if chars.get(i + 1) == Some(&'เ') => {
                out.push('แ');
                i += 2;
            }
            c if is_vowel_sign(c) || is_tone_or_silencer(c) || c == SARA_AA || c == SARA_AM => {
                i += signs(&chars[i..], &mut out);
            }
            c => {
                out.push(c);
                i += 1;
            }
        }
    }
    out
}

/// Writes the signs that follow one letter in order; returns how many characters it read.
fn signs(chars: &[char], out: &mut String) -> usize {
    let count = |from: usize, which: fn(char) -> bool| {
        let rest = chars[from..].iter();
        rest.take_while(|c| which(**c)).count()
    };
    let marks = count(0, |c| is_vowel_sign(c) || is_tone_or_silencer(c));
    let mut aa = chars
        .get(marks)
        .copied()
        .filter(|c| [SARA_AA, SARA_AM].contains(c));
    let sits = marks > 0 || out.ends_with(is_consonant) || out.ends_with(is_mark);
    let after = match aa {
        // Nothing sits on า or ำ: what comes after belongs before. Without a consonant there is no place for it.
        Some(_) if sits => count(marks + 1, |c| c == NIKHAHIT || is_tone(c)),
        _ => 0,
    };
    let read = marks + usize::from(aa.is_some()) + after;
    let mut vowels = Vec::new();
    let mut tones = Vec::new();
    for c in chars[..read].iter().copied() {
        let list = if is_vowel_sign(c) {
            &mut vowels
        } else if is_tone_or_silencer(c) {
            &mut tones
        } else {
            continue;
        };
        if list.last() != Some(&c) {
            list.push(c);
        }
    }
    if aa.is_some() && vowels.contains(&NIKHAHIT) {
        vowels.retain(|c| *c != NIKHAHIT);
        aa = Some(SARA_AM);
    }
    out.extend(vowels.into_iter().chain(tones).chain(aa));
    read
}

/// ่ ้ ๊ ๋.
fn is_tone(c: char) -> bool {
    matches!(c, '\u{0E48}'..='\u{0E4B}')
}

/// One space between words, none at the ends of lines, no empty lines at the ends of the text.
fn single_spaces(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (i, line) in text.trim().split('\n').enumerate() {
        if i > 0 {
            out.push('\n');
        }
        for (j, word) in line.split(' ').filter(|word| !word.is_empty()).enumerate() {
            if j > 0 {
                out.push(' ');
            }
            out.push_str(word);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cleaned(text: &str) -> String {
        clean(text).text
    }

    #[test]
    fn a_tone_typed_before_its_vowel_goes_after_it() {
        for (typed, right) in [
            ("ท\u{E48}\u{E35}", "ท\u{E35}\u{E48}"),
            ("ส\u{E4C}\u{E34}", "ส\u{E34}\u{E4C}"),
            ("ร\u{E49}\u{E39}", "ร\u{E39}\u{E49}"),
            ("ร\u{E49}\u{E39}\u{E49}", "ร\u{E39}\u{E49}"),
        ] {
            assert_eq!(cleaned(typed), right);
        }
    }

    #[test]
    fn sara_am_is_one_letter_however_it_was_typed() {
        for typed in [
            "น\u{E49}\u{E4D}\u{E32}",
            "น\u{E4D}\u{E49}\u{E32}",
            "น\u{E4D}\u{E32}\u{E49}",
            "น\u{E49}\u{E32}\u{E4D}",
            "น\u{E32}\u{E4D}\u{E49}",
            "น\u{E32}\u{E49}\u{E4D}",
            "น\u{E33}\u{E49}",
            "น\u{E49}\u{E4D}\u{E33}",
        ] {
            assert_eq!(cleaned(typed), "น\u{E49}\u{E33}", "{typed:?}");
        }
    }

    #[test]
    fn what_cannot_be_seen_goes_and_what_was_lost_is_reported() {
        let clean = clean("\u{FEFF}งาน\u{200B}วิจัย\u{A0}\u{3000} ปี\u{AD}แรก\u{0} ");
        assert_eq!((clean.text.as_str(), clean.damaged), ("งานวิจัย ปีแรก", false));
        let damaged = super::clean("ท\u{FFFD}งาน");
        assert_eq!(
            (damaged.text.as_str(), damaged.damaged),
            ("ท\u{FFFD}งาน", true)
        );
    }

    #[test]
    fn lines_stay_lines() {
        assert_eq!(cleaned(" ก  ข \r\n\r\n\tค\r ง\n\n"), "ก ข\n\nค\nง");
    }

    #[test]
    fn marks_of_old_fonts_become_letters() {
        assert_eq!(cleaned("ป\u{F702}\u{F706}"), "ป\u{E35}\u{E49}");
        assert_eq!(cleaned("\u{F70F}\u{F718}"), "ญ\u{E38}");
        assert_eq!(letter_of_glyph('\u{F71A}'), '\u{E3A}');
    }

    /// Text as it comes: mostly Thai in any order, with everything that `clean` has an opinion on.
    fn anything() -> impl Strategy<Value = String> {
        let thai = "[ก-ฮะ-ฺเ-๎๐-๙\u{E31}-\u{E4E} \u{200B}\u{FFFD}\u{F700}-\u{F71A}\n\r\ta-c]{0,24}";
        prop_oneof![3 => thai, 1 => any::<String>()]
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn cleaning_twice_changes_nothing(text in anything()) {
            let once = clean(&text);
            prop_assert_eq!(&clean(&once.text), &once);
        }

        #[test]
        fn cleaning_loses_no_letter(text in anything()) {
            let letters = |text: &str| {
                let known = |c: &char| is_consonant(*c) || c.is_ascii_alphanumeric() || *c == REPLACEMENT;
                text.chars().filter(known).collect::<String>()
            };
            // The two glyphs of the old fonts that are whole letters come back as those letters.
            let read: String = text.chars().filter_map(readable).collect();
            prop_assert_eq!(letters(&clean(&text).text), letters(&read));
        }

        #[test]
        fn a_clean_text_has_no_mark_out_of_order(text in anything()) {
            let chars: Vec<char> = clean(&text).text.chars().collect();
            for pair in chars.windows(2) {
                prop_assert!(!(is_tone_or_silencer(pair[0]) && is_vowel_sign(pair[1])));
                prop_assert!(!(pair[0] == 'เ' && pair[1] == 'เ'));
                prop_assert!(!(pair[0] == NIKHAHIT && pair[1] == SARA_AA));
            }
        }
    }
}

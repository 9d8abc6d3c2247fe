//! What the letters of Thai are: which stand, which sit above or below another, which come first.

/// ำ, written as one letter.
pub(crate) const SARA_AM: char = '\u{0E33}';
/// า.
pub(crate) const SARA_AA: char = '\u{0E32}';
/// ํ, the ring of ำ.
pub(crate) const NIKHAHIT: char = '\u{0E4D}';
/// What a decoder leaves where it could not read.
pub(crate) const REPLACEMENT: char = '\u{FFFD}';

/// ก to ฮ.
pub(crate) const fn is_consonant(c: char) -> bool {
    matches!(c, 'ก'..='ฮ')
}

/// เ แ โ ใ ไ: written before the consonant they follow in speech.
pub(crate) const fn is_leading_vowel(c: char) -> bool {
    matches!(c, 'เ'..='ไ')
}

/// Vowel signs above or below a consonant, with ็ and the ring ํ: ั ิ ี ึ ื ุ ู ็ ํ.
pub(crate) const fn is_vowel_sign(c: char) -> bool {
    matches!(
        c,
        '\u{0E31}' | '\u{0E34}'..='\u{0E39}' | '\u{0E47}' | '\u{0E4D}'
    )
}

/// ่ ้ ๊ ๋ and ์, which stand above everything else.
pub(crate) const fn is_tone_or_silencer(c: char) -> bool {
    matches!(c, '\u{0E48}'..='\u{0E4C}')
}

/// Any sign that sits on another letter.
pub(crate) const fn is_mark(c: char) -> bool {
    is_vowel_sign(c) || is_tone_or_silencer(c) || matches!(c, '\u{0E3A}' | '\u{0E4E}')
}

/// A letter of Thai that stands by itself.
pub(crate) const fn is_letter(c: char) -> bool {
    matches!(c, 'ก'..='ฮ' | 'ะ' | SARA_AA | SARA_AM | 'เ'..='ๅ')
}

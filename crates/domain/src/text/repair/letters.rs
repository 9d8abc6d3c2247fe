//! Text as letters that carry marks, so that a moved or lost mark is a small difference and not another word.

use super::super::thai::{
    NIKHAHIT, REPLACEMENT, SARA_AA, SARA_AM, is_leading_vowel, is_letter, is_mark,
};
use std::ops::{BitAnd, BitOr, Not};

/// A set of the signs that sit on a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Marks(u32);

impl Marks {
    pub(super) const NONE: Marks = Marks(0);
    /// The ring of ำ.
    pub(super) const RING: Marks = Marks::of(NIKHAHIT);

    const fn of(mark: char) -> Self {
        Self(1 << (mark as u32 - 0x0E31))
    }

    pub(super) fn is_empty(self) -> bool {
        self == Self::NONE
    }

    /// What is in `self` and not in `other`.
    pub(super) fn without(self, other: Marks) -> Marks {
        self & !other
    }
}

impl BitAnd for Marks {
    type Output = Marks;
    fn bitand(self, other: Marks) -> Marks {
        Marks(self.0 & other.0)
    }
}

impl BitOr for Marks {
    type Output = Marks;
    fn bitor(self, other: Marks) -> Marks {
        Marks(self.0 | other.0)
    }
}

impl Not for Marks {
    type Output = Marks;
    fn not(self) -> Marks {
        Marks(!self.0)
    }
}

/// What stands between a letter and the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gap {
    /// Nothing.
    None,
    /// A space.
    Space,
    /// U+FFFD, with or without spaces.
    Lost,
}

/// One letter with its marks. ำ is the ring on the letter before and า, as it is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Letter {
    /// A Thai letter, or any other character as it stands.
    pub(super) base: char,
    pub(super) marks: Marks,
    /// Where it begins in the text, in bytes.
    pub(super) start: usize,
    /// Where it ends, with its marks.
    pub(super) end: usize,
    /// Before it.
    pub(super) gap: Gap,
}

impl Letter {
    /// Digits, Latin letters, signs and line breaks end a word.
    pub(super) fn is_thai(&self) -> bool {
        is_letter(self.base)
    }

    /// เ แ โ ใ ไ: they belong to the letter after them.
    pub(super) fn leans_forward(&self) -> bool {
        is_leading_vowel(self.base)
    }

    /// า ะ ๅ: they belong to the letter before them, even over a space.
    pub(super) fn leans_back(&self) -> bool {
        matches!(self.base, 'ะ' | SARA_AA | SARA_AM | 'ๅ')
    }
}

/// The letters of a clean text and, as the last one, a line break for its end. Spaces and U+FFFD become gaps; a mark
/// after a gap returns to the letter before it.
pub(super) fn letters(text: &str) -> Vec<Letter> {
    let mut out: Vec<Letter> = Vec::new();
    let mut gap = Gap::None;
    for (start, c) in text.char_indices() {
        let end = start + c.len_utf8();
        match (c, out.last_mut().filter(|last| last.is_thai())) {
            (' ', _) => gap = if gap == Gap::Lost { gap } else { Gap::Space },
            (REPLACEMENT, _) => gap = Gap::Lost,
            (c, Some(last)) if is_mark(c) => {
                last.marks = last.marks | Marks::of(c);
                last.end = end;
            }
            (c, last) => {
                let mut base = c;
                if let (SARA_AM, Some(last)) = (c, last) {
                    last.marks = last.marks | Marks::RING;
                    base = SARA_AA;
                }
                let marks = Marks::NONE;
                out.push(Letter {
                    base,
                    marks,
                    start,
                    end,
                    gap,
                });
                gap = Gap::None;
            }
        }
    }
    let (start, end) = (text.len(), text.len());
    out.push(Letter {
        base: '\n',
        marks: Marks::NONE,
        start,
        end,
        gap,
    });
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_belong_to_their_letter_and_gaps_to_the_next() {
        let found = letters("น้ำ ดี");
        let bases: String = found.iter().map(|letter| letter.base).collect();
        assert_eq!(bases, "นาด\n");
        assert_eq!(found[0].marks, Marks::of('\u{E49}') | Marks::RING);
        assert_eq!((found[0].end, found[1].start), (6, 6));
        assert_eq!(found[2].gap, Gap::Space);
        assert_eq!(letters("ก\u{FFFD} \u{E33}")[1].gap, Gap::Lost);
    }
}

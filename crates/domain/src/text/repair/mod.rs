//! `repair`: what a person is asked, because only knowing words can tell.
//!
//! Copies from PDF and flip-books move a mark one letter to the right, put spaces inside words, lose the ring of ำ.
//! Without its marks such a word still has its letters in order, so they are looked up in a [`Lexicon`] of clean
//! phrases, and the cheapest way to cover the whole text with words, damaged words and unknown letters decides. A text
//! that can be covered without damage gets no suggestion.

mod damage;
mod letters;
mod lexicon;

pub use lexicon::Lexicon;

use damage::{Damage, Place, compare};
use letters::{Gap, Letter, letters};
use lexicon::{Reading, Word};
use serde::Serialize;
use std::ops::Range;

coded! {
    /// What seems to have happened to a word.
    pub enum Reason {
        /// A vowel sign or tone stands one letter too far right.
        MovedMark = "moved_mark",
        /// ำ lost its ring, has one too many, or holds a letter that could not be read.
        BrokenSaraAm = "broken_sara_am",
        /// A sign is missing.
        LostMark = "lost_mark",
        /// One sign was read as another.
        MistakenMark = "mistaken_mark",
        /// A space stands inside a word.
        SpaceInside = "space_inside",
    }
}

/// A word that is probably damaged, and what it probably was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Suggestion {
    /// Where, in bytes of the text that was asked about.
    pub range: Range<usize>,
    /// What stands there.
    pub found: String,
    /// What the lexicon has instead.
    pub suggestion: String,
    /// What seems to have happened.
    pub reason: Reason,
}

impl Suggestion {
    /// One suggestion of two that touch.
    fn with(self, other: Suggestion, text: &str) -> Suggestion {
        let range = self.range.start..other.range.end;
        let found = text[range.clone()].to_owned();
        let suggestion = self.suggestion + &other.suggestion;
        Suggestion {
            range,
            found,
            suggestion,
            reason: self.reason,
        }
    }
}

/// What a letter costs that no word of the lexicon covers.
const UNKNOWN: u32 = 10;
/// What a word costs: few long words are a better reading than many short ones.
const WORD: u32 = 3;

/// How a stretch of letters is read.
enum Step<'a> {
    /// One letter that no word covers, or that is none of Thai.
    Letter,
    /// So many letters that the lexicon has as they stand.
    Known(usize),
    /// Letters that the lexicon has with other marks or without gaps.
    Damaged(Fit<'a>),
    /// Two runs, where a mark of the first stands on the first letter of the second.
    Both(Fit<'a>, Fit<'a>),
}

/// A reading that letters may have had, and what must have happened to them.
type Fit<'a> = (&'a Reading, Damage);

impl Step<'_> {
    fn letters(&self) -> usize {
        match self {
            Step::Letter => 1,
            Step::Known(letters) => *letters,
            Step::Damaged((reading, _)) => reading.marks.len(),
            Step::Both((one, _), (other, _)) => one.marks.len() + other.marks.len(),
        }
    }
}

impl Lexicon {
    /// What in a clean text is probably damaged, in the order of the text; the ranges do not overlap.
    pub fn suggest(&self, text: &str) -> Vec<Suggestion> {
        let letters = letters(text);
        let mut found = Vec::new();
        let mut at = 0;
        for step in self.cheapest(&letters) {
            let end = at + step.letters();
            match step {
                Step::Letter | Step::Known(_) => {}
                Step::Damaged(fit) => {
                    found.push(suggestion(text, &letters[at..end], &letters[end], &fit))
                }
                Step::Both(one, other) => {
                    let middle = at + one.0.marks.len();
                    let one = suggestion(text, &letters[at..middle], &letters[middle], &one);
                    let other = suggestion(text, &letters[middle..end], &letters[end], &other);
                    found.push(one.with(other, text));
                }
            }
            at = end;
        }
        found
    }

    /// The cheapest way to read all letters but the last, which is the end of the text.
    fn cheapest(&self, letters: &[Letter]) -> Vec<Step<'_>> {
        let count = letters.len() - 1;
        // For the first i letters: what they cost, and the step that ends there.
        let mut best: Vec<(u32, Option<Step<'_>>)> = Vec::new();
        best.resize_with(count + 1, || (u32::MAX, None));
        best[0].0 = 0;
        for i in 0..count {
            let here = best[i].0;
            let after_unknown = matches!(best[i].1, Some(Step::Letter))
                && letters[i - 1].is_thai()
                && letters[i].gap == Gap::None;
            let before = i.checked_sub(1).map(|i| &letters[i]);
            for (cost, step) in self.steps(&letters[i..], before, after_unknown) {
                let end = &mut best[i + step.letters()];
                if here + cost < end.0 {
                    *end = (here + cost, Some(step));
                }
            }
        }
        let mut steps = Vec::new();
        let mut end = count;
        while let Some(step) = best[end].1.take() {
            end -= step.letters();
            steps.push(step);
        }
        steps.reverse();
        steps
    }

    /// What can be read at the beginning of `rest`, and what it costs; `before` is the letter before it.
    fn steps(
        &self,
        rest: &[Letter],
        before: Option<&Letter>,
        after_unknown: bool,
    ) -> Vec<(u32, Step<'_>)> {
        let first = &rest[0];
        let mut steps = vec![(if first.is_thai() { UNKNOWN } else { 0 }, Step::Letter)];
        if first.leans_back() || before.is_some_and(Letter::leans_forward) {
            return steps;
        }
        let mut bases = String::new();
        for (n, letter) in rest.iter().enumerate().take(self.longest) {
            if !letter.is_thai() {
                break;
            }
            bases.push(letter.base);
            let next = &rest[n + 1];
            if next.leans_back() {
                continue;
            }
            let moved_in = false;
            let place = Place {
                next,
                after_unknown,
                moved_in,
            };
            let run = &rest[..=n];
            let (inside, over): (Vec<Fit>, Vec<Fit>) = self.fits(&bases, run, place);
            steps.extend(best(inside).map(|(cost, fit)| match fit.1.cost {
                0 => (cost, Step::Known(run.len())),
                _ => (cost, Step::Damaged(fit)),
            }));
            for fit in over {
                steps.extend(self.over_the_edge(fit, &rest[n + 1..]));
            }
        }
        steps
    }

    /// The readings that one run of letters may have had: those that end with it, and those whose last mark moved to
    /// the letter after it.
    fn fits(&self, bases: &str, run: &[Letter], place: Place) -> (Vec<Fit<'_>>, Vec<Fit<'_>>) {
        self.readings(bases)
            .iter()
            .filter_map(|reading| Some((reading, compare(run, reading, place)?)))
            .partition(|(_, damage)| damage.moved_out.is_empty())
    }

    /// A run whose last mark moved on, with each word that begins at the letter to which it moved.
    fn over_the_edge<'a>(&'a self, one: Fit<'a>, rest: &[Letter]) -> Vec<(u32, Step<'a>)> {
        let mut rest = rest[..rest.len().min(self.longest + 1)].to_vec();
        rest[0].marks = rest[0].marks.without(one.1.moved_out);
        let mut steps = Vec::new();
        let mut bases = String::new();
        for n in 1..rest.len() {
            if !rest[n - 1].is_thai() {
                break;
            }
            bases.push(rest[n - 1].base);
            // One moved mark at an edge is little evidence: both words together must be long.
            if n < 3 || one.0.marks.len() + n < 5 || rest[n].leans_back() {
                continue;
            }
            let place = Place {
                next: &rest[n],
                after_unknown: false,
                moved_in: true,
            };
            if let Some((cost, other)) = best(self.fits(&bases, &rest[..n], place).0) {
                steps.push((WORD + one.1.cost + cost, Step::Both(one.clone(), other)));
            }
        }
        steps
    }
}

/// The best of the readings and what it costs. Two damaged readings that are as good as each other are none, unless one
/// of them is the more usual by far.
fn best(mut fits: Vec<Fit>) -> Option<(u32, Fit)> {
    fits.sort_by_key(|(reading, damage)| (damage.cost, std::cmp::Reverse(reading.met)));
    if let [(first, one), (second, other), ..] = fits.as_slice()
        && one.cost > 0
        && one.cost == other.cost
        && first.met < 4 * second.met
    {
        return None;
    }
    let fit = fits.into_iter().next()?;
    Some((WORD + fit.1.cost, fit))
}

/// Writes the reading with the gaps that are no damage, without the words at both ends that stand as they should.
fn suggestion(text: &str, run: &[Letter], next: &Letter, fit: &Fit) -> Suggestion {
    let (reading, damage) = fit;
    let mut words = reading.words();
    let stands = |word: &Word| {
        let letters = &run[word.letters.clone()];
        let last = &letters[letters.len() - 1];
        text[letters[0].start..last.end] == reading.text[word.bytes.clone()]
    };
    // The last word of a run whose mark moved out does not stand, nor does the first one that it moved into.
    while words.len() > 1 && stands(&words[0]) && !damage.stray_gap[words[1].letters.start] {
        words.remove(0);
    }
    let mut after = damage.stray_gap_after;
    while let [.., last] = words.as_slice()
        && words.len() > 1
        && !after
        && stands(last)
    {
        after = damage.stray_gap[last.letters.start];
        if after {
            break;
        }
        words.pop();
    }
    let (first, last) = (&words[0], &words[words.len() - 1]);
    let end = match damage.stray_gap_after && last.letters.end == run.len() {
        true => next.start,
        false => run[last.letters.end - 1].end,
    };
    let range = run[first.letters.start].start..end;
    let mut suggestion = String::new();
    for (i, word) in words.iter().enumerate() {
        let at = word.letters.start;
        if i > 0 && run[at].gap == Gap::Space && !damage.stray_gap[at] {
            suggestion.push(' ');
        }
        suggestion.push_str(&reading.text[word.bytes.clone()]);
    }
    let found = text[range.clone()].to_owned();
    Suggestion {
        range,
        found,
        suggestion,
        reason: damage.reason,
    }
}

/// The text with all suggestions taken; they must come from the same text.
pub fn take_all(text: &str, suggestions: &[Suggestion]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for one in suggestions {
        out.push_str(&text[from..one.range.start]);
        out.push_str(&one.suggestion);
        from = one.range.end;
    }
    out.push_str(&text[from..]);
    out
}

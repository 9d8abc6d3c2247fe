//! How a run of letters may have become damaged: what is compared with a word of the lexicon, and when it is believed.

use super::Reason;
use super::letters::{Gap, Letter, Marks};
use super::lexicon::Reading;

/// What happened to a run of letters if the reading is the right one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Damage {
    /// How unlikely it is; 0 when nothing happened.
    pub(super) cost: u32,
    /// What weighs most.
    pub(super) reason: Reason,
    /// Per letter: the gap before it is part of the damage.
    pub(super) stray_gap: Vec<bool>,
    /// Marks of the last letter that stand on the next one, outside of the run.
    pub(super) moved_out: Marks,
    /// The space after the run is part of the damage.
    pub(super) stray_gap_after: bool,
}

/// Where a run stands.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    /// The letter after it.
    pub(super) next: &'a Letter,
    /// It continues letters that no word covers.
    pub(super) after_unknown: bool,
    /// Its first letter carried a mark of the word before.
    pub(super) moved_in: bool,
}

/// How often each thing happened.
#[derive(Default)]
struct Counts {
    moved: u32,
    lost_ring: u32,
    lost: u32,
    /// Lost, and a space stands where the mark was.
    lost_ring_to_space: u32,
    lost_to_space: u32,
    extra_ring: u32,
    mistaken: u32,
    split: u32,
    unreadable: u32,
}

impl Counts {
    fn total(&self) -> u32 {
        let lost = self.lost_ring + self.lost + self.lost_ring_to_space + self.lost_to_space;
        self.moved + lost + self.extra_ring + self.mistaken + self.split + self.unreadable
    }

    /// Whether so many letters are evidence enough: the less the damage shows by itself, the longer the word must be.
    /// The bounds were chosen on clean titles that the lexicon does not hold: none of them may get a suggestion.
    fn believed(&self, letters: usize, words: usize) -> bool {
        let needs = |count: u32, least: usize| count == 0 || letters >= least;
        needs(self.moved, if self.split > 0 { 3 } else { 4 })
            && needs(self.lost_ring, 4)
            && needs(self.lost, if words == 1 { 5 } else { 7 })
            && needs(self.lost_ring_to_space, 2)
            && needs(self.lost_to_space, 3)
            && needs(self.extra_ring, 4)
            && needs(self.mistaken, 5)
            && needs(self.split, 3)
            && needs(self.unreadable, 2)
            && self.lost + self.mistaken <= 1
            && (self.silent() == 0 || self.moved == 0)
    }

    /// Damage that leaves no trace but the wrong word.
    fn silent(&self) -> u32 {
        self.lost_ring + self.lost + self.mistaken
    }

    fn reason(&self) -> Reason {
        if self.lost_ring + self.lost_ring_to_space + self.extra_ring + self.unreadable > 0 {
            Reason::BrokenSaraAm
        } else if self.lost + self.lost_to_space > 0 {
            Reason::LostMark
        } else if self.mistaken > 0 {
            Reason::MistakenMark
        } else if self.moved > 0 {
            Reason::MovedMark
        } else {
            Reason::SpaceInside
        }
    }
}

/// Compares the letters of `text` (as many as the reading has) with the reading. `None` when no known damage makes the
/// one of the other, or when there is too little evidence for it.
pub(super) fn compare(text: &[Letter], reading: &Reading, place: Place) -> Option<Damage> {
    let next = place.next;
    let n = text.len();
    let missing = |k: usize| reading.marks[k].without(text[k].marks);
    let mut surplus: Vec<Marks> = (0..n)
        .map(|k| text[k].marks.without(reading.marks[k]))
        .collect();
    let mut counts = Counts::default();
    let mut moved_to = vec![false; n];
    moved_to[0] = place.moved_in;
    let mut moved_out = Marks::NONE;
    let mut to_space = vec![false; n];
    let gap_after = |k: usize| text.get(k + 1).unwrap_or(next).gap;
    for k in 0..n {
        let mut lost = missing(k);
        if let Some(after) = surplus.get_mut(k + 1) {
            let moved = lost & *after;
            if !moved.is_empty() {
                *after = after.without(moved);
                lost = lost.without(moved);
                moved_to[k + 1] = true;
                counts.moved += 1;
            }
        }
        let extra = surplus[k];
        let before_aa = text.get(k + 1).is_some_and(Letter::leans_back);
        if lost.is_empty() && extra.is_empty() {
            continue;
        }
        if lost.is_empty() {
            // Some copies have ำ for every า; nothing else is ever added.
            if extra != Marks::RING || !before_aa {
                return None;
            }
            counts.extra_ring += 1;
        } else if !extra.is_empty() {
            // One sign read as another is believed only where the found one is impossible: no vowel sign before า.
            if !before_aa {
                return None;
            }
            counts.mistaken += 1;
        } else {
            // Whatever stands at the end may be the beginning of another word, unless a space or the end follows.
            let at_end = k + 1 == n;
            if at_end && next.is_thai() && next.gap == Gap::None {
                if lost.without(next.marks).is_empty() {
                    moved_out = lost;
                    continue;
                }
                return None;
            }
            let between_words = reading.cut(k + 1);
            let space = !at_end && !between_words && gap_after(k) != Gap::None;
            to_space[k] = space;
            match (lost == Marks::RING, space) {
                (true, true) => counts.lost_ring_to_space += 1,
                (true, false) => counts.lost_ring += 1,
                (false, true) => counts.lost_to_space += 1,
                (false, false) => counts.lost += 1,
            }
        }
    }
    let stray_gap: Vec<bool> = (0..n)
        .map(|k| {
            k > 0
                && is_stray(
                    text[k].gap,
                    moved_to[k - 1] || to_space[k - 1],
                    reading.cut(k),
                    &mut counts,
                )
        })
        .collect();
    let ends_in_sara_am =
        n > 1 && text[n - 1].leans_back() && !(reading.marks[n - 2] & Marks::RING).is_empty();
    let lost_after = ends_in_sara_am && next.gap == Gap::Lost;
    counts.unreadable += u32::from(lost_after);
    let total = counts.total();
    // The end of an unknown word may look like a damaged known one: only damage that can be seen is believed there.
    if place.after_unknown && counts.silent() > 0 {
        return None;
    }
    if total > 0 && !counts.believed(n, reading.cuts.len() + 1) {
        return None;
    }
    Some(Damage {
        cost: match total + u32::from(!moved_out.is_empty()) {
            0 => 0,
            things => 3 + 3 * things,
        },
        reason: counts.reason(),
        stray_gap,
        moved_out,
        stray_gap_after: lost_after || (moved_to[n - 1] && next.gap == Gap::Space),
    })
}

/// Whether a gap inside the run is part of the damage: a space beside a moved or lost mark, inside a word, or U+FFFD.
fn is_stray(gap: Gap, beside_damage: bool, between_words: bool, counts: &mut Counts) -> bool {
    match gap {
        Gap::None => false,
        Gap::Lost => {
            counts.unreadable += 1;
            true
        }
        Gap::Space if beside_damage => true,
        Gap::Space => {
            counts.split += u32::from(!between_words);
            !between_words
        }
    }
}

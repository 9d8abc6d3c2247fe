//! The words that repairs are suggested from: cut out of clean phrases, alone and in runs as they stand together.

use super::letters::{Letter, Marks, letters};
use crate::text::clean;
use icu_segmenter::WordSegmenter;
use icu_segmenter::options::WordBreakInvariantOptions;
use std::collections::HashMap;
use std::ops::Range;

/// Words that stand together are kept up to this many in one run: a long run is better evidence than its words.
const RUN: usize = 3;

/// Clean words and runs of words, found by their letters without marks.
#[derive(Debug, Default)]
pub struct Lexicon {
    by_letters: HashMap<String, Vec<Reading>>,
    /// Letters of the longest run.
    pub(super) longest: usize,
}

/// One way in which a run of letters is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reading {
    pub(super) text: String,
    pub(super) marks: Vec<Marks>,
    /// Where a further word begins.
    pub(super) cuts: Vec<Cut>,
    /// How often it was met.
    pub(super) met: u32,
}

/// A place between two words of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cut {
    pub(super) letter: usize,
    pub(super) byte: usize,
}

/// One word of a reading: which letters and which bytes of it.
pub(super) struct Word {
    pub(super) letters: Range<usize>,
    pub(super) bytes: Range<usize>,
}

impl Reading {
    /// Whether a further word begins at this letter.
    pub(super) fn cut(&self, letter: usize) -> bool {
        self.cuts.iter().any(|cut| cut.letter == letter)
    }

    pub(super) fn words(&self) -> Vec<Word> {
        let end = Cut {
            letter: self.marks.len(),
            byte: self.text.len(),
        };
        let mut from = Cut { letter: 0, byte: 0 };
        let mut words = Vec::new();
        for to in self.cuts.iter().copied().chain([end]) {
            words.push(Word {
                letters: from.letter..to.letter,
                bytes: from.byte..to.byte,
            });
            from = to;
        }
        words
    }
}

impl Lexicon {
    /// Takes the words of the phrases. A phrase with U+FFFD is left out; everything else must be clean in meaning too:
    /// what is broken here is suggested elsewhere.
    pub fn new<I>(phrases: I) -> Self
    where
        I: IntoIterator<Item: AsRef<str>>,
    {
        let segmenter = WordSegmenter::new_dictionary(WordBreakInvariantOptions::default());
        let mut lexicon = Self::default();
        for phrase in phrases {
            let phrase = clean(phrase.as_ref());
            if phrase.damaged {
                continue;
            }
            let is_thai = |c: char| matches!(c, 'ก'..='ฺ' | 'เ'..='ๅ' | '\u{E47}'..='\u{E4E}');
            for chunk in phrase.text.split(|c| !is_thai(c)) {
                lexicon.learn(chunk, segmenter.segment_str(chunk).collect());
            }
        }
        lexicon
    }

    fn learn(&mut self, chunk: &str, breaks: Vec<usize>) {
        let mut all = letters(chunk);
        all.pop();
        // A break inside a letter and its marks is none.
        let mut starts: Vec<usize> = Vec::new();
        for (i, letter) in all.iter().enumerate() {
            if breaks.contains(&letter.start) && !letter.leans_back() {
                starts.push(i);
            }
        }
        starts.push(all.len());
        let words: Vec<&[Letter]> = starts
            .windows(2)
            .map(|ends| &all[ends[0]..ends[1]])
            .collect();
        let torn: Vec<bool> = words.iter().map(|word| is_torn(word)).collect();
        // Where one word is torn, the cuts on both sides of it are wrong, and so are its neighbours.
        let sound = |i: usize| !torn[i.saturating_sub(1)..(i + 2).min(torn.len())].contains(&true);
        for first in 0..words.len() {
            let run = (first..words.len()).take(RUN).take_while(|i| sound(*i));
            for last in run {
                let end = starts[last + 1];
                self.add(chunk, &all[starts[first]..end], &starts[first..=last]);
            }
        }
    }

    fn add(&mut self, chunk: &str, run: &[Letter], starts: &[usize]) {
        let (Some(first), Some(last)) = (run.first(), run.last()) else {
            return;
        };
        let text = &chunk[first.start..last.end];
        let key: String = run.iter().map(|letter| letter.base).collect();
        self.longest = self.longest.max(run.len());
        let readings = self.by_letters.entry(key).or_default();
        if let Some(known) = readings.iter_mut().find(|reading| reading.text == text) {
            known.met += 1;
            // What was met as one word or as two is taken as two: then a space between them is no damage.
            if known.cuts.len() + 1 >= starts.len() {
                return;
            }
            known.cuts = cuts(run, starts);
            return;
        }
        readings.push(Reading {
            text: text.to_owned(),
            marks: run.iter().map(|letter| letter.marks).collect(),
            cuts: cuts(run, starts),
            met: 1,
        });
    }

    /// The ways in which these letters are written.
    pub(super) fn readings(&self, letters: &str) -> &[Reading] {
        self.by_letters.get(letters).map_or(&[], Vec::as_slice)
    }
}

/// The segmenter tears words that it does not know: no word ends in a vowel written first, none is a bare consonant.
fn is_torn(word: &[Letter]) -> bool {
    match word {
        [] => true,
        [only] => only.marks.is_empty(),
        [.., last] => last.leans_forward(),
    }
}

fn cuts(run: &[Letter], starts: &[usize]) -> Vec<Cut> {
    let (Some(first), Some(origin)) = (run.first(), starts.first()) else {
        return Vec::new();
    };
    starts[1..]
        .iter()
        .map(|start| Cut {
            letter: start - origin,
            byte: run[start - origin].start - first.start,
        })
        .collect()
}

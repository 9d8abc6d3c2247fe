//! The ranking: BM25 over the words of nodes, and the words that decided each place.

use crate::{Words, matters::is_matter};
use std::{
    collections::{BTreeMap, HashMap},
    hash::Hash,
};

/// How fast repeated words stop counting, and how much long texts are discounted: the usual values, not tuned on our
/// few labels.
const K1: f64 = 1.2;
const B: f64 = 0.75;
/// How much more the name of a matter tells than a single word. Chosen as twice, not tuned.
const MATTER: f64 = 2.0;

/// What is said of one node: by the catalogue, and by what people linked to it.
#[derive(Debug, Clone)]
pub struct Document<Id> {
    /// The node.
    pub id: Id,
    /// All text that speaks of it.
    pub texts: Vec<String>,
}

/// One node that may fit.
#[derive(Debug, Clone, PartialEq)]
pub struct Suggestion<Id> {
    /// The node.
    pub id: Id,
    /// Its score; only the order means something.
    pub score: f64,
    /// The words that decided it, the strongest first.
    pub words: Vec<String>,
}

/// The words of all nodes, ready to be asked.
pub struct Index<Id> {
    ids: Vec<Id>,
    lengths: Vec<f64>,
    mean_length: f64,
    /// For each word the documents that hold it, with how often.
    postings: HashMap<String, Vec<(u32, f64)>>,
}

impl<Id: Copy + Eq + Hash> Index<Id> {
    /// Reads the documents. Several documents of one id are read as one.
    pub fn new(words: &Words, documents: impl IntoIterator<Item = Document<Id>>) -> Self {
        let mut places: HashMap<Id, usize> = HashMap::new();
        let mut ids = Vec::new();
        let mut counts: Vec<BTreeMap<String, f64>> = Vec::new();
        for document in documents {
            let place = *places.entry(document.id).or_insert_with(|| {
                ids.push(document.id);
                counts.push(BTreeMap::new());
                ids.len() - 1
            });
            for word in document.texts.iter().flat_map(|text| words.of(text)) {
                *counts[place].entry(word).or_default() += 1.0;
            }
        }
        let lengths: Vec<f64> = counts.iter().map(|words| words.values().sum()).collect();
        let mean_length = lengths.iter().sum::<f64>() / (lengths.len().max(1) as f64);
        let mut postings: HashMap<String, Vec<(u32, f64)>> = HashMap::new();
        for (place, words) in counts.into_iter().enumerate() {
            for (word, count) in words {
                postings
                    .entry(word)
                    .or_default()
                    .push((place as u32, count));
            }
        }
        Self {
            ids,
            lengths,
            mean_length,
            postings,
        }
    }

    /// The nodes that share at least one telling word with `text`, the best first, at most `limit`.
    /// Equal scores keep the order of the documents.
    pub fn suggest(&self, words: &Words, text: &str, limit: usize) -> Vec<Suggestion<Id>> {
        let mut asked = words.of(text);
        asked.sort();
        asked.dedup();
        let mut found: BTreeMap<u32, Vec<(f64, &str)>> = BTreeMap::new();
        for word in &asked {
            let Some(postings) = self.postings.get(word) else {
                continue;
            };
            let telling = if is_matter(word) { MATTER } else { 1.0 };
            let weight = telling * self.weight(postings.len());
            for &(place, count) in postings {
                let length = self.lengths[place as usize] / self.mean_length;
                let score = weight * count * (K1 + 1.0) / (count + K1 * (1.0 - B + B * length));
                found.entry(place).or_default().push((score, word));
            }
        }
        let mut suggestions: Vec<Suggestion<Id>> = found
            .into_iter()
            .map(|(place, mut parts)| {
                parts.sort_by(|a, b| b.0.total_cmp(&a.0));
                Suggestion {
                    id: self.ids[place as usize],
                    score: parts.iter().map(|(score, _)| score).sum(),
                    words: parts.into_iter().map(|(_, word)| word.to_owned()).collect(),
                }
            })
            .collect();
        suggestions.sort_by(|a, b| b.score.total_cmp(&a.score));
        suggestions.truncate(limit);
        suggestions
    }

    /// Inverse document frequency, never negative.
    fn weight(&self, documents: usize) -> f64 {
        let (all, with) = (self.ids.len() as f64, documents as f64);
        ((all - with + 0.5) / (with + 0.5) + 1.0).ln()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(id: u8, text: &str) -> Document<u8> {
        Document {
            id,
            texts: vec![text.to_owned()],
        }
    }

    #[test]
    fn the_node_that_shares_the_rarer_word_comes_first_and_the_word_is_named() {
        let words = Words::default();
        let index = Index::new(
            &words,
            [document(1, "นักเรียน ปฐมวัย"), document(2, "นักเรียน อาชีวศึกษา")],
        );
        let found = index.suggest(&words, "ครูปฐมวัยและนักเรียน", 3);
        assert_eq!(found[0].id, 1);
        assert_eq!(found[0].words[..2], ["การศึกษาปฐมวัย", "ปฐมวัย"]);
    }

    #[test]
    fn a_text_that_shares_no_word_gets_no_suggestion() {
        let words = Words::default();
        let index = Index::new(&words, [document(1, "ปฐมวัย")]);
        assert!(index.suggest(&words, "xyzzy", 3).is_empty());
    }
}

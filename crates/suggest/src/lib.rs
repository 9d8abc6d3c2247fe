//! Suggestions: for a project the nodes of a framework or plan that fit, ranked, with the words that decided it.
//!
//! A suggestion is read by a person and links nothing by itself. The ranking is BM25 (Robertson and Zaragoza 2009,
//! "The Probabilistic Relevance Framework") over the words of each node: its own, those of what stands under it, and
//! those of the projects that people already linked to it.

mod bm25;
mod matters;
mod words;

pub use bm25::{Document, Index, Suggestion};
pub use matters::other_names;
pub use words::Words;

//! Plans and frameworks: the list, the reader with its tree, and one element with the reasons of its figures and what it
//! serves.

pub mod alignments;
pub mod edit;
pub mod list;
pub mod node;
pub mod read;
mod source;
mod why;

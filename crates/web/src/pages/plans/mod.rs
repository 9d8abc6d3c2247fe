//! Plans and frameworks: the list, the reader with its tree, and one element with the reasons of its figures.

pub mod list;
pub mod node;
pub mod read;
mod why;

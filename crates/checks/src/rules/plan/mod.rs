//! Rules over plans and their nodes.

pub mod node_without_project;

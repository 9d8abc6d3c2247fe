//! Tests of the rules: every page is read and executed, the list of rules is sound, reports read well.

mod fixture;
mod page;
mod pages;
mod registry;
#[cfg(test)]
mod report;
#[cfg(test)]
mod sarif;

//! Measures the heart on a country: prints figures, never asserts time.

fn main() {}

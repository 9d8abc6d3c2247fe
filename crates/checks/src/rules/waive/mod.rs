//! Rules over waivers of findings.

pub mod waiver_to_clear_away;

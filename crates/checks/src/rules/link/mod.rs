//! Rules over links and alignments.

pub mod code_not_in_framework;
pub mod link_to_superseded_edition;
pub mod no_approved_sdg4_link;
pub mod shares_do_not_total_the_whole;
pub mod wrong_level_jump;

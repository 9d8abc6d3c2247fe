//! Rules over money.

pub mod budget_mode_not_set;

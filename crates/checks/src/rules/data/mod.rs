//! Rules over indicators, baselines and readings.

pub mod indicator_without_baseline;

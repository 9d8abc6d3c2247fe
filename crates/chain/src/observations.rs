//! Indicators, and what was read for them: the latest reading of any subtree, never adding anything twice.

use crate::{fault::Fault, organisations::Organisations};
use domain::facts::Facts;

/// Indicators with baselines and targets, and all readings.
#[derive(Debug, Clone, Default)]
pub struct Observations {}

impl Observations {
    pub(crate) fn build(
        _facts: &Facts,
        _organisations: &Organisations,
        _faults: &mut Vec<Fault>,
    ) -> Self {
        Self {}
    }
}

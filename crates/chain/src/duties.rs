//! Duties: the coverage of organisation × step, with N from what has to be reported and nothing else.

use crate::{fault::Fault, organisations::Organisations};
use domain::facts::Facts;

/// Everything that has to be reported.
#[derive(Debug, Clone, Default)]
pub struct Duties {}

impl Duties {
    pub(crate) fn build(
        _facts: &Facts,
        _organisations: &Organisations,
        _faults: &mut Vec<Fault>,
    ) -> Self {
        Self {}
    }
}

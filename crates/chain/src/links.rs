//! Links, listings and activities of projects.

use crate::{fault::Fault, plans::Plans, snapshot::Ground};
use domain::facts::{Change, Facts};

/// What ties projects to plans.
#[derive(Debug, Clone, Default)]
pub struct Links {}

impl Links {
    pub(crate) fn build(
        _facts: &Facts,
        _ground: &Ground<'_>,
        _plans: &Plans,
        _faults: &mut Vec<Fault>,
    ) -> Self {
        Self {}
    }

    /// Whether the change can be applied; asked of every module before any of them applies it.
    pub(crate) fn check(
        &self,
        _change: &Change,
        _ground: &Ground<'_>,
        _plans: &Plans,
    ) -> Result<(), Fault> {
        Ok(())
    }

    /// Applies a change that every module accepted. The ground and the plans have it already.
    pub(crate) fn apply(&mut self, _change: &Change, _ground: &Ground<'_>, _plans: &Plans) {}
}

//! Plans: editions, their nodes in pre-order, alignments and crosswalks.

use crate::{fault::Fault, snapshot::Ground};
use domain::facts::{Change, Facts};

/// All editions and what joins them.
#[derive(Debug, Clone, Default)]
pub struct Plans {}

impl Plans {
    pub(crate) fn build(_facts: &Facts, _ground: &Ground<'_>, _faults: &mut Vec<Fault>) -> Self {
        Self {}
    }

    /// Whether the change can be applied; asked of every module before any of them applies it.
    pub(crate) fn check(&self, _change: &Change, _ground: &Ground<'_>) -> Result<(), Fault> {
        Ok(())
    }

    /// Applies a change that every module accepted. The ground has it already.
    pub(crate) fn apply(&mut self, _change: &Change, _ground: &Ground<'_>) {}
}

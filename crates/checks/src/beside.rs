//! What rules look at beside the thread, which holds no words: names, waivers, and codes that no framework has.

use domain::{ids::WaiverId, link::Mention, names::Names, waiver::Waiver};

/// What a caller knows beside the thread.
#[derive(Debug, Clone, Copy)]
pub struct Beside<'a> {
    /// Codes and names. A project without a name is compared with no other.
    pub names: &'a Names,
    /// Every waiver that stands, also those that are over.
    pub waivers: &'a [Waiver],
    /// Codes that files name and no framework had.
    pub mentions: &'a [Mention],
}

impl<'a> Beside<'a> {
    /// Names alone: nothing is waived and no code is missing.
    pub const fn names(names: &'a Names) -> Self {
        Self {
            names,
            waivers: &[],
            mentions: &[],
        }
    }

    /// The waiver of an id.
    pub(crate) fn waiver(&self, id: WaiverId) -> Option<&'a Waiver> {
        self.waivers.iter().find(|waiver| waiver.id == id)
    }
}

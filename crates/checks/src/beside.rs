//! What rules look at beside the thread, which holds no words and no people: names, waivers, codes that no framework has,
//! and where nobody works.

use domain::{
    ids::{OrganisationId, WaiverId},
    link::Mention,
    names::Names,
    waiver::Waiver,
};

/// What a caller knows beside the thread.
#[derive(Debug, Clone, Copy)]
pub struct Beside<'a> {
    /// Codes and names. A project without a name is compared with no other.
    pub names: &'a Names,
    /// Every waiver that stands, also those that are over.
    pub waivers: &'a [Waiver],
    /// Codes that files name and no framework had.
    pub mentions: &'a [Mention],
    /// Organisations for which nobody who still works here can record anything, or nobody can certify it, in provinces where anybody works.
    pub unattended: &'a [OrganisationId],
}

impl<'a> Beside<'a> {
    /// Names alone: nothing is waived, no code is missing and somebody works everywhere.
    pub const fn names(names: &'a Names) -> Self {
        Self {
            names,
            waivers: &[],
            mentions: &[],
            unattended: &[],
        }
    }

    /// The waiver of an id.
    pub(crate) fn waiver(&self, id: WaiverId) -> Option<&'a Waiver> {
        self.waivers.iter().find(|waiver| waiver.id == id)
    }
}

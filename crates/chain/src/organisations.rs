//! Organisations: dense ids and their dated places in both forests.

use crate::{
    fault::Fault,
    index::{Index, OrgIx},
    seats::Forest,
};
use domain::{
    facts::Facts,
    ids::OrganisationId,
    organisation::{Axis, Organisation},
};

/// All organisations that stand, and the seats they take in both forests.
#[derive(Debug, Clone, Default)]
pub struct Organisations {
    index: Index<OrganisationId>,
    rows: Vec<Option<Organisation>>,
    pub(crate) forests: [Forest; 2],
}

impl Organisations {
    pub(crate) fn build(facts: &Facts, _faults: &mut Vec<Fault>) -> Self {
        let mut index = Index::with_capacity(facts.organisations.len());
        for row in &facts.organisations {
            index.number(row.id);
        }
        Self {
            index,
            rows: facts.organisations.iter().copied().map(Some).collect(),
            forests: Default::default(),
        }
    }

    /// The dense number of an organisation that stands.
    pub fn number(&self, id: OrganisationId) -> Option<OrgIx> {
        let ix = OrgIx(self.index.get(id)?);
        self.row(ix).map(|_| ix)
    }

    /// The id of a dense number.
    pub fn id(&self, ix: OrgIx) -> OrganisationId {
        self.index.id(ix.0)
    }

    /// The organisation, when it stands.
    pub fn row(&self, ix: OrgIx) -> Option<&Organisation> {
        self.rows.get(ix.at())?.as_ref()
    }

    /// How many dense numbers there are: the length of a vector with one place per organisation.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is no organisation at all.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Every organisation that stands, in the order of dense numbers.
    pub fn all(&self) -> impl Iterator<Item = (OrgIx, &Organisation)> {
        self.rows
            .iter()
            .enumerate()
            .filter_map(|(ix, row)| Some((OrgIx(ix as u32), row.as_ref()?)))
    }

    /// The seats of one axis.
    pub fn forest(&self, axis: Axis) -> &Forest {
        &self.forests[axis as usize]
    }
}

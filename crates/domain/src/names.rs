//! Printed codes and names beside ids: what turns a finding or a figure of the thread into words for people.

use crate::{
    ids::{EditionId, NodeId, OrganisationId, ProjectId},
    register::ListPlace,
};
use serde::Serialize;
use std::collections::HashMap;

/// What people call one thing.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Name {
    /// Printed code: of a project or node its own, of an edition the code of its plan.
    pub code: String,
    /// Printed label: of a node ยุทธศาสตร์, เป้าประสงค์ …, of an edition the label that tells it from the plan's others.
    pub label: Option<String>,
    /// Name as printed.
    pub name_th: String,
    /// English name, where one is known.
    pub name_en: Option<String>,
}

/// The names of everything a caller speaks of. The thread holds no words, so `store` fills this beside the snapshot.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Names {
    /// Organisations: code, full name.
    pub organisations: HashMap<OrganisationId, Name>,
    /// Editions: code and name of the plan, label of the edition.
    pub editions: HashMap<EditionId, Name>,
    /// Nodes: printed code, label and name.
    pub nodes: HashMap<NodeId, Name>,
    /// Projects: printed code and title.
    pub projects: HashMap<ProjectId, Name>,
    /// The display order of organisations that have one.
    pub positions: HashMap<OrganisationId, u32>,
}

impl Names {
    /// Where an organisation stands in lists.
    pub fn list_place(&self, organisation: OrganisationId) -> ListPlace {
        let name = self.organisations.get(&organisation);
        let name = name.map_or("", |name| name.name_th.as_str());
        ListPlace::of(self.positions.get(&organisation).copied(), name)
    }
}

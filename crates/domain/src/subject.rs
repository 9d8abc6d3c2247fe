//! What a finding or a waiver is about: the one thing that a person opens to repair it.

use crate::{
    ids::{EditionId, NodeId, OrganisationId, ProjectId},
    names::{Name, Names},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The thing that a finding is about: the one a person opens to repair it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind", content = "id")]
pub enum Subject {
    /// An edition of a plan.
    Edition(EditionId),
    /// An element of an edition.
    Node(NodeId),
    /// A project.
    Project(ProjectId),
    /// An organisation.
    Organisation(OrganisationId),
}

impl Subject {
    /// The thing of a kind, as [`Subject::kind`] spells it; `None` where no finding is about such a kind.
    pub fn of(kind: &str, id: Uuid) -> Option<Self> {
        Some(match kind {
            "edition" => Subject::Edition(id.into()),
            "node" => Subject::Node(id.into()),
            "project" => Subject::Project(id.into()),
            "organisation" => Subject::Organisation(id.into()),
            _ => return None,
        })
    }

    /// What kind of thing it is, as in `Place::Thing` and in the sentence `thing.<kind>`.
    pub const fn kind(self) -> &'static str {
        match self {
            Subject::Edition(_) => "edition",
            Subject::Node(_) => "node",
            Subject::Project(_) => "project",
            Subject::Organisation(_) => "organisation",
        }
    }

    /// Its id without its kind.
    pub fn uuid(self) -> Uuid {
        match self {
            Subject::Edition(id) => id.into(),
            Subject::Node(id) => id.into(),
            Subject::Project(id) => id.into(),
            Subject::Organisation(id) => id.into(),
        }
    }

    /// Its id as text.
    pub fn id(self) -> String {
        self.uuid().to_string()
    }

    /// What people call it, when the caller knows.
    pub fn name(self, names: &Names) -> Option<&Name> {
        match self {
            Subject::Edition(id) => names.editions.get(&id),
            Subject::Node(id) => names.nodes.get(&id),
            Subject::Project(id) => names.projects.get(&id),
            Subject::Organisation(id) => names.organisations.get(&id),
        }
    }

    /// The label printed before its code, where it has one. The label of an edition tells it from others of its plan
    /// and belongs behind the code.
    pub fn label(self, names: &Names) -> Option<String> {
        let name = self.name(names)?;
        let label = name.label.clone().filter(|label| !label.is_empty())?;
        (!matches!(self, Subject::Edition(_))).then_some(label)
    }

    /// Its printed code; its id where the caller has no name for it, so that nothing is lost.
    pub fn code(self, names: &Names) -> String {
        self.name(names)
            .map_or_else(|| self.id(), |name| name.code.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thing_without_a_name_is_called_by_its_id() {
        let subject = Subject::Project(ProjectId::from_u128(7));
        assert_eq!(
            subject.code(&Names::default()),
            "00000000-0000-0000-0000-000000000007"
        );
    }

    #[test]
    fn kind_and_id_give_the_thing_back() {
        let id = Uuid::from_u128(9);
        for subject in [
            Subject::Edition(id.into()),
            Subject::Node(id.into()),
            Subject::Project(id.into()),
            Subject::Organisation(id.into()),
        ] {
            assert_eq!(Subject::of(subject.kind(), id), Some(subject));
        }
        assert_eq!(Subject::of("person", id), None);
    }
}

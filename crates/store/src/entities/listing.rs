//! Where projects are listed: under which node of an edition.

use super::{prelude::*, versioned};
use domain::{
    ids::{ListingId, NodeId, ProjectId},
    project::Listing,
};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "listings")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: Uuid,
    pub id: Uuid,
    pub project: Uuid,
    pub node: Uuid,
    pub source: Option<String>,
    pub certainty: Option<String>,
    pub recorded_at: i64,
    pub ended_at: Option<i64>,
}

versioned!();

impl Row for Listing {
    type Id = ListingId;
    type Entity = Entity;

    fn id(&self) -> ListingId {
        self.id
    }

    fn into_model(self, stamp: Stamp) -> Model {
        let (source, certainty) = provenance(stamp.provenance);
        Model {
            version: stamp.version,
            id: self.id.0,
            project: self.project.0,
            node: self.node.0,
            source,
            certainty,
            recorded_at: stamp.recorded_at.0,
            ended_at: stamp.ended_at.map(|at| at.0),
        }
    }

    fn from_model(model: Model) -> Result<Self, Error> {
        Ok(Listing {
            id: model.id.into(),
            project: model.project.into(),
            node: model.node.into(),
        })
    }
}

impl Of<ProjectId> for Listing {
    const PARENT: Column = Column::Project;
}

impl Of<NodeId> for Listing {
    const PARENT: Column = Column::Node;
}

//! Where organisations stand in lists.

use super::{prelude::*, versioned};
use domain::{ids::OrganisationId, register::DisplayOrder};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "display_orders")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: Uuid,
    pub id: Uuid,
    pub position: i32,
    pub source: Option<String>,
    pub certainty: Option<String>,
    pub recorded_at: i64,
    pub ended_at: Option<i64>,
}

versioned!();

impl Row for DisplayOrder {
    type Id = OrganisationId;
    type Entity = Entity;

    fn id(&self) -> OrganisationId {
        self.organisation
    }

    fn into_model(self, stamp: Stamp) -> Model {
        let (source, certainty) = provenance(stamp.provenance);
        Model {
            version: stamp.version,
            id: self.organisation.0,
            position: position_number(self.position),
            source,
            certainty,
            recorded_at: stamp.recorded_at.0,
            ended_at: stamp.ended_at.map(|at| at.0),
        }
    }

    fn from_model(model: Model) -> Result<Self, Error> {
        Ok(DisplayOrder {
            organisation: model.id.into(),
            position: count(model.position)?,
        })
    }
}

//! Records of organisations that closed, and at whose cells they are read.

use super::{prelude::*, versioned};
use domain::{
    ids::{OrganisationId, StepRecordId},
    step::KeptRecord,
};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "kept_records")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: Uuid,
    pub id: Uuid,
    pub successor: Uuid,
    pub source: Option<String>,
    pub certainty: Option<String>,
    pub recorded_at: i64,
    pub ended_at: Option<i64>,
}

versioned!();

impl Row for KeptRecord {
    type Id = StepRecordId;
    type Entity = Entity;

    fn id(&self) -> StepRecordId {
        self.record
    }

    fn into_model(self, stamp: Stamp) -> Model {
        let (source, certainty) = provenance(stamp.provenance);
        Model {
            version: stamp.version,
            id: self.record.0,
            successor: self.successor.0,
            source,
            certainty,
            recorded_at: stamp.recorded_at.0,
            ended_at: stamp.ended_at.map(|at| at.0),
        }
    }

    fn from_model(model: Model) -> Result<Self, Error> {
        Ok(KeptRecord {
            record: model.id.into(),
            successor: model.successor.into(),
        })
    }
}

impl Of<OrganisationId> for KeptRecord {
    const PARENT: Column = Column::Successor;
}

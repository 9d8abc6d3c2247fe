//! Which organisation went on in which.

use super::{prelude::*, versioned};
use domain::{
    ids::{ReorganisationId, SuccessionId},
    register::Succession,
};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "successions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: Uuid,
    pub id: Uuid,
    pub reorganisation: Uuid,
    pub kind: String,
    pub predecessor: Uuid,
    pub successor: Uuid,
    pub valid_from: String,
    pub source: Option<String>,
    pub certainty: Option<String>,
    pub recorded_at: i64,
    pub ended_at: Option<i64>,
}

versioned!();

impl Row for Succession {
    type Id = SuccessionId;
    type Entity = Entity;

    fn id(&self) -> SuccessionId {
        self.id
    }

    fn into_model(self, stamp: Stamp) -> Model {
        let (source, certainty) = provenance(stamp.provenance);
        Model {
            version: stamp.version,
            id: self.id.0,
            reorganisation: self.reorganisation.0,
            kind: self.kind.code().to_owned(),
            predecessor: self.predecessor.0,
            successor: self.successor.0,
            valid_from: day_text(self.on),
            source,
            certainty,
            recorded_at: stamp.recorded_at.0,
            ended_at: stamp.ended_at.map(|at| at.0),
        }
    }

    fn from_model(model: Model) -> Result<Self, Error> {
        Ok(Succession {
            id: model.id.into(),
            reorganisation: model.reorganisation.into(),
            kind: code("reorganisation", &model.kind)?,
            predecessor: model.predecessor.into(),
            successor: model.successor.into(),
            on: day(&model.valid_from)?,
        })
    }
}

impl Of<ReorganisationId> for Succession {
    const PARENT: Column = Column::Reorganisation;
}

//! People who may sign in, or once could.

use super::{prelude::*, versioned};
use domain::{ids::PersonId, people::Person};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "people")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: Uuid,
    pub id: Uuid,
    pub account: String,
    pub name: String,
    pub position: Option<String>,
    pub left_on: Option<String>,
    pub source: Option<String>,
    pub certainty: Option<String>,
    pub recorded_at: i64,
    pub ended_at: Option<i64>,
}

versioned!();

impl Row for Person {
    type Id = PersonId;
    type Entity = Entity;

    fn id(&self) -> PersonId {
        self.id
    }

    fn into_model(self, stamp: Stamp) -> Model {
        let (source, certainty) = provenance(stamp.provenance);
        Model {
            version: stamp.version,
            id: self.id.0,
            account: self.account,
            name: self.name,
            position: self.position,
            left_on: self.left.map(day_text),
            source,
            certainty,
            recorded_at: stamp.recorded_at.0,
            ended_at: stamp.ended_at.map(|at| at.0),
        }
    }

    fn from_model(model: Model) -> Result<Self, Error> {
        Ok(Person {
            id: model.id.into(),
            account: model.account,
            name: model.name,
            position: model.position,
            left: day_opt(&model.left_on)?,
        })
    }
}

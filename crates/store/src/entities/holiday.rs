//! Public holidays of the nation and of provinces (วันหยุดราชการ).

use super::{prelude::*, versioned};
use domain::{holiday::Holiday, ids::HolidayId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "holidays")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: Uuid,
    pub id: Uuid,
    pub day: String,
    pub name: String,
    pub province: Option<String>,
    pub works: bool,
    pub source: Option<String>,
    pub certainty: Option<String>,
    pub recorded_at: i64,
    pub ended_at: Option<i64>,
}

versioned!();

impl Row for Holiday {
    type Id = HolidayId;
    type Entity = Entity;

    fn id(&self) -> HolidayId {
        self.id
    }

    fn into_model(self, stamp: Stamp) -> Model {
        let (source, certainty) = provenance(stamp.provenance);
        Model {
            version: stamp.version,
            id: self.id.0,
            day: self.day.to_string(),
            name: self.name,
            province: self.province,
            works: self.works,
            source,
            certainty,
            recorded_at: stamp.recorded_at.0,
            ended_at: stamp.ended_at.map(|at| at.0),
        }
    }

    fn from_model(model: Model) -> Result<Self, Error> {
        Ok(Holiday {
            id: model.id.into(),
            day: code("day of a holiday", &model.day)?,
            name: model.name,
            province: model.province,
            works: model.works,
        })
    }
}

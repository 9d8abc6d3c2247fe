//! Lineages of plans and frameworks (แผน).

use super::{prelude::*, versioned};
use domain::{ids::PlanId, plan::Plan};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "plans")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: Uuid,
    pub id: Uuid,
    pub code: String,
    pub name_th: String,
    pub name_en: Option<String>,
    pub level: String,
    pub owner: Option<Uuid>,
    pub province: Option<String>,
    pub source: Option<String>,
    pub certainty: Option<String>,
    pub recorded_at: i64,
    pub ended_at: Option<i64>,
}

versioned!();

impl Row for Plan {
    type Id = PlanId;
    type Entity = Entity;

    fn id(&self) -> PlanId {
        self.id
    }

    fn into_model(self, stamp: Stamp) -> Model {
        let (source, certainty) = provenance(stamp.provenance);
        Model {
            version: stamp.version,
            id: self.id.0,
            code: self.code,
            name_th: self.name_th,
            name_en: self.name_en,
            level: self.level.code().to_owned(),
            owner: self.owner.map(Uuid::from),
            province: self.province,
            source,
            certainty,
            recorded_at: stamp.recorded_at.0,
            ended_at: stamp.ended_at.map(|at| at.0),
        }
    }

    fn from_model(model: Model) -> Result<Self, Error> {
        Ok(Plan {
            id: model.id.into(),
            code: model.code,
            name_th: model.name_th,
            name_en: model.name_en,
            level: code("level", &model.level)?,
            owner: model.owner.map(Into::into),
            province: model.province,
        })
    }
}

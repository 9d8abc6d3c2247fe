//! What organisations have to report (สิ่งที่ต้องรายงาน).

use super::{prelude::*, versioned};
use domain::{
    duty::Duty,
    ids::{DutyId, OrganisationId},
};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "duties")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: Uuid,
    pub id: Uuid,
    pub organisation: Uuid,
    pub item: String,
    pub period: i32,
    pub due: String,
    pub applicable: bool,
    pub reported_on: Option<String>,
    pub source: Option<String>,
    pub certainty: Option<String>,
    pub recorded_at: i64,
    pub ended_at: Option<i64>,
}

versioned!();

impl Row for Duty {
    type Id = DutyId;
    type Entity = Entity;

    fn id(&self) -> DutyId {
        self.id
    }

    fn into_model(self, stamp: Stamp) -> Model {
        let (source, certainty) = provenance(stamp.provenance);
        Model {
            version: stamp.version,
            id: self.id.0,
            organisation: self.organisation.0,
            item: self.item.code().to_owned(),
            period: period_number(self.period),
            due: day_text(self.due),
            applicable: self.applicable,
            reported_on: self.reported_on.map(day_text),
            source,
            certainty,
            recorded_at: stamp.recorded_at.0,
            ended_at: stamp.ended_at.map(|at| at.0),
        }
    }

    fn from_model(model: Model) -> Result<Self, Error> {
        Ok(Duty {
            id: model.id.into(),
            organisation: model.organisation.into(),
            item: code("duty", &model.item)?,
            period: period(model.period)?,
            due: day(&model.due)?,
            applicable: model.applicable,
            reported_on: day_opt(&model.reported_on)?,
        })
    }
}

impl Of<OrganisationId> for Duty {
    const PARENT: Column = Column::Organisation;
}

//! Readings of indicators (ค่าที่รายงาน). `recorded_at` is the stamp's.

use super::{prelude::*, versioned};
use domain::{
    ids::{NodeId, ObservationId},
    indicator::Observation,
    time::Moment,
};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "observations")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: Uuid,
    pub id: Uuid,
    pub indicator: Uuid,
    pub organisation: Uuid,
    pub period: i32,
    pub as_of: String,
    pub reading: String,
    pub value: i64,
    pub denominator: Option<i64>,
    pub source: Option<String>,
    pub certainty: Option<String>,
    pub recorded_at: i64,
    pub ended_at: Option<i64>,
}

versioned!();

impl Row for Observation {
    type Id = ObservationId;
    type Entity = Entity;

    fn id(&self) -> ObservationId {
        self.id
    }

    fn into_model(self, stamp: Stamp) -> Model {
        let (kind, value, denominator) = reading_columns(self.reading);
        let (source, certainty) = provenance(stamp.provenance);
        Model {
            version: stamp.version,
            id: self.id.0,
            indicator: self.indicator.0,
            organisation: self.organisation.0,
            period: period_number(self.period),
            as_of: day_text(self.as_of),
            reading: kind.to_owned(),
            value,
            denominator,
            source,
            certainty,
            recorded_at: stamp.recorded_at.0,
            ended_at: stamp.ended_at.map(|at| at.0),
        }
    }

    fn from_model(model: Model) -> Result<Self, Error> {
        Ok(Observation {
            id: model.id.into(),
            indicator: model.indicator.into(),
            organisation: model.organisation.into(),
            period: period(model.period)?,
            as_of: day(&model.as_of)?,
            recorded_at: Moment(model.recorded_at),
            reading: reading(&model.reading, model.value, model.denominator)?,
        })
    }
}

impl Of<NodeId> for Observation {
    const PARENT: Column = Column::Indicator;
}

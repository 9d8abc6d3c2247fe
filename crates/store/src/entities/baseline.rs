//! Where indicators start from (ค่าฐาน).

use super::{prelude::*, versioned};
use domain::{
    ids::{BaselineId, NodeId},
    indicator::{Baseline, Quantity},
};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "baselines")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: Uuid,
    pub id: Uuid,
    pub node: Uuid,
    pub period: i32,
    pub value: i64,
    pub source: Option<String>,
    pub certainty: Option<String>,
    pub recorded_at: i64,
    pub ended_at: Option<i64>,
}

versioned!();

impl Row for Baseline {
    type Id = BaselineId;
    type Entity = Entity;

    fn id(&self) -> BaselineId {
        self.id
    }

    fn into_model(self, stamp: Stamp) -> Model {
        let (source, certainty) = provenance(stamp.provenance);
        Model {
            version: stamp.version,
            id: self.id.0,
            node: self.node.0,
            period: period_number(self.period),
            value: self.value.0,
            source,
            certainty,
            recorded_at: stamp.recorded_at.0,
            ended_at: stamp.ended_at.map(|at| at.0),
        }
    }

    fn from_model(model: Model) -> Result<Self, Error> {
        Ok(Baseline {
            id: model.id.into(),
            node: model.node.into(),
            period: period(model.period)?,
            value: Quantity(model.value),
        })
    }
}

impl Of<NodeId> for Baseline {
    const PARENT: Column = Column::Node;
}

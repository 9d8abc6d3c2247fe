//! What indicators are to reach (ค่าเป้าหมาย).

use super::{prelude::*, versioned};
use domain::{
    ids::{IndicatorTargetId, NodeId},
    indicator::IndicatorTarget,
};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "indicator_targets")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: Uuid,
    pub id: Uuid,
    pub node: Uuid,
    pub period: i32,
    pub shape: String,
    pub low: Option<i64>,
    pub high: Option<i64>,
    pub source: Option<String>,
    pub certainty: Option<String>,
    pub recorded_at: i64,
    pub ended_at: Option<i64>,
}

versioned!();

impl Row for IndicatorTarget {
    type Id = IndicatorTargetId;
    type Entity = Entity;

    fn id(&self) -> IndicatorTargetId {
        self.id
    }

    fn into_model(self, stamp: Stamp) -> Model {
        let (shape, low, high) = shape_columns(self.shape);
        let (source, certainty) = provenance(stamp.provenance);
        Model {
            version: stamp.version,
            id: self.id.0,
            node: self.node.0,
            period: period_number(self.period),
            shape: shape.to_owned(),
            low,
            high,
            source,
            certainty,
            recorded_at: stamp.recorded_at.0,
            ended_at: stamp.ended_at.map(|at| at.0),
        }
    }

    fn from_model(model: Model) -> Result<Self, Error> {
        Ok(IndicatorTarget {
            id: model.id.into(),
            node: model.node.into(),
            period: period(model.period)?,
            shape: shape(&model.shape, model.low, model.high)?,
        })
    }
}

impl Of<NodeId> for IndicatorTarget {
    const PARENT: Column = Column::Node;
}

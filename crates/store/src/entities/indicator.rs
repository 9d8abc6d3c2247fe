//! Nodes that carry values (ตัวชี้วัด) with their words; the id is the node's.

use super::{prelude::*, versioned};
use domain::{
    ids::NodeId,
    indicator::{Indicator, IndicatorText},
};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "indicators")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: Uuid,
    pub id: Uuid,
    pub direction: Option<String>,
    pub owner: Option<Uuid>,
    pub unit: Option<String>,
    pub numerator: Option<String>,
    pub denominator: Option<String>,
    pub disaggregation: Option<String>,
    pub series_codes: Option<String>,
    pub success_th: Option<String>,
    pub scope: Option<String>,
    pub source: Option<String>,
    pub certainty: Option<String>,
    pub recorded_at: i64,
    pub ended_at: Option<i64>,
}

versioned!();

impl Row for (Indicator, IndicatorText) {
    type Id = NodeId;
    type Entity = Entity;

    fn id(&self) -> NodeId {
        self.0.node
    }

    fn into_model(self, stamp: Stamp) -> Model {
        let (indicator, text) = self;
        let (source, certainty) = provenance(stamp.provenance);
        Model {
            version: stamp.version,
            id: indicator.node.0,
            direction: indicator.direction.map(|way| way.code().to_owned()),
            owner: indicator.owner.map(Uuid::from),
            unit: text.unit,
            numerator: text.numerator,
            denominator: text.denominator,
            disaggregation: text.disaggregation,
            series_codes: text.series_codes,
            success_th: text.success_th,
            scope: text.scope,
            source,
            certainty,
            recorded_at: stamp.recorded_at.0,
            ended_at: stamp.ended_at.map(|at| at.0),
        }
    }

    fn from_model(model: Model) -> Result<Self, Error> {
        Ok((
            Indicator {
                node: model.id.into(),
                direction: code_opt("direction", &model.direction)?,
                owner: model.owner.map(Into::into),
            },
            IndicatorText {
                unit: model.unit,
                numerator: model.numerator,
                denominator: model.denominator,
                disaggregation: model.disaggregation,
                series_codes: model.series_codes,
                success_th: model.success_th,
                scope: model.scope,
            },
        ))
    }
}

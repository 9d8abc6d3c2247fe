//! Rows that join nodes of two editions or frameworks (ตารางเทียบความเชื่อมโยง), with their reasons.

use super::{prelude::*, versioned};
use domain::{
    ids::{CrosswalkId, NodeId},
    plan::Crosswalk,
};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "crosswalks")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: Uuid,
    pub id: Uuid,
    pub from_node: Uuid,
    pub to_node: Option<Uuid>,
    pub relation: String,
    pub state: String,
    pub reason_th: Option<String>,
    pub reason_en: Option<String>,
    pub decided_by: Option<String>,
    pub decided_why: Option<String>,
    pub source: Option<String>,
    pub certainty: Option<String>,
    pub recorded_at: i64,
    pub ended_at: Option<i64>,
}

versioned!();

impl Row for (Crosswalk, Reason) {
    type Id = CrosswalkId;
    type Entity = Entity;

    fn id(&self) -> CrosswalkId {
        self.0.id
    }

    fn into_model(self, stamp: Stamp) -> Model {
        let (crosswalk, reason) = self;
        let (source, certainty) = provenance(stamp.provenance);
        Model {
            version: stamp.version,
            id: crosswalk.id.0,
            from_node: crosswalk.from.0,
            to_node: crosswalk.to.map(Uuid::from),
            relation: crosswalk.relation.code().to_owned(),
            state: crosswalk.state.code().to_owned(),
            reason_th: reason.reason_th,
            reason_en: reason.reason_en,
            decided_by: reason.decided_by,
            decided_why: reason.decided_why,
            source,
            certainty,
            recorded_at: stamp.recorded_at.0,
            ended_at: stamp.ended_at.map(|at| at.0),
        }
    }

    fn from_model(model: Model) -> Result<Self, Error> {
        Ok((
            Crosswalk {
                id: model.id.into(),
                from: model.from_node.into(),
                to: model.to_node.map(Into::into),
                relation: code("relation", &model.relation)?,
                state: code("link state", &model.state)?,
            },
            Reason {
                reason_th: model.reason_th,
                reason_en: model.reason_en,
                decided_by: model.decided_by,
                decided_why: model.decided_why,
            },
        ))
    }
}

impl Of<NodeId> for (Crosswalk, Reason) {
    const PARENT: Column = Column::FromNode;
}

//! What a node serves above itself (ความเชื่อมโยง), with the reasons.

use super::{prelude::*, versioned};
use domain::{
    ids::{AlignmentId, NodeId},
    plan::Alignment,
};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "alignments")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: Uuid,
    pub id: Uuid,
    pub from_node: Uuid,
    pub to_node: Uuid,
    pub share: i16,
    pub is_primary: bool,
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

impl Row for (Alignment, Reason) {
    type Id = AlignmentId;
    type Entity = Entity;

    fn id(&self) -> AlignmentId {
        self.0.id
    }

    fn into_model(self, stamp: Stamp) -> Model {
        let (alignment, reason) = self;
        let (source, certainty) = provenance(stamp.provenance);
        Model {
            version: stamp.version,
            id: alignment.id.0,
            from_node: alignment.from.0,
            to_node: alignment.to.0,
            share: share_number(alignment.share),
            is_primary: alignment.primary,
            state: alignment.state.code().to_owned(),
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
            Alignment {
                id: model.id.into(),
                from: model.from_node.into(),
                to: model.to_node.into(),
                share: share(model.share)?,
                primary: model.is_primary,
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

impl Of<NodeId> for (Alignment, Reason) {
    const PARENT: Column = Column::FromNode;
}

//! Direct links of projects to nodes, with the reasons.

use super::{prelude::*, versioned};
use domain::{
    ids::{LinkId, NodeId, ProjectId},
    link::Link,
};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "links")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: Uuid,
    pub id: Uuid,
    pub project: Uuid,
    pub node: Uuid,
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

impl Row for (Link, Reason) {
    type Id = LinkId;
    type Entity = Entity;

    fn id(&self) -> LinkId {
        self.0.id
    }

    fn into_model(self, stamp: Stamp) -> Model {
        let (link, reason) = self;
        let (source, certainty) = provenance(stamp.provenance);
        Model {
            version: stamp.version,
            id: link.id.0,
            project: link.project.0,
            node: link.node.0,
            share: share_number(link.share),
            is_primary: link.primary,
            state: link.state.code().to_owned(),
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
            Link {
                id: model.id.into(),
                project: model.project.into(),
                node: model.node.into(),
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

impl Of<ProjectId> for (Link, Reason) {
    const PARENT: Column = Column::Project;
}

impl Of<NodeId> for (Link, Reason) {
    const PARENT: Column = Column::Node;
}

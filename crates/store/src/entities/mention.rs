//! Codes that files name and no framework has.

use super::{prelude::*, versioned};
use domain::{
    ids::{MentionId, ProjectId},
    link::Mention,
};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "mentions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: Uuid,
    pub id: Uuid,
    pub project: Uuid,
    pub framework: String,
    pub code: String,
    pub source: Option<String>,
    pub certainty: Option<String>,
    pub recorded_at: i64,
    pub ended_at: Option<i64>,
}

versioned!();

impl Row for Mention {
    type Id = MentionId;
    type Entity = Entity;

    fn id(&self) -> MentionId {
        self.id
    }

    fn into_model(self, stamp: Stamp) -> Model {
        let (source, certainty) = provenance(stamp.provenance);
        Model {
            version: stamp.version,
            id: self.id.0,
            project: self.project.0,
            framework: self.framework,
            code: self.code,
            source,
            certainty,
            recorded_at: stamp.recorded_at.0,
            ended_at: stamp.ended_at.map(|at| at.0),
        }
    }

    fn from_model(model: Model) -> Result<Self, Error> {
        Ok(Mention {
            id: model.id.into(),
            project: model.project.into(),
            framework: model.framework,
            code: model.code,
        })
    }
}

impl Of<ProjectId> for Mention {
    const PARENT: Column = Column::Project;
}

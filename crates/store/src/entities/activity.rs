//! Activities (กิจกรรม) of projects.

use super::{prelude::*, versioned};
use domain::{
    ids::{ActivityId, ProjectId},
    project::Activity,
};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "activities")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: Uuid,
    pub id: Uuid,
    pub project: Uuid,
    pub position: i32,
    pub title: String,
    pub source: Option<String>,
    pub certainty: Option<String>,
    pub recorded_at: i64,
    pub ended_at: Option<i64>,
}

versioned!();

impl Row for Activity {
    type Id = ActivityId;
    type Entity = Entity;

    fn id(&self) -> ActivityId {
        self.id
    }

    fn into_model(self, stamp: Stamp) -> Model {
        let (source, certainty) = provenance(stamp.provenance);
        Model {
            version: stamp.version,
            id: self.id.0,
            project: self.project.0,
            position: position_number(self.position),
            title: self.title,
            source,
            certainty,
            recorded_at: stamp.recorded_at.0,
            ended_at: stamp.ended_at.map(|at| at.0),
        }
    }

    fn from_model(model: Model) -> Result<Self, Error> {
        Ok(Activity {
            id: model.id.into(),
            project: model.project.into(),
            position: count(model.position)?,
            title: model.title,
        })
    }
}

impl Of<ProjectId> for Activity {
    const PARENT: Column = Column::Project;
}

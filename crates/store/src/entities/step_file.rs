//! Which files prove which step records, or came with an answer about them.

use super::{prelude::*, versioned};
use domain::{
    ids::{FileId, StepRecordId},
    step::StepFile,
};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "step_files")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: Uuid,
    pub id: Uuid,
    pub record: Uuid,
    pub inquiry: Option<Uuid>,
    pub source: Option<String>,
    pub certainty: Option<String>,
    pub recorded_at: i64,
    pub ended_at: Option<i64>,
}

versioned!();

impl Row for StepFile {
    type Id = FileId;
    type Entity = Entity;

    fn id(&self) -> FileId {
        self.file
    }

    fn into_model(self, stamp: Stamp) -> Model {
        let (source, certainty) = provenance(stamp.provenance);
        Model {
            version: stamp.version,
            id: self.file.0,
            record: self.record.0,
            inquiry: self.inquiry.map(|id| id.0),
            source,
            certainty,
            recorded_at: stamp.recorded_at.0,
            ended_at: stamp.ended_at.map(|at| at.0),
        }
    }

    fn from_model(model: Model) -> Result<Self, Error> {
        Ok(StepFile {
            file: model.id.into(),
            record: model.record.into(),
            inquiry: model.inquiry.map(Into::into),
        })
    }
}

impl Of<StepRecordId> for StepFile {
    const PARENT: Column = Column::Record;
}

//! What was asked about step records, and how it was answered (คำขอข้อมูลเพิ่มเติม).

use super::{prelude::*, versioned};
use domain::{
    ids::{InquiryId, StepRecordId},
    inquiry::Inquiry,
};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "inquiries")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: Uuid,
    pub id: Uuid,
    pub record: Uuid,
    pub asked_from: Option<Uuid>,
    pub state: String,
    pub wanted: String,
    pub due: Option<String>,
    pub answer: Option<String>,
    pub source: Option<String>,
    pub certainty: Option<String>,
    pub recorded_at: i64,
    pub ended_at: Option<i64>,
}

versioned!();

impl Row for Inquiry {
    type Id = InquiryId;
    type Entity = Entity;

    fn id(&self) -> InquiryId {
        self.id
    }

    fn into_model(self, stamp: Stamp) -> Model {
        let (source, certainty) = provenance(stamp.provenance);
        Model {
            version: stamp.version,
            id: self.id.0,
            record: self.record.0,
            asked_from: self.from.map(|id| id.0),
            state: self.state.code().to_owned(),
            wanted: self.wanted,
            due: self.due.map(day_text),
            answer: self.answer,
            source,
            certainty,
            recorded_at: stamp.recorded_at.0,
            ended_at: stamp.ended_at.map(|at| at.0),
        }
    }

    fn from_model(model: Model) -> Result<Self, Error> {
        Ok(Inquiry {
            id: model.id.into(),
            record: model.record.into(),
            from: model.asked_from.map(Into::into),
            state: code("inquiry state", &model.state)?,
            wanted: model.wanted,
            due: day_opt(&model.due)?,
            answer: model.answer,
        })
    }
}

impl Of<StepRecordId> for Inquiry {
    const PARENT: Column = Column::Record;
}

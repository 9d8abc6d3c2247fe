//! Waivers of findings (การยกเว้น).

use super::{prelude::*, versioned};
use domain::{ids::WaiverId, subject::Subject, waiver::Waiver};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "waivers")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: Uuid,
    pub id: Uuid,
    pub rule: String,
    pub subject_kind: String,
    pub subject: Uuid,
    pub reason: String,
    pub granted_by: String,
    pub until: String,
    pub letter: Option<String>,
    pub source: Option<String>,
    pub certainty: Option<String>,
    pub recorded_at: i64,
    pub ended_at: Option<i64>,
}

versioned!();

impl Row for Waiver {
    type Id = WaiverId;
    type Entity = Entity;

    fn id(&self) -> WaiverId {
        self.id
    }

    fn into_model(self, stamp: Stamp) -> Model {
        let (source, certainty) = provenance(stamp.provenance);
        Model {
            version: stamp.version,
            id: self.id.0,
            rule: self.rule,
            subject_kind: self.subject.kind().to_owned(),
            subject: self.subject.uuid(),
            reason: self.reason,
            granted_by: self.granted_by,
            until: day_text(self.until),
            letter: self.letter,
            source,
            certainty,
            recorded_at: stamp.recorded_at.0,
            ended_at: stamp.ended_at.map(|at| at.0),
        }
    }

    fn from_model(model: Model) -> Result<Self, Error> {
        let subject = Subject::of(&model.subject_kind, model.subject);
        Ok(Waiver {
            id: model.id.into(),
            rule: model.rule,
            subject: subject.ok_or_else(|| corrupt("kind of subject", &model.subject_kind))?,
            reason: model.reason,
            granted_by: model.granted_by,
            until: day(&model.until)?,
            letter: model.letter,
        })
    }
}

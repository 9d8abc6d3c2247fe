//! Whom somebody reminded of what is due (การแจ้งเตือน).

use super::{prelude::*, versioned};
use domain::{
    ids::{OrganisationId, ReminderId},
    reminder::Reminder,
};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "reminders")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: Uuid,
    pub id: Uuid,
    pub organisation: Uuid,
    pub item: String,
    pub period: i32,
    pub sent_from: Option<Uuid>,
    pub own: bool,
    pub schools: i64,
    pub words: String,
    pub source: Option<String>,
    pub certainty: Option<String>,
    pub recorded_at: i64,
    pub ended_at: Option<i64>,
}

versioned!();

impl Row for Reminder {
    type Id = ReminderId;
    type Entity = Entity;

    fn id(&self) -> ReminderId {
        self.id
    }

    fn into_model(self, stamp: Stamp) -> Model {
        let (source, certainty) = provenance(stamp.provenance);
        Model {
            version: stamp.version,
            id: self.id.0,
            organisation: self.organisation.0,
            item: self.item.code().to_owned(),
            period: period_number(self.period),
            sent_from: self.from.map(|id| id.0),
            own: self.own,
            schools: i64::from(self.schools),
            words: self.text,
            source,
            certainty,
            recorded_at: stamp.recorded_at.0,
            ended_at: stamp.ended_at.map(|at| at.0),
        }
    }

    fn from_model(model: Model) -> Result<Self, Error> {
        Ok(Reminder {
            id: model.id.into(),
            organisation: model.organisation.into(),
            item: code("duty", &model.item)?,
            period: period(model.period)?,
            from: model.sent_from.map(Into::into),
            own: model.own,
            schools: count(model.schools)?,
            text: model.words,
        })
    }
}

impl Of<OrganisationId> for Reminder {
    const PARENT: Column = Column::Organisation;
}

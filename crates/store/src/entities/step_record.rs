//! Step records (บันทึกผลขั้นตอน).

use super::{prelude::*, versioned};
use domain::{
    ids::{OrganisationId, StepRecordId},
    step::{Letter, Outcome, StepRecord},
};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "step_records")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: Uuid,
    pub id: Uuid,
    pub organisation: Uuid,
    pub item: String,
    pub period: i32,
    pub state: String,
    pub outcome: String,
    pub done_on: Option<String>,
    pub document: Option<String>,
    /// What is worth knowing; the reason where the step does not apply.
    pub note: Option<String>,
    pub count: Option<i64>,
    pub letter_number: Option<String>,
    pub letter_date: Option<String>,
    pub returned: Option<String>,
    pub source: Option<String>,
    pub certainty: Option<String>,
    pub recorded_at: i64,
    pub ended_at: Option<i64>,
}

versioned!();

const DONE: &str = "done";
const NOT_APPLICABLE: &str = "not_applicable";

impl Row for StepRecord {
    type Id = StepRecordId;
    type Entity = Entity;

    fn id(&self) -> StepRecordId {
        self.id
    }

    fn into_model(self, stamp: Stamp) -> Model {
        let (source, certainty) = provenance(stamp.provenance);
        let (outcome, done_on, document, note, count) = match self.outcome {
            Outcome::Done {
                on,
                document,
                note,
                count,
            } => (DONE, Some(on), document, note, count),
            Outcome::NotApplicable { reason } => (NOT_APPLICABLE, None, None, Some(reason), None),
        };
        let (letter_number, letter_date) = match self.on_behalf {
            Some(letter) => (Some(letter.number), Some(day_text(letter.date))),
            None => (None, None),
        };
        Model {
            version: stamp.version,
            id: self.id.0,
            organisation: self.organisation.0,
            item: self.item.code().to_owned(),
            period: period_number(self.period),
            state: self.state.code().to_owned(),
            outcome: outcome.to_owned(),
            done_on: done_on.map(day_text),
            document,
            note,
            count: count.map(i64::from),
            letter_number,
            letter_date,
            returned: self.returned,
            source,
            certainty,
            recorded_at: stamp.recorded_at.0,
            ended_at: stamp.ended_at.map(|at| at.0),
        }
    }

    fn from_model(model: Model) -> Result<Self, Error> {
        let outcome = match (model.outcome.as_str(), &model.done_on) {
            (DONE, Some(on)) => Outcome::Done {
                on: day(on)?,
                document: model.document,
                note: model.note,
                count: model.count.map(count).transpose()?,
            },
            (NOT_APPLICABLE, _) => Outcome::NotApplicable {
                reason: model.note.unwrap_or_default(),
            },
            _ => {
                return Err(Error::Corrupt {
                    table: "step_records",
                    wanted: "outcome",
                    found: model.outcome,
                });
            }
        };
        let on_behalf = match (model.letter_number, &model.letter_date) {
            (Some(number), Some(date)) => Some(Letter {
                number,
                date: day(date)?,
            }),
            _ => None,
        };
        Ok(StepRecord {
            id: model.id.into(),
            organisation: model.organisation.into(),
            item: code("duty", &model.item)?,
            period: period(model.period)?,
            state: code("step state", &model.state)?,
            outcome,
            on_behalf,
            returned: model.returned,
        })
    }
}

impl Of<OrganisationId> for StepRecord {
    const PARENT: Column = Column::Organisation;
}

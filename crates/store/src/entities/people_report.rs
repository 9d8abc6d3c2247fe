//! People reached by projects, by quarter.

use super::{prelude::*, versioned};
use domain::{
    ids::{PeopleReportId, ProjectId},
    project::PeopleReport,
};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "people_reports")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: Uuid,
    pub id: Uuid,
    pub project: Uuid,
    pub period: i32,
    pub people: i64,
    pub source: Option<String>,
    pub certainty: Option<String>,
    pub recorded_at: i64,
    pub ended_at: Option<i64>,
}

versioned!();

impl Row for PeopleReport {
    type Id = PeopleReportId;
    type Entity = Entity;

    fn id(&self) -> PeopleReportId {
        self.id
    }

    fn into_model(self, stamp: Stamp) -> Model {
        let (source, certainty) = provenance(stamp.provenance);
        Model {
            version: stamp.version,
            id: self.id.0,
            project: self.project.0,
            period: i32::from(self.period.packed()),
            people: i64::from(self.people),
            source,
            certainty,
            recorded_at: stamp.recorded_at.0,
            ended_at: stamp.ended_at.map(|at| at.0),
        }
    }

    fn from_model(model: Model) -> Result<Self, Error> {
        Ok(PeopleReport {
            id: model.id.into(),
            project: model.project.into(),
            period: fiscal_period(model.period)?,
            people: count(model.people)?,
        })
    }
}

impl Of<ProjectId> for PeopleReport {
    const PARENT: Column = Column::Project;
}

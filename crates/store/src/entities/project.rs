//! Projects (โครงการ) with their words.

use super::{prelude::*, versioned};
use domain::{
    ids::{OrganisationId, ProjectId},
    money::Satang,
    project::{Project, ProjectText},
};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "projects")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: Uuid,
    pub id: Uuid,
    pub owner: Uuid,
    pub year_kind: String,
    pub year: i16,
    pub budget_mode: Option<String>,
    pub approved_on: Option<String>,
    pub continues: Option<Uuid>,
    pub part_of: Option<Uuid>,
    pub stated_budget: Option<i64>,
    pub code: String,
    pub title: String,
    pub target_group: Option<String>,
    pub note: Option<String>,
    pub search_key: String,
    pub source: Option<String>,
    pub certainty: Option<String>,
    pub recorded_at: i64,
    pub ended_at: Option<i64>,
}

versioned!();

impl Row for (Project, ProjectText) {
    type Id = ProjectId;
    type Entity = Entity;

    fn id(&self) -> ProjectId {
        self.0.id
    }

    fn into_model(self, stamp: Stamp) -> Model {
        let (project, text) = self;
        let (year_kind, year) = year_columns(project.year);
        let (source, certainty) = provenance(stamp.provenance);
        Model {
            version: stamp.version,
            id: project.id.0,
            owner: project.owner.0,
            year_kind: year_kind.to_owned(),
            year,
            budget_mode: project.budget_mode.map(|mode| mode.code().to_owned()),
            approved_on: project.approved_on.map(day_text),
            continues: project.continues.map(Uuid::from),
            part_of: project.part_of.map(Uuid::from),
            stated_budget: project.stated_budget.map(|stated| stated.0),
            search_key: search_keys([Some(&text.code), Some(&text.title)]),
            code: text.code,
            title: text.title,
            target_group: text.target_group,
            note: text.note,
            source,
            certainty,
            recorded_at: stamp.recorded_at.0,
            ended_at: stamp.ended_at.map(|at| at.0),
        }
    }

    fn from_model(model: Model) -> Result<Self, Error> {
        Ok((
            Project {
                id: model.id.into(),
                owner: model.owner.into(),
                year: project_year(&model.year_kind, model.year)?,
                budget_mode: code_opt("budget mode", &model.budget_mode)?,
                approved_on: day_opt(&model.approved_on)?,
                continues: model.continues.map(Into::into),
                part_of: model.part_of.map(Into::into),
                stated_budget: model.stated_budget.map(Satang),
            },
            ProjectText {
                code: model.code,
                title: model.title,
                target_group: model.target_group,
                note: model.note,
            },
        ))
    }
}

impl Of<OrganisationId> for (Project, ProjectText) {
    const PARENT: Column = Column::Owner;
}

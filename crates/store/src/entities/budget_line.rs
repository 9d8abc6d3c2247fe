//! Lines of projects' budgets (รายการงบประมาณ).

use super::{prelude::*, versioned};
use domain::{
    ids::{BudgetLineId, ProjectId},
    money::Satang,
    project::BudgetLine,
};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "budget_lines")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: Uuid,
    pub id: Uuid,
    pub project: Uuid,
    pub period: i32,
    pub stage: String,
    pub fund: Option<String>,
    pub category: Option<String>,
    pub kind: Option<String>,
    pub amount: i64,
    pub source: Option<String>,
    pub certainty: Option<String>,
    pub recorded_at: i64,
    pub ended_at: Option<i64>,
}

versioned!();

impl Row for BudgetLine {
    type Id = BudgetLineId;
    type Entity = Entity;

    fn id(&self) -> BudgetLineId {
        self.id
    }

    fn into_model(self, stamp: Stamp) -> Model {
        let (source, certainty) = provenance(stamp.provenance);
        Model {
            version: stamp.version,
            id: self.id.0,
            project: self.project.0,
            period: i32::from(self.period.packed()),
            stage: self.stage.code().to_owned(),
            fund: self.source,
            category: self.category.map(|category| category.code().to_owned()),
            kind: self.kind.map(|kind| kind.code().to_owned()),
            amount: self.amount.0,
            source,
            certainty,
            recorded_at: stamp.recorded_at.0,
            ended_at: stamp.ended_at.map(|at| at.0),
        }
    }

    fn from_model(model: Model) -> Result<Self, Error> {
        Ok(BudgetLine {
            id: model.id.into(),
            project: model.project.into(),
            period: fiscal_period(model.period)?,
            stage: code("stage", &model.stage)?,
            source: model.fund,
            category: code_opt("expense category", &model.category)?,
            kind: code_opt("expense kind", &model.kind)?,
            amount: Satang(model.amount),
        })
    }
}

impl Of<ProjectId> for BudgetLine {
    const PARENT: Column = Column::Project;
}

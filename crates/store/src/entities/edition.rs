//! Dated texts of plans (ฉบับ).

use super::{prelude::*, versioned};
use domain::{
    ids::{EditionId, PlanId},
    plan::{Edition, EditionText},
};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "editions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: Uuid,
    pub id: Uuid,
    pub plan: Uuid,
    pub level: String,
    pub owner: Option<Uuid>,
    pub period_kind: Option<String>,
    pub from_year: Option<i16>,
    pub to_year: Option<i16>,
    pub state: String,
    pub supersedes: Option<Uuid>,
    pub label: String,
    pub source: Option<String>,
    pub certainty: Option<String>,
    pub recorded_at: i64,
    pub ended_at: Option<i64>,
}

versioned!();

impl Row for (Edition, EditionText) {
    type Id = EditionId;
    type Entity = Entity;

    fn id(&self) -> EditionId {
        self.0.id
    }

    fn into_model(self, stamp: Stamp) -> Model {
        let (edition, text) = self;
        let (source, certainty) = provenance(stamp.provenance);
        Model {
            version: stamp.version,
            id: edition.id.0,
            plan: edition.plan.0,
            level: edition.level.code().to_owned(),
            owner: edition.owner.map(Uuid::from),
            period_kind: edition.period_kind.map(|kind| kind.code().to_owned()),
            from_year: edition.from_year,
            to_year: edition.to_year,
            state: edition.state.code().to_owned(),
            supersedes: edition.supersedes.map(Uuid::from),
            label: text.label,
            source,
            certainty,
            recorded_at: stamp.recorded_at.0,
            ended_at: stamp.ended_at.map(|at| at.0),
        }
    }

    fn from_model(model: Model) -> Result<Self, Error> {
        Ok((
            Edition {
                id: model.id.into(),
                plan: model.plan.into(),
                level: code("level", &model.level)?,
                owner: model.owner.map(Into::into),
                period_kind: code_opt("period kind", &model.period_kind)?,
                from_year: model.from_year,
                to_year: model.to_year,
                state: code("edition state", &model.state)?,
                supersedes: model.supersedes.map(Into::into),
            },
            EditionText { label: model.label },
        ))
    }
}

impl Of<PlanId> for (Edition, EditionText) {
    const PARENT: Column = Column::Plan;
}

//! Roles given to people on organisations.

use super::{prelude::*, versioned};
use domain::{
    ids::{GrantId, OrganisationId, PersonId},
    people::Grant,
};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "grants")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: Uuid,
    pub id: Uuid,
    pub person: Uuid,
    pub role: String,
    pub organisation: Uuid,
    pub valid_from: Option<String>,
    pub valid_to: Option<String>,
    pub source: Option<String>,
    pub certainty: Option<String>,
    pub recorded_at: i64,
    pub ended_at: Option<i64>,
}

versioned!();

impl Row for Grant {
    type Id = GrantId;
    type Entity = Entity;

    fn id(&self) -> GrantId {
        self.id
    }

    fn into_model(self, stamp: Stamp) -> Model {
        let (source, certainty) = provenance(stamp.provenance);
        Model {
            version: stamp.version,
            id: self.id.0,
            person: self.person.0,
            role: self.role.code().to_owned(),
            organisation: self.organisation.0,
            valid_from: self.valid_from.map(day_text),
            valid_to: self.valid_to.map(day_text),
            source,
            certainty,
            recorded_at: stamp.recorded_at.0,
            ended_at: stamp.ended_at.map(|at| at.0),
        }
    }

    fn from_model(model: Model) -> Result<Self, Error> {
        Ok(Grant {
            id: model.id.into(),
            person: model.person.into(),
            role: code("role", &model.role)?,
            organisation: model.organisation.into(),
            valid_from: day_opt(&model.valid_from)?,
            valid_to: day_opt(&model.valid_to)?,
        })
    }
}

impl Of<PersonId> for Grant {
    const PARENT: Column = Column::Person;
}

impl Of<OrganisationId> for Grant {
    const PARENT: Column = Column::Organisation;
}

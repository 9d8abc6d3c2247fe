//! Codes of organisations in other registers.

use super::{prelude::*, versioned};
use domain::{
    ids::{OrganisationCodeId, OrganisationId},
    register::OrganisationCode,
};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "organisation_codes")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: Uuid,
    pub id: Uuid,
    pub organisation: Uuid,
    pub kind: String,
    pub code: String,
    pub province: Option<String>,
    pub source: Option<String>,
    pub certainty: Option<String>,
    pub recorded_at: i64,
    pub ended_at: Option<i64>,
}

versioned!();

impl Row for OrganisationCode {
    type Id = OrganisationCodeId;
    type Entity = Entity;

    fn id(&self) -> OrganisationCodeId {
        self.id
    }

    fn into_model(self, stamp: Stamp) -> Model {
        let (source, certainty) = provenance(stamp.provenance);
        Model {
            version: stamp.version,
            id: self.id.0,
            organisation: self.organisation.0,
            kind: self.kind.code().to_owned(),
            code: self.code,
            province: self.province,
            source,
            certainty,
            recorded_at: stamp.recorded_at.0,
            ended_at: stamp.ended_at.map(|at| at.0),
        }
    }

    fn from_model(model: Model) -> Result<Self, Error> {
        Ok(OrganisationCode {
            id: model.id.into(),
            organisation: model.organisation.into(),
            kind: code("kind of code", &model.kind)?,
            code: model.code,
            province: model.province,
        })
    }
}

impl Of<OrganisationId> for OrganisationCode {
    const PARENT: Column = Column::Organisation;
}

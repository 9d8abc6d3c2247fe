//! Dated places of organisations in the two forests.

use super::{prelude::*, versioned};
use domain::{
    ids::{MembershipId, OrganisationId},
    organisation::Membership,
};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "memberships")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: Uuid,
    pub id: Uuid,
    pub organisation: Uuid,
    pub axis: String,
    pub parent: Uuid,
    pub valid_from: Option<String>,
    pub valid_to: Option<String>,
    pub source: Option<String>,
    pub certainty: Option<String>,
    pub recorded_at: i64,
    pub ended_at: Option<i64>,
}

versioned!();

impl Row for Membership {
    type Id = MembershipId;
    type Entity = Entity;

    fn id(&self) -> MembershipId {
        self.id
    }

    fn into_model(self, stamp: Stamp) -> Model {
        let (source, certainty) = provenance(stamp.provenance);
        Model {
            version: stamp.version,
            id: self.id.0,
            organisation: self.organisation.0,
            axis: self.axis.code().to_owned(),
            parent: self.parent.0,
            valid_from: self.valid_from.map(day_text),
            valid_to: self.valid_to.map(day_text),
            source,
            certainty,
            recorded_at: stamp.recorded_at.0,
            ended_at: stamp.ended_at.map(|at| at.0),
        }
    }

    fn from_model(model: Model) -> Result<Self, Error> {
        Ok(Membership {
            id: model.id.into(),
            organisation: model.organisation.into(),
            axis: code("axis", &model.axis)?,
            parent: model.parent.into(),
            valid_from: day_opt(&model.valid_from)?,
            valid_to: day_opt(&model.valid_to)?,
        })
    }
}

impl Of<OrganisationId> for Membership {
    const PARENT: Column = Column::Organisation;
}

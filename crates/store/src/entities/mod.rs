//! The versioned tables, one file each: the stored shape and how it becomes a thing of `domain` and back.

mod convert;

pub(crate) mod activity;
pub(crate) mod alignment;
pub(crate) mod baseline;
pub(crate) mod budget_line;
pub(crate) mod crosswalk;
pub(crate) mod display_order;
pub(crate) mod duty;
pub(crate) mod duty_rule;
pub(crate) mod edition;
pub(crate) mod file;
pub(crate) mod grant;
pub(crate) mod holiday;
pub(crate) mod indicator;
pub(crate) mod indicator_target;
pub(crate) mod inquiry;
pub(crate) mod kept_record;
pub(crate) mod link;
pub(crate) mod listing;
pub(crate) mod membership;
pub(crate) mod mention;
pub(crate) mod node;
pub(crate) mod observation;
pub(crate) mod organisation;
pub(crate) mod organisation_code;
pub(crate) mod people_report;
pub(crate) mod person;
pub(crate) mod plan;
pub(crate) mod project;
pub(crate) mod reminder;
pub(crate) mod step_file;
pub(crate) mod step_record;
pub(crate) mod succession;
pub(crate) mod waiver;

pub use convert::Reason;
pub(crate) use convert::{day_opt, period, project_year, reading, shape};

/// What every entity file needs.
pub(crate) mod prelude {
    pub(crate) use super::convert::*;
    pub(crate) use crate::{
        Error,
        row::{Of, Row, Stamp, Versioned},
    };
    pub(crate) use sea_orm::entity::prelude::*;
    pub(crate) use uuid::Uuid;
}

/// Says that a table has the columns of a versioned one. Used once in each entity file.
macro_rules! versioned {
    () => {
        #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
        pub enum Relation {}

        impl ActiveModelBehavior for ActiveModel {}

        impl Versioned for Entity {
            const ID: Column = Column::Id;
            const RECORDED_AT: Column = Column::RecordedAt;
            const ENDED_AT: Column = Column::EndedAt;

            fn stamp(model: &Model) -> Result<Stamp, Error> {
                stamp(
                    model.version,
                    &model.source,
                    &model.certainty,
                    model.recorded_at,
                    model.ended_at,
                )
            }
        }
    };
}
pub(crate) use versioned;

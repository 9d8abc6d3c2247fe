//! What provinces correct in the duties of a fiscal year.

use super::{prelude::*, versioned};
use domain::{duty_rule::DutyRule, ids::DutyRuleId, time::FiscalYear};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "duty_rules")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: Uuid,
    pub id: Uuid,
    pub province: String,
    pub year: i16,
    pub item: String,
    /// Codes with spaces between them, as in the catalogue.
    pub holders: String,
    pub due: String,
    pub source: Option<String>,
    pub certainty: Option<String>,
    pub recorded_at: i64,
    pub ended_at: Option<i64>,
}

versioned!();

impl Row for DutyRule {
    type Id = DutyRuleId;
    type Entity = Entity;

    fn id(&self) -> DutyRuleId {
        self.id
    }

    fn into_model(self, stamp: Stamp) -> Model {
        let (source, certainty) = provenance(stamp.provenance);
        let holders: Vec<&str> = self.holders.iter().map(|holder| holder.code()).collect();
        Model {
            version: stamp.version,
            id: self.id.0,
            province: self.province,
            year: self.year.0,
            item: self.item.code().to_owned(),
            holders: holders.join(" "),
            due: self.due.to_string(),
            source,
            certainty,
            recorded_at: stamp.recorded_at.0,
            ended_at: stamp.ended_at.map(|at| at.0),
        }
    }

    fn from_model(model: Model) -> Result<Self, Error> {
        let holders = model.holders.split_whitespace();
        Ok(DutyRule {
            id: model.id.into(),
            province: model.province,
            year: FiscalYear(model.year),
            item: code("duty", &model.item)?,
            holders: holders
                .map(|holder| code("holder", holder))
                .collect::<Result<_, _>>()?,
            due: code("due rule", &model.due)?,
        })
    }
}

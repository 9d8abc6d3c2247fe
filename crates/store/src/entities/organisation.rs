//! Organisations (หน่วยงาน) with their words.

use super::{prelude::*, versioned};
use domain::{
    ids::OrganisationId,
    organisation::{Organisation, OrganisationText},
    text::sort_key,
};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "organisations")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: Uuid,
    pub id: Uuid,
    pub class: Option<String>,
    pub opened: Option<String>,
    pub closed: Option<String>,
    pub code: String,
    pub province: Option<String>,
    pub name_th: String,
    pub name_en: Option<String>,
    pub short_name_th: Option<String>,
    pub kind: Option<String>,
    pub affiliation_th: Option<String>,
    pub district_dopa: Option<String>,
    pub sort_key: Vec<u8>,
    pub search_key: String,
    pub source: Option<String>,
    pub certainty: Option<String>,
    pub recorded_at: i64,
    pub ended_at: Option<i64>,
}

versioned!();

impl Row for (Organisation, OrganisationText) {
    type Id = OrganisationId;
    type Entity = Entity;

    fn id(&self) -> OrganisationId {
        self.0.id
    }

    fn into_model(self, stamp: Stamp) -> Model {
        let (organisation, text) = self;
        let search_key = search_keys([
            Some(&text.code),
            Some(&text.name_th),
            text.short_name_th.as_ref(),
            text.name_en.as_ref(),
        ]);
        let (source, certainty) = provenance(stamp.provenance);
        Model {
            version: stamp.version,
            id: organisation.id.0,
            class: organisation.class.map(|class| class.code().to_owned()),
            opened: organisation.opened.map(day_text),
            closed: organisation.closed.map(day_text),
            sort_key: sort_key(&text.name_th),
            search_key,
            code: text.code,
            province: text.province,
            name_th: text.name_th,
            name_en: text.name_en,
            short_name_th: text.short_name_th,
            kind: text.kind,
            affiliation_th: text.affiliation_th,
            district_dopa: text.district_dopa,
            source,
            certainty,
            recorded_at: stamp.recorded_at.0,
            ended_at: stamp.ended_at.map(|at| at.0),
        }
    }

    fn from_model(model: Model) -> Result<Self, Error> {
        Ok((
            Organisation {
                id: model.id.into(),
                class: code_opt("class", &model.class)?,
                opened: day_opt(&model.opened)?,
                closed: day_opt(&model.closed)?,
            },
            OrganisationText {
                code: model.code,
                province: model.province,
                name_th: model.name_th,
                name_en: model.name_en,
                short_name_th: model.short_name_th,
                kind: model.kind,
                affiliation_th: model.affiliation_th,
                district_dopa: model.district_dopa,
            },
        ))
    }
}

//! Elements of editions (องค์ประกอบของแผน) with their words.

use super::{prelude::*, versioned};
use domain::{
    ids::{EditionId, NodeId},
    plan::{Node, NodeText},
    text::sort_key,
};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "nodes")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: Uuid,
    pub id: Uuid,
    pub edition: Uuid,
    pub parent: Option<Uuid>,
    pub lineage: Uuid,
    pub kind: String,
    pub position: i32,
    pub code: String,
    pub label_th: String,
    pub name_th: String,
    pub name_en: Option<String>,
    pub sort_key: Vec<u8>,
    pub search_key: String,
    pub source: Option<String>,
    pub certainty: Option<String>,
    pub recorded_at: i64,
    pub ended_at: Option<i64>,
}

versioned!();

impl Row for (Node, NodeText) {
    type Id = NodeId;
    type Entity = Entity;

    fn id(&self) -> NodeId {
        self.0.id
    }

    fn into_model(self, stamp: Stamp) -> Model {
        let (node, text) = self;
        let search_key =
            search_keys([Some(&text.code), Some(&text.name_th), text.name_en.as_ref()]);
        let (source, certainty) = provenance(stamp.provenance);
        Model {
            version: stamp.version,
            id: node.id.0,
            edition: node.edition.0,
            parent: node.parent.map(Uuid::from),
            lineage: node.lineage.0,
            kind: node.kind.code().to_owned(),
            position: position_number(node.position),
            sort_key: sort_key(&text.name_th),
            search_key,
            code: text.code,
            label_th: text.label_th,
            name_th: text.name_th,
            name_en: text.name_en,
            source,
            certainty,
            recorded_at: stamp.recorded_at.0,
            ended_at: stamp.ended_at.map(|at| at.0),
        }
    }

    fn from_model(model: Model) -> Result<Self, Error> {
        Ok((
            Node {
                id: model.id.into(),
                edition: model.edition.into(),
                parent: model.parent.map(Into::into),
                lineage: model.lineage.into(),
                kind: code("node kind", &model.kind)?,
                position: count(model.position)?,
            },
            NodeText {
                code: model.code,
                label_th: model.label_th,
                name_th: model.name_th,
                name_en: model.name_en,
            },
        ))
    }
}

impl Of<EditionId> for (Node, NodeText) {
    const PARENT: Column = Column::Edition;
}

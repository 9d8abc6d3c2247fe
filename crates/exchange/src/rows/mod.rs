//! One function per sheet: from a row of cells to what it says, before its references are followed.

mod nodes;
mod plan;
mod projects;

pub(crate) use nodes::{IndicatorDraft, NodeDraft, Parent, indicator, node, objective, strategy};
pub(crate) use plan::{agency, header};
pub(crate) use projects::{ProjectDraft, activity, budget, link, project};

use crate::{plan::Origin, record::Record};

fn origin(record: &mut Record<'_>) -> Origin {
    Origin {
        source: record.text("source"),
        certainty: record.word("certainty"),
    }
}

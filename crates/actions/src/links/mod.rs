//! Acts on the links of projects.

mod decide;
mod propose;

pub use decide::{Decision, decide};
pub use propose::{NewLink, propose};

use crate::Error;
use domain::{
    ids::{LinkId, NodeId, ProjectId},
    issue::{Issue, Place},
    link::Link,
};
use store::{Kept, Reason, Tx};

/// The standing link between a project and a node, if there is one.
async fn between(
    tx: &Tx,
    project: ProjectId,
    node: NodeId,
) -> Result<Option<Kept<(Link, Reason)>>, Error> {
    let links: Vec<Kept<(Link, Reason)>> = store::all(tx).await?;
    Ok(links
        .into_iter()
        .find(|kept| kept.row.0.project == project && kept.row.0.node == node))
}

fn at(id: LinkId) -> Place {
    Place::Thing {
        what: "link",
        code: String::new(),
        id: id.to_string(),
    }
}

/// A reason is asked for every decision; white space is none.
fn reason(text: &str) -> Result<String, Error> {
    let text = domain::text::clean(text).text;
    if text.is_empty() {
        let at = Place::Field {
            field: "reason".to_owned(),
        };
        return Err(Error::Invalid(vec![Issue::error(at, "link.reason_needed")]));
    }
    Ok(text)
}

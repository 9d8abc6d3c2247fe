//! What nodes are in other editions or frameworks.

use super::{
    plans::Nodes,
    settle::{Desk, Want},
};
use crate::{Error, wanted::WantedCrosswalk};
use domain::{ids::NodeId, plan::Crosswalk};
use store::Reason;

/// Records a row where none stands between the two nodes. What people decided stands.
pub(super) async fn settle(
    desk: &mut Desk<'_>,
    wanted: Vec<WantedCrosswalk>,
    nodes: &Nodes,
) -> Result<(), Error> {
    if wanted.is_empty() {
        return Ok(());
    }
    let standing = desk.standing::<(Crosswalk, Reason)>().await?;
    let key_of = |from: NodeId, to: Option<NodeId>| match to {
        Some(to) => format!("{from} → {to}"),
        None => format!("{from} →"),
    };
    let wants = wanted
        .into_iter()
        .map(|w| {
            let (from, to) = (nodes[&w.from], w.to.as_ref().map(|key| nodes[key]));
            Want {
                key: key_of(from, to),
                provenance: Some(w.provenance),
                standing_wins: true,
                make: Box::new(move |id, _: Option<&(Crosswalk, Reason)>| {
                    let reason = Reason {
                        reason_th: w.rationale_th,
                        ..Reason::default()
                    };
                    (
                        Crosswalk {
                            id,
                            from,
                            to,
                            relation: w.relation,
                            state: w.state,
                        },
                        reason,
                    )
                }) as _,
            }
        })
        .collect();
    desk.settle(
        "crosswalk",
        standing,
        |(c, _)| Some(key_of(c.from, c.to)),
        |(c, _)| c.id,
        wants,
    )
    .await?;
    desk.forget_missing("crosswalk");
    Ok(())
}

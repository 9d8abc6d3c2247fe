//! Takes in a plan that was read from a folder or workbook: one act, one event.

use super::translate;
use crate::{
    Error,
    act::{Done, NATIONAL, Told, perform},
    ctx::Ctx,
    reconcile::{Outcome, changed_anything, reconcile},
};
use exchange::plan::PlanFile;
use store::Store;

/// What an import did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// The code of the plan, for the commands that follow.
    pub plan: String,
    /// What happened, by kind of row.
    pub outcome: Outcome,
}

/// Records a plan file: a changed row is a new recorded row, an unchanged one nothing, and a row that stands but is
/// missing from the file is reported and stays. Proposed links stay proposals.
///
/// `name` is the folder or file name, used as the plan's code where the file does not state one.
///
/// # Errors
/// [`Error::Invalid`] with everything that cannot be found: the framework of a link, a target code, an owner.
pub async fn import(
    store: &Store,
    ctx: &mut Ctx,
    file: &PlanFile,
    name: &str,
) -> Result<Imported, Error> {
    let province = file
        .header
        .as_ref()
        .and_then(|header| header.value.province_dopa.clone());
    perform(
        store,
        ctx,
        province.as_deref().unwrap_or(NATIONAL),
        async |tx, ctx, at| {
            let wanted = translate::wanted(tx, file, name).await?;
            let plan = wanted.editions[0].key.plan.clone();
            let outcome = reconcile(tx, ctx, at, wanted).await?;
            let event = changed_anything(&outcome).then(|| Told {
                act: "plan.import",
                subject: ("plan", plan.clone()),
                payload: serde_json::json!({ "from": name, "outcome": outcome }),
            });
            Ok(Done {
                answer: Imported { plan, outcome },
                event,
            })
        },
    )
    .await
}

//! Closes what more was asked about a step record: whoever asked has seen the answer, or no longer needs one.

use super::{
    answer::{asked_of, seen},
    ask_for_more::blocked,
    enter::{put, trail_of},
};
use crate::{
    Error,
    act::{Done, Told, Trail, perform},
    ctx::Ctx,
    permission::{On, authorise, may_in_its_name},
};
use domain::{
    ids::InquiryId,
    issue::{Issue, Place},
    organisation::{Organisation, OrganisationText},
    permission::Act,
};
use store::Store;
use uuid::Uuid;

/// Closes an inquiry in the name of the office that asked; no other office closes it.
///
/// # Errors
/// [`Error::Forbidden`], also for what does not exist; [`Error::Stale`] when it changed since it was seen, is closed,
/// or is another office's.
pub async fn close_inquiry(
    store: &Store,
    ctx: &mut Ctx,
    inquiry: InquiryId,
    version: Uuid,
) -> Result<(), Error> {
    let organisation = asked_of(store, inquiry).await?;
    let trail = trail_of(store, organisation).await?;
    perform(store, ctx, Trail::Own(&trail), async |tx, ctx, at| {
        let on = On::Organisation(organisation);
        let by = authorise(tx, ctx, Act::AskForMore, on, at).await?;
        let before = seen(tx, inquiry, version).await?;
        let (act, from) = (Act::AskForMore, before.from);
        if !may_in_its_name(tx, ctx.who, act, organisation, from, at).await? {
            let office = match from {
                Some(from) => store::get::<(Organisation, OrganisationText)>(tx, from).await?,
                None => None,
            };
            let name = office.map(|kept| kept.row.1.name_th).unwrap_or_default();
            let issue = Issue::error(Place::Whole, "step.others_inquiry").with("office", name);
            return Err(Error::stale(issue));
        }
        let after = before.closed().map_err(blocked)?;
        put(tx, ctx, at, after.clone()).await?;
        let event = Some(Told {
            by,
            act: "step.close_inquiry",
            subject: ("step_record", after.record.to_string()),
            payload: serde_json::json!({ "before": before, "after": after }),
        });
        Ok(Done { answer: (), event })
    })
    .await
}

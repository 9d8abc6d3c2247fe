//! A link or an alignment proposed: first what is served, then with which share and why.

use axum::response::{IntoResponse, Response};
use domain::ids::NodeId;
use domain::issue::Issue;
use domain::permission::Act;
use domain::share::Share;
use maud::{Markup, html};

use super::choose::{Asked, Choosing};
use super::desk::Desk;
use super::terms::{self, Asking, filled, typed};
use crate::form::Fields;
use crate::{Error, Page, Viewer};

/// What is served, where the address says so: only something that may be.
///
/// # Errors
/// `Forbidden` for who may not propose, `NotFound` for what may not be served.
pub async fn chosen(v: &Viewer, desk: &Desk, asked: &Asked) -> Result<Option<NodeId>, Error> {
    desk.allows(v, Act::ProposeLink).await?;
    Choosing { desk, asked }.chosen(v, v.live()?)
}

/// The page where it is chosen; `instead` of results where nothing was asked yet.
///
/// # Errors
/// When a read fails.
pub async fn choose(
    v: &Viewer,
    desk: &Desk,
    asked: &Asked,
    instead: Markup,
) -> Result<Page, Error> {
    let body = Choosing { desk, asked }.show(v, v.live()?, instead).await?;
    Ok(desk.show(v, "choose", body))
}

/// The form for what was chosen, with what is left of the whole and a reason to begin with.
///
/// # Errors
/// Without data.
pub fn show(v: &Viewer, desk: &Desk, node: NodeId, reason: &str) -> Result<Page, Error> {
    let left = v.live()?.read(|now| desk.lower.left(now, node));
    let share = (left != Share::ZERO).then_some(left);
    form(v, desk, node, &filled(share, false, reason), &[])
}

/// Proposes what the form says.
///
/// # Errors
/// What is neither wrong input (422, said beside the fields) nor proposed by somebody else meanwhile (409).
pub async fn post(
    v: &Viewer,
    desk: &Desk,
    asked: &Asked,
    fields: &Fields,
) -> Result<Response, Error> {
    let node = chosen(v, desk, asked).await?.ok_or(Error::Form)?;
    let done = match typed(v, fields) {
        Err(issues) => Err(Error::Invalid(issues)),
        Ok(given) => desk.lower.propose(v, node, given).await,
    };
    let Err(error) = done else {
        return Ok(desk.back());
    };
    let status = error.status();
    let issues = error.into_issues()?;
    Ok((status, form(v, desk, node, fields, &issues)?).into_response())
}

fn form(
    v: &Viewer,
    desk: &Desk,
    node: NodeId,
    fields: &Fields,
    issues: &[Issue],
) -> Result<Page, Error> {
    let to = desk.to_propose(node);
    let body = v.live()?.read(|now| {
        let asking = Asking {
            to: &to,
            button: "page.joint.propose",
            left: desk.lower.left(now, node),
            stands: None,
        };
        html! { (desk.served(v, now, node, true)) (terms::form(v, &asking, fields, issues)) }
    });
    Ok(desk.show(v, "propose", body))
}

//! Share and rank of a standing link or alignment changed, never over what somebody else did meanwhile.

use actions::links::needed;
use axum::response::{IntoResponse, Response};
use domain::ids::NodeId;
use domain::issue::Issue;
use domain::link::LinkState;
use maud::html;

use super::desk::Desk;
use super::lower::Standing;
use super::terms::{self, Asking, filled, reason_of, typed};
use crate::form::Fields;
use crate::ui::{Form, button};
use crate::{Error, Page, Viewer};

/// The form with what stands.
///
/// # Errors
/// `NotFound` where there is none, `Forbidden` for who may not change it as it stands.
pub async fn show(v: &Viewer, desk: &Desk, node: NodeId) -> Result<Page, Error> {
    let stands = desk.lower.standing_to(v, node).await?;
    desk.allows(v, needed(stands.terms.state)).await?;
    let reason = reason_of(v, &stands);
    let fields = filled(Some(stands.terms.share), stands.terms.primary, &reason);
    form(v, desk, &stands, &fields, &[]).await
}

/// Changes it as the form says.
///
/// # Errors
/// As for the page, and what is neither wrong input (422, said beside the fields) nor a change by somebody else, which
/// is said with what stands now while what was typed is kept (409).
pub async fn post(
    v: &Viewer,
    desk: &Desk,
    node: NodeId,
    fields: &Fields,
) -> Result<Response, Error> {
    let seen = fields.text("seen").parse().map_err(|_| Error::Form)?;
    let done = match typed(v, fields) {
        Err(issues) => Err(Error::Invalid(issues)),
        Ok(given) => desk.lower.change(v, node, seen, given).await,
    };
    let Err(error) = done else {
        return Ok(desk.back());
    };
    let status = error.status();
    let issues = error.into_issues()?;
    // Read again: what stands now is what somebody else may have left.
    let stands = desk.lower.standing_to(v, node).await?;
    let page = form(v, desk, &stands, fields, &issues).await?;
    Ok((status, page).into_response())
}

/// The form; where there is nothing left for the reader to change, only what stands against it and the way on.
async fn form(
    v: &Viewer,
    desk: &Desk,
    stands: &Standing,
    fields: &Fields,
    issues: &[Issue],
) -> Result<Page, Error> {
    let (node, state) = (stands.node, stands.terms.state);
    let may = desk.allows(v, needed(state)).await.is_ok();
    let (way, word) = match state {
        LinkState::Rejected if may => (desk.to_propose(node), "page.links.again"),
        _ => (desk.page.clone(), "page.joint.back"),
    };
    let to = desk.to_change(node);
    let body = v.live()?.read(|now| {
        let asking = Asking {
            to: &to,
            button: "page.joint.save",
            left: desk.lower.left(now, node),
            stands: Some(stands),
        };
        html! {
            (desk.served(v, now, node, false))
            @if state == LinkState::Rejected || !may {
                (Form::new(v, terms::WORDS, fields, issues).summary())
                div.row { (button(&way, None, &v.say(word), false)) }
            } @else { (terms::form(v, &asking, fields, issues)) }
        }
    });
    Ok(desk.show(v, "change", body))
}

//! One link of a project decided on, from the page of the project.

use std::collections::HashMap;

use actions::links::{Decision, decide_seen};
use actions::permission::On;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use domain::ids::NodeId;
use domain::permission::Act;

use super::explorer::View;
use super::show::{of_address, page};
use crate::form::Fields;
use crate::{Error, Viewer};

/// `POST /projects/{plan}/{code}/links/{node}`: `decision`, `reason`, and the state `seen` by who decides.
///
/// # Errors
/// `NotFound` where the province knows no such project, `Forbidden` for who may not decide on its links. What stands
/// against the decision is said on the page of the project as it is now: 409 where somebody else decided meanwhile.
pub async fn post(
    viewer: Viewer,
    Path(parts): Path<HashMap<String, String>>,
    fields: Fields,
) -> Result<Response, Error> {
    let v = &viewer;
    let asked = of_address(v, &parts).await?;
    let project = asked.kept.row.0;
    v.allows(Act::DecideLink, On::Organisation(project.owner))
        .await?;
    let node = parts
        .get("node")
        .and_then(|id| id.parse::<uuid::Uuid>().ok());
    let node = NodeId::from(node.ok_or(Error::NotFound)?);
    let decision = match fields.text("decision") {
        "approve" => Decision::Approve,
        "reject" => Decision::Reject,
        _ => return Err(Error::Form),
    };
    let seen = fields.text("seen").parse().map_err(|_| Error::Form)?;
    let why = fields.text("reason").to_owned();
    let done = v
        .act(async move |store, ctx| {
            decide_seen(store, ctx, (project.id, node), seen, decision, &why).await
        })
        .await;
    let error = match done {
        Ok(_) => return Ok(Redirect::to(&v.to_project(&asked.plan, &asked.code)).into_response()),
        Err(error) => error,
    };
    let status = error.status();
    let issues = error.into_issues()?;
    let page = page(v, &asked, View::Whole, Some((node, &fields, &issues))).await?;
    Ok((status, page).into_response())
}

//! Taking a merging or splitting back: shown before it is done.

use actions::organisations::{Undo, preview_undo, undo_merge};
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use domain::ids::{OrganisationId, ReorganisationId};
use domain::issue::Issue;
use domain::permission::Act;
use domain::register::Succession;
use store::Kept;

use super::{Named, Parts, card, confirm, form, found, page};
use crate::form::Fields;
use crate::ui::Kind;
use crate::{Error, Page, Refused, Viewer};

/// `GET /organisations/{code}/undo/{reorganisation}`.
///
/// # Errors
/// `NotFound` where no organisation has the code or it took part in no such merging or splitting.
pub async fn show(viewer: Viewer, Path(parts): Parts) -> Result<Page, Error> {
    let v = &viewer;
    let kept = found(v, &parts, Act::Restructure).await?.row;
    let id = reorganisation(v, &parts, kept.0.id).await?;
    asking(v, &kept, id, &Fields::default(), &[]).await
}

/// The merging or splitting of an address, in which the organisation took part, whether it stands or was undone.
async fn reorganisation(
    v: &Viewer,
    parts: &std::collections::HashMap<String, String>,
    organisation: OrganisationId,
) -> Result<ReorganisationId, Error> {
    let text = parts.get("reorganisation").map_or("", String::as_str);
    let id = ReorganisationId(text.parse().map_err(|_| Error::NotFound)?);
    let store = v.live()?.store();
    let mut rows: Vec<Kept<Succession>> = store::of(store, &[id]).await?;
    rows.extend(store::register::ended_successions(store, id).await?);
    let mut parts = rows
        .iter()
        .flat_map(|kept| [kept.row.predecessor, kept.row.successor]);
    if parts.any(|part| part == organisation) {
        Ok(id)
    } else {
        Err(Error::NotFound)
    }
}

async fn asking(
    v: &Viewer,
    kept: &Named,
    id: ReorganisationId,
    fields: &Fields,
    issues: &[Issue],
) -> Result<Page, Error> {
    let f = form(v, fields, issues);
    let to = format!("{}/undo/{id}", v.to_organisation(&kept.1.code));
    let body = f.show(
        &to,
        &v.say("organisation.preview.button"),
        f.text("reason", Kind::Text),
    );
    let card = card(v, "organisation.undo.card", body);
    Ok(page(
        v,
        Some(kept),
        "organisation.undo.title",
        "organisation.undo.lead",
        card,
    ))
}

/// `POST /organisations/{code}/undo/{reorganisation}`.
///
/// # Errors
/// As for the page; that it was undone already, or changed since, is said on it.
pub async fn post(viewer: Viewer, Path(parts): Parts, fields: Fields) -> Result<Response, Error> {
    let v = &viewer;
    let kept = found(v, &parts, Act::Restructure).await?.row;
    let id = reorganisation(v, &parts, kept.0.id).await?;
    let input = Undo {
        reorganisation: id,
        reason: fields.text("reason").to_owned(),
    };
    let outcome = if fields.ticked("confirmed") {
        let done = v
            .act(async move |store, ctx| undo_merge(store, ctx, &input).await)
            .await;
        done.map(|_| Redirect::to(&v.to_organisation(&kept.1.code)).into_response())
    } else {
        let action = format!("{}/undo/{id}", v.to_organisation(&kept.1.code));
        match v
            .act(async move |store, ctx| preview_undo(store, ctx, &input).await)
            .await
        {
            Ok(seen) => Ok(confirm::show(v, &kept, &seen, &fields, &action)
                .await?
                .into_response()),
            Err(error) => Err(error),
        }
    };
    match outcome {
        Ok(response) => Ok(response),
        Err(error) => {
            let refused = Refused::try_from(error)?;
            let page = asking(v, &kept, id, &fields, &refused.issues).await?;
            Ok((refused.status, page).into_response())
        }
    }
}

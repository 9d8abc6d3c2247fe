//! A file of evidence, for whoever may see the record it proves: handed out to be saved, never shown as a page.

use std::collections::HashMap;

use actions::permission::On;
use axum::extract::Path;
use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use domain::ids::{FileId, OrganisationId};
use domain::permission::Act;
use domain::step::{KeptRecord, StepFile, StepRecord};
use uuid::Uuid;

use crate::address::encoded;
use crate::{Error, Viewer};

/// `GET /files/{id}`.
///
/// # Errors
/// `Forbidden` out of reach, whether there is such a file or not.
pub async fn show(
    viewer: Viewer,
    Path(parts): Path<HashMap<String, String>>,
) -> Result<Response, Error> {
    let v = &viewer;
    v.somebody()?;
    let store = v.live()?.store();
    let id: Uuid = parts
        .get("id")
        .and_then(|id| id.parse().ok())
        .unwrap_or_default();
    // A file that was taken away still proves an earlier version: its link stands in the history.
    let links = store::history::<StepFile>(store, FileId(id)).await?;
    let record = links.last().map(|link| link.row.record);
    // The same holds for a record that was given up when its organisation closed.
    let mut versions = match record {
        Some(record) => store::history::<StepRecord>(store, record).await?,
        None => Vec::new(),
    };
    let record = versions.pop().map(|kept| kept.row);
    let nobody = OrganisationId(Uuid::nil());
    let owner = record.as_ref().map_or(nobody, |record| record.organisation);
    if let Err(refused) = v.allows(Act::See, On::Organisation(owner)).await {
        // Whoever goes on for the organisation reads what it left.
        let kept = match record {
            Some(record) => store::get::<KeptRecord>(store, record.id).await?,
            None => None,
        };
        let successor = kept.ok_or(refused)?.row.successor;
        v.allows(Act::See, On::Organisation(successor)).await?;
    }
    let found = store::files::content(store, FileId(id)).await?;
    let (file, content) = found.ok_or(Error::NotFound)?;
    let mut response = content.into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(file.media.code()));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    let disposition = format!("attachment; filename*=UTF-8''{}", encoded(&file.name));
    if let Ok(value) = HeaderValue::from_str(&disposition) {
        headers.insert(CONTENT_DISPOSITION, value);
    }
    Ok(response)
}

//! Attaches a file to a record as evidence: known by its content, kept under its digest.

use super::enter::{Cell, blocked, enter, entered, standing, trail_of};
use crate::{
    Error,
    act::{Done, Told, Trail, perform},
    ctx::Ctx,
};
use domain::{
    file::{File, MAX_BYTES, safe_name},
    ids::FileId,
    issue::{Issue, Place},
    permission::Act,
    step::{StepFile, StepState},
};
use sha2::{Digest, Sha256};
use store::{New, Store, files};

/// Files that one record may have.
pub const MAX_FILES: usize = 5;

/// A file that somebody sends.
#[derive(Debug, Clone)]
pub struct Attach {
    /// To the record of which cell.
    pub cell: Cell,
    /// The record is a draft on behalf of the agency, and the file comes from who drafted it.
    pub on_behalf: bool,
    /// The name it came under.
    pub name: String,
    /// Its content.
    pub content: Vec<u8>,
}

fn wrong(code: &'static str) -> Issue {
    let at = Place::Field {
        field: "file".to_owned(),
    };
    Issue::error(at, code)
}

/// Keeps a file and attaches it to the record of a cell.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::Invalid`] for an empty or too large file, for a type that is not kept, for the same
/// content twice and for too many; [`Error::Stale`] when there is no record, it changed or is certified.
pub async fn attach(store: &Store, ctx: &mut Ctx, new: Attach) -> Result<FileId, Error> {
    let cell = new.cell;
    let trail = trail_of(store, cell.organisation).await?;
    let sha256: [u8; 32] = Sha256::digest(&new.content).into();
    let act = match new.on_behalf {
        true => Act::DraftOnBehalf,
        false => Act::RecordStep,
    };
    perform(store, ctx, Trail::Own(&trail), async |tx, ctx, at| {
        let state = enter(tx, ctx, act, cell, at).await?;
        let record = standing(state.record)?;
        record.open().map_err(blocked)?;
        if new.on_behalf && record.state != StepState::Drafted {
            return Err(blocked(domain::step::Blocked::OwnRecord));
        }
        let attached = store::of::<StepFile, _>(tx, &[record.id]).await?;
        let ids: Vec<FileId> = attached.iter().map(|kept| kept.row.file).collect();
        let mut issues = Vec::new();
        if files::about(tx, &ids).await?.iter().any(|file| file.sha256 == sha256) {
            issues.push(wrong("step.file_twice"));
        }
        if ids.len() >= MAX_FILES {
            issues.push(wrong("step.too_many_files").with("max", MAX_FILES));
        }
        let media = match new.content.len() {
            0 => Err(wrong("step.file_empty")),
            bytes if bytes > MAX_BYTES => {
                Err(wrong("step.file_too_large").with("max", MAX_BYTES / 1_048_576))
            }
            _ => exchange::evidence::media_type(&new.content)
                .ok_or_else(|| wrong("step.file_unsafe").with("name", new.name.as_str())),
        };
        let media = match media {
            Ok(media) if issues.is_empty() => media,
            Ok(_) => return Err(Error::Invalid(issues)),
            Err(issue) => {
                issues.push(issue);
                return Err(Error::Invalid(issues));
            }
        };
        let file = File {
            id: ctx.id(),
            name: safe_name(&new.name, media),
            media,
            bytes: new.content.len() as u64,
            sha256,
        };
        files::keep(tx, at, &file, new.content.clone()).await?;
        let link = New {
            version: ctx.id(),
            provenance: Some(entered(ctx)),
            row: StepFile {
                file: file.id,
                record: record.id,
            },
        };
        store::record(tx, at, [link]).await?;
        let digest: String = sha256.iter().map(|byte| format!("{byte:02x}")).collect();
        let event = Some(Told {
            by: state.by,
            act: "step.attach",
            subject: ("step_record", record.id.to_string()),
            payload: serde_json::json!({
                "file": file.id, "name": file.name, "media": file.media, "bytes": file.bytes, "sha256": digest,
            }),
        });
        Ok(Done {
            answer: file.id,
            event,
        })
    })
    .await
}

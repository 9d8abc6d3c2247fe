//! Keeping files: each is judged by its content, and all that an organisation keeps has a limit.

use super::{enter::put, quota::quota};
use crate::{Error, ctx::Ctx};
use domain::{
    file::{File, MAX_BYTES, MediaType, safe_name},
    ids::{FileId, InquiryId, OrganisationId, StepRecordId},
    issue::{Issue, Issues, Place},
    step::StepFile,
    time::Moment,
};
use sha2::{Digest, Sha256};
use store::{Tx, files};

/// Files that one record, or one answer, may have.
pub const MAX_FILES: usize = 5;
/// Bytes of a megabyte, as limits and quotas are told.
const MEGABYTE: u64 = 1_048_576;

/// A file that somebody sends.
#[derive(Debug, Clone)]
pub struct NewFile {
    /// The name it came under.
    pub name: String,
    /// Its content.
    pub content: Vec<u8>,
}

/// To what a file is attached.
pub(super) struct Whereto<'a> {
    pub record: StepRecordId,
    /// Whose space it takes.
    pub organisation: OrganisationId,
    /// The inquiry that it answers.
    pub inquiry: Option<InquiryId>,
    /// The province whose limits hold.
    pub province: &'a str,
}

fn wrong(code: &'static str) -> Issue {
    let at = Place::Field {
        field: "file".to_owned(),
    };
    Issue::error(at, code)
}

/// What a file is, or why it is not kept.
fn judge(new: &NewFile) -> Result<MediaType, Issue> {
    let wrong = |code| wrong(code).with("name", new.name.as_str());
    match new.content.len() {
        0 => Err(wrong("step.file_empty")),
        bytes if bytes > MAX_BYTES => {
            Err(wrong("step.file_too_large").with("max", MAX_BYTES / MEGABYTE as usize))
        }
        _ => exchange::evidence::media_type(&new.content).ok_or_else(|| wrong("step.file_unsafe")),
    }
}

/// The files that stand for a record, or for an answer about it.
pub(super) async fn attached(tx: &Tx, to: &Whereto<'_>) -> Result<Vec<FileId>, Error> {
    let all = store::of::<StepFile, _>(tx, &[to.record]).await?;
    let here = all.iter().filter(|kept| kept.row.inquiry == to.inquiry);
    Ok(here.map(|kept| kept.row.file).collect())
}

/// The files as they will be kept, in the order in which they were sent; everything that is wrong with them joins what is
/// wrong already.
pub(super) async fn judged(
    tx: &Tx,
    ctx: &mut Ctx,
    to: &Whereto<'_>,
    new: &[NewFile],
    issues: &mut Issues,
) -> Result<Vec<File>, Error> {
    if new.is_empty() {
        return Ok(Vec::new());
    }
    let ids = attached(tx, to).await?;
    if ids.len() + new.len() > MAX_FILES {
        issues.push(wrong("step.too_many_files").with("max", MAX_FILES));
    }
    let mut digests: Vec<[u8; 32]> = files::about(tx, &ids)
        .await?
        .iter()
        .map(|file| file.sha256)
        .collect();
    let mut fit = Vec::with_capacity(new.len());
    for one in new {
        let sha256: [u8; 32] = Sha256::digest(&one.content).into();
        if digests.contains(&sha256) {
            issues.push(wrong("step.file_twice").with("name", one.name.as_str()));
        }
        digests.push(sha256);
        match judge(one) {
            Ok(media) => fit.push(File {
                id: ctx.id(),
                name: safe_name(&one.name, media),
                media,
                bytes: one.content.len() as u64,
                sha256,
            }),
            Err(issue) => issues.push(issue),
        }
    }
    let sent: u64 = fit.iter().map(|file| file.bytes).sum();
    let kept = files::bytes_of(tx, to.organisation).await?;
    let most = quota(tx, to.province).await?;
    if kept + sent > u64::from(most) * MEGABYTE {
        issues.push(
            wrong("step.quota_full")
                .with("kept", kept.div_ceil(MEGABYTE) as usize)
                .with("most", i64::from(most)),
        );
    }
    Ok(fit)
}

/// Keeps files that were judged, and attaches them.
pub(super) async fn keep(
    tx: &Tx,
    ctx: &mut Ctx,
    at: Moment,
    to: &Whereto<'_>,
    judged: &[File],
    sent: &[NewFile],
) -> Result<(), Error> {
    for (file, one) in judged.iter().zip(sent) {
        files::keep(tx, at, file, one.content.clone()).await?;
        let link = StepFile {
            file: file.id,
            record: to.record,
            inquiry: to.inquiry,
        };
        put(tx, ctx, at, link).await?;
    }
    Ok(())
}

/// Files as the trail tells of them.
pub(super) fn told(files: &[File]) -> Vec<serde_json::Value> {
    let hex = |sha256: &[u8; 32]| sha256.iter().map(|byte| format!("{byte:02x}")).collect();
    files
        .iter()
        .map(|file| {
            let digest: String = hex(&file.sha256);
            serde_json::json!({
                "file": file.id, "name": file.name, "media": file.media, "bytes": file.bytes, "sha256": digest,
            })
        })
        .collect()
}

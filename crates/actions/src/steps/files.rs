//! Keeping files: each is judged by its content, and all that an organisation keeps has a limit.

use super::{enter::put, quota::quota};
use crate::{Error, ctx::Ctx};
use domain::{
    file::{File, MAX_BYTES, MediaType, safe_name},
    ids::{FileId, InquiryId},
    issue::{Issue, Issues, Place},
    step::{StepFile, StepRecord},
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
    pub record: &'a StepRecord,
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
    match new.content.len() {
        0 => Err(wrong("step.file_empty")),
        bytes if bytes > MAX_BYTES => {
            Err(wrong("step.file_too_large").with("max", MAX_BYTES / MEGABYTE as usize))
        }
        _ => exchange::evidence::media_type(&new.content)
            .ok_or_else(|| wrong("step.file_unsafe").with("name", new.name.as_str())),
    }
}

/// The files that stand for a record, or for an answer about it.
pub(super) async fn attached(tx: &Tx, to: &Whereto<'_>) -> Result<Vec<FileId>, Error> {
    let all = store::of::<StepFile, _>(tx, &[to.record.id]).await?;
    let here = all.iter().filter(|kept| kept.row.inquiry == to.inquiry);
    Ok(here.map(|kept| kept.row.file).collect())
}

/// Keeps files and attaches them, or says everything that is wrong with them and keeps none.
pub(super) async fn keep(
    tx: &Tx,
    ctx: &mut Ctx,
    at: Moment,
    to: Whereto<'_>,
    new: &[NewFile],
) -> Result<Vec<File>, Error> {
    let mut issues: Issues = Vec::new();
    let ids = attached(tx, &to).await?;
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
            issues.push(wrong("step.file_twice"));
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
    let kept = files::bytes_of(tx, to.record.organisation).await?;
    let most = quota(tx, to.province).await?;
    if kept + sent > u64::from(most) * MEGABYTE {
        issues.push(
            wrong("step.quota_full")
                .with("kept", kept.div_ceil(MEGABYTE) as usize)
                .with("most", i64::from(most)),
        );
    }
    if !issues.is_empty() {
        return Err(Error::Invalid(issues));
    }
    for (file, one) in fit.iter().zip(new) {
        files::keep(tx, at, file, one.content.clone()).await?;
        let link = StepFile {
            file: file.id,
            record: to.record.id,
            inquiry: to.inquiry,
        };
        put(tx, ctx, at, link).await?;
    }
    Ok(fit)
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

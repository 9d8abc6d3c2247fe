//! How much evidence one organisation may keep: a setting of the province, counted over everything ever attached.

use crate::{
    Error,
    act::{Done, Told, Trail, perform},
    ctx::Ctx,
    permission::{On, authorise},
};
use domain::{
    issue::{Issue, Place},
    permission::Act,
    text::{clean, from_thai_digits},
};
use store::{Read, Store, accounts};

/// Megabytes for one organisation where the province set nothing: some years of scanned orders and photographs.
pub const QUOTA_MB: u32 = 500;
/// What a province may set.
const RANGE: std::ops::RangeInclusive<u32> = 20..=1_000_000;

fn setting(province: &str) -> String {
    format!("evidence_mb.{province}")
}

/// Megabytes that each organisation of a province may keep.
///
/// # Errors
/// When the database cannot be read or holds something else in its place.
pub async fn quota(read: &impl Read, province: &str) -> Result<u32, Error> {
    let Some(text) = accounts::setting(read, &setting(province)).await? else {
        return Ok(QUOTA_MB);
    };
    text.parse().map_err(|_| {
        Error::Store(store::Error::Corrupt {
            table: "settings",
            wanted: "megabytes of evidence",
            found: text,
        })
    })
}

/// Sets how many megabytes of evidence each organisation of a province may keep. Nothing that is kept is thrown away by it.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::Invalid`] for what is no number, too little or too much.
pub async fn set_quota(
    store: &Store,
    ctx: &mut Ctx,
    province: &str,
    typed: &str,
) -> Result<u32, Error> {
    perform(store, ctx, Trail::Own(province), async |tx, ctx, at| {
        let by = authorise(tx, ctx, Act::Configure, On::Province(province), at).await?;
        let text = from_thai_digits(&clean(typed).text).replace(',', "");
        let megabytes = text.parse().ok().filter(|mb| RANGE.contains(mb));
        let Some(after) = megabytes else {
            let field = "megabytes".to_owned();
            let issue = Issue::error(Place::Field { field }, "step.quota_range")
                .with("least", i64::from(*RANGE.start()))
                .with("most", i64::from(*RANGE.end()));
            return Err(Error::Invalid(vec![issue]));
        };
        let before = quota(tx, province).await?;
        accounts::set_setting(tx, &setting(province), &after.to_string()).await?;
        let event = (before != after).then(|| Told {
            by,
            act: "step.set_quota",
            subject: ("setting", setting(province)),
            payload: serde_json::json!({ "before": before, "after": after }),
        });
        Ok(Done {
            answer: after,
            event,
        })
    })
    .await
}

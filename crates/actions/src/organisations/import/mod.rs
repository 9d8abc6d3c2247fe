//! Takes in a list of schools: a three-way difference between what the list says, what stands, and what the last list
//! said; a preview of it; and the act that records it, one event for all rows.

mod apply;
mod difference;
mod find;
mod past;

pub use difference::{Difference, FieldChange, Line, Outcome};

use super::{
    check::{Check, sound},
    desk::{Asks, allowed, record},
    register::Register,
};
use crate::{
    Ctx, Error,
    act::{Done, Told, Trail, perform},
    permission::{Allowed, On, authorise},
};
use domain::{
    ids::OrganisationId,
    issue::{Issue, Issues, Place, Severity},
    organisation::is_province,
    permission::Act,
    provenance::{Certainty, Provenance},
    time::Moment,
};
use exchange::schools::SchoolList;
use jiff::civil::Date;
use past::Past;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use store::{Read, Store};

/// The act of taking in a list of schools.
pub(crate) const IMPORT: &str = "organisation.import";

/// A list of schools to be taken in.
#[derive(Debug, Clone, Default)]
pub struct SchoolsImport {
    /// The list as read, without errors.
    pub list: SchoolList,
    /// The province (two digits of กรมการปกครอง) in which its codes are known.
    pub province: String,
    /// The agency to which schools report whose row names none.
    pub parent: Option<OrganisationId>,
    /// The first day of places that differ from those that stand; `None` = the first of this quarter.
    pub on: Option<Date>,
    /// The name of the file.
    pub name: String,
    /// SHA-256 of the file, in hexadecimal.
    pub sha256: String,
    /// The fingerprint of the difference that a person saw; `None` = whatever it is.
    pub seen: Option<String>,
}

impl SchoolsImport {
    /// A list with the name and the digest of the file from which it was read.
    pub fn of(list: SchoolList, province: &str, name: &str, bytes: &[u8]) -> Self {
        Self {
            list,
            province: province.to_owned(),
            name: name.to_owned(),
            sha256: hex(&Sha256::digest(bytes)),
            ..Self::default()
        }
    }

    fn asks(&self) -> Asks<'_> {
        Asks {
            parents: self.parent.into_iter().collect(),
            new_in: Some(Some(&self.province)),
            ..Asks::default()
        }
    }
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What taking in a list would do; nothing is recorded.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::Invalid`] with everything that blocks it, by cell.
pub async fn preview_import(
    store: &Store,
    ctx: &mut Ctx,
    input: &SchoolsImport,
) -> Result<Difference, Error> {
    let at = ctx.now();
    Ok(planned(store, ctx, at, input).await?.2)
}

/// Takes in a list of schools: new ones are added, what differs is changed where the last list said otherwise, what a
/// person corrected since stays, and schools that the list no longer names are told and stay.
///
/// # Errors
/// [`Error::Invalid`] with everything that blocks it, by cell; [`Error::Stale`] when the difference is another one than
/// the person saw.
pub async fn import(
    store: &Store,
    ctx: &mut Ctx,
    input: &SchoolsImport,
) -> Result<Difference, Error> {
    let province = Some(&*input.province).filter(|it| is_province(it));
    let trail = Trail::Shared(province.unwrap_or(crate::NATIONAL));
    perform(store, ctx, trail, async |tx, ctx, at| {
        let (by, register, difference) = planned(tx, ctx, at, input).await?;
        if input
            .seen
            .as_ref()
            .is_some_and(|seen| *seen != difference.fingerprint)
        {
            return Err(Error::stale(Issue::error(
                Place::Whole,
                "organisation.import_changed",
            )));
        }
        let origin = Provenance {
            source: input.name.clone(),
            certainty: Certainty::Seen,
        };
        let changes = record(tx, ctx, at, &register, &origin).await?;
        let event = changes.map(|changes| Told {
            by,
            act: IMPORT,
            subject: ("province", input.province.clone()),
            payload: serde_json::json!({
                "from": input.name,
                "sha256": input.sha256,
                "added": difference.added(),
                "gone": difference.gone.len(),
                // What was added stands in the rows; what was there before would be nowhere else.
                "changes": changes.of_standing(),
            }),
        });
        Ok(Done {
            answer: difference,
            event,
        })
    })
    .await
}

async fn planned(
    read: &impl Read,
    ctx: &mut Ctx,
    at: Moment,
    input: &SchoolsImport,
) -> Result<(Allowed, Register, Difference), Error> {
    let by = allowed(read, ctx, at, Act::ManageOrganisations, &input.asks()).await?;
    let mut register = Register::load(read, &[]).await?;
    let mut difference = wanted(read, &register, at, input).await?;
    if difference.moves() {
        authorise(
            read,
            ctx,
            Act::Restructure,
            On::Province(&input.province),
            at,
        )
        .await?;
    }
    let parents = difference.parents();
    let asks = Asks {
        parents,
        ..input.asks()
    };
    allowed(read, ctx, at, Act::ManageOrganisations, &asks).await?;
    apply::apply(
        &mut register,
        &difference,
        input,
        at.thai_day(),
        &mut || ctx.id(),
    );
    sound(&register, "list").map_err(Error::Invalid)?;
    difference.finish();
    Ok((by, register, difference))
}

/// So many issues of a kind are listed, as the reader of the file lists them; the others are counted.
const OF_A_KIND: usize = 50;

/// A list in which every row has the same fault says so once and how often, and not seven hundred times.
fn bounded(issues: Issues, file: &str) -> Issues {
    let mut counts: BTreeMap<&'static str, (usize, Severity)> = BTreeMap::new();
    let mut kept = Issues::new();
    for issue in issues {
        let (count, _) = counts.entry(issue.code).or_insert((0, issue.severity));
        *count += 1;
        if *count <= OF_A_KIND {
            kept.push(issue);
        }
    }
    for (code, (count, severity)) in counts {
        if count > OF_A_KIND {
            let at = Place::File {
                file: file.to_owned(),
            };
            let more = Issue::warning(at, "import.more_of_same");
            let more = more.with("count", count - OF_A_KIND).with("code", code);
            kept.push(Issue { severity, ..more });
        }
    }
    kept
}

/// The difference, when nothing blocks it.
async fn wanted(
    read: &impl Read,
    register: &Register,
    at: Moment,
    input: &SchoolsImport,
) -> Result<Difference, Error> {
    let today = at.thai_day();
    let mut check = Check::new(register, today);
    if !is_province(&input.province) {
        check.tell("province", "import.unknown_province").args =
            vec![("found", input.province.as_str().into())];
    }
    if let Some(on) = input.on {
        check.day("on", on);
    }
    if let Some(parent) = input.parent {
        check.parent("parent", parent, None);
    }
    if input.list.rows.is_empty() {
        check.tell("list", "import.no_rows");
    }
    let mut issues: Issues = check.issues;
    let past = Past::load(read, &input.province).await?;
    let difference = difference::of(read, register, input, &past, &mut issues).await?;
    let issues = bounded(issues, &input.name);
    if issues.iter().any(|issue| issue.severity == Severity::Error) {
        return Err(Error::Invalid(issues));
    }
    Ok(Difference {
        issues,
        ..difference
    })
}

//! Takes in a plan that was read from a folder or workbook: one act, one event.

use super::{Known, check, known, translate};
use crate::{
    Error,
    act::{Done, NATIONAL, Told, Trail, perform},
    ctx::Ctx,
    permission::{On, authorise},
    reconcile::{IMPORT, Outcome, Source, changed_anything, reconcile},
};
use domain::{
    issue::{Issue, Issues, Place, Severity},
    permission::Act,
};
use exchange::plan::PlanFile;
use sha2::{Digest, Sha256};
use std::{collections::BTreeMap, fs, io, path::Path};
use store::Store;

/// What an import did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// The code of the plan, for the commands that follow.
    pub plan: String,
    /// What happened, by kind of row.
    pub outcome: Outcome,
    /// What should be looked at: agencies that stand with another name than the file gives, and words of projects that
    /// people put right and the file says otherwise.
    pub advice: Issues,
}

/// Whence a plan file came, for the trail.
#[derive(Debug, Clone, Default)]
pub struct Whence {
    /// Folder or file name; the plan's code where the file does not state one.
    pub name: String,
    /// SHA-256 of every file that was given, in hexadecimal, by its name.
    pub sha256: BTreeMap<String, String>,
    /// Rows that were left out.
    pub skipped: Vec<Place>,
}

impl From<&str> for Whence {
    fn from(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            ..Self::default()
        }
    }
}

impl Whence {
    /// The name and the files of a folder, or the one file.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub fn at(path: &Path) -> io::Result<Self> {
        let full = path.canonicalize()?;
        let mut whence = Self::default();
        let mut add = |path: &Path| -> io::Result<()> {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let digest = Sha256::digest(fs::read(path)?);
            let hex = digest.iter().map(|byte| format!("{byte:02x}")).collect();
            whence.sha256.insert(name.into_owned(), hex);
            Ok(())
        };
        let name = if full.is_dir() {
            for entry in fs::read_dir(&full)? {
                let entry = entry?;
                if entry.file_type()?.is_file() {
                    add(&entry.path())?;
                }
            }
            full.file_name()
        } else {
            add(&full)?;
            full.file_stem()
        };
        whence.name = name.unwrap_or_default().to_string_lossy().into_owned();
        Ok(whence)
    }
}

/// Records a plan file: a changed row is a new recorded row, an unchanged one nothing, and a row that stands but is
/// missing from the file is reported and stays. Words of projects that people put right since the last import stay while the
/// file says what it said then; where it says something else they stay, too, and both are told. Proposed links stay proposals. An organisation that a catalogue, a
/// person or another province recorded is only referred to.
///
/// # Errors
/// [`Error::Invalid`] with everything that cannot be found: the framework of a link, a target code, an owner.
pub async fn import(
    store: &Store,
    ctx: &mut Ctx,
    file: &PlanFile,
    from: impl Into<Whence>,
) -> Result<Imported, Error> {
    let from = from.into();
    let province = known::province(file).map(str::to_owned);
    let trail = Trail::Shared(province.as_deref().unwrap_or(NATIONAL));
    perform(store, ctx, trail, async |tx, ctx, at| {
        let on = province.as_deref().map_or(On::Nation, On::Province);
        let by = authorise(tx, ctx, Act::ImportPlan, on, at).await?;
        let known = Known::standing(tx, file).await?;
        let (mut issues, _) = check(&known, &mut file.clone(), false);
        if issues.iter().any(|issue| issue.severity == Severity::Error) {
            return Err(Error::Invalid(issues));
        }
        let wanted = translate::wanted(file, &from.name, &known);
        let plan = wanted.editions[0].key.plan.clone();
        let source = Source::plan(tx, province.clone()).await?;
        let (outcome, kept) = reconcile(tx, ctx, at, wanted, &source).await?;
        issues.extend(kept);
        let event = match changed_anything(&outcome) {
            false => None,
            true => {
                let stands = store::texts::plan(tx, &plan).await?;
                let stands = stands.ok_or_else(|| {
                    let unknown = Issue::error(Place::Whole, "ask.unknown_plan");
                    Error::not_found(unknown.with("plan", &*plan).with("known", ""))
                })?;
                let payload = serde_json::json!({
                    "plan": plan,
                    "from": from.name,
                    "sha256": from.sha256,
                    "skipped": from.skipped,
                    "outcome": outcome,
                });
                Some(Told {
                    by,
                    act: IMPORT,
                    subject: ("plan", stands.row.id.to_string()),
                    payload,
                })
            }
        };
        let answer = Imported {
            plan,
            outcome,
            advice: issues,
        };
        Ok(Done { answer, event })
    })
    .await
}

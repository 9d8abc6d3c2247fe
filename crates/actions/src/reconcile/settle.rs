//! The one comparison that every kind of row goes through.

use super::{Outcome, Tally};
use crate::{Error, ctx::Ctx};
use domain::{issue::Issues, provenance::Provenance, time::Moment};
use std::{
    collections::{HashMap, HashSet},
    fmt::Display,
    hash::Hash,
};
use store::{Kept, New, Row, Tx};
use uuid::Uuid;

/// Makes the wanted row from its id and, where one stands, the standing row: what people decided since is carried over.
type Make<R> = Box<dyn FnOnce(<R as Row>::Id, Option<&R>) -> R + Send>;

/// One row that the source wants.
pub(super) struct Want<K, R: Row> {
    /// Its natural key.
    pub key: K,
    /// Where it was read; `None` = the source does not say, and what stands is kept.
    pub provenance: Option<Provenance>,
    /// Whether a standing row stays as it is whatever the source says: dated history, and what people decide on.
    pub standing_wins: bool,
    /// Makes it.
    pub make: Make<R>,
}

/// Where the rows of one reconciliation are compared and recorded.
pub(super) struct Desk<'a> {
    tx: &'a Tx,
    ctx: &'a mut Ctx,
    at: Moment,
    pub outcome: Outcome,
    /// What should be looked at.
    pub issues: Issues,
}

impl<'a> Desk<'a> {
    pub fn new(tx: &'a Tx, ctx: &'a mut Ctx, at: Moment) -> Self {
        Self {
            tx,
            ctx,
            at,
            outcome: Outcome::new(),
            issues: Issues::new(),
        }
    }

    /// The transaction, to read what stands.
    pub fn tx(&self) -> &'a Tx {
        self.tx
    }

    /// Every standing row of one table: for the small kinds.
    pub async fn standing<R: Row>(&self) -> Result<Vec<Kept<R>>, Error> {
        Ok(store::all(self.tx).await?)
    }

    /// A new id.
    pub fn id<T: From<Uuid>>(&mut self) -> T {
        self.ctx.id()
    }

    /// Compares the wanted rows with the standing ones and records what is new or changed. Gives the id of every key,
    /// standing or new. Of two wanted rows with one key the first counts; the source has reported the second.
    pub async fn settle<K, R>(
        &mut self,
        kind: &str,
        standing: Vec<Kept<R>>,
        key: impl Fn(&R) -> Option<K>,
        id: impl Fn(&R) -> R::Id,
        wanted: Vec<Want<K, R>>,
    ) -> Result<HashMap<K, R::Id>, Error>
    where
        K: Eq + Hash + Clone + Display,
        R: Row + PartialEq,
        R::Id: From<Uuid>,
    {
        let mut found: HashMap<K, Kept<R>> = standing
            .into_iter()
            .filter_map(|kept| Some((key(&kept.row)?, kept)))
            .collect();
        let mut ids: HashMap<K, R::Id> = HashMap::new();
        let mut tally = Tally::default();
        let mut new = Vec::new();
        let mut seen = HashSet::new();
        for want in wanted {
            if !seen.insert(want.key.clone()) {
                continue;
            }
            let stands = found.remove(&want.key);
            if let (true, Some(kept)) = (want.standing_wins, &stands) {
                tally.unchanged += 1;
                ids.insert(want.key, id(&kept.row));
                continue;
            }
            let row_id = match &stands {
                Some(kept) => id(&kept.row),
                None => self.ctx.id(),
            };
            let provenance = want
                .provenance
                .or_else(|| stands.as_ref()?.stamp.provenance.clone());
            let row = (want.make)(row_id, stands.as_ref().map(|kept| &kept.row));
            match stands {
                Some(kept) if kept.row == row && kept.stamp.provenance == provenance => {
                    tally.unchanged += 1
                }
                stands => {
                    match stands {
                        Some(_) => tally.changed += 1,
                        None => tally.added += 1,
                    }
                    new.push(New {
                        version: self.ctx.id(),
                        provenance,
                        row,
                    });
                }
            }
            ids.insert(want.key, row_id);
        }
        for (key, kept) in found {
            tally.missing.push(key.to_string());
            ids.insert(key, id(&kept.row));
        }
        tally.missing.sort();
        if !new.is_empty() {
            store::record(self.tx, self.at, new).await?;
        }
        self.add(kind, tally);
        Ok(ids)
    }

    /// Ends rows that only note what a source said, when it no longer says so.
    pub async fn end<R: Row>(&mut self, kind: &str, ids: &[R::Id]) -> Result<(), Error> {
        store::end::<R>(self.tx, self.at, ids).await?;
        let ended = ids.len();
        let tally = Tally {
            ended,
            ..Tally::default()
        };
        self.add(kind, tally);
        Ok(())
    }

    /// Counts rows in which words of people stayed, and tells of those that the source says otherwise.
    pub fn kept(&mut self, kind: &str, rows: usize, conflicts: Issues) {
        let tally = Tally {
            corrected: rows,
            conflicts: conflicts.len(),
            ..Tally::default()
        };
        self.add(kind, tally);
        self.issues.extend(conflicts);
    }

    /// Adds to what happened to one kind of row; several calls for one kind add up.
    fn add(&mut self, kind: &str, tally: Tally) {
        let total = self.outcome.entry(kind.to_owned()).or_default();
        total.added += tally.added;
        total.changed += tally.changed;
        total.unchanged += tally.unchanged;
        total.ended += tally.ended;
        total.corrected += tally.corrected;
        total.conflicts += tally.conflicts;
        total.missing.extend(tally.missing);
    }

    /// Says that rows of this kind which the source does not name are no loss: the source never speaks of all of them.
    pub fn forget_missing(&mut self, kind: &str) {
        if let Some(tally) = self.outcome.get_mut(kind) {
            tally.missing.clear();
        }
    }
}

//! One table in memory, with what stood before: an act changes it freely, and what differs at the end is recorded.

use domain::provenance::Provenance;
use serde::Serialize;
use std::collections::BTreeMap;

/// A row as it was and as it is; `None` = it did not stand, or stands no longer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Diff<R> {
    pub before: Option<R>,
    pub after: Option<R>,
}

/// The standing rows of one kind, and those that an act touched as they were before.
#[derive(Debug, Clone)]
pub struct Rows<K, R> {
    standing: BTreeMap<K, R>,
    before: BTreeMap<K, Option<R>>,
    provenance: BTreeMap<K, Provenance>,
}

impl<K, R> Default for Rows<K, R> {
    fn default() -> Self {
        Self {
            standing: BTreeMap::new(),
            before: BTreeMap::new(),
            provenance: BTreeMap::new(),
        }
    }
}

impl<K: Copy + Ord, R: Clone + PartialEq> Rows<K, R> {
    /// Adds a row that stands, with where it was read.
    pub fn load(&mut self, key: K, row: R, provenance: Option<Provenance>) {
        if let Some(provenance) = provenance {
            self.provenance.insert(key, provenance);
        }
        self.standing.insert(key, row);
    }

    pub fn get(&self, key: K) -> Option<&R> {
        self.standing.get(&key)
    }

    pub fn all(&self) -> impl Iterator<Item = &R> {
        self.standing.values()
    }

    /// Where a row was read that stood before the act.
    pub fn provenance(&self, key: K) -> Option<&Provenance> {
        self.provenance.get(&key)
    }

    /// The same rows as the next act finds them.
    #[cfg(test)]
    pub fn settled(self) -> Self {
        let before = BTreeMap::new();
        Self { before, ..self }
    }

    /// Records a row, in the place of the one with its key.
    pub fn put(&mut self, key: K, row: R) {
        let before = self.standing.insert(key, row);
        self.before.entry(key).or_insert(before);
    }

    /// Ends a row.
    pub fn end(&mut self, key: K) {
        let before = self.standing.remove(&key);
        self.before.entry(key).or_insert(before);
    }

    /// What is different now; what was changed and changed back is not.
    pub fn diffs(&self) -> impl Iterator<Item = (K, Diff<R>)> + '_ {
        self.before.iter().filter_map(|(key, before)| {
            let after = self.standing.get(key);
            (before.as_ref() != after).then(|| {
                let diff = Diff {
                    before: before.clone(),
                    after: after.cloned(),
                };
                (*key, diff)
            })
        })
    }
}

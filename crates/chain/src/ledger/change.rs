//! Changes of projects, amounts and people.

use super::{
    Ledger,
    rows::{Entry, PEOPLE, ProjectRow, is_a_year},
};
use crate::{
    fault::Fault,
    index::{OrgIx, ProjectIx},
    organisations::{Organisations, Replanted},
    seats::NONE,
};
use domain::{
    facts::{Change, Fact, Key},
    ids::ProjectId,
    project::Project,
};

impl Ledger {
    /// Whether the change can be applied to projects, amounts and people.
    pub(crate) fn check(
        &self,
        change: &Change,
        organisations: &Organisations,
    ) -> Result<(), Fault> {
        match change {
            Change::Recorded(Fact::Project(row)) => {
                self.check_project(row, organisations)?;
                self.check_part_of(row)
            }
            Change::Recorded(fact) => match entry_of(fact) {
                Some((project, entry)) => {
                    let row = entry.key_of(project);
                    entry.check(row)?;
                    match self.project(project) {
                        Some(_) => Ok(()),
                        None => Err(Fault::Unknown {
                            by: row,
                            what: Key::Project(project),
                        }),
                    }
                }
                None => Ok(()),
            },
            Change::Ended(row @ Key::Project(id)) => match self.project(*id) {
                None => Err(Fault::NotStanding { row: *row }),
                Some(ix) => match self.entries.list(ix.0).first() {
                    Some(entry) => Err(Fault::StillNamed {
                        row: *row,
                        by: entry.key_of(*id),
                    }),
                    None => Ok(()),
                },
            },
            Change::Ended(row @ Key::Organisation(id)) => {
                let owner = organisations.number(*id);
                let mut projects = owner.into_iter().flat_map(|owner| self.owned_by(owner));
                match projects.next() {
                    Some(project) => Err(Fault::StillNamed {
                        row: *row,
                        by: Key::Project(self.id(project)),
                    }),
                    None => Ok(()),
                }
            }
            Change::Ended(row) => match key_of(*row) {
                Some((project, key)) => match self.position(project, &key) {
                    Some(_) => Ok(()),
                    None => Err(Fault::NotStanding { row: *row }),
                },
                None => Ok(()),
            },
        }
    }

    /// Applies a change that every module accepted. The organisations have it already.
    pub(crate) fn apply(
        &mut self,
        change: &Change,
        organisations: &Organisations,
        replanted: &[Replanted],
    ) {
        self.of_owner.widen(organisations.len());
        for Replanted { axis, before } in replanted {
            let mut columns = std::mem::take(&mut self.columns);
            columns.replant(*axis, before, self, organisations);
            self.columns = columns;
        }
        match change {
            Change::Recorded(Fact::Project(row)) => {
                let Some(owner) = organisations.number(row.owner) else {
                    return;
                };
                let number = self.index.number(row.id);
                let packed = self.pack(row, owner.0);
                self.rows.resize(self.index.len(), ProjectRow::GONE);
                self.entries.widen(self.rows.len());
                self.replace_project(number, packed, organisations);
            }
            Change::Ended(Key::Project(id)) => {
                if let Some(ix) = self.project(*id) {
                    self.replace_project(ix.0, ProjectRow::GONE, organisations);
                }
            }
            Change::Recorded(fact) => {
                if let Some((project, entry)) = entry_of(fact)
                    && let Some(ix) = self.project(project)
                {
                    self.around(&[ix], organisations, |ledger| {
                        if let Some(position) = ledger.position(project, &entry) {
                            ledger.entries.remove(ix.0, position);
                        }
                        ledger.entries.insert(ix.0, entry);
                    });
                }
            }
            Change::Ended(key) => {
                if let Some((project, key)) = key_of(*key)
                    && let Some(ix) = self.project(project)
                    && let Some(position) = self.position(project, &key)
                {
                    self.around(&[ix], organisations, |ledger| {
                        ledger.entries.remove(ix.0, position);
                    });
                }
            }
        }
    }

    /// Takes the pieces of some projects out of their seats, changes something, and puts them back.
    fn around(
        &mut self,
        projects: &[ProjectIx],
        organisations: &Organisations,
        change: impl FnOnce(&mut Self),
    ) {
        let mut columns = std::mem::take(&mut self.columns);
        for project in projects {
            columns.take(self, organisations, *project);
        }
        change(self);
        for project in projects {
            columns.place(self, organisations, *project);
        }
        self.columns = columns;
    }

    /// Puts a project's row in the place of the one before. When it comes or goes, its parts' money goes or comes.
    fn replace_project(&mut self, number: u32, row: ProjectRow, organisations: &Organisations) {
        let before = self.rows[number as usize];
        let mut affected = vec![ProjectIx(number)];
        if before.stands() != row.stands() {
            let parts = self.parts.range((number, 0)..=(number, NONE));
            affected.extend(parts.map(|(_, part)| ProjectIx(*part)));
        }
        self.around(&affected, organisations, |ledger| {
            if before.stands() {
                ledger.parts.remove(&(before.part_of, number));
                if let Ok(position) = ledger.of_owner.list(before.owner).binary_search(&number) {
                    ledger.of_owner.remove(before.owner, position);
                }
            }
            if row.stands() {
                if row.part_of != NONE {
                    ledger.parts.insert((row.part_of, number));
                }
                ledger.of_owner.insert(row.owner, number);
            }
            ledger.rows[number as usize] = row;
        });
    }

    fn position(&self, project: ProjectId, key: &Entry) -> Option<usize> {
        let ix = self.project(project)?;
        let mut entries = self.entries.list(ix.0).iter();
        entries.position(|entry| entry.same_key(key))
    }

    /// What is wrong with a project by itself; else its owner. The projects that it continues or is part of need not
    /// stand: they may be of a year that was never imported, or have ended.
    pub(super) fn check_project(
        &self,
        row: &Project,
        organisations: &Organisations,
    ) -> Result<u32, Fault> {
        let by = Key::Project(row.id);
        if !is_a_year(row.year.fiscal().0) {
            return Err(Fault::Period { row: by });
        }
        match organisations.number(row.owner) {
            Some(OrgIx(owner)) => Ok(owner),
            None => Err(Fault::Unknown {
                by,
                what: Key::Organisation(row.owner),
            }),
        }
    }

    pub(super) fn pack(&mut self, row: &Project, owner: u32) -> ProjectRow {
        let mut number = |id: Option<ProjectId>| id.map_or(NONE, |id| self.index.number(id));
        let (part_of, continues) = (number(row.part_of), number(row.continues));
        ProjectRow::new(row, owner, part_of, continues)
    }

    /// Whether a project that is about to be recorded would be part of itself.
    fn check_part_of(&self, row: &Project) -> Result<(), Fault> {
        let mut path = vec![row.id];
        let mut whole = row.part_of;
        while let Some(id) = whole {
            if id == row.id {
                return Err(Fault::PartOfItself(smallest_first(path)));
            }
            path.push(id);
            whole = self.project(id).and_then(|ix| {
                let part_of = self.rows[ix.at()].part_of;
                (part_of != NONE).then(|| self.index.id(part_of))
            });
        }
        Ok(())
    }

    /// Every circle of projects that are part of one another, once.
    pub(super) fn find_parts_of_themselves(&self, faults: &mut Vec<Fault>) {
        // Which walk came by: a walk that meets its own mark has found a circle nobody found before.
        let mut mark = vec![NONE; self.rows.len()];
        for (_, start) in &self.parts {
            let mut at = *start;
            while mark[at as usize] == NONE {
                mark[at as usize] = *start;
                let part_of = self.rows[at as usize].part_of;
                if part_of == NONE || !self.stands(ProjectIx(part_of)) {
                    break;
                }
                at = part_of;
                if mark[at as usize] == *start {
                    let mut path = vec![self.index.id(at)];
                    let mut next = self.rows[at as usize].part_of;
                    while next != at {
                        path.push(self.index.id(next));
                        next = self.rows[next as usize].part_of;
                    }
                    faults.push(Fault::PartOfItself(smallest_first(path)));
                }
            }
        }
    }
}

fn smallest_first(mut path: Vec<ProjectId>) -> Vec<ProjectId> {
    let smallest = (0..path.len()).min_by_key(|n| path[*n]);
    path.rotate_left(smallest.unwrap_or(0));
    path
}

fn entry_of(fact: &Fact) -> Option<(ProjectId, Entry)> {
    match fact {
        Fact::Amount {
            project,
            period,
            stage,
            satang,
        } => Some((*project, Entry::new(*period, *stage as u8, satang.0))),
        Fact::People {
            project,
            period,
            people,
        } => Some((*project, Entry::new(*period, PEOPLE, i64::from(*people)))),
        _ => None,
    }
}

fn key_of(key: Key) -> Option<(ProjectId, Entry)> {
    match key {
        Key::Amount {
            project,
            period,
            stage,
        } => Some((project, Entry::new(period, stage as u8, 0))),
        Key::People { project, period } => Some((project, Entry::new(period, PEOPLE, 0))),
        _ => None,
    }
}

//! Rows that belong to one thing: an activity to its project, a baseline to its indicator.

use super::{IdIndex, NONE};
use crate::index::Id;

#[derive(Debug, Clone, Copy)]
struct Row<I, P> {
    id: I,
    /// The thing it belongs to; `NONE` = the place is free.
    owner: u32,
    /// The next row of the same owner by id, or the next free place.
    next: u32,
    payload: P,
}

/// Rows found by id and listed by owner, in the order of their ids.
#[derive(Debug, Clone)]
pub(crate) struct Owned<I, P> {
    rows: Vec<Row<I, P>>,
    /// First row of each owner.
    first: Vec<u32>,
    index: IdIndex,
    free: u32,
    live: usize,
}

impl<I, P> Default for Owned<I, P> {
    fn default() -> Self {
        Self {
            rows: Vec::new(),
            first: Vec::new(),
            index: IdIndex::default(),
            free: NONE,
            live: 0,
        }
    }
}

impl<I: Id, P: Copy> Owned<I, P> {
    /// A table of rows in any order over `owners` things. Err: an id that stands twice.
    pub(crate) fn build(rows: Vec<(I, u32, P)>, owners: usize) -> Result<Self, I> {
        let mut table = Self::default();
        if rows.is_empty() {
            return Ok(table);
        }
        // Rows of one owner lie side by side, so that listing them reads memory in order: counted, then put in place.
        let mut ends = vec![0u32; owners + 1];
        for (_, owner, _) in &rows {
            ends[*owner as usize + 1] += 1;
        }
        for owner in 0..owners {
            ends[owner + 1] += ends[owner];
        }
        let (id, _, payload) = rows[0];
        let empty = Row {
            id,
            owner: NONE,
            next: NONE,
            payload,
        };
        table.rows = vec![empty; rows.len()];
        table.live = rows.len();
        for (id, owner, payload) in rows {
            let place = &mut ends[owner as usize];
            table.rows[*place as usize] = Row {
                id,
                owner,
                next: NONE,
                payload,
            };
            *place += 1;
        }
        table.chain(ends, owners);
        table.index = IdIndex::with_capacity(table.rows.len());
        let rows = &table.rows;
        for (place, row) in rows.iter().enumerate() {
            let new = table
                .index
                .insert_new(row.id, place as u32, |p| rows[p as usize].id);
            if !new {
                return Err(row.id);
            }
        }
        Ok(table)
    }

    /// Orders the rows of each owner by id and chains them; `ends` are the places after the last row of each. The same
    /// vector then holds the first place of each.
    fn chain(&mut self, mut ends: Vec<u32>, owners: usize) {
        let mut start = 0;
        for end in ends.iter_mut().take(owners) {
            let places = start..*end;
            let rows = &mut self.rows[places.start as usize..places.end as usize];
            rows.sort_unstable_by_key(|row| row.id);
            for (row, next) in rows.iter_mut().zip(places.start + 1..places.end) {
                row.next = next;
            }
            *end = if places.is_empty() { NONE } else { start };
            start = places.end;
        }
        ends.truncate(owners);
        self.first = ends;
    }

    pub(crate) fn find(&self, id: I) -> Option<u32> {
        self.index.find(id, |p| self.rows[p as usize].id)
    }

    /// Id, owner and payload of the row at a place that `find` or `of` gave.
    pub(crate) fn get(&self, place: u32) -> (I, u32, &P) {
        let row = &self.rows[place as usize];
        (row.id, row.owner, &row.payload)
    }

    pub(crate) fn payload_mut(&mut self, place: u32) -> &mut P {
        &mut self.rows[place as usize].payload
    }

    /// Places of the rows of one owner, by id.
    pub(crate) fn of(&self, owner: u32) -> impl Iterator<Item = u32> + Clone + '_ {
        let head = self.first.get(owner as usize).copied().unwrap_or(NONE);
        let step = |place: u32| (place != NONE).then_some(place);
        std::iter::successors(step(head), move |&p| step(self.rows[p as usize].next))
    }

    /// Places of all rows, in no order that means anything.
    pub(crate) fn places(&self) -> impl Iterator<Item = u32> + '_ {
        (0..self.rows.len() as u32).filter(|&p| self.rows[p as usize].owner != NONE)
    }

    pub(crate) fn insert(&mut self, id: I, owner: u32, payload: P) -> u32 {
        let row = Row {
            id,
            owner,
            next: NONE,
            payload,
        };
        let place = if self.free == NONE {
            self.rows.push(row);
            (self.rows.len() - 1) as u32
        } else {
            let place = self.free;
            self.free = self.rows[place as usize].next;
            self.rows[place as usize] = row;
            place
        };
        if self.first.len() <= owner as usize {
            self.first.resize(owner as usize + 1, NONE);
        }
        let (mut before, mut here) = (NONE, self.first[owner as usize]);
        while here != NONE && self.rows[here as usize].id < id {
            before = here;
            here = self.rows[here as usize].next;
        }
        self.rows[place as usize].next = here;
        self.hook(owner, before, place);
        let rows = &self.rows;
        self.index.insert(id, place, |p| rows[p as usize].id);
        self.live += 1;
        place
    }

    pub(crate) fn remove(&mut self, id: I) -> Option<(u32, P)> {
        let rows = &self.rows;
        let place = self.index.remove(id, |p| rows[p as usize].id)?;
        let Row {
            owner,
            next,
            payload,
            ..
        } = self.rows[place as usize];
        let before = self
            .of(owner)
            .take_while(|&p| p != place)
            .last()
            .unwrap_or(NONE);
        self.hook(owner, before, next);
        let row = &mut self.rows[place as usize];
        (row.owner, row.next) = (NONE, self.free);
        self.free = place;
        self.live -= 1;
        Some((owner, payload))
    }

    /// Lets `place` follow `before` in the list of `owner`.
    fn hook(&mut self, owner: u32, before: u32, place: u32) {
        match before {
            NONE => self.first[owner as usize] = place,
            _ => self.rows[before as usize].next = place,
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.live
    }

    pub(crate) fn bytes(&self) -> usize {
        self.rows.capacity() * size_of::<Row<I, P>>()
            + self.first.capacity() * size_of::<u32>()
            + self.index.bytes()
    }
}

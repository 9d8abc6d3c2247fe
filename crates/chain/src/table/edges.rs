//! Rows that join two things, with postings both ways: links, listings, alignments, crosswalks.

use super::{NONE, Owned};
use crate::index::Id;

#[derive(Debug, Clone, Copy)]
struct End<P> {
    to: u32,
    /// Neighbours in the list of everything that points to `to`. Both, because that list may hold a million rows and
    /// one of them has to leave it at once.
    next: u32,
    before: u32,
    payload: P,
}

/// Edges found by id, listed by where they start (by id) and by where they end (in no order that means anything).
#[derive(Debug, Clone)]
pub(crate) struct Edges<I, P> {
    rows: Owned<I, End<P>>,
    /// First row that points to each thing.
    first: Vec<u32>,
}

/// One edge as it stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Edge<I, P> {
    pub(crate) id: I,
    pub(crate) from: u32,
    /// `NONE` where the edge points to nothing.
    pub(crate) to: u32,
    pub(crate) payload: P,
}

impl<I, P> Default for Edges<I, P> {
    fn default() -> Self {
        Self {
            rows: Owned::default(),
            first: Vec::new(),
        }
    }
}

impl<I: Id, P: Copy> Edges<I, P> {
    /// Edges in any order over `froms` × `tos` things. Err: an id that stands twice.
    pub(crate) fn build(edges: Vec<Edge<I, P>>, froms: usize, tos: usize) -> Result<Self, I> {
        let rows = edges
            .into_iter()
            .map(|e| {
                (
                    e.id,
                    e.from,
                    End {
                        to: e.to,
                        next: NONE,
                        before: NONE,
                        payload: e.payload,
                    },
                )
            })
            .collect();
        let rows = Owned::build(rows, froms)?;
        let first = match rows.len() {
            0 => Vec::new(),
            _ => vec![NONE; tos],
        };
        let mut table = Self { rows, first };
        // Backwards, so that each list of `to` reads memory forwards.
        for place in (0..table.rows.len() as u32).rev() {
            table.enter(place);
        }
        Ok(table)
    }

    fn at(&self, place: u32) -> Edge<I, P> {
        let (id, from, end) = self.rows.get(place);
        Edge {
            id,
            from,
            to: end.to,
            payload: end.payload,
        }
    }

    pub(crate) fn get(&self, id: I) -> Option<Edge<I, P>> {
        self.rows.find(id).map(|place| self.at(place))
    }

    /// Edges that start at `from`, by id.
    pub(crate) fn from(&self, from: u32) -> impl Iterator<Item = Edge<I, P>> + Clone + '_ {
        self.rows.of(from).map(|place| self.at(place))
    }

    /// Edges that end at `to`, in no order that means anything.
    pub(crate) fn to(&self, to: u32) -> impl Iterator<Item = Edge<I, P>> + Clone + '_ {
        let head = self.first.get(to as usize).copied().unwrap_or(NONE);
        let step = |place: u32| (place != NONE).then_some(place);
        std::iter::successors(step(head), move |&p| step(self.rows.get(p).2.next))
            .map(|place| self.at(place))
    }

    /// All edges, in no order that means anything.
    pub(crate) fn iter(&self) -> impl Iterator<Item = Edge<I, P>> + '_ {
        self.rows.places().map(|place| self.at(place))
    }

    /// Records an edge, in place of the one with the same id if there is one.
    pub(crate) fn put(&mut self, edge: Edge<I, P>) {
        self.remove(edge.id);
        let end = End {
            to: edge.to,
            next: NONE,
            before: NONE,
            payload: edge.payload,
        };
        let place = self.rows.insert(edge.id, edge.from, end);
        self.enter(place);
    }

    pub(crate) fn remove(&mut self, id: I) -> Option<Edge<I, P>> {
        let place = self.rows.find(id)?;
        let edge = self.at(place);
        self.leave(place);
        self.rows.remove(id);
        Some(edge)
    }

    /// Puts a row at the head of the list of its `to`.
    fn enter(&mut self, place: u32) {
        let to = self.rows.get(place).2.to;
        if to == NONE {
            return;
        }
        if self.first.len() <= to as usize {
            self.first.resize(to as usize + 1, NONE);
        }
        let next = std::mem::replace(&mut self.first[to as usize], place);
        let end = self.rows.payload_mut(place);
        (end.before, end.next) = (NONE, next);
        if next != NONE {
            self.rows.payload_mut(next).before = place;
        }
    }

    /// Takes a row out of the list of its `to`.
    fn leave(&mut self, place: u32) {
        let &End {
            to, next, before, ..
        } = self.rows.get(place).2;
        if to == NONE {
            return;
        }
        match before {
            NONE => self.first[to as usize] = next,
            _ => self.rows.payload_mut(before).next = next,
        }
        if next != NONE {
            self.rows.payload_mut(next).before = before;
        }
    }

    pub(crate) fn bytes(&self) -> usize {
        self.rows.bytes() + self.first.capacity() * size_of::<u32>()
    }
}

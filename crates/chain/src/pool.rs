//! Many short lists in one vector: rows grouped by a dense number.

/// Where one list lies in the vector and how much room it has there.
#[derive(Debug, Clone, Copy, Default)]
struct Span {
    start: u32,
    len: u32,
    room: u32,
}

/// Short sorted lists, one per dense number. A list that outgrows its room moves to the end with twice the room, so
/// that a new row costs the length of its list and nothing else; the room left behind is collected when it is half.
#[derive(Debug, Clone)]
pub(crate) struct Pool<T> {
    spans: Vec<Span>,
    items: Vec<T>,
    left_behind: usize,
}

impl<T> Default for Pool<T> {
    fn default() -> Self {
        Self {
            spans: Vec::new(),
            items: Vec::new(),
            left_behind: 0,
        }
    }
}

impl<T: Copy + Ord> Pool<T> {
    /// Groups `rows` of (list, item), which are read three times; lists come out sorted. Lists without rows are empty.
    pub(crate) fn group(lists: usize, rows: impl Iterator<Item = (u32, T)> + Clone) -> Self {
        let mut spans = vec![Span::default(); lists];
        for (list, _) in rows.clone() {
            spans[list as usize].room += 1;
        }
        let mut start = 0;
        for span in &mut spans {
            span.start = start;
            start += span.room;
        }
        let mut items = Vec::new();
        if let Some((_, any)) = rows.clone().next() {
            items = vec![any; start as usize];
        }
        for (list, item) in rows {
            let span = &mut spans[list as usize];
            items[(span.start + span.len) as usize] = item;
            span.len += 1;
        }
        for span in &spans {
            items[span.start as usize..(span.start + span.len) as usize].sort_unstable();
        }
        Self {
            spans,
            items,
            left_behind: 0,
        }
    }

    /// One list, sorted.
    pub(crate) fn list(&self, list: u32) -> &[T] {
        match self.spans.get(list as usize) {
            Some(span) => &self.items[span.start as usize..(span.start + span.len) as usize],
            None => &[],
        }
    }

    /// Makes room for lists up to `lists`.
    pub(crate) fn widen(&mut self, lists: usize) {
        if self.spans.len() < lists {
            self.spans.resize(lists, Span::default());
        }
    }

    /// Puts an item into its list, in order. An equal item is kept beside it.
    pub(crate) fn insert(&mut self, list: u32, item: T) {
        let span = self.spans[list as usize];
        let span = if span.len == span.room {
            self.move_to_the_end(list, item)
        } else {
            span
        };
        let (start, end) = (span.start as usize, (span.start + span.len) as usize);
        let at = start + self.items[start..end].partition_point(|other| *other <= item);
        self.items.copy_within(at..end, at + 1);
        self.items[at] = item;
        self.spans[list as usize].len += 1;
    }

    /// Takes the item at a position out of its list.
    pub(crate) fn remove(&mut self, list: u32, position: usize) -> T {
        let span = &mut self.spans[list as usize];
        let (at, end) = (
            span.start as usize + position,
            (span.start + span.len) as usize,
        );
        let item = self.items[at];
        self.items.copy_within(at + 1..end, at);
        span.len -= 1;
        item
    }

    fn move_to_the_end(&mut self, list: u32, filler: T) -> Span {
        if self.left_behind > 1_024 && self.left_behind * 2 > self.items.len() {
            self.collect();
        }
        let old = self.spans[list as usize];
        let span = Span {
            start: self.items.len() as u32,
            len: old.len,
            room: (old.len * 2).max(4),
        };
        let range = old.start as usize..(old.start + old.len) as usize;
        self.items.extend_from_within(range);
        self.items.resize((span.start + span.room) as usize, filler);
        self.left_behind += old.room as usize;
        self.spans[list as usize] = span;
        span
    }

    fn collect(&mut self) {
        let mut items = Vec::with_capacity(self.items.len() - self.left_behind);
        for span in &mut self.spans {
            let range = span.start as usize..(span.start + span.len) as usize;
            span.start = items.len() as u32;
            span.room = span.len;
            items.extend_from_slice(&self.items[range]);
        }
        self.items = items;
        self.left_behind = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_stay_sorted_and_apart_through_inserts_and_removals() {
        let lists = 50;
        let mut pool = Pool::group(lists, [(3, 30), (1, 11), (3, 29)].into_iter());
        let mut plain = vec![Vec::new(); lists];
        plain[3] = vec![29, 30];
        plain[1] = vec![11];
        for step in 0..20_000usize {
            let list = (step * 7_919) % lists;
            if step % 3 == 0 && !plain[list].is_empty() {
                let position = step % plain[list].len();
                assert_eq!(
                    pool.remove(list as u32, position),
                    plain[list].remove(position)
                );
            } else {
                let item = (step * 31) % 101;
                pool.insert(list as u32, item);
                plain[list].push(item);
                plain[list].sort_unstable();
            }
            assert_eq!(pool.list(list as u32), plain[list]);
        }
        for (list, items) in plain.iter().enumerate() {
            assert_eq!(pool.list(list as u32), items);
        }
        assert_eq!(pool.list(1_000), []);
    }
}

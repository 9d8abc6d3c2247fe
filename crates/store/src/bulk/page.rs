//! Packed pages: thousands of rows leave SQL as one value per column, and are parsed here. May know the engine.
//!
//! Row by row, five million rows cost 12 to 17 seconds of handing over; packed, the engine's own aggregate glues each
//! column of a page together, ids as 16 raw bytes each and everything else as text between commas (no stored number,
//! code or day holds a comma). Both engines feed their aggregates of one scan in the same order, so the n-th values of
//! all columns are one row.

use crate::{Engine, Error};
use domain::share::Share;
use jiff::civil::Date;
use sea_orm::QueryResult;
use std::{cell::Cell, str::FromStr};
use uuid::Uuid;

/// A column of a packed page.
#[derive(Debug, Clone, Copy)]
pub(super) enum Column {
    /// An id.
    Id(&'static str),
    /// An id that may be absent: the nil id stands for it.
    MaybeId(&'static str),
    /// A number, a code or a day.
    Word(&'static str),
    /// The same where it may be absent: nothing stands between the commas.
    MaybeWord(&'static str),
    /// Yes or no, as 1 and 0.
    Flag(&'static str),
}

impl Column {
    /// The aggregate that packs the column.
    fn packed(self, engine: Engine) -> String {
        match (engine, self) {
            (Engine::Sqlite, Column::Id(name)) => format!("group_concat({name}, '')"),
            (Engine::Sqlite, Column::MaybeId(name)) => {
                format!("group_concat(coalesce({name}, zeroblob(16)), '')")
            }
            (Engine::Sqlite, Column::Word(name) | Column::Flag(name)) => {
                format!("group_concat({name}, ',')")
            }
            (Engine::Sqlite, Column::MaybeWord(name)) => {
                format!("group_concat(coalesce({name}, ''), ',')")
            }
            (Engine::Postgres, Column::Id(name)) => {
                format!("string_agg(uuid_send({name}), ''::bytea)")
            }
            (Engine::Postgres, Column::MaybeId(name)) => format!(
                "string_agg(uuid_send(coalesce({name}, '{}'::uuid)), ''::bytea)",
                Uuid::nil()
            ),
            (Engine::Postgres, Column::Word(name)) => {
                format!("string_agg({name}::text, ',')::bytea")
            }
            (Engine::Postgres, Column::MaybeWord(name)) => {
                format!("string_agg(coalesce({name}::text, ''), ',')::bytea")
            }
            (Engine::Postgres, Column::Flag(name)) => {
                format!("string_agg({name}::int::text, ',')::bytea")
            }
        }
    }
}

/// The query for one page: rows with `first < seq <= last` that meet the condition.
pub(super) fn page_sql(
    engine: Engine,
    table: &str,
    columns: &[Column],
    condition: &str,
    (first, last): (i64, i64),
) -> String {
    let packed: Vec<String> = columns.iter().map(|it| it.packed(engine)).collect();
    format!(
        "select count(*), {} from {table} where seq > {first} and seq <= {last} and {condition}",
        packed.join(", ")
    )
}

/// A page as it left SQL.
pub(super) struct Page {
    table: &'static str,
    rows: usize,
    columns: Vec<Vec<u8>>,
}

impl Page {
    pub fn of(table: &'static str, columns: usize, row: &QueryResult) -> Result<Self, Error> {
        let rows: i64 = row.try_get_by_index(0)?;
        let mut packed = Vec::with_capacity(columns);
        for column in 1..=columns {
            let bytes: Option<Vec<u8>> = row.try_get_by_index(column)?;
            packed.push(bytes.unwrap_or_default());
        }
        Ok(Self {
            table,
            rows: usize::try_from(rows).unwrap_or(0),
            columns: packed,
        })
    }

    pub fn rows(&self) -> usize {
        self.rows
    }

    /// A reader that stands before the first row.
    pub fn reader(&self) -> Reader<'_> {
        Reader {
            table: self.table,
            columns: self
                .columns
                .iter()
                .map(|it| Cell::new(it.as_slice()))
                .collect(),
            column: Cell::new(0),
        }
    }
}

/// Reads the values of a page row by row, in the order in which its columns were asked for.
pub(super) struct Reader<'p> {
    table: &'static str,
    /// What is left of every column.
    columns: Vec<Cell<&'p [u8]>>,
    /// The column that is read next.
    column: Cell<usize>,
}

impl<'p> Reader<'p> {
    fn corrupt(&self, wanted: &'static str, found: &[u8]) -> Error {
        Error::Corrupt {
            table: self.table,
            wanted,
            found: String::from_utf8_lossy(found).into_owned(),
        }
    }

    /// The column to read from; after the last one comes the first one of the next row.
    fn next(&self) -> &Cell<&'p [u8]> {
        let column = self.column.get();
        self.column.set((column + 1) % self.columns.len());
        &self.columns[column]
    }

    fn bytes(&self) -> Result<[u8; 16], Error> {
        let left = self.next();
        let (id, rest) = left
            .get()
            .split_first_chunk::<16>()
            .ok_or_else(|| self.corrupt("id", left.get()))?;
        left.set(rest);
        Ok(*id)
    }

    fn word(&self) -> &'p [u8] {
        let left = self.next();
        let bytes = left.get();
        let end = bytes.iter().position(|byte| *byte == b',');
        let (word, rest) = match end {
            Some(end) => (&bytes[..end], &bytes[end + 1..]),
            None => (bytes, &bytes[bytes.len()..]),
        };
        left.set(rest);
        word
    }

    pub fn id<T: From<Uuid>>(&self) -> Result<T, Error> {
        Ok(Uuid::from_bytes(self.bytes()?).into())
    }

    /// The id as a number: the key of the positions.
    pub fn key(&self) -> Result<u128, Error> {
        Ok(u128::from_be_bytes(self.bytes()?))
    }

    pub fn maybe_id<T: From<Uuid>>(&self) -> Result<Option<T>, Error> {
        let id = Uuid::from_bytes(self.bytes()?);
        Ok((!id.is_nil()).then(|| id.into()))
    }

    pub fn number<T: TryFrom<i64>>(&self) -> Result<T, Error> {
        let word = self.word();
        digits(word)
            .and_then(|number| number.try_into().ok())
            .ok_or_else(|| self.corrupt("number", word))
    }

    pub fn maybe_number<T: TryFrom<i64>>(&self) -> Result<Option<T>, Error> {
        let word = self.word();
        if word.is_empty() {
            return Ok(None);
        }
        match digits(word).map(T::try_from) {
            Some(Ok(number)) => Ok(Some(number)),
            _ => Err(self.corrupt("number", word)),
        }
    }

    pub fn text(&self, wanted: &'static str) -> Result<&'p str, Error> {
        let word = self.word();
        std::str::from_utf8(word).map_err(|_| self.corrupt(wanted, word))
    }

    pub fn code<T: FromStr>(&self, wanted: &'static str) -> Result<T, Error> {
        let text = self.text(wanted)?;
        text.parse()
            .map_err(|_| self.corrupt(wanted, text.as_bytes()))
    }

    pub fn maybe_code<T: FromStr>(&self, wanted: &'static str) -> Result<Option<T>, Error> {
        let text = self.text(wanted)?;
        if text.is_empty() {
            return Ok(None);
        }
        match text.parse() {
            Ok(code) => Ok(Some(code)),
            Err(_) => Err(self.corrupt(wanted, text.as_bytes())),
        }
    }

    pub fn day(&self) -> Result<Date, Error> {
        let word = self.word();
        day(word).ok_or_else(|| self.corrupt("day", word))
    }

    pub fn maybe_day(&self) -> Result<Option<Date>, Error> {
        let word = self.word();
        if word.is_empty() {
            return Ok(None);
        }
        match day(word) {
            Some(day) => Ok(Some(day)),
            None => Err(self.corrupt("day", word)),
        }
    }

    pub fn flag(&self) -> Result<bool, Error> {
        match self.word() {
            b"1" => Ok(true),
            b"0" => Ok(false),
            word => Err(self.corrupt("flag", word)),
        }
    }

    pub fn share(&self) -> Result<Share, Error> {
        let parts: u16 = self.number()?;
        Share::new(parts).map_err(|_| self.corrupt("share", parts.to_string().as_bytes()))
    }

    /// Whether every column is used up: otherwise values and rows do not fit together.
    pub fn finish(&self) -> Result<(), Error> {
        match self.columns.iter().find(|left| !left.get().is_empty()) {
            Some(left) => Err(self.corrupt("page of whole rows", left.get())),
            None => Ok(()),
        }
    }
}

/// A whole number; `None` when it is none or does not fit.
fn digits(word: &[u8]) -> Option<i64> {
    let (negative, digits) = match word.split_first()? {
        (b'-', rest) => (true, rest),
        _ => (false, word),
    };
    if digits.is_empty() {
        return None;
    }
    let mut number: i64 = 0;
    for digit in digits {
        let digit = i64::from(digit.wrapping_sub(b'0'));
        if digit > 9 {
            return None;
        }
        let next = number.checked_mul(10)?;
        number = if negative {
            next.checked_sub(digit)?
        } else {
            next.checked_add(digit)?
        };
    }
    Some(number)
}

/// A day from `YYYY-MM-DD`.
fn day(word: &[u8]) -> Option<Date> {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = word else {
        return None;
    };
    let year = digits(&[*y1, *y2, *y3, *y4])?;
    let month = digits(&[*m1, *m2])?;
    let day = digits(&[*d1, *d2])?;
    Date::new(
        i16::try_from(year).ok()?,
        i8::try_from(month).ok()?,
        i8::try_from(day).ok()?,
    )
    .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_to_their_ends() {
        assert_eq!(digits(b"-9223372036854775808"), Some(i64::MIN));
        assert_eq!(digits(b"9223372036854775807"), Some(i64::MAX));
        assert_eq!(digits(b"9223372036854775808"), None);
        assert_eq!(digits(b"-"), None);
        assert_eq!(digits(b"1.5"), None);
    }

    #[test]
    fn an_absent_last_value_is_read_as_absent() {
        let page = Page {
            table: "t",
            rows: 3,
            columns: vec![b"7,,".to_vec()],
        };
        let row = page.reader();
        assert_eq!(row.maybe_number::<i64>().ok().flatten(), Some(7));
        assert_eq!(row.maybe_number::<i64>().ok(), Some(None));
        assert_eq!(row.maybe_number::<i64>().ok(), Some(None));
        assert!(row.finish().is_ok());
    }

    #[test]
    fn a_page_with_a_value_too_many_is_refused() {
        let page = Page {
            table: "t",
            rows: 1,
            columns: vec![b"7,8".to_vec()],
        };
        let row = page.reader();
        assert_eq!(row.number::<i64>().ok(), Some(7));
        assert!(row.finish().is_err());
    }
}

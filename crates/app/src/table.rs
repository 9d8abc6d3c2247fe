//! Aligned tables for a terminal: Thai vowels and tone marks above and below a letter take no column of their own.

use domain::text::{display_width, pad, pad_start};

/// The widest a name is printed; the whole name is in the JSON form and on the pages.
const WIDEST: usize = 64;

/// A name cut to what a line of a terminal holds, at a letter and never between a letter and its marks.
pub fn clip(name: &str) -> String {
    if display_width(name) <= WIDEST {
        return name.to_owned();
    }
    let mut out = String::new();
    for letter in name.chars() {
        let mut longer = out.clone();
        longer.push(letter);
        if display_width(&longer) > WIDEST - 1 {
            break;
        }
        out = longer;
    }
    out + "…"
}

/// How a column is set.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// Words.
    Left,
    /// Figures.
    Right,
}

/// A table with a heading.
pub struct Table {
    columns: Vec<(String, Align)>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table with these columns.
    pub fn new<S: Into<String>>(columns: impl IntoIterator<Item = (S, Align)>) -> Self {
        Self {
            columns: columns
                .into_iter()
                .map(|(name, align)| (name.into(), align))
                .collect(),
            rows: Vec::new(),
        }
    }

    /// Adds a row: one cell a column.
    pub fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().collect());
    }

    /// The table as text; the last column is never padded, and no line ends in a space.
    pub fn text(&self) -> String {
        let widths: Vec<usize> = (0..self.columns.len())
            .map(|i| {
                let cells = self
                    .rows
                    .iter()
                    .filter_map(|row| row.get(i))
                    .map(|cell| display_width(cell));
                cells
                    .chain([display_width(&self.columns[i].0)])
                    .max()
                    .unwrap_or(0)
            })
            .collect();
        let heading: Vec<String> = self.columns.iter().map(|(name, _)| name.clone()).collect();
        let rule = widths
            .iter()
            .map(|width| "─".repeat(*width))
            .collect::<Vec<_>>()
            .join("  ");
        let mut out = self.line(&heading, &widths);
        out.push_str(&rule);
        out.push('\n');
        for row in &self.rows {
            out.push_str(&self.line(row, &widths));
        }
        out
    }

    fn line(&self, cells: &[String], widths: &[usize]) -> String {
        let set = cells
            .iter()
            .zip(&self.columns)
            .zip(widths)
            .map(|((cell, (_, align)), width)| match align {
                Align::Left => pad(cell, *width),
                Align::Right => pad_start(cell, *width),
            });
        let line = set.collect::<Vec<_>>().join("  ");
        format!("{}\n", line.trim_end())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_name_is_cut_and_says_so() {
        let name = "ที่".repeat(100);
        assert_eq!(display_width(&clip(&name)), WIDEST);
        assert!(clip(&name).ends_with('…'));
        assert_eq!(clip("สั้น"), "สั้น");
    }

    #[test]
    fn thai_marks_do_not_push_the_next_column_to_the_right() {
        let mut table = Table::new([("ก", Align::Left), ("n", Align::Right)]);
        table.row(["ที่นี่".to_owned(), "1".to_owned()]);
        table.row(["abc".to_owned(), "22".to_owned()]);
        let text = table.text();
        let lines: Vec<usize> = text.lines().map(display_width).collect();
        assert_eq!(lines, [7, 7, 7, 7], "{text}");
    }
}

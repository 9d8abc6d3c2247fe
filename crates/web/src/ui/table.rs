//! Data tables: caption, scopes, and the heading of the column beside each cell when a phone shows rows as cards.

use maud::{Markup, html};

use super::flow;

/// A column: its heading and which way its cells are set.
#[derive(Debug, Clone)]
pub struct Column<'a> {
    heading: &'a str,
    figures: bool,
    wide: bool,
    silent: bool,
}

impl<'a> Column<'a> {
    /// Words, set left.
    pub const fn text(heading: &'a str) -> Self {
        Self {
            heading,
            figures: false,
            wide: false,
            silent: false,
        }
    }

    /// Figures, set right.
    pub const fn figure(heading: &'a str) -> Self {
        Self {
            heading,
            figures: true,
            wide: false,
            silent: false,
        }
    }

    /// Over the whole width of the card on a phone.
    #[must_use]
    pub const fn wide(mut self) -> Self {
        self.wide = true;
        self
    }

    const fn class(&self) -> Option<&'static str> {
        match (self.figures, self.wide) {
            (true, true) => Some("r wide"),
            (true, false) => Some("r"),
            (false, true) => Some("wide"),
            (false, false) => None,
        }
    }

    /// A heading for screen readers only: a column of buttons or of states that speak for themselves.
    #[must_use]
    pub const fn silent(mut self) -> Self {
        self.silent = true;
        self
    }
}

/// A table whose first column names the row.
pub struct Table<'a> {
    caption: &'a str,
    caption_shown: bool,
    columns: Vec<Column<'a>>,
    rows: Vec<Vec<Markup>>,
    foot: Vec<Vec<Markup>>,
    keeps_its_columns: bool,
}

impl<'a> Table<'a> {
    /// A table; the caption says what it holds, to screen readers only unless [`Self::with_caption`] is called.
    pub fn new(caption: &'a str, columns: impl IntoIterator<Item = Column<'a>>) -> Self {
        Self {
            caption,
            caption_shown: false,
            columns: columns.into_iter().collect(),
            rows: Vec::new(),
            foot: Vec::new(),
            keeps_its_columns: false,
        }
    }

    /// Shows the caption above the table.
    #[must_use]
    pub fn with_caption(mut self) -> Self {
        self.caption_shown = true;
        self
    }

    /// Stays a table on a phone and scrolls in a region of its own: for years side by side.
    #[must_use]
    pub fn scrolling(mut self) -> Self {
        self.keeps_its_columns = true;
        self
    }

    /// Adds a row; the first cell names it.
    #[must_use]
    pub fn row(mut self, cells: impl IntoIterator<Item = Markup>) -> Self {
        self.rows.push(cells.into_iter().collect());
        self
    }

    /// Adds rows.
    #[must_use]
    pub fn rows<R: IntoIterator<Item = Markup>>(
        mut self,
        rows: impl IntoIterator<Item = R>,
    ) -> Self {
        self.rows
            .extend(rows.into_iter().map(|row| row.into_iter().collect()));
        self
    }

    /// Adds a total below a thick rule.
    #[must_use]
    pub fn total(mut self, cells: impl IntoIterator<Item = Markup>) -> Self {
        self.foot.push(cells.into_iter().collect());
        self
    }

    /// The table.
    pub fn show(self) -> Markup {
        let table = html! {
            table class=(if self.keeps_its_columns { "t" } else { "t tc" }) {
                caption class=[(!self.caption_shown).then_some("sr")] { (flow(self.caption)) }
                thead {
                    tr {
                        @for column in &self.columns {
                            th class=[column.class()] scope="col" {
                                @if column.silent { span.sr { (column.heading) } } @else { (flow(column.heading)) }
                            }
                        }
                    }
                }
                tbody { @for row in &self.rows { (self.line(row)) } }
                @if !self.foot.is_empty() { tfoot { @for row in &self.foot { (self.line(row)) } } }
            }
        };
        if self.keeps_its_columns {
            html! { div.tw role="region" tabindex="0" aria-label=(self.caption) { (table) } }
        } else {
            html! { div.tw { (table) } }
        }
    }

    fn line(&self, cells: &[Markup]) -> Markup {
        html! {
            tr {
                @if let Some(name) = cells.first() { th scope="row" { (name) } }
                @for (column, cell) in self.columns.iter().zip(cells).skip(1) {
                    td class=[column.class()] data-l=[(!column.silent).then_some(column.heading)] { (cell) }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cell_knows_its_row_and_its_column_also_as_a_card_on_a_phone() {
        let shown = Table::new(
            "งาน",
            [
                Column::text("ชื่อ"),
                Column::figure("บาท"),
                Column::text("เปิด").silent(),
            ],
        )
        .row([html! { "ก" }, html! { "5" }, html! { "x" }])
        .total([html! { "รวม" }, html! { "5" }, html! {}])
        .show()
        .into_string();
        assert!(
            shown.contains(
                "<th scope=\"row\">ก</th><td class=\"r\" data-l=\"บาท\">5</td><td>x</td>"
            ),
            "{shown}"
        );
        assert!(
            shown.contains("<caption class=\"sr\">งาน</caption>"),
            "{shown}"
        );
        assert!(
            shown.contains("<tfoot><tr><th scope=\"row\">รวม</th>"),
            "{shown}"
        );
    }

    #[test]
    fn a_table_that_scrolls_can_be_reached_by_the_keyboard() {
        let shown = Table::new("ปี", [Column::text("ปี")])
            .scrolling()
            .show()
            .into_string();
        assert!(
            shown.starts_with("<div class=\"tw\" role=\"region\" tabindex=\"0\" aria-label=\"ปี\">"),
            "{shown}"
        );
    }
}

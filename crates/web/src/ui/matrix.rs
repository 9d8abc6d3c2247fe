//! The matrix: rows against columns, icon over n/N in every cell, each cell a link with a whole sentence as its name.

use domain::locale::Locale;
use maud::{Markup, html};

use super::{Icon, Tone, ValueState, flow, icon};

/// What stands in one cell.
#[derive(Debug, Clone)]
pub struct MatrixCell {
    /// The look.
    pub tone: Tone,
    /// The icon.
    pub icon: Icon,
    /// Figures such as `3/5`, or nothing.
    pub figure: String,
    /// The whole sentence: who, what, how many.
    pub name: String,
    /// Where it leads; `None` = nowhere.
    pub href: Option<String>,
}

impl MatrixCell {
    /// A cell without a figure, in the look of the state; its name says what the state means here.
    pub fn state(locale: Locale, state: ValueState, of_what: &str) -> Self {
        let (tone, icon, key) = state.look();
        Self {
            tone,
            icon,
            figure: String::new(),
            name: format!("{of_what}: {}", locale.text(key)),
            href: None,
        }
    }

    fn show(&self) -> Markup {
        let inside = html! { (icon(self.icon)) @if !self.figure.is_empty() { span aria-hidden="true" { (self.figure) } } };
        let look = format!("cell {}", self.tone.class());
        html! {
            @if let Some(href) = &self.href { a class=(look) href=(href) aria-label=(self.name) title=(self.name) { (inside) } }
            @else { span class=(look) title=(self.name) { (inside) span.sr { (self.name) } } }
        }
    }
}

/// One row.
#[derive(Debug, Clone)]
pub struct MatrixRow {
    /// Who or what.
    pub name: Markup,
    /// The viewer's own: on a gold tint.
    pub own: bool,
    /// One cell per column.
    pub cells: Vec<MatrixCell>,
}

/// A matrix; needs `Group::Matrix`.
#[derive(Debug, Clone)]
pub struct Matrix<'a> {
    /// What it shows, for screen readers.
    pub caption: &'a str,
    /// Heading of the first column.
    pub corner: &'a str,
    /// Code or short name of each column, and n/N below it.
    pub columns: Vec<(String, String)>,
    /// The rows.
    pub rows: Vec<MatrixRow>,
    /// A closing row: its name and one figure per column.
    pub total: Option<(&'a str, Vec<String>)>,
}

impl Matrix<'_> {
    /// The matrix; on a phone each row becomes a block with its cells in fives.
    pub fn show(&self) -> Markup {
        html! {
            table.mx {
                caption.sr { (self.caption) }
                thead {
                    tr {
                        th scope="col" { (flow(self.corner)) }
                        @for (code, coverage) in &self.columns {
                            th scope="col" { span.cn { (code) } @if !coverage.is_empty() { span.cov { (coverage) } } }
                        }
                    }
                }
                tbody {
                    @for row in &self.rows {
                        tr class=[row.own.then_some("own")] {
                            th scope="row" { (row.name) }
                            @for ((code, _), cell) in self.columns.iter().zip(&row.cells) { td data-l=(code) { (cell.show()) } }
                        }
                    }
                }
                @if let Some((name, figures)) = &self.total {
                    tfoot {
                        tr {
                            th scope="row" { (flow(name)) }
                            @for ((code, _), figure) in self.columns.iter().zip(figures) { td data-l=(code) { (figure) } }
                        }
                    }
                }
            }
        }
    }
}

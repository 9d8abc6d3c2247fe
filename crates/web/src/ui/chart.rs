//! Charts: title, unit, as-of day, n/N, a summary in words and a table beside every picture. The picture is drawn by a
//! script from a block of JSON, which browsers never run. Needs `Group::Charts` and `Script::Charts`.

use domain::locale::Locale;
use maud::{Markup, PreEscaped, html};
use serde::Serialize;

use super::flow;

/// A picture beside its table.
pub struct Chart<'a> {
    /// Unique on the page: letters, digits, hyphens.
    pub id: &'a str,
    /// What it shows.
    pub title: &'a str,
    /// Unit, as-of day and n/N in one line.
    pub line: &'a str,
    /// What can be read from it, in one or two sentences.
    pub summary: &'a str,
    /// From [`line_data`] or [`sankey_data`].
    pub data: ChartData,
    /// A control beside the title.
    pub aside: Option<Markup>,
    /// The same facts as a table.
    pub table: Markup,
}

/// What the script draws.
pub struct ChartData {
    kind: &'static str,
    json: String,
}

/// What the points of a line are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LineKind {
    /// Readings: solid, with dots.
    Actual,
    /// Targets: hollow diamonds on a dotted line.
    Target,
    /// Baseline: a hollow square.
    Baseline,
}

/// A line; a missing reading is a gap, never a zero.
#[derive(Debug, Clone, Serialize)]
pub struct Line<'a> {
    /// Its name in the legend.
    pub name: &'a str,
    /// What its points are.
    pub kind: LineKind,
    /// One value per period.
    pub values: Vec<Option<f64>>,
}

/// Lines over periods.
pub fn line_data(title: &str, unit: &str, periods: &[String], series: &[Line<'_>]) -> ChartData {
    ChartData {
        kind: "line",
        json: block(
            &serde_json::json!({ "title": title, "unit": unit, "periods": periods, "series": series }),
        ),
    }
}

/// A node of a Sankey.
#[derive(Debug, Clone, Serialize)]
pub struct SankeyNode {
    /// Unique within the picture.
    pub id: String,
    /// Its label.
    pub name: String,
    /// Column, counted from 0 at the goal end.
    pub layer: u8,
    /// A goal or target: red.
    pub goal: bool,
    /// "Not connected": dashed red.
    pub missing: bool,
}

/// Whether what flows is approved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FlowState {
    /// Approved.
    Approved,
    /// Proposed.
    Proposed,
    /// Not connected.
    Missing,
}

/// How much goes from one node to another.
#[derive(Debug, Clone, Serialize)]
pub struct Flow {
    /// Id of the node it leaves.
    pub from: String,
    /// Id of the node it reaches.
    pub to: String,
    /// Projects, or baht.
    pub value: u64,
    /// Approved or not.
    pub state: FlowState,
}

/// The thread as flows.
pub fn sankey_data(title: &str, unit: &str, nodes: &[SankeyNode], flows: &[Flow]) -> ChartData {
    ChartData {
        kind: "sankey",
        json: block(
            &serde_json::json!({ "title": title, "unit": unit, "nodes": nodes, "flows": flows }),
        ),
    }
}

/// JSON that cannot end the element it stands in.
fn block(value: &serde_json::Value) -> String {
    value.to_string().replace('<', "\\u003c")
}

impl Chart<'_> {
    /// The picture, its words and its table.
    pub fn show(self, locale: Locale) -> Markup {
        let (data, title) = (format!("{}-data", self.id), format!("{}-title", self.id));
        html! {
            figure.card.chart-card aria-labelledby=(title) {
                div.card-h {
                    div.grow { h2 id=(title) { (flow(self.title)) } p { (flow(self.line)) } }
                    @if let Some(aside) = self.aside { (aside) }
                }
                div.card-b.chart {
                    div class=(if self.data.kind == "sankey" { "plot tall" } else { "plot" }) id=(self.id) role="img" aria-label=(self.title)
                        data-chart=(self.data.kind) data-data=(data) {}
                    script type="application/json" id=(data) { (PreEscaped(self.data.json)) }
                    figcaption { (flow(self.summary)) }
                    details { summary.small { (locale.text("ui.chart.table")) } (self.table) }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_close_the_block_of_data() {
        let data = line_data("</script><b>", "%", &["2569".to_owned()], &[]);
        assert!(!data.json.contains('<'), "{}", data.json);
    }

    #[test]
    fn a_missing_reading_is_null_and_not_zero() {
        let line = Line {
            name: "ก",
            kind: LineKind::Actual,
            values: vec![None, Some(0.0)],
        };
        assert!(
            line_data("t", "%", &[], &[line])
                .json
                .contains("[null,0.0]")
        );
    }
}

//! Figures with their coverage: nothing is shown without n/N where only some have reported.

use domain::locale::Locale;
use maud::{Markup, PreEscaped, html};

use super::{Icon, Tone, ValueState, flow, of, pill, value_state};

/// How many of how many: n that are in, of N that are due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Coverage {
    /// In.
    pub n: u64,
    /// Due.
    pub of: u64,
}

impl Coverage {
    /// Whether a figure that rests on it is only provisional.
    pub const fn partial(self) -> bool {
        self.n < self.of
    }
}

/// Width in hundredths of a per cent as an SVG length; a filled bar is never wider than its frame.
fn width(n: u64, whole: u64) -> String {
    let parts = if whole == 0 {
        0
    } else {
        (u128::from(n) * 10_000 / u128::from(whole)).min(10_000)
    };
    format!("{}.{:02}", parts / 100, parts % 100)
}

/// A bar of n over N with its reading as name. `look`: "", "ok", "risk" or "gold".
pub fn bar(look: &str, n: u64, whole: u64, label: &str) -> Markup {
    html! {
        svg class={ "bar " (look) } viewBox="0 0 100 1" preserveAspectRatio="none" role="img" aria-label=(label) {
            rect width=(width(n, whole)) height="1" {}
        }
    }
}

/// One figure of an overview.
pub struct Stat<'a> {
    label: &'a str,
    figure: Markup,
    bar: Option<(u64, u64)>,
    coverage: Option<(Coverage, &'a str)>,
    note: Option<Markup>,
}

impl<'a> Stat<'a> {
    fn new(label: &'a str, figure: Markup) -> Self {
        Self {
            label,
            figure,
            bar: None,
            coverage: None,
            note: None,
        }
    }

    /// A figure with its unit: `41,826,072` `บาท`.
    pub fn figure(label: &'a str, figure: &str, unit: &str) -> Self {
        Self::new(label, html! { (figure) " " small { (flow(unit)) } })
    }

    /// n of N things, with a bar.
    pub fn of(label: &'a str, n: u64, whole: u64, unit: &str) -> Self {
        let mut stat = Self::new(
            label,
            html! { (super::count(n)) small { " / " (flow(&format!("{} {unit}", super::count(whole)))) } },
        );
        stat.bar = Some((n, whole));
        stat
    }

    /// No figure, and why.
    pub fn without(locale: Locale, label: &'a str, state: ValueState) -> Self {
        Self::new(label, value_state(locale, state))
    }

    /// No figure, and why in a few words of the page's own.
    pub fn in_words(label: &'a str, tone: Tone, drawing: Icon, word: &str) -> Self {
        Self::new(label, pill(tone, drawing, word))
    }

    /// On how many of how many the figure rests: "รายงานแล้ว 11/14 หน่วยงาน"; marked provisional where some lack.
    #[must_use]
    pub fn covered(mut self, coverage: Coverage, unit: &'a str) -> Self {
        self.coverage = Some((coverage, unit));
        self
    }

    /// One line below: as-of day, where the figure comes from, a link "why this figure".
    #[must_use]
    pub fn note(mut self, note: Markup) -> Self {
        self.note = Some(note);
        self
    }

    /// The figure.
    pub fn show(self, locale: Locale) -> Markup {
        html! {
            dl.stat {
                dt { (flow(self.label)) }
                dd.v { (self.figure) }
                @if let Some((n, whole)) = self.bar { dd { (bar("", n, whole, &of(n, whole))) } }
                @if let Some((coverage, unit)) = self.coverage {
                    dd.n { (reported(locale, coverage, unit)) }
                }
                @if let Some(note) = self.note { dd.n { (note) } }
            }
        }
    }
}

/// "รายงานแล้ว 11/14 หน่วยงาน", with "ชั่วคราว" where some lack.
fn reported(locale: Locale, coverage: Coverage, unit: &str) -> Markup {
    let figure = format!("{} {unit}", of(coverage.n, coverage.of));
    html! {
        (flow(&locale.text("ui.reported"))) " " (flow(&figure))
        @if coverage.partial() { (PreEscaped("\u{a0}· ")) (flow(&locale.text("ui.provisional"))) }
    }
}

/// Several figures side by side in one box.
pub fn stats(all: impl IntoIterator<Item = Markup>) -> Markup {
    html! { div.card.stats { @for stat in all { (stat) } } }
}

/// A rung of a ladder of bars: the phone's form of a Sankey. `gap` of `n` are not connected.
pub fn ladder_row(mark: Markup, line: &str, n: u64, gap: u64, widest: u64) -> Markup {
    let joined = n.saturating_sub(gap);
    html! {
        li {
            (mark)
            div {
                svg.bar.gold viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true" {
                    rect width=(width(joined, widest)) height="1" {}
                    @if gap > 0 { rect.gap x=(width(joined, widest)) width=(width(gap, widest)) height="1" {} }
                }
                span.cap.dim { (flow(line)) }
            }
            b.num { (super::count(n)) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_never_wider_than_its_frame_and_never_divides_by_nothing() {
        assert_eq!(width(6, 9), "66.66");
        assert_eq!(width(15, 9), "100.00");
        assert_eq!(width(3, 0), "0.00");
    }

    #[test]
    fn a_figure_from_partial_reports_is_marked_provisional() {
        let shown = |n| {
            Stat::figure("x", "5", "คน")
                .covered(Coverage { n, of: 14 }, "หน่วยงาน")
                .show(Locale::Th)
                .into_string()
        };
        assert!(shown(11).contains("ชั่วคราว") && shown(11).contains("11/14"));
        assert!(!shown(14).contains("ชั่วคราว"));
    }

    #[test]
    fn a_figure_that_is_missing_is_not_written_as_zero() {
        let shown = Stat::without(Locale::Th, "x", ValueState::Missing)
            .show(Locale::Th)
            .into_string();
        assert!(shown.contains("ไม่มีข้อมูล") && !shown.contains('0'), "{shown}");
    }
}

//! Indicators: their nodes, owners and targets.

use crate::{
    assemble::{Part, Sieve},
    headings::Mapped,
    plan::{IndicatorRow, Row, TargetRow},
    record::Draft,
    refer::{AGENCY, Known, Led, duplicates},
    report::Report,
    rows::{IndicatorDraft, NodeDraft, Parent},
    table::row_place,
    tree::Tree,
    years::Years,
};
use domain::{
    issue::Issue,
    plan::NodeKind,
    text::search_key,
    time::{Period, PeriodKind},
};
use std::collections::HashSet;

/// Indicators whose nodes stand in the tree.
pub(crate) struct Measured<'g> {
    sheet: &'g Mapped,
    drafts: Vec<Draft<IndicatorDraft>>,
}

/// Puts the nodes that the sheet of indicators brings into the tree; the others are there already.
pub(crate) fn into_tree<'g>(
    part: Part<'g, IndicatorDraft>,
    tree: &mut Tree,
    years: Years,
    report: &mut Report,
) -> Measured<'g> {
    let Part { sheet, drafts } = part;
    duplicates(sheet, "code", &drafts, report);
    let mut new: Vec<Draft<NodeDraft>> = Vec::new();
    let mut seen = HashSet::new();
    for draft in &drafts {
        let value = draft.value.as_ref();
        years.check(
            value.and_then(|row| row.year),
            sheet.place(draft.row, "fiscal_year_be"),
            report,
        );
        let Some(code) = &draft.code else { continue };
        let node = value.and_then(|row| row.node.as_ref());
        match (tree.indicator(code), node) {
            (Some(listed), Some(node)) => {
                if listed.is_some_and(|name| search_key(&name) != search_key(&node.name_th)) {
                    let at = sheet.place(draft.row, "name_th");
                    report.add(Issue::warning(at, "import.two_names").with("code", code.as_str()));
                }
                continue;
            }
            (Some(_), None) => continue,
            (None, None) => {
                let at = sheet.place(draft.row, "name_th");
                report.add(Issue::error(at, "import.missing_value"));
            }
            (None, Some(_)) => {}
        }
        // A second row of the same code is told already; the tree needs the code once.
        if seen.insert(search_key(code)) {
            new.push(Draft {
                row: draft.row,
                code: draft.code.clone(),
                value: node.cloned(),
            });
        }
    }
    tree.add(sheet, "code", new, Some(NodeKind::Indicator), report);
    Measured { sheet, drafts }
}

impl Measured<'_> {
    /// Follows node and owner of every indicator.
    pub(crate) fn follow(
        self,
        tree: &Tree,
        agencies: &Known,
        (years, kind): (Years, Option<PeriodKind>),
        sieve: &mut Sieve,
        report: &mut Report,
    ) -> Vec<Row<IndicatorRow>> {
        let mut kept = Vec::new();
        for draft in self.drafts {
            let place = row_place(&self.sheet.file, draft.row);
            let mut with = None;
            let row = draft.value.map(|value| {
                let IndicatorDraft {
                    mut indicator,
                    shape,
                    year,
                    ..
                } = value;
                let node = Parent {
                    column: "code",
                    kind: Some(NodeKind::Indicator),
                    text: indicator.node.clone(),
                };
                if !report.is_bad(&place) {
                    match tree.follow(&node, self.sheet.place(draft.row, "code"), report) {
                        Led::To(code) => indicator.node = code,
                        Led::ToLeftOut(code) => with = Some(code),
                        Led::Nowhere => {}
                    }
                }
                if let Some(owner) = &mut indicator.owner {
                    let at = self.sheet.place(draft.row, "owner_code");
                    match agencies.follow(owner, at, AGENCY, report) {
                        Led::To(code) => *owner = code,
                        Led::ToLeftOut(code) => with = Some(code),
                        Led::Nowhere => {}
                    }
                }
                let year = year.or(years.only());
                indicator.target = shape.zip(year).map(|(shape, year)| TargetRow {
                    period: Period {
                        kind: kind.unwrap_or(PeriodKind::Fiscal),
                        year,
                        quarter: None,
                    },
                    shape,
                });
                if shape.is_some() && year.is_none() {
                    let at = self.sheet.place(draft.row, "fiscal_year_be");
                    report.add(Issue::error(at, "import.no_year"));
                }
                indicator
            });
            if sieve.keep(&place, with.as_deref(), report)
                && let Some(value) = row
            {
                kept.push(Row { place, value });
            }
        }
        kept
    }
}

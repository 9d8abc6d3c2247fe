//! Reads the catalogues that ship with the product (`data/`) into what they want to be true. Long because one catalogue after the other is read here.

use super::{CatalogueError, PHETCHABUN};
use crate::wanted::{
    EditionKey, NodeKey, Wanted, WantedCrosswalk, WantedEdition, WantedIndicator, WantedNode,
    WantedOrganisation,
};
use domain::{
    indicator::{Direction, IndicatorText},
    link::LinkState,
    organisation::{Axis, Class, OrganisationText},
    plan::{EditionState, Level, NodeKind, NodeText, Relation},
    provenance::{Certainty, Provenance},
    text::clean,
    time::PeriodKind,
};
use serde::{Deserialize, de::DeserializeOwned};
use std::collections::{HashMap, HashSet};

#[derive(Deserialize)]
struct PlanRow {
    plan_code: String,
    name_th: String,
    name_en: Option<String>,
    level: Level,
    owner_code: Option<String>,
    province_dopa: Option<String>,
    period_kind: Option<PeriodKind>,
    period_from: Option<i16>,
    period_to: Option<i16>,
    edition_label: String,
    state: EditionState,
    source: String,
    certainty: Certainty,
}

#[derive(Deserialize)]
struct NodeRow {
    plan_code: String,
    edition_label: String,
    code: String,
    parent_code: Option<String>,
    kind: NodeKind,
    label_th: String,
    name_th: String,
    name_en: Option<String>,
    position: u32,
    source: String,
    certainty: Certainty,
}

#[derive(Deserialize)]
struct IndicatorRow {
    plan_code: String,
    edition_label: String,
    code: String,
    unit: Option<String>,
    direction: Option<Direction>,
    numerator: Option<String>,
    denominator: Option<String>,
    disaggregation: Option<String>,
    series_codes: Option<String>,
}

#[derive(Deserialize)]
struct CrosswalkRow {
    from_plan: String,
    from_edition: String,
    from_code: String,
    to_plan: Option<String>,
    to_edition: Option<String>,
    to_code: Option<String>,
    relation: Relation,
    state: LinkState,
    rationale_th: Option<String>,
    source: String,
    certainty: Certainty,
}

#[derive(Deserialize)]
struct OrganisationRow {
    code: String,
    name_th: String,
    name_en: Option<String>,
    kind: Option<String>,
    class: Option<Class>,
    affiliation_th: Option<String>,
    reports_to: Option<String>,
    coordinated_by: Option<String>,
    district_dopa: Option<String>,
    source: String,
    certainty: Certainty,
}

#[derive(Deserialize)]
struct DistrictRow {
    dopa_code: String,
    name_th: String,
}

/// Code (กรมการปกครอง) and name of the districts that ship with the program.
pub(crate) fn districts() -> Result<Vec<(String, String)>, CatalogueError> {
    let text = include_str!("../../../../data/phetchabun/districts.csv");
    let rows: Vec<DistrictRow> = rows("phetchabun/districts.csv", text)?;
    Ok(rows
        .into_iter()
        .map(|row| (row.dopa_code, row.name_th))
        .collect())
}

/// All rows of one embedded file.
fn rows<T: DeserializeOwned>(file: &'static str, text: &str) -> Result<Vec<T>, CatalogueError> {
    csv::Reader::from_reader(text.as_bytes())
        .deserialize()
        .collect::<Result<_, _>>()
        .map_err(|source| CatalogueError::Unreadable { file, source })
}

fn key(plan: String, label: String) -> EditionKey {
    EditionKey { plan, label }
}

fn cleaned(text: Option<String>) -> Option<String> {
    text.map(|text| clean(&text).text)
        .filter(|text| !text.is_empty())
}

/// SDG 4, the national plans and what joins them.
pub fn frameworks() -> Result<Wanted, CatalogueError> {
    let plans: Vec<PlanRow> = rows(
        "frameworks/plans.csv",
        include_str!("../../../../data/frameworks/plans.csv"),
    )?;
    let nodes: Vec<NodeRow> = rows(
        "frameworks/nodes.csv",
        include_str!("../../../../data/frameworks/nodes.csv"),
    )?;
    let indicators: Vec<IndicatorRow> = rows(
        "frameworks/indicators.csv",
        include_str!("../../../../data/frameworks/indicators.csv"),
    )?;
    let crosswalks: Vec<CrosswalkRow> = rows(
        "frameworks/crosswalks.csv",
        include_str!("../../../../data/frameworks/crosswalks.csv"),
    )?;

    let mut indicators: HashMap<NodeKey, WantedIndicator> =
        indicators.into_iter().map(IndicatorRow::wanted).collect();
    let wanted = Wanted {
        editions: plans.into_iter().map(PlanRow::wanted).collect(),
        nodes: nodes
            .into_iter()
            .map(|row| {
                let edition = key(row.plan_code, row.edition_label);
                let node = NodeKey {
                    edition,
                    code: row.code,
                };
                let indicator = indicators
                    .remove(&node)
                    .or(row.kind.is_indicator().then(WantedIndicator::default));
                WantedNode {
                    edition: node.edition,
                    parent: row.parent_code,
                    kind: row.kind,
                    position: row.position,
                    text: NodeText {
                        code: node.code,
                        label_th: row.label_th,
                        name_th: clean(&row.name_th).text,
                        name_en: row.name_en,
                    },
                    indicator,
                    provenance: Provenance {
                        source: row.source,
                        certainty: row.certainty,
                    },
                }
            })
            .collect(),
        crosswalks: crosswalks.into_iter().map(CrosswalkRow::wanted).collect(),
        ..Wanted::default()
    };
    unmatched("frameworks/indicators.csv", indicators.keys())?;
    let nodes: HashSet<(&EditionKey, &str)> = wanted
        .nodes
        .iter()
        .map(|node| (&node.edition, &*node.text.code))
        .collect();
    let ends = wanted.crosswalks.iter();
    let ends = ends
        .flat_map(|row| [Some(&row.from), row.to.as_ref()])
        .flatten();
    let nowhere = ends.filter(|key| !nodes.contains(&(&key.edition, &*key.code)));
    unmatched("frameworks/crosswalks.csv", nowhere)?;
    Ok(wanted)
}

/// Says which elements are spoken of and stand in no plan.
fn unmatched<'a>(
    file: &'static str,
    keys: impl Iterator<Item = &'a NodeKey>,
) -> Result<(), CatalogueError> {
    let mut codes: Vec<String> = keys.map(|key| format!("{} {key}", key.edition)).collect();
    codes.sort();
    match codes.is_empty() {
        true => Ok(()),
        false => Err(CatalogueError::Unmatched { file, codes }),
    }
}

/// Ministries, departments and what serves several provinces have their codes nationally, all others in Phetchabun.
fn province(kind: Option<&str>) -> Option<String> {
    let national = matches!(
        kind,
        Some("ministry" | "department" | "bureau" | "regional_office")
    );
    (!national).then(|| PHETCHABUN.to_owned())
}

/// The organisations of Phetchabun, their ministries and departments.
pub fn phetchabun() -> Result<Wanted, CatalogueError> {
    let organisations: Vec<OrganisationRow> = rows(
        "phetchabun/organisations.csv",
        include_str!("../../../../data/phetchabun/organisations.csv"),
    )?;
    Ok(Wanted {
        organisations: organisations
            .into_iter()
            .map(OrganisationRow::wanted)
            .collect(),
        ..Wanted::default()
    })
}

impl PlanRow {
    fn wanted(self) -> WantedEdition {
        WantedEdition {
            key: key(self.plan_code, self.edition_label),
            name_th: clean(&self.name_th).text,
            name_en: self.name_en,
            level: self.level,
            owner: self.owner_code,
            province: self.province_dopa,
            period_kind: self.period_kind,
            from_year: self.period_from,
            to_year: self.period_to,
            state: self.state,
            provenance: Provenance {
                source: self.source,
                certainty: self.certainty,
            },
        }
    }
}

impl IndicatorRow {
    fn wanted(self) -> (NodeKey, WantedIndicator) {
        let node = NodeKey {
            edition: key(self.plan_code, self.edition_label),
            code: self.code,
        };
        let text = IndicatorText {
            unit: self.unit,
            numerator: self.numerator,
            denominator: self.denominator,
            disaggregation: self.disaggregation,
            series_codes: self.series_codes,
            success_th: None,
            scope: None,
        };
        (
            node,
            WantedIndicator {
                direction: self.direction,
                owner: None,
                text,
                targets: Vec::new(),
            },
        )
    }
}

impl CrosswalkRow {
    fn wanted(self) -> WantedCrosswalk {
        let to = match (self.to_plan, self.to_edition, self.to_code) {
            (Some(plan), Some(label), Some(code)) => Some(NodeKey {
                edition: key(plan, label),
                code,
            }),
            _ => None,
        };
        WantedCrosswalk {
            from: NodeKey {
                edition: key(self.from_plan, self.from_edition),
                code: self.from_code,
            },
            to,
            relation: self.relation,
            state: self.state,
            rationale_th: cleaned(self.rationale_th),
            provenance: Provenance {
                source: self.source,
                certainty: self.certainty,
            },
        }
    }
}

impl OrganisationRow {
    fn wanted(self) -> WantedOrganisation {
        let parents = [
            (Axis::ReportsTo, self.reports_to),
            (Axis::CoordinatedBy, self.coordinated_by),
        ];
        WantedOrganisation {
            text: OrganisationText {
                code: self.code,
                province: province(self.kind.as_deref()),
                name_th: clean(&self.name_th).text,
                name_en: self.name_en,
                short_name_th: None,
                kind: self.kind,
                affiliation_th: cleaned(self.affiliation_th),
                district_dopa: self.district_dopa,
            },
            class: self.class,
            parents: parents
                .into_iter()
                .filter_map(|(axis, code)| code.map(|code| (axis, code)))
                .collect(),
            provenance: Provenance {
                source: self.source,
                certainty: self.certainty,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_catalogues_can_be_read_and_hold_what_their_sources_count() -> Result<(), CatalogueError>
    {
        let wanted = frameworks()?;
        let count = |plan: &str, label: &str, kind| {
            wanted
                .nodes
                .iter()
                .filter(|n| n.edition.plan == plan && n.edition.label == label && n.kind == kind)
                .count()
        };
        assert_eq!(count("SDG4", "UIS-2026-01", NodeKind::Goal), 1);
        assert_eq!(count("SDG4", "UIS-2026-01", NodeKind::Target), 10);
        assert_eq!(count("SDG4", "UIS-2026-01", NodeKind::GlobalIndicator), 12);
        assert_eq!(
            count("SDG4", "UIS-2026-01", NodeKind::ThematicIndicator),
            31
        );
        assert_eq!(
            wanted
                .nodes
                .iter()
                .filter(|n| n.kind == NodeKind::Milestone)
                .count(),
            13
        );
        assert_eq!(
            wanted
                .crosswalks
                .iter()
                .filter(|c| c.relation == Relation::Related)
                .count(),
            53
        );
        assert_eq!(phetchabun()?.organisations.len(), 55);
        Ok(())
    }

    #[test]
    fn no_word_of_the_catalogues_keeps_the_typing_errors_of_its_source()
    -> Result<(), CatalogueError> {
        let wanted = frameworks()?;
        for wrong in [
            "เพชบูรณ์",
            "จังหวัดหวัด",
            "การขับเคลื่อนการขับเคลื่อน",
            "แผนการศึกษาชาติ",
        ] {
            assert!(
                wanted.editions.iter().all(|e| !e.name_th.contains(wrong)),
                "{wrong}"
            );
            assert!(
                wanted.nodes.iter().all(|n| !n.text.name_th.contains(wrong)),
                "{wrong}"
            );
        }
        Ok(())
    }
}

//! The objects of SARIF 2.1.0 that our logs have, with the properties that we fill; names as the standard spells them.

use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeMap;

/// A whole log (`sarifLog`).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Log {
    #[serde(rename = "$schema")]
    pub(super) schema: &'static str,
    pub(super) version: &'static str,
    pub(super) runs: [Run; 1],
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Run {
    pub tool: Tool,
    pub column_kind: &'static str,
    pub results: Vec<Result>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Tool {
    pub driver: Driver,
}

/// The program (`toolComponent`).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Driver {
    pub name: &'static str,
    pub version: String,
    pub language: &'static str,
    pub rules: Vec<RuleDescriptor>,
}

/// A rule (`reportingDescriptor`). Without a `helpUri`: the page is in `help`, and the program has no address.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RuleDescriptor {
    pub id: &'static str,
    pub name: &'static str,
    pub short_description: Text,
    pub full_description: Text,
    pub help: Text,
    pub default_configuration: Configuration,
}

/// Words (`multiformatMessageString`).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Text {
    pub text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub markdown: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Configuration {
    pub level: &'static str,
}

/// A finding.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Result {
    pub rule_id: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule_index: Option<usize>,
    pub kind: &'static str,
    pub level: &'static str,
    pub message: Message,
    pub locations: [Location; 1],
    pub partial_fingerprints: BTreeMap<&'static str, String>,
    pub properties: PropertyBag,
    pub suppressions: Vec<Suppression>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Message {
    pub text: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Location {
    pub logical_locations: [LogicalLocation; 1],
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct LogicalLocation {
    pub name: String,
    pub fully_qualified_name: String,
    pub kind: &'static str,
}

/// What the format has no place for; a property bag may hold anything.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct PropertyBag {
    pub plan: Option<String>,
    pub name_th: Option<String>,
    pub name_en: Option<String>,
    pub hint: Option<String>,
    pub page: String,
}

/// A waiver.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Suppression {
    pub kind: &'static str,
    pub status: &'static str,
    pub justification: String,
    pub properties: SuppressionBag,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct SuppressionBag {
    pub id: String,
    pub granted_by: String,
    pub until: Date,
    pub letter: Option<String>,
}

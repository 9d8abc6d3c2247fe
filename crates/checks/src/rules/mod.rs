//! The list of rules. A new rule is a new line here; a retired one moves its code to [`RETIRED`] for good.

mod data;
mod link;
mod money;
mod owner;
mod plan;
mod proj;
mod waive;

use crate::rule::Rule;

/// Families of rules and what they look at.
pub const FAMILIES: &[(&str, &str)] = &[
    ("PLAN", "plans and their nodes"),
    ("LINK", "links and alignments"),
    ("PROJ", "projects and activities"),
    ("MONEY", "money"),
    ("OWNER", "who answers for what"),
    ("TIME", "years, days and deadlines"),
    ("DATA", "indicators, baselines and readings"),
    ("TARGET", "what indicators are to reach"),
    ("WAIVE", "waivers of findings"),
];

/// All rules, by code.
pub static RULES: &[&Rule] = &[
    &data::indicator_without_baseline::RULE,
    &link::no_approved_sdg4_link::RULE,
    &link::shares_do_not_total_the_whole::RULE,
    &link::link_to_superseded_edition::RULE,
    &link::wrong_level_jump::RULE,
    &link::code_not_in_framework::RULE,
    &money::budget_mode_not_set::RULE,
    &money::budget_not_sum_of_lines::RULE,
    &owner::indicator_without_owner::RULE,
    &owner::owner_closed_or_unregistered::RULE,
    &owner::organisation_without_people::RULE,
    &plan::node_without_project::RULE,
    &proj::duplicate_project::RULE,
    &waive::waiver_to_clear_away::RULE,
];

/// Codes that once were rules, with the reason why they are no more. A code is never given to another rule: offices
/// keep reports and waivers that name it.
pub const RETIRED: &[(&str, &str)] = &[];

/// All rules, by code.
pub fn rules() -> Vec<&'static Rule> {
    RULES.to_vec()
}

/// The rule of a code; capital and small letters are the same.
pub fn find(code: &str) -> Option<&'static Rule> {
    RULES
        .iter()
        .copied()
        .find(|rule| rule.code.eq_ignore_ascii_case(code))
}

/// Code and page of every rule, in Markdown.
pub fn pages() -> impl Iterator<Item = (&'static str, &'static str)> {
    RULES.iter().map(|rule| (rule.code, rule.page))
}

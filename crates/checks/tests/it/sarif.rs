//! Logs in SARIF 2.1.0: the properties that the standard requires, no other than it has, and the values it allows.

use crate::report::{report, waived};
use serde_json::Value;

/// An object of the standard (OASIS SARIF 2.1.0, section 3): its section, what it must have, what else it may have of
/// what we write. `additionalProperties` is false in all of them, so that one more would be refused by readers.
struct Object {
    section: &'static str,
    must: &'static [&'static str],
    may: &'static [&'static str],
}

const LOG: Object = Object {
    section: "3.13 sarifLog",
    must: &["version", "runs"],
    may: &["$schema"],
};
const RUN: Object = Object {
    section: "3.14 run",
    must: &["tool"],
    may: &["results", "columnKind"],
};
const DRIVER: Object = Object {
    section: "3.19 toolComponent",
    must: &["name"],
    may: &["version", "language", "rules"],
};
const RULE: Object = Object {
    section: "3.49 reportingDescriptor",
    must: &["id"],
    may: &[
        "name",
        "shortDescription",
        "fullDescription",
        "help",
        "defaultConfiguration",
    ],
};
const TEXT: Object = Object {
    section: "3.12 multiformatMessageString",
    must: &["text"],
    may: &["markdown"],
};
const RESULT: Object = Object {
    section: "3.27 result",
    must: &["message"],
    may: &[
        "ruleId",
        "ruleIndex",
        "kind",
        "level",
        "locations",
        "partialFingerprints",
        "properties",
        "suppressions",
    ],
};
const LOGICAL: Object = Object {
    section: "3.33 logicalLocation",
    must: &[],
    may: &["name", "fullyQualifiedName", "kind"],
};
const SUPPRESSION: Object = Object {
    section: "3.35 suppression",
    must: &["kind"],
    may: &["status", "justification", "properties"],
};

impl Object {
    fn check(&self, value: &Value) {
        let Self { section, must, may } = self;
        let object = value.as_object();
        assert!(object.is_some(), "{section} is an object: {value}");
        let keys: Vec<&str> = object
            .into_iter()
            .flatten()
            .map(|(key, _)| &**key)
            .collect();
        for key in *must {
            assert!(keys.contains(key), "{section} must have {key}: {value}");
        }
        for key in keys {
            assert!(
                must.contains(&key) || may.contains(&key),
                "{section} has no {key}"
            );
        }
    }
}

fn all(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn one_of(value: &Value, allowed: &[&str]) {
    let found = value.as_str().unwrap_or_default();
    assert!(allowed.contains(&found), "{found} is none of {allowed:?}");
}

const LEVELS: [&str; 4] = ["none", "note", "warning", "error"];

fn log() -> Value {
    serde_json::to_value(checks::sarif::log(&report(&waived()), "0.1.0")).unwrap()
}

#[test]
fn a_log_has_what_the_standard_requires_and_nothing_that_it_does_not_know() {
    let log = log();
    LOG.check(&log);
    assert_eq!(log["version"], "2.1.0");
    assert_eq!(all(&log["runs"]).len(), 1);
    let run = &log["runs"][0];
    RUN.check(run);
    one_of(&run["columnKind"], &["utf16CodeUnits", "unicodeCodePoints"]);
    let driver = &run["tool"]["driver"];
    DRIVER.check(driver);
    let rules = all(&driver["rules"]);
    assert_eq!(rules.len(), checks::rules().len());
    for rule in rules {
        RULE.check(rule);
        one_of(&rule["defaultConfiguration"]["level"], &LEVELS);
        for text in ["shortDescription", "fullDescription", "help"] {
            TEXT.check(&rule[text]);
        }
        let help = rule["help"]["text"].as_str().unwrap_or_default();
        let lines: Vec<&str> = help.lines().collect();
        assert!(
            crate::page::is_thai(lines[0]) && crate::page::is_english(lines[lines.len() - 1]),
            "{} has help in both languages: {help}",
            rule["id"]
        );
    }
    let results = all(&run["results"]);
    assert!(!results.is_empty());
    for result in results {
        RESULT.check(result);
        one_of(&result["level"], &LEVELS);
        one_of(&result["kind"], &["fail"]);
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(
            rules[index]["id"], result["ruleId"],
            "3.27.6: the index names the rule"
        );
        assert!(
            result["message"]["text"]
                .as_str()
                .is_some_and(|text| !text.is_empty())
        );
        for location in all(&result["locations"]) {
            for logical in all(&location["logicalLocations"]) {
                LOGICAL.check(logical);
            }
        }
        for suppression in all(&result["suppressions"]) {
            SUPPRESSION.check(suppression);
            one_of(&suppression["kind"], &["inSource", "external"]);
            one_of(
                &suppression["status"],
                &["accepted", "underReview", "rejected"],
            );
        }
    }
}

#[test]
fn a_waived_finding_is_a_result_with_a_suppression_and_no_other_is() {
    let log = log();
    let results = all(&log["runs"][0]["results"]);
    let suppressed: Vec<&Value> = results
        .iter()
        .filter(|result| !all(&result["suppressions"]).is_empty())
        .collect();
    assert_eq!((results.len(), suppressed.len()), (6, 1));
    let result = suppressed[0];
    assert_eq!(result["ruleId"], "LINK-001");
    assert_eq!(
        result["locations"][0]["logicalLocations"][0]["fullyQualifiedName"],
        "plan/project/P-10"
    );
    assert_eq!(
        result["suppressions"][0]["justification"],
        "ยกเว้นถึง 23 พ.ย. 2569: รอมติที่ประชุม"
    );
    assert_eq!(
        result["suppressions"][0]["properties"]["until"],
        "2026-11-23"
    );
}

#[test]
fn what_must_be_repaired_is_an_error_and_advice_a_note() {
    let log = log();
    let level = |code: &str| {
        let results = all(&log["runs"][0]["results"]).iter();
        let found = results.clone().find(|result| result["ruleId"] == code);
        found.map(|result| result["level"].clone())
    };
    assert_eq!(level("MONEY-001"), Some("error".into()));
    assert_eq!(level("LINK-001"), Some("warning".into()));
}

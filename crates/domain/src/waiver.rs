//! Waivers (การยกเว้น): somebody answers for it that what a rule finds at one thing need not be repaired until a day.
//!
//! A waiver hides nothing: what it waives is shown apart with reason and end, and counts again from the day after. One
//! that waives nothing is a finding itself, so that waivers are cleared away like everything else.

use crate::{
    ids::WaiverId,
    issue::{Issue, Issues, Place},
    subject::Subject,
    text::clean,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The family of the rules over waivers: what they find cannot be waived.
pub const FAMILY: &str = "WAIVE";

/// One waiver: everything that one rule finds at one thing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Waiver {
    /// Its id, also when it is renewed.
    pub id: WaiverId,
    /// Code of the rule.
    pub rule: String,
    /// The thing at which nothing need be repaired.
    pub subject: Subject,
    /// Why.
    pub reason: String,
    /// Who gave it, as the trail names them.
    pub granted_by: String,
    /// The last day on which it waives.
    pub until: Date,
    /// Number of the letter or resolution it rests on, as the registry gave it.
    pub letter: Option<String>,
}

impl Waiver {
    /// Whether it waives on a day: its last day is still one.
    pub fn is_in_force(&self, today: Date) -> bool {
        today <= self.until
    }

    /// Whether it speaks of what a rule finds at a thing, in force or not.
    pub fn is_about(&self, rule: &str, subject: Subject) -> bool {
        self.rule == rule && self.subject == subject
    }

    /// Whether what a rule finds at a thing is waived on a day.
    pub fn waives(&self, rule: &str, subject: Subject, today: Date) -> bool {
        self.is_about(rule, subject) && self.is_in_force(today) && !is_over_waivers(rule)
    }

    /// Everything that is wrong with a waiver that is to be given `today`, each at its field.
    pub fn problems(&self, today: Date) -> Issues {
        let at = |field: &str| Place::Field {
            field: field.to_owned(),
        };
        let mut issues = Issues::new();
        if is_over_waivers(&self.rule) {
            issues.push(Issue::error(at("rule"), "waiver.of_a_waiver"));
        }
        if clean(&self.reason).text.is_empty() {
            issues.push(Issue::error(at("reason"), "waiver.reason_needed"));
        }
        if clean(&self.granted_by).text.is_empty() {
            issues.push(Issue::error(at("by"), "waiver.nobody"));
        }
        if self.until < today {
            let issue = Issue::error(at("until"), "waiver.over_already");
            issues.push(issue.with("until", self.until).with("today", today));
        }
        issues
    }
}

/// Whether a code is that of a rule over waivers.
pub fn is_over_waivers(rule: &str) -> bool {
    rule.split('-').next() == Some(FAMILY)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::ProjectId;
    use jiff::civil::date;

    fn waiver() -> Waiver {
        Waiver {
            id: WaiverId::from_u128(1),
            rule: "LINK-001".to_owned(),
            subject: Subject::Project(ProjectId::from_u128(2)),
            reason: "รอผลการพิจารณา".to_owned(),
            granted_by: "ตัวอย่าง ผู้วางแผน".to_owned(),
            until: date(2027, 9, 30),
            letter: None,
        }
    }

    #[test]
    fn a_waiver_waives_to_the_end_of_its_last_day() {
        let (waiver, subject) = (waiver(), waiver().subject);
        assert!(waiver.waives("LINK-001", subject, date(2027, 9, 30)));
        assert!(!waiver.waives("LINK-001", subject, date(2027, 10, 1)));
        assert!(waiver.is_about("LINK-001", subject), "also when it is over");
    }

    #[test]
    fn a_waiver_speaks_of_one_rule_at_one_thing() {
        let day = date(2026, 11, 23);
        let other = Subject::Project(ProjectId::from_u128(3));
        assert!(!waiver().waives("LINK-001", other, day));
        assert!(!waiver().waives("LINK-002", waiver().subject, day));
    }

    #[test]
    fn everything_that_is_wrong_with_a_waiver_is_said_at_once() {
        let today = date(2026, 11, 23);
        assert_eq!(waiver().problems(today), []);
        let wrong = Waiver {
            rule: "WAIVE-001".to_owned(),
            reason: "\u{200b} ".to_owned(),
            granted_by: String::new(),
            until: date(2026, 11, 22),
            ..waiver()
        };
        let problems = wrong.problems(today);
        let codes: Vec<_> = problems.iter().map(|issue| issue.code).collect();
        assert_eq!(
            codes,
            [
                "waiver.of_a_waiver",
                "waiver.reason_needed",
                "waiver.nobody",
                "waiver.over_already"
            ]
        );
    }

    #[test]
    fn a_waiver_may_be_given_for_today_alone() {
        let until = date(2026, 11, 23);
        let for_today = Waiver { until, ..waiver() };
        assert_eq!(for_today.problems(until), []);
    }
}

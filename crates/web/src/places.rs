//! The addresses of things, by the codes people know, and the provinces that have a name here.

use domain::subject::Subject;

use crate::address::encoded;
use crate::{Province, Viewer};

/// Provinces by the code of กรมการปกครอง: code, part of the address, name in Thai and in English.
const PROVINCES: &[(&str, &str, &str, &str)] = &[
    ("67", "phetchabun", "เพชรบูรณ์", "Phetchabun"),
    ("96", "narathiwat", "นราธิวาส", "Narathiwat"),
];

/// Every province that has a name here, the first one first.
pub fn provinces() -> Vec<Province> {
    let province = |(_, slug, name_th, name_en): &(&str, &str, &str, &str)| Province {
        slug: (*slug).to_owned(),
        name_th: (*name_th).to_owned(),
        name_en: (*name_en).to_owned(),
    };
    PROVINCES.iter().map(province).collect()
}

impl Province {
    /// The two digits by which กรมการปกครอง knows it, as plans carry them.
    pub fn dopa(&self) -> Option<&'static str> {
        let mut all = PROVINCES.iter();
        all.find(|(_, slug, ..)| *slug == self.slug)
            .map(|(code, ..)| *code)
    }
}

impl Viewer {
    /// The page of a plan.
    pub fn to_plan(&self, plan: &str) -> String {
        self.to(&format!("/plans/{}", encoded(plan)))
    }

    /// The page of an element of a plan or framework.
    pub fn to_node(&self, plan: &str, code: &str) -> String {
        self.to(&format!("/plans/{}/nodes/{}", encoded(plan), encoded(code)))
    }

    /// The page of a project, in the plan that lists it.
    pub fn to_project(&self, plan: &str, code: &str) -> String {
        self.to(&format!("/projects/{}/{}", encoded(plan), encoded(code)))
    }

    /// The page that waives what a rule finds at a thing.
    pub fn to_waive(&self, rule: &str, subject: Subject) -> String {
        let (kind, id) = (subject.kind(), subject.id());
        self.to(&format!("/findings/{}/{kind}/{id}/waive", encoded(rule)))
    }

    /// The page that withdraws the waiver of what a rule finds at a thing.
    pub fn to_withdraw(&self, rule: &str, subject: Subject) -> String {
        let (kind, id) = (subject.kind(), subject.id());
        self.to(&format!("/findings/{}/{kind}/{id}/withdraw", encoded(rule)))
    }

    /// The page of an SDG 4 target.
    pub fn to_target(&self, code: &str) -> String {
        self.to(&format!("/targets/{}", encoded(code)))
    }

    /// The page of an indicator of a framework or plan.
    pub fn to_indicator(&self, plan: &str, code: &str) -> String {
        self.to(&format!("/indicators/{}/{}", encoded(plan), encoded(code)))
    }

    /// The page of a rule.
    pub fn to_rule(&self, code: &str) -> String {
        self.to(&format!("/rules/{}", encoded(code)))
    }

    /// The page of an organisation.
    pub fn to_organisation(&self, code: &str) -> String {
        self.to(&format!("/organisations/{}", encoded(code)))
    }
}

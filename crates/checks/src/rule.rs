//! What a rule is: a stable code, how much it matters, the check, and the page that explains and proves it.

use crate::{context::Context, finding::Findings};
use domain::{issue::Severity, locale::Locale};

/// A rule (เกณฑ์ตรวจสอบ). Its sentence is in `locales/` under `issue.<code>`, its next step under `issue.<code>.hint`.
pub struct Rule {
    /// Stable code, family and number: `LINK-001`. A retired code is never given to another rule.
    pub code: &'static str,
    /// The rule in a few words, as in the names of its files: `no-approved-sdg4-link`.
    pub slug: &'static str,
    /// How much a finding matters.
    pub severity: Severity,
    /// Looks, and reports what it finds.
    pub check: fn(&Context<'_>, &mut Findings),
    /// The page in Markdown: documentation, fixture and expectation at once.
    pub page: &'static str,
}

impl Rule {
    /// The family of the rule: what its code begins with.
    pub fn family(&self) -> &'static str {
        self.code
            .split_once('-')
            .map_or(self.code, |(family, _)| family)
    }

    /// Name of the rule, from the first line of its page: `# CODE · ชื่อ · Name`.
    pub fn title(&self, locale: Locale) -> &'static str {
        let heading = self.page.lines().next().unwrap_or_default();
        let mut parts = heading.split(" · ").skip(1);
        let (thai, english) = (parts.next(), parts.next());
        match locale {
            Locale::Th => thai,
            Locale::En => english,
        }
        .unwrap_or(self.code)
    }

    /// Where the page of the rule stands in the documentation.
    pub fn page_address(&self) -> String {
        format!("docs/rules/{}.md", self.code)
    }
}

// A rule is its code: two values with the same code cannot both be registered.
impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.code == other.code
    }
}

impl Eq for Rule {}

impl PartialOrd for Rule {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Rule {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.code.cmp(other.code)
    }
}

impl std::fmt::Debug for Rule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.code)
    }
}

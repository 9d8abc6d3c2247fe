//! What is added up: projects, money by stage, people; and beside each how much of it was reported.

use domain::{money::Satang, project::Stage};

/// What a figure counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    /// Projects, each once.
    Projects,
    /// Money at one stage, in satang.
    Money(Stage),
    /// People reached: the latest running total of each project.
    People,
}

/// The figures of a project, an organisation or a node in one fiscal year. Everything is a sum over disjoint parts.
///
/// Missing is not zero: where `rows` of a stage is 0, nothing was said about money at that stage and `money` means
/// nothing; [`Figures::money`] and [`Figures::people`] answer `None` then. Ask them instead of reading the sums.
///
/// `reported` of a stage is the n that stands beside the N `projects`: so many *of those projects* have said something
/// about the stage in the year (also when what they said is not added, because the money is inside another project's).
/// `rows` also counts what projects of other years said about this year, so the two differ where money is carried over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Figures {
    /// Projects whose year this is, each once (N).
    pub projects: u32,
    /// Satang by stage, in the order of [`Stage::ALL`].
    pub money: [i64; 5],
    /// How many amounts were added up in `money`, by stage.
    pub rows: [u32; 5],
    /// How many of the `projects` have an amount of the year at that stage (n).
    pub reported: [u32; 5],
    /// People reached.
    pub people: u64,
    /// How many running totals were added up in `people`: one per project.
    pub people_rows: u32,
    /// How many of the `projects` have a running total of the year (n).
    pub people_reported: u32,
}

impl Figures {
    /// Nothing at all: no project, and nothing said.
    pub const NONE: Figures = Figures {
        projects: 0,
        money: [0; 5],
        rows: [0; 5],
        reported: [0; 5],
        people: 0,
        people_rows: 0,
        people_reported: 0,
    };

    /// Money at one stage; `None` = nothing was reported, which is not zero.
    pub fn money(&self, stage: Stage) -> Option<Satang> {
        (self.rows[stage as usize] > 0).then_some(Satang(self.money[stage as usize]))
    }

    /// People reached; `None` = nothing was reported, which is not zero.
    pub fn people(&self) -> Option<u64> {
        (self.people_rows > 0).then_some(self.people)
    }

    /// The figure of one measure as a plain number (satang, projects or people); `None` = nothing was reported.
    pub fn of(&self, measure: Measure) -> Option<i64> {
        match measure {
            Measure::Projects => Some(i64::from(self.projects)),
            Measure::Money(stage) => self.money(stage).map(|satang| satang.0),
            Measure::People => self.people().map(|people| people as i64),
        }
    }

    /// Adds the figures of another, disjoint part. Sums wrap, so that whatever was added can be taken off again.
    pub fn add(&mut self, other: &Figures) {
        self.projects = self.projects.wrapping_add(other.projects);
        for stage in 0..5 {
            self.money[stage] = self.money[stage].wrapping_add(other.money[stage]);
            self.rows[stage] = self.rows[stage].wrapping_add(other.rows[stage]);
            self.reported[stage] = self.reported[stage].wrapping_add(other.reported[stage]);
        }
        self.people = self.people.wrapping_add(other.people);
        self.people_rows = self.people_rows.wrapping_add(other.people_rows);
        self.people_reported = self.people_reported.wrapping_add(other.people_reported);
    }

    /// Takes off what [`Figures::add`] added.
    pub fn sub(&mut self, other: &Figures) {
        self.projects = self.projects.wrapping_sub(other.projects);
        for stage in 0..5 {
            self.money[stage] = self.money[stage].wrapping_sub(other.money[stage]);
            self.rows[stage] = self.rows[stage].wrapping_sub(other.rows[stage]);
            self.reported[stage] = self.reported[stage].wrapping_sub(other.reported[stage]);
        }
        self.people = self.people.wrapping_sub(other.people);
        self.people_rows = self.people_rows.wrapping_sub(other.people_rows);
        self.people_reported = self.people_reported.wrapping_sub(other.people_reported);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_true_zero_is_not_missing() {
        let mut zero = Figures::NONE;
        assert_eq!(zero.money(Stage::Disbursed), None);
        assert_eq!(zero.people(), None);
        zero.rows[Stage::Disbursed as usize] = 1;
        zero.people_rows = 1;
        assert_eq!(zero.money(Stage::Disbursed), Some(Satang::ZERO));
        assert_eq!(zero.people(), Some(0));
        assert_eq!(zero.money(Stage::Allotted), None);
    }
}

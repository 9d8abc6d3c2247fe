//! Plans and frameworks of every level: lineage, editions, nodes, and what joins them.

use crate::{
    ids::{AlignmentId, CrosswalkId, EditionId, LineageId, NodeId, OrganisationId, PlanId},
    link::LinkState,
    share::Share,
    time::PeriodKind,
};
use serde::{Deserialize, Serialize};

coded! {
    /// Where a plan stands. SDG 4 and the national plans are two rails; neither stands above the other;
    /// they meet in the province's roadmap and plan.
    pub enum Level {
        /// SDG 4: goal, targets, indicators. The left rail.
        Sdg = "sdg",
        /// แผนระดับที่ 1: ยุทธศาสตร์ชาติ.
        Level1 = "level1",
        /// แผนระดับที่ 2: แผนแม่บท, แผนพัฒนาเศรษฐกิจและสังคม, แผนการปฏิรูป, ความมั่นคง.
        Level2 = "level2",
        /// แผนระดับที่ 3 of the nation and the ministry: แผนการศึกษาแห่งชาติ and others.
        Level3 = "level3",
        /// แผนที่นำทาง SDG4 จังหวัด: where the SDG 4 rail enters the province.
        ProvincialRoadmap = "provincial_roadmap",
        /// แผนพัฒนาการศึกษาจังหวัด: where the rail of plans enters the province.
        ProvincialPlan = "provincial_plan",
        /// แผนตามประเภทการศึกษา: often the same document as the agency's 5-year plan; its absence is advice.
        EducationType = "education_type",
        /// แผนปฏิบัติราชการ ระยะ 5 ปี.
        FiveYear = "five_year",
        /// แผนปฏิบัติราชการรายปี (agency), แผนปฏิบัติการประจำปี (school).
        Annual = "annual",
    }
}

impl Level {
    /// Depth of the level: alignments run from a greater depth to a smaller one (or an equal one across the two
    /// provincial documents). SDG 4 and level 1 are both at 0.
    pub const fn depth(self) -> u8 {
        match self {
            Level::Sdg | Level::Level1 => 0,
            Level::Level2 => 1,
            Level::Level3 => 2,
            Level::ProvincialRoadmap | Level::ProvincialPlan => 3,
            Level::EducationType => 4,
            Level::FiveYear => 5,
            Level::Annual => 6,
        }
    }

    /// Whether an alignment from a node of this level may point to a node of `upper`.
    pub fn may_align_to(self, upper: Level) -> bool {
        self.depth() > upper.depth()
            || matches!(
                (self, upper),
                (Level::ProvincialRoadmap, Level::ProvincialPlan)
                    | (Level::ProvincialPlan, Level::ProvincialRoadmap)
            )
    }

    /// Frameworks are what projects are attributed to in the end: SDG 4 and the national plans.
    pub const fn is_framework(self) -> bool {
        matches!(
            self,
            Level::Sdg | Level::Level1 | Level::Level2 | Level::Level3
        )
    }
}

coded! {
    /// The state of an edition.
    pub enum EditionState {
        /// ร่าง.
        Draft = "draft",
        /// อยู่ระหว่างพิจารณา.
        InReview = "in_review",
        /// เห็นชอบแล้ว.
        Approved = "approved",
        /// ประกาศใช้.
        Published = "published",
        /// ถูกแทนที่ด้วยฉบับใหม่.
        Superseded = "superseded",
    }
}

impl EditionState {
    /// Whether what the edition prints may still be changed: from its approval on it is what the resolution names, and
    /// another text is a matter for the next edition.
    pub const fn is_open(self) -> bool {
        matches!(self, EditionState::Draft | EditionState::InReview)
    }
}

coded! {
    /// What a node is. Its printed label is kept apart, because only plans that print ยุทธศาสตร์ are shown with it.
    pub enum NodeKind {
        /// เป้าหมาย: an SDG goal.
        Goal = "goal",
        /// เป้าหมายย่อย: an SDG target.
        Target = "target",
        /// ตัวชี้วัดสากล.
        GlobalIndicator = "global_indicator",
        /// ตัวชี้วัดเฉพาะเรื่อง (UIS).
        ThematicIndicator = "thematic_indicator",
        /// ตัวชี้วัดประเทศไทย: a Thai series under a global code.
        NationalSeries = "national_series",
        /// ยุทธศาสตร์.
        Strategy = "strategy",
        /// ประเด็น.
        Issue = "issue",
        /// แผนย่อย.
        SubPlan = "sub_plan",
        /// เป้าหมายระดับประเด็น (Y2).
        GoalY2 = "goal_y2",
        /// เป้าหมายแผนแม่บทย่อย (Y1).
        GoalY1 = "goal_y1",
        /// หมุดหมาย.
        Milestone = "milestone",
        /// กิจกรรมปฏิรูปที่จะส่งผลให้เกิดการเปลี่ยนแปลงต่อประชาชนอย่างมีนัยสำคัญ (Big Rock).
        BigRock = "big_rock",
        /// เป้าหมายของแผนการศึกษาแห่งชาติ (aspiration).
        Aspiration = "aspiration",
        /// เป้าประสงค์ / วัตถุประสงค์.
        Objective = "objective",
        /// ตัวชี้วัด of a plan.
        Indicator = "indicator",
        /// กลยุทธ์, แนวทาง, มาตรการ.
        Measure = "measure",
        /// แผนงาน.
        Programme = "programme",
    }
}

impl NodeKind {
    /// Whether the node carries values.
    pub const fn is_indicator(self) -> bool {
        matches!(
            self,
            NodeKind::GlobalIndicator
                | NodeKind::ThematicIndicator
                | NodeKind::NationalSeries
                | NodeKind::Indicator
        )
    }
}

/// The lineage of a plan or framework.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// Its id.
    pub id: PlanId,
    /// The code people and commands use: `SDG4`, `MP23`, `narathiwat-2569`.
    pub code: String,
    /// Name as printed, with its years.
    pub name_th: String,
    /// English name, where one is known.
    pub name_en: Option<String>,
    /// Where it stands.
    pub level: Level,
    /// Whose plan it is.
    pub owner: Option<OrganisationId>,
    /// The province (two digits of กรมการปกครอง) whose trail tells of it; `None` = national.
    pub province: Option<String>,
}

/// One dated text of a plan, as the thread sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edition {
    /// Its id.
    pub id: EditionId,
    /// Of which plan.
    pub plan: PlanId,
    /// The plan's level, repeated here so that the thread needs no other table.
    pub level: Level,
    /// Whose plan it is.
    pub owner: Option<OrganisationId>,
    /// The kind of year its period counts in, when printed.
    pub period_kind: Option<PeriodKind>,
    /// First year (พ.ศ.), when printed.
    pub from_year: Option<i16>,
    /// Last year (พ.ศ.), when printed.
    pub to_year: Option<i16>,
    /// Its state.
    pub state: EditionState,
    /// The edition that it replaces.
    pub supersedes: Option<EditionId>,
}

/// The edition that is meant where only a plan is named. Superseded ones are left out: their state says so, or an
/// edition past its review replaces them. Of the others, one in force comes before one in review before a draft, then
/// the one whose period begins (then ends) last, then the one recorded last.
pub fn default_edition(editions: impl IntoIterator<Item = Edition>) -> Option<Edition> {
    let editions: Vec<Edition> = editions.into_iter().collect();
    let replaced = |id| {
        let in_force =
            |e: &&Edition| !matches!(e.state, EditionState::Draft | EditionState::InReview);
        editions
            .iter()
            .filter(in_force)
            .any(|e| e.supersedes == Some(id))
    };
    let open = |e: &&Edition| e.state != EditionState::Superseded && !replaced(e.id);
    let precedence = |e: &&Edition| {
        let state = match e.state {
            EditionState::Draft | EditionState::Superseded => 0_u8,
            EditionState::InReview => 1,
            EditionState::Approved | EditionState::Published => 2,
        };
        (state, e.from_year, e.to_year, e.id)
    };
    editions.iter().filter(open).max_by_key(precedence).copied()
}

/// The words of an edition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditionText {
    /// What tells it from the other editions of its plan: ฉบับจัดทำคำของบประมาณ, `UIS-2026-01`, `2566-2570`.
    /// Unique within the plan.
    pub label: String,
}

/// One element of an edition, as the thread sees it. Its words are in [`NodeText`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Node {
    /// Its id.
    pub id: NodeId,
    /// In which edition.
    pub edition: EditionId,
    /// Under which node of the same edition; `None` = top of the edition.
    pub parent: Option<NodeId>,
    /// What it stays across editions.
    pub lineage: LineageId,
    /// What it is.
    pub kind: NodeKind,
    /// Order among its siblings.
    pub position: u32,
}

/// The words of a node, as printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NodeText {
    /// Printed number or code, unique within the edition. Never used to derive the parent: 5.5.1 lies under 5.1.
    pub code: String,
    /// Printed label: ยุทธศาสตร์, ประเด็นการพัฒนา, เป้าประสงค์ …
    pub label_th: String,
    /// Name as printed.
    pub name_th: String,
    /// English name, where one is known.
    pub name_en: Option<String>,
}

/// A reasoned link from a node to a node of a plan above it: this serves that, with a share of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alignment {
    /// Its id.
    pub id: AlignmentId,
    /// The lower node, which serves.
    pub from: NodeId,
    /// The upper node, which is served.
    pub to: NodeId,
    /// How much of the lower node serves the upper one; totals at most 10,000 per upper edition.
    pub share: Share,
    /// The one that is named first where only one can be named.
    pub primary: bool,
    /// Only approved alignments carry attribution.
    pub state: LinkState,
}

coded! {
    /// How a node continues in another edition or framework.
    pub enum Relation {
        /// คงเดิม.
        Kept = "kept",
        /// เปลี่ยน.
        Changed = "changed",
        /// แยก.
        Split = "split",
        /// รวม.
        Merged = "merged",
        /// สิ้นสุด: `to` is absent.
        Ended = "ended",
        /// Speaks of the same thing in another framework; carries no attribution.
        Related = "related",
    }
}

/// A row that joins nodes of two editions or frameworks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Crosswalk {
    /// Its id.
    pub id: CrosswalkId,
    /// The node it speaks of.
    pub from: NodeId,
    /// What that node is in the other edition; `None` only when it ended.
    pub to: Option<NodeId>,
    /// How they relate.
    pub relation: Relation,
    /// Whether somebody confirmed it.
    pub state: LinkState,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_command_took_the_draft_of_next_year_where_another_took_the_edition_in_force() {
        let edition = |id, year, state, supersedes: Option<u128>| Edition {
            id: EditionId::from_u128(id),
            plan: PlanId::from_u128(1),
            level: Level::Annual,
            owner: None,
            period_kind: None,
            from_year: Some(year),
            to_year: Some(year),
            state,
            supersedes: supersedes.map(EditionId::from_u128),
        };
        let chosen = |editions: &[Edition]| default_edition(editions.iter().copied()).map(|e| e.id);
        let old = edition(1, 2569, EditionState::Published, None);
        let draft = edition(2, 2570, EditionState::Draft, Some(1));
        assert_eq!(
            chosen(&[old, draft]),
            Some(old.id),
            "a draft replaces nothing yet"
        );
        assert_eq!(chosen(&[draft]), Some(draft.id));
        let new = Edition {
            state: EditionState::Approved,
            ..draft
        };
        assert_eq!(chosen(&[new, old]), Some(new.id));
        assert_eq!(
            chosen(&[edition(3, 2568, EditionState::Superseded, None)]),
            None
        );
    }
}

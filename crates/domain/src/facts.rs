//! What `store` emits and `chain` eats: everything that is true at one moment, without words,
//! and the changes that lead from one moment to the next.

use crate::{
    duty::Duty,
    ids::{
        ActivityId, AlignmentId, BaselineId, CrosswalkId, DutyId, EditionId, IndicatorTargetId,
        LinkId, ListingId, MembershipId, NodeId, OrganisationId, ProjectId,
    },
    indicator::{Baseline, Indicator, IndicatorTarget, Observation, Reading},
    link::Link,
    money::Satang,
    organisation::{Membership, Organisation},
    plan::{Alignment, Crosswalk, Edition, Node},
    project::{Listing, Project, Stage},
    time::{FiscalPeriod, Moment, Period},
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Everything that is true at one moment. Rows are in any order; ids are unique within their list.
///
/// The bulk rows (amounts, people, observations) name their project, organisation and indicator by *position* in the
/// lists beside them, not by id: millions of 16-byte ids would be most of the memory.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Facts {
    /// Organisations, open or closed.
    pub organisations: Vec<Organisation>,
    /// Their dated places in both forests.
    pub memberships: Vec<Membership>,
    /// Editions of plans and frameworks.
    pub editions: Vec<Edition>,
    /// Their nodes.
    pub nodes: Vec<Node>,
    /// What joins editions and frameworks.
    pub crosswalks: Vec<Crosswalk>,
    /// What a node serves above itself.
    pub alignments: Vec<Alignment>,
    /// Projects.
    pub projects: Vec<Project>,
    /// Where projects are listed.
    pub listings: Vec<Listing>,
    /// Direct links of projects.
    pub links: Vec<Link>,
    /// Activities of projects.
    pub activities: Vec<ActivityOf>,
    /// Money, one row per (project, period, stage): lines are already added up.
    pub amounts: Vec<Amount>,
    /// People, one row per (project, quarter).
    pub people: Vec<People>,
    /// Nodes that carry values.
    pub indicators: Vec<Indicator>,
    /// Where indicators start from.
    pub baselines: Vec<Baseline>,
    /// What indicators are to reach.
    pub targets: Vec<IndicatorTarget>,
    /// What was read.
    pub observations: Vec<ObservationRow>,
    /// What has to be reported.
    pub duties: Vec<Duty>,
}

/// That an activity belongs to a project.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActivityOf {
    /// The activity.
    pub id: ActivityId,
    /// Its project.
    pub project: ProjectId,
}

/// Money of one project in one period at one stage (16 bytes).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Amount {
    /// Position in [`Facts::projects`].
    pub project: u32,
    /// The fiscal year or quarter.
    pub period: FiscalPeriod,
    /// The stage.
    pub stage: Stage,
    /// How much.
    pub satang: Satang,
}

/// People reached by one project until the end of one quarter: a running total within the fiscal year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct People {
    /// Position in [`Facts::projects`].
    pub project: u32,
    /// Until the end of which quarter (or year).
    pub period: FiscalPeriod,
    /// How many.
    pub people: u32,
}

/// One reading.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ObservationRow {
    /// Position in [`Facts::organisations`].
    pub organisation: u32,
    /// Position in [`Facts::indicators`].
    pub indicator: u32,
    /// Of which period.
    pub period: Period,
    /// As of which day.
    pub as_of: Date,
    /// When it was recorded: decides between readings of the same day.
    pub recorded_at: Moment,
    /// What was read.
    pub reading: Reading,
}

/// One step from one moment to the next. Recording a row whose id (or natural key) already stands replaces it.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// A row was recorded.
    Recorded(Fact),
    /// A row was ended.
    Ended(Key),
}

/// A row of any list of [`Facts`], by id instead of by position.
#[derive(Debug, Clone, PartialEq)]
#[expect(
    missing_docs,
    reason = "each variant is one row of the list of the same name"
)]
pub enum Fact {
    Organisation(Organisation),
    Membership(Membership),
    Edition(Edition),
    Node(Node),
    Crosswalk(Crosswalk),
    Alignment(Alignment),
    Project(Project),
    Listing(Listing),
    Link(Link),
    Activity(ActivityOf),
    Amount {
        project: ProjectId,
        period: FiscalPeriod,
        stage: Stage,
        satang: Satang,
    },
    People {
        project: ProjectId,
        period: FiscalPeriod,
        people: u32,
    },
    Indicator(Indicator),
    Baseline(Baseline),
    Target(IndicatorTarget),
    Observation(Observation),
    Duty(Duty),
}

/// What names a row of any list of [`Facts`]: its id, or its natural key where the list has no ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(
    missing_docs,
    reason = "each variant names one row of the list of the same name"
)]
pub enum Key {
    Organisation(OrganisationId),
    Membership(MembershipId),
    Edition(EditionId),
    Node(NodeId),
    Crosswalk(CrosswalkId),
    Alignment(AlignmentId),
    Project(ProjectId),
    Listing(ListingId),
    Link(LinkId),
    Activity(ActivityId),
    Amount {
        project: ProjectId,
        period: FiscalPeriod,
        stage: Stage,
    },
    People {
        project: ProjectId,
        period: FiscalPeriod,
    },
    Indicator(NodeId),
    Baseline(BaselineId),
    Target(IndicatorTargetId),
    /// The reading of one period as of one day; a correction of the same day replaces it.
    Observation {
        indicator: NodeId,
        organisation: OrganisationId,
        period: Period,
        as_of: Date,
    },
    Duty(DutyId),
}

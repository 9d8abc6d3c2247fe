//! The lists of `domain::facts::Facts`: from which columns of which table, and how a row is read.

use super::{
    page::{Column, Column::*, Reader},
    positions::Positions,
};
use crate::{
    Error,
    entities::{project_year, reading, shape},
};
use domain::{
    duty::Duty,
    facts::{ActivityOf, ObservationRow, People},
    indicator::{Baseline, Indicator, IndicatorTarget, Quantity},
    link::Link,
    money::Satang,
    organisation::{Membership, Organisation},
    plan::{Alignment, Crosswalk, Edition, Node},
    project::{Listing, Project, Stage},
    time::{FiscalPeriod, Moment, Period},
};

/// How one list is read. A row gives `None` when what it speaks of does not stand.
pub(super) struct List<T> {
    pub table: &'static str,
    pub columns: &'static [Column],
    pub row: fn(&Reader<'_>, &Positions) -> Result<Option<T>, Error>,
}

pub(super) const ORGANISATIONS: List<Organisation> = List {
    table: "organisations",
    columns: &[
        Id("id"),
        MaybeWord("class"),
        MaybeWord("opened"),
        MaybeWord("closed"),
    ],
    row: |row, _| {
        Ok(Some(Organisation {
            id: row.id()?,
            class: row.maybe_code("class")?,
            opened: row.maybe_day()?,
            closed: row.maybe_day()?,
        }))
    },
};

pub(super) const MEMBERSHIPS: List<Membership> = List {
    table: "memberships",
    columns: &[
        Id("id"),
        Id("organisation"),
        Word("axis"),
        Id("parent"),
        MaybeWord("valid_from"),
        MaybeWord("valid_to"),
    ],
    row: |row, _| {
        Ok(Some(Membership {
            id: row.id()?,
            organisation: row.id()?,
            axis: row.code("axis")?,
            parent: row.id()?,
            valid_from: row.maybe_day()?,
            valid_to: row.maybe_day()?,
        }))
    },
};

pub(super) const EDITIONS: List<Edition> = List {
    table: "editions",
    columns: &[
        Id("id"),
        Id("plan"),
        Word("level"),
        MaybeId("owner"),
        MaybeWord("period_kind"),
        MaybeWord("from_year"),
        MaybeWord("to_year"),
        Word("state"),
        MaybeId("supersedes"),
    ],
    row: |row, _| {
        Ok(Some(Edition {
            id: row.id()?,
            plan: row.id()?,
            level: row.code("level")?,
            owner: row.maybe_id()?,
            period_kind: row.maybe_code("period kind")?,
            from_year: row.maybe_number()?,
            to_year: row.maybe_number()?,
            state: row.code("edition state")?,
            supersedes: row.maybe_id()?,
        }))
    },
};

pub(super) const NODES: List<Node> = List {
    table: "nodes",
    columns: &[
        Id("id"),
        Id("edition"),
        MaybeId("parent"),
        Id("lineage"),
        Word("kind"),
        Word("position"),
    ],
    row: |row, _| {
        Ok(Some(Node {
            id: row.id()?,
            edition: row.id()?,
            parent: row.maybe_id()?,
            lineage: row.id()?,
            kind: row.code("node kind")?,
            position: row.number()?,
        }))
    },
};

pub(super) const CROSSWALKS: List<Crosswalk> = List {
    table: "crosswalks",
    columns: &[
        Id("id"),
        Id("from_node"),
        MaybeId("to_node"),
        Word("relation"),
        Word("state"),
    ],
    row: |row, _| {
        Ok(Some(Crosswalk {
            id: row.id()?,
            from: row.id()?,
            to: row.maybe_id()?,
            relation: row.code("relation")?,
            state: row.code("link state")?,
        }))
    },
};

pub(super) const ALIGNMENTS: List<Alignment> = List {
    table: "alignments",
    columns: &[
        Id("id"),
        Id("from_node"),
        Id("to_node"),
        Word("share"),
        Flag("is_primary"),
        Word("state"),
    ],
    row: |row, _| {
        Ok(Some(Alignment {
            id: row.id()?,
            from: row.id()?,
            to: row.id()?,
            share: row.share()?,
            primary: row.flag()?,
            state: row.code("link state")?,
        }))
    },
};

pub(super) const PROJECTS: List<Project> = List {
    table: "projects",
    columns: &[
        Id("id"),
        Id("owner"),
        Word("year_kind"),
        Word("year"),
        MaybeWord("budget_mode"),
        MaybeWord("approved_on"),
        MaybeId("continues"),
        MaybeId("part_of"),
        MaybeWord("stated_budget"),
    ],
    row: |row, _| {
        Ok(Some(Project {
            id: row.id()?,
            owner: row.id()?,
            year: project_year(row.text("year kind")?, row.number()?)?,
            budget_mode: row.maybe_code("budget mode")?,
            approved_on: row.maybe_day()?,
            continues: row.maybe_id()?,
            part_of: row.maybe_id()?,
            stated_budget: row.maybe_number()?.map(Satang),
        }))
    },
};

pub(super) const LISTINGS: List<Listing> = List {
    table: "listings",
    columns: &[Id("id"), Id("project"), Id("node")],
    row: |row, _| {
        Ok(Some(Listing {
            id: row.id()?,
            project: row.id()?,
            node: row.id()?,
        }))
    },
};

pub(super) const LINKS: List<Link> = List {
    table: "links",
    columns: &[
        Id("id"),
        Id("project"),
        Id("node"),
        Word("share"),
        Flag("is_primary"),
        Word("state"),
    ],
    row: |row, _| {
        Ok(Some(Link {
            id: row.id()?,
            project: row.id()?,
            node: row.id()?,
            share: row.share()?,
            primary: row.flag()?,
            state: row.code("link state")?,
        }))
    },
};

pub(super) const ACTIVITIES: List<ActivityOf> = List {
    table: "activities",
    columns: &[Id("id"), Id("project")],
    row: |row, _| {
        Ok(Some(ActivityOf {
            id: row.id()?,
            project: row.id()?,
        }))
    },
};

/// A budget line, before the lines of one project, period and stage are added up.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line {
    /// Position in the projects.
    pub project: u32,
    pub period: FiscalPeriod,
    pub stage: Stage,
    pub satang: Satang,
}

pub(super) const LINES: List<Line> = List {
    table: "budget_lines",
    columns: &[Id("project"), Word("period"), Word("stage"), Word("amount")],
    row: |row, positions| {
        let project = positions.projects.get(&row.key()?).copied();
        let (period, stage, amount) = (row.number()?, row.code("stage")?, row.number()?);
        Ok(project.map(|project| Line {
            project,
            period: FiscalPeriod::from_packed(period),
            stage,
            satang: Satang(amount),
        }))
    },
};

pub(super) const PEOPLE: List<People> = List {
    table: "people_reports",
    columns: &[Id("project"), Word("period"), Word("people")],
    row: |row, positions| {
        let project = positions.projects.get(&row.key()?).copied();
        let (period, people) = (row.number()?, row.number()?);
        Ok(project.map(|project| People {
            project,
            period: FiscalPeriod::from_packed(period),
            people,
        }))
    },
};

pub(super) const INDICATORS: List<Indicator> = List {
    table: "indicators",
    columns: &[Id("id"), MaybeWord("direction"), MaybeId("owner")],
    row: |row, _| {
        Ok(Some(Indicator {
            node: row.id()?,
            direction: row.maybe_code("direction")?,
            owner: row.maybe_id()?,
        }))
    },
};

pub(super) const BASELINES: List<Baseline> = List {
    table: "baselines",
    columns: &[Id("id"), Id("node"), Word("period"), Word("value")],
    row: |row, _| {
        Ok(Some(Baseline {
            id: row.id()?,
            node: row.id()?,
            period: period(row)?,
            value: Quantity(row.number()?),
        }))
    },
};

pub(super) const TARGETS: List<IndicatorTarget> = List {
    table: "indicator_targets",
    columns: &[
        Id("id"),
        Id("node"),
        Word("period"),
        Word("shape"),
        MaybeWord("low"),
        MaybeWord("high"),
    ],
    row: |row, _| {
        Ok(Some(IndicatorTarget {
            id: row.id()?,
            node: row.id()?,
            period: period(row)?,
            shape: shape(
                row.text("target shape")?,
                row.maybe_number()?,
                row.maybe_number()?,
            )?,
        }))
    },
};

pub(super) const OBSERVATIONS: List<ObservationRow> = List {
    table: "observations",
    columns: &[
        Id("organisation"),
        Id("indicator"),
        Word("period"),
        Word("as_of"),
        Word("recorded_at"),
        Word("reading"),
        Word("value"),
        MaybeWord("denominator"),
    ],
    row: |row, positions| {
        let organisation = positions.organisations.get(&row.key()?).copied();
        let indicator = positions.indicators.get(&row.key()?).copied();
        let (period, as_of, recorded_at) = (period(row)?, row.day()?, Moment(row.number()?));
        let reading = reading(row.text("reading")?, row.number()?, row.maybe_number()?)?;
        Ok(organisation
            .zip(indicator)
            .map(|(organisation, indicator)| ObservationRow {
                organisation,
                indicator,
                period,
                as_of,
                recorded_at,
                reading,
            }))
    },
};

pub(super) const DUTIES: List<Duty> = List {
    table: "duties",
    columns: &[
        Id("id"),
        Id("organisation"),
        Word("item"),
        Word("period"),
        Word("due"),
        Flag("applicable"),
        MaybeWord("reported_on"),
    ],
    row: |row, _| {
        Ok(Some(Duty {
            id: row.id()?,
            organisation: row.id()?,
            item: row.code("duty")?,
            period: period(row)?,
            due: row.day()?,
            applicable: row.flag()?,
            reported_on: row.maybe_day()?,
        }))
    },
};

fn period(row: &Reader<'_>) -> Result<Period, Error> {
    crate::entities::period(row.number()?)
}

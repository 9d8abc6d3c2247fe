//! Indicators (ตัวชี้วัด), their baselines and targets, and the readings reported for them.

use crate::{
    ids::{BaselineId, IndicatorTargetId, NodeId, ObservationId, OrganisationId},
    time::{Moment, Period},
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A measured number in millionths: exact, so that sums do not depend on their order.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Quantity(pub i64);

impl Quantity {
    /// A whole number.
    pub const fn whole(n: i64) -> Self {
        Self(n * 1_000_000)
    }
}

coded! {
    /// Which way is better.
    pub enum Direction {
        /// More is better.
        Up = "up",
        /// Less is better.
        Down = "down",
        /// One is best.
        Parity = "parity",
        /// Neither.
        None = "none",
    }
}

/// A node of a plan that carries values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Indicator {
    /// The node.
    pub node: NodeId,
    /// Which way is better; `None` = not stated.
    pub direction: Option<Direction>,
    /// Who answers for it; `None` = not stated.
    pub owner: Option<OrganisationId>,
}

/// The words of an indicator.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct IndicatorText {
    /// หน่วยวัด.
    pub unit: Option<String>,
    /// What is counted above the line.
    pub numerator: Option<String>,
    /// What is counted below the line.
    pub denominator: Option<String>,
    /// จำแนกตาม.
    pub disaggregation: Option<String>,
    /// Codes of the series in the source's own database.
    pub series_codes: Option<String>,
    /// คำอธิบายความสำเร็จ, as printed.
    pub success_th: Option<String>,
    /// Whom the value speaks of, in the source's word (`province`).
    pub scope: Option<String>,
}

/// ค่าฐาน: where an indicator of a plan starts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Baseline {
    /// Its id.
    pub id: BaselineId,
    /// Of which indicator.
    pub node: NodeId,
    /// Of which period.
    pub period: Period,
    /// The value.
    pub value: Quantity,
}

/// The shape of a target value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "shape")]
pub enum TargetShape {
    /// At least this.
    AtLeast {
        /// In the unit of the indicator.
        value: Quantity,
    },
    /// At most this.
    AtMost {
        /// In the unit of the indicator.
        value: Quantity,
    },
    /// Between these, both included.
    Between {
        /// Lower end.
        low: Quantity,
        /// Upper end.
        high: Quantity,
    },
    /// A ratio such as 45:55.
    Ratio {
        /// Left of the colon.
        left: Quantity,
        /// Right of the colon.
        right: Quantity,
    },
    /// An increase on the baseline, in the unit of the indicator.
    IncreaseOnBaseline {
        /// By how much.
        by: Quantity,
    },
    /// Reached or not.
    Reached,
    /// Not measured in that year.
    NotMeasured,
}

/// A target value of an indicator for a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndicatorTarget {
    /// Its id.
    pub id: IndicatorTargetId,
    /// Of which indicator.
    pub node: NodeId,
    /// For which period.
    pub period: Period,
    /// What is to be reached.
    pub shape: TargetShape,
}

/// What was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Reading {
    /// Numerator over denominator: can be added over organisations, then divided.
    Ratio {
        /// Above the line.
        numerator: Quantity,
        /// Below the line.
        denominator: Quantity,
    },
    /// A count: can be added over organisations.
    Count {
        /// How many.
        value: Quantity,
    },
    /// A score, an index or a printed percentage without its parts: is never added and never averaged.
    Printed {
        /// As printed.
        value: Quantity,
    },
}

/// One reading of an indicator: of which period, as of which day it was read, and when it was recorded.
/// Several readings of the same period live side by side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Observation {
    /// Its id.
    pub id: ObservationId,
    /// Of which indicator.
    pub indicator: NodeId,
    /// About which organisation.
    pub organisation: OrganisationId,
    /// Of which period.
    pub period: Period,
    /// ข้อมูล ณ วันที่, as printed.
    pub as_of: Date,
    /// When it was recorded here.
    pub recorded_at: Moment,
    /// What was read.
    pub reading: Reading,
}

//! Elements of the plan: strategies, objectives, indicators, and the general list of nodes.

use super::origin;
use crate::{
    plan::{IndicatorRow, Origin},
    record::{Draft, Record},
};
use domain::{
    indicator::{Quantity, TargetShape},
    issue::Issue,
    plan::NodeKind,
};

/// What a row says about the node above it.
#[derive(Debug, Clone)]
pub(crate) struct Parent {
    /// The column that says it.
    pub(crate) column: &'static str,
    /// The kind of node that the column names; `None` = any.
    pub(crate) kind: Option<NodeKind>,
    /// Code or name as written.
    pub(crate) text: String,
}

/// A node before its parent is found.
#[derive(Debug, Clone)]
pub(crate) struct NodeDraft {
    pub(crate) kind: NodeKind,
    pub(crate) label_th: String,
    pub(crate) name_th: String,
    pub(crate) name_en: Option<String>,
    pub(crate) note: Option<String>,
    pub(crate) origin: Origin,
    pub(crate) parent: Option<Parent>,
    pub(crate) year: Option<i16>,
}

/// An indicator before its node, owner and period are found. `node` is absent when the row brings no name: then the
/// node stands in the list of nodes.
#[derive(Debug, Clone)]
pub(crate) struct IndicatorDraft {
    pub(crate) node: Option<NodeDraft>,
    pub(crate) indicator: IndicatorRow,
    pub(crate) shape: Option<TargetShape>,
    pub(crate) year: Option<i16>,
}

/// A row of `strategies`.
pub(crate) fn strategy(record: &mut Record<'_>) -> Draft<NodeDraft> {
    named(record, "strategy_no", NodeKind::Strategy, "ยุทธศาสตร์", None)
}

/// A row of `objectives`. The sheet says วัตถุประสงค์; a plan that prints เป้าประสงค์ says so in `nodes`.
pub(crate) fn objective(record: &mut Record<'_>) -> Draft<NodeDraft> {
    let parent = record.need("strategy_no").map(|text| Parent {
        column: "strategy_no",
        kind: Some(NodeKind::Strategy),
        text,
    });
    named(
        record,
        "objective_no",
        NodeKind::Objective,
        "วัตถุประสงค์",
        parent,
    )
}

/// A row of `nodes`.
pub(crate) fn node(record: &mut Record<'_>) -> Draft<NodeDraft> {
    let written = record.text("kind");
    let kind = match written {
        Some(_) => record.word::<NodeKind>("kind"),
        None => {
            record.need("kind");
            None
        }
    };
    let parent = record.text("parent_code").map(|text| Parent {
        column: "parent_code",
        kind: None,
        text,
    });
    // The printed word stays: ประเด็นการพัฒนา is not turned into ประเด็น. A code such as `issue` is no printed word.
    let label = record.text("label_th");
    let printed = written.filter(|word| !word.is_ascii());
    let label = label
        .or(printed)
        .or_else(|| kind.and_then(usual_label).map(str::to_owned));
    let Some(kind) = kind else {
        let code = record.need("code");
        record.need("name_th");
        return Draft {
            row: record.number(),
            code,
            value: None,
        };
    };
    if label.is_none() {
        record.tell(Issue::error(record.at("label_th"), "import.missing_value"));
    }
    named(record, "code", kind, &label.unwrap_or_default(), parent)
}

/// The label of kinds that every plan prints alike.
fn usual_label(kind: NodeKind) -> Option<&'static str> {
    match kind {
        NodeKind::Strategy => Some("ยุทธศาสตร์"),
        NodeKind::Indicator => Some("ตัวชี้วัด"),
        NodeKind::Milestone => Some("หมุดหมาย"),
        NodeKind::Programme => Some("แผนงาน"),
        NodeKind::SubPlan => Some("แผนย่อย"),
        NodeKind::Target => Some("เป้าหมายย่อย"),
        _ => None,
    }
}

fn named(
    record: &mut Record<'_>,
    code: &str,
    kind: NodeKind,
    label: &str,
    parent: Option<Parent>,
) -> Draft<NodeDraft> {
    let code = record.need(code);
    let name = record.need("name_th");
    let name_en = record.text("name_en");
    let note = record.text("note");
    let year = record.year("fiscal_year_be");
    let origin = origin(record);
    let value = name.map(|name_th| NodeDraft {
        kind,
        label_th: label.to_owned(),
        name_th,
        name_en,
        note,
        origin,
        parent,
        year,
    });
    Draft {
        row: record.number(),
        code,
        value,
    }
}

/// A row of `indicators`.
pub(crate) fn indicator(record: &mut Record<'_>) -> Draft<IndicatorDraft> {
    let code = record.need("code");
    let any = record.text("parent_code").map(|text| Parent {
        column: "parent_code",
        kind: None,
        text,
    });
    let objective = record.text("objective_no").map(|text| Parent {
        column: "objective_no",
        kind: Some(NodeKind::Objective),
        text,
    });
    let name = record.text("name_th");
    let name_en = record.text("name_en");
    let note = record.text("note");
    let year = record.year("fiscal_year_be");
    let origin = origin(record);
    let node = name.map(|name_th| NodeDraft {
        kind: NodeKind::Indicator,
        label_th: "ตัวชี้วัด".to_owned(),
        name_th,
        name_en,
        note,
        origin,
        parent: any.or(objective),
        year,
    });
    let percent = record.quantity("target_percent");
    let shape = match percent {
        Some(value) => Some(TargetShape::AtLeast { value }),
        None => target(record),
    };
    let unit = record.text("unit");
    let unit = unit.or_else(|| percent.map(|_| "ร้อยละ".to_owned()));
    let indicator = IndicatorRow {
        node: code.clone().unwrap_or_default(),
        unit,
        direction: record.word("direction"),
        owner: record.text("owner_code"),
        success_th: record.text("success_indicator_th"),
        scope: record.text("owner_scope"),
        target: None,
    };
    let value = code.is_some().then_some(IndicatorDraft {
        node,
        indicator,
        shape,
        year,
    });
    Draft {
        row: record.number(),
        code,
        value,
    }
}

/// The target of the general format: its shape must be said, because "60" alone may be a floor or a ceiling.
fn target(record: &mut Record<'_>) -> Option<TargetShape> {
    let shape = record.text("target_shape");
    let Some(shape) = shape else {
        if record.text("target").is_some() {
            record.need("target_shape");
        }
        return None;
    };
    let word = shape.to_lowercase();
    let known = match word.as_str() {
        "ไม่น้อยกว่า" => "at_least",
        "ไม่เกิน" => "at_most",
        "ระหว่าง" => "between",
        "อัตราส่วน" => "ratio",
        "เพิ่มจากค่าฐาน" => "increase_on_baseline",
        "บรรลุ" => "reached",
        "ไม่วัด" => "not_measured",
        word => word,
    };
    let value = |record: &mut Record<'_>, column: &str| -> Option<Quantity> {
        let value = record.quantity(column);
        if value.is_none() && record.text(column).is_none() {
            record.need(column);
        }
        value
    };
    match known {
        "at_least" => value(record, "target").map(|value| TargetShape::AtLeast { value }),
        "at_most" => value(record, "target").map(|value| TargetShape::AtMost { value }),
        "increase_on_baseline" => {
            value(record, "target").map(|by| TargetShape::IncreaseOnBaseline { by })
        }
        "between" => {
            let (low, high) = (value(record, "target")?, value(record, "target_high")?);
            if low > high {
                record.tell(Issue::error(
                    record.at("target_high"),
                    "import.target_reversed",
                ));
                return None;
            }
            Some(TargetShape::Between { low, high })
        }
        "ratio" => {
            let text = record.text("target").or_else(|| record.need("target"))?;
            let parts = text.split_once(':');
            let read = parts.and_then(|(left, right)| {
                crate::scalar::quantity(left)
                    .ok()
                    .zip(crate::scalar::quantity(right).ok())
            });
            if read.is_none() {
                let issue = Issue::error(record.at("target"), "import.not_a_ratio");
                record.tell(issue.with("found", crate::record::excerpt(&text)));
            }
            read.map(|(left, right)| TargetShape::Ratio { left, right })
        }
        "reached" => Some(TargetShape::Reached),
        "not_measured" => Some(TargetShape::NotMeasured),
        _ => {
            let issue = Issue::error(record.at("target_shape"), "import.unknown_word");
            let known =
                "at_least, at_most, between, ratio, increase_on_baseline, reached, not_measured";
            record.tell(
                issue
                    .with("found", crate::record::excerpt(&shape))
                    .with("known", known),
            );
            None
        }
    }
}

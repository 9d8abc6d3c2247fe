//! What the province has of an indicator: baseline, target and reading of every period, and how they are written.
//!
//! Public pages show the province as a whole with the number of organisations that reported, never one agency's value.

use std::collections::{BTreeMap, BTreeSet};

use actions::live::Now;
use chain::observations::later;
use chain::observations::latest::{Latest, Sum};
use domain::ids::{NodeId, OrganisationId};
use domain::indicator::{Quantity, TargetShape};
use domain::locale::Locale;
use domain::organisation::Axis;
use domain::time::Period;
use jiff::civil::Date;
use maud::{Markup, html};

use crate::Viewer;
use crate::data::is_of_province;
use crate::served::Listed;
use crate::ui::{ValueState, flow, foreign, quantity, rounded, short_day, value_state};

/// A rate over fewer than this many is not shown in public: single people could be recognised.
const FEWEST: i64 = 10;

/// One period of an indicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// The period.
    pub period: Period,
    /// Where the indicator starts from.
    pub baseline: Option<Quantity>,
    /// What is to be reached.
    pub target: Option<TargetShape>,
    /// What was read.
    pub read: Option<Latest>,
}

/// The organisations whose readings, with those of everything they coordinate, speak of the province: the owners of its
/// plans and projects.
pub fn speakers(v: &Viewer, now: &Now, listed: &Listed) -> Vec<OrganisationId> {
    let own = |plan: &&domain::plan::Plan| plan.province.is_some() && is_of_province(v, plan);
    let owners = now.plans().into_iter().filter(own);
    let mut all: BTreeSet<OrganisationId> = owners.filter_map(|plan| plan.owner).collect();
    all.extend(listed.owners(now));
    all.into_iter().collect()
}

/// Every period of which a baseline, a target or a reading is known, the earliest first.
pub fn by_period(now: &Now, speakers: &[OrganisationId], node: NodeId) -> Vec<Row> {
    let mut rows: BTreeMap<_, Row> = BTreeMap::new();
    let empty = |period| Row {
        period,
        baseline: None,
        target: None,
        read: None,
    };
    let plans = now.snapshot.plans();
    for baseline in plans.baselines_of(node) {
        let period = baseline.period;
        let row = rows.entry(later(period)).or_insert_with(|| empty(period));
        row.baseline = Some(baseline.value);
    }
    for target in plans.targets_of(node) {
        let period = target.period;
        let row = rows.entry(later(period)).or_insert_with(|| empty(period));
        row.target = Some(target.shape);
    }
    for period in now.snapshot.observations().periods(node) {
        let read = now
            .snapshot
            .read_together(Axis::CoordinatedBy, speakers, node, period);
        if read.is_some() {
            let row = rows.entry(later(period)).or_insert_with(|| empty(period));
            row.read = read;
        }
    }
    rows.into_values().collect()
}

/// What a reading comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Value {
    /// A figure in the unit of the indicator.
    Is(Quantity),
    /// Fewer than ten stand below the line.
    Withheld,
    /// There is no figure, and the key of the sentence that says why.
    None(&'static str),
}

/// Whether a unit is per cent, in the words of the catalogue or of a Thai plan.
pub fn is_percent(unit: Option<&str>) -> bool {
    matches!(unit, None | Some("percent" | "ร้อยละ" | "%"))
}

/// The figure of a reading: a rate in per cent where the unit is per cent or not stated, otherwise plain.
pub fn value(read: &Latest, unit: Option<&str>) -> Value {
    match read.sum {
        Sum::Ratio { denominator, .. }
            if denominator.0 != 0 && denominator.0.abs() < Quantity::whole(FEWEST).0 =>
        {
            Value::Withheld
        }
        Sum::Ratio { .. } => match read.sum.per_cent() {
            Some(rate) if is_percent(unit) => Value::Is(rate),
            Some(rate) => Value::Is(Quantity(rate.0 / 100)),
            None => Value::None("page.indicator.no_rate"),
        },
        Sum::Count { value } | Sum::Printed { value } => Value::Is(value),
        Sum::NotSummable => Value::None("page.indicator.not_summable"),
        Sum::Mixed { .. } => Value::None("page.indicator.mixed"),
        Sum::TooLarge => Value::None("page.indicator.too_large"),
    }
}

/// The value of a period as a cell: the figure, or what there is instead. A period that has not ended owes nothing yet.
pub fn cell(v: &Viewer, row: &Row, unit: Option<&str>, today: Date) -> Markup {
    match row.read.map(|read| value(&read, unit)) {
        Some(Value::Is(figure)) => html! { b.num { (rounded(figure)) } },
        Some(Value::Withheld) => value_state(v.locale, ValueState::Withheld),
        Some(Value::None(why)) => flow(&v.say(why)),
        None if row.period.last_day() >= today => value_state(v.locale, ValueState::NotDue),
        None => value_state(v.locale, ValueState::Missing),
    }
}

/// "1,518/2,961": above and below the line, where both may be shown.
pub fn parts(read: &Latest) -> Option<String> {
    match (value(read, None), read.sum) {
        (
            Value::Is(_) | Value::None(_),
            Sum::Ratio {
                numerator,
                denominator,
            },
        ) => Some(format!("{}/{}", quantity(numerator), quantity(denominator))),
        _ => None,
    }
}

/// "23 พ.ย. 2569", or the first and last of several days.
pub fn as_of(locale: Locale, read: &Latest) -> String {
    let (first, last) = read.as_of;
    match first == last {
        true => short_day(locale, first),
        false => format!("{} – {}", short_day(locale, first), short_day(locale, last)),
    }
}

/// A written figure and its unit behind it: in Thai the word for per cent stands before the figure ("ร้อยละ 60").
pub fn with_unit(v: &Viewer, figure: String, unit: Option<&str>) -> (String, String) {
    match unit {
        Some(_) if v.locale == Locale::Th && is_percent(unit) => {
            (format!("ร้อยละ\u{a0}{figure}"), String::new())
        }
        _ => {
            let words = unit.map(|unit| unit_words(v, unit));
            (figure, words.unwrap_or_default())
        }
    }
}

/// "ไม่น้อยกว่า" with "60", and the unit behind: a target in words.
pub fn target(v: &Viewer, shape: TargetShape, unit: Option<&str>) -> (String, String) {
    let say = |key: &str, value: Quantity| {
        let (figure, unit) = with_unit(v, quantity(value), unit);
        // "ไม่น้อยกว่าร้อยละ 60" is written without a space.
        let key = format!("page.indicator.shape.{key}");
        let words = v.say_with(&key, &[("value", figure.into())]);
        (words.replace(" ร้อยละ", "ร้อยละ"), unit)
    };
    match shape {
        TargetShape::AtLeast { value } => say("at_least", value),
        TargetShape::AtMost { value } => say("at_most", value),
        TargetShape::Between { low, high } => {
            with_unit(v, format!("{}–{}", quantity(low), quantity(high)), unit)
        }
        TargetShape::Ratio { left, right } => {
            let unit = unit.filter(|_| !is_percent(unit));
            with_unit(v, format!("{}:{}", quantity(left), quantity(right)), unit)
        }
        TargetShape::IncreaseOnBaseline { by } => say("increase", by),
        TargetShape::Reached => (
            v.say("page.indicator.shape.reached").into_owned(),
            String::new(),
        ),
        TargetShape::NotMeasured => (
            v.say("page.indicator.shape.not_measured").into_owned(),
            String::new(),
        ),
    }
}

/// The one figure of a target that a line can show; an increase needs its baseline.
pub fn point(shape: TargetShape, baseline: Option<Quantity>) -> Option<Quantity> {
    match shape {
        TargetShape::AtLeast { value } | TargetShape::AtMost { value } => Some(value),
        TargetShape::IncreaseOnBaseline { by } => {
            baseline.and_then(|from| from.0.checked_add(by.0).map(Quantity))
        }
        _ => None,
    }
}

/// Units as catalogues and plans write them, and the key of the word that readers know them by.
const UNITS: &[(&str, &str)] = &[
    ("percent", "percent"),
    ("ร้อยละ", "percent"),
    ("ratio", "ratio"),
    ("yes/no", "yes_no"),
    ("years", "years"),
    ("category", "category"),
    ("index", "index"),
    ("constant US dollars", "us_dollars"),
    ("score (points, not percent of pupils)", "score"),
    ("percent of GDP per capita; PPP$", "gdp_per_capita"),
    ("percent of GDP", "gdp"),
    ("number", "number"),
];

/// A unit in the reader's language; one that is not in the list as it was printed.
pub fn unit(v: &Viewer, printed: &str) -> Markup {
    match UNITS.iter().find(|(known, _)| *known == printed) {
        Some((_, key)) => flow(&v.say(&format!("page.unit.of.{key}"))),
        None => printed_text(v, printed),
    }
}

/// A unit as plain words, for pictures.
pub fn unit_words(v: &Viewer, printed: &str) -> String {
    let known = UNITS.iter().find(|(known, _)| *known == printed);
    known.map_or_else(
        || printed.to_owned(),
        |(_, key)| v.say(&format!("page.unit.of.{key}")).into_owned(),
    )
}

/// Text of a source, which says itself in which language it is.
pub fn printed_text(v: &Viewer, text: &str) -> Markup {
    let thai = text.chars().any(|c| ('\u{e00}'..='\u{e7f}').contains(&c));
    let language = if thai { Locale::Th } else { Locale::En };
    if language == v.locale {
        flow(text)
    } else {
        foreign(language, text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::time::FiscalYear;
    use jiff::civil::date;

    fn read(sum: Sum) -> Latest {
        Latest {
            period: Period::fiscal(FiscalYear(2569)),
            as_of: (date(2026, 6, 10), date(2026, 11, 10)),
            organisations: 2,
            sum,
        }
    }

    fn ratio(numerator: i64, denominator: i64) -> Latest {
        read(Sum::Ratio {
            numerator: Quantity::whole(numerator),
            denominator: Quantity::whole(denominator),
        })
    }

    #[test]
    fn a_rate_over_fewer_than_ten_is_withheld_with_its_parts() {
        assert_eq!(value(&ratio(3, 9), None), Value::Withheld);
        assert_eq!(parts(&ratio(3, 9)), None);
        assert_eq!(value(&ratio(3, 10), None), Value::Is(Quantity::whole(30)));
        assert_eq!(parts(&ratio(3, 10)).as_deref(), Some("3/10"));
    }

    #[test]
    fn a_ratio_is_no_percentage_unless_its_unit_is() {
        let pupils = ratio(40, 20);
        assert_eq!(value(&pupils, Some("ratio")), Value::Is(Quantity::whole(2)));
        assert_eq!(
            value(&pupils, Some("ร้อยละ")),
            Value::Is(Quantity::whole(200))
        );
        assert_eq!(
            value(&ratio(0, 0), None),
            Value::None("page.indicator.no_rate")
        );
    }

    #[test]
    fn printed_values_of_several_organisations_have_no_figure() {
        let several = read(Sum::NotSummable);
        assert!(matches!(value(&several, None), Value::None(_)));
        assert_eq!(parts(&several), None);
    }
}

//! Whence the words of an element come, and what describes it as an indicator.

use actions::live::Now;
use actions::permission::On;
use domain::ids::NodeId;
use domain::indicator::{Indicator, IndicatorText};
use domain::plan::{Node, NodeText};
use domain::provenance::Certainty;
use maud::{Markup, html};
use store::Kept;

use super::node::Shown;
use crate::data::{edition_label, shown_source};
use crate::readings::printed_text;
use crate::ui::{Card, certainty, definitions, flow};
use crate::{Error, Viewer};

/// What is recorded beside the name of an element.
pub(super) struct Source {
    indicator: Option<IndicatorText>,
    known: Option<String>,
    certainty: Option<Certainty>,
}

impl Source {
    /// Of an element, as far as the reader may know it.
    pub async fn of(v: &Viewer, id: NodeId, whose: On<'_>) -> Result<Self, Error> {
        let store = v.live()?.store();
        let words: Option<Kept<(Node, NodeText)>> = store::get(store, id).await?;
        let provenance = words.and_then(|kept| kept.stamp.provenance);
        let indicator: Option<Kept<(Indicator, IndicatorText)>> = store::get(store, id).await?;
        Ok(Self {
            indicator: indicator.map(|kept| kept.row.1),
            known: shown_source(v, provenance.as_ref(), whose).await?,
            certainty: provenance.map(|known| known.certainty),
        })
    }

    /// The card.
    pub fn show(&self, v: &Viewer, now: &Now, shown: &Shown) -> Markup {
        let plan = html! { a href=(v.to_plan(&shown.plan.code)) { (shown.plan.code) } " " (edition_label(now, shown.edition)) };
        let mut facts: Vec<(&str, Markup)> = vec![("page.plan", plan)];
        let mut fact = |key: &'static str, value: &Option<String>| {
            let value = value.as_ref().filter(|value| !value.is_empty());
            facts.extend(value.map(|value| (key, printed_text(v, value))));
        };
        if let Some(text) = &self.indicator {
            fact("page.indicator.unit", &text.unit);
            fact("page.indicator.numerator", &text.numerator);
            fact("page.indicator.denominator", &text.denominator);
            fact("page.indicator.disaggregation", &text.disaggregation);
            fact("page.indicator.success", &text.success_th);
            fact("page.indicator.series", &text.series_codes);
        }
        fact("page.source", &self.known);
        let sure = self.certainty.map(|it| certainty(v.locale, it));
        facts.extend(sure.map(|it| ("page.certainty", it)));
        Card::new(&v.say("page.details")).show(definitions(
            facts
                .into_iter()
                .map(|(term, what)| (flow(&v.say(term)), what)),
        ))
    }
}

//! What makes nodes indicators, with what they are to reach.

use super::{
    Source,
    corrected::{Kind, Says, Texts, hold},
    organisations::Organisations,
    plans::{at_node, kept_of},
    settle::{Desk, Want},
};
use crate::{
    Error,
    wanted::{NodeKey, WantedIndicator},
};
use domain::{
    ids::NodeId,
    indicator::{Indicator, IndicatorTarget, IndicatorText},
    provenance::Provenance,
    time::Period,
};
use std::collections::HashMap;

pub(super) async fn settle(
    desk: &mut Desk<'_>,
    wanted: Vec<(NodeKey, NodeId, WantedIndicator, Provenance)>,
    keys: HashMap<NodeId, NodeKey>,
    organisations: &Organisations,
    source: &Source,
) -> Result<(), Error> {
    if wanted.is_empty() {
        // The source does not speak of indicators, so it misses none.
        return Ok(());
    }
    let standing = desk.standing::<(Indicator, IndicatorText)>().await?;
    let of = |(indicator, _): &(Indicator, IndicatorText)| keys.get(&indicator.node).cloned();
    let kept = kept_of(&standing, source, of);
    let says = wanted
        .iter()
        .map(|(key, _, indicator, provenance)| Says {
            key: key.clone(),
            at: at_node(&key.code),
            code: key.code.clone(),
            provenance: provenance.clone(),
            texts: indicator_texts(&indicator.text),
        })
        .collect();
    let kind = Kind {
        name: "indicator",
        thing: "thing.node",
        fields: [
            "indicator.words.success_th",
            "indicator.words.numerator",
            "indicator.words.denominator",
            "indicator.words.disaggregation",
        ],
    };
    let open = (
        |row: &(Indicator, IndicatorText)| of(row).filter(|key| !kept.contains(key)),
        |row: &(Indicator, IndicatorText)| indicator_texts(&row.1),
    );
    let words = hold(desk, kind, &standing, open, source, says).await?;
    let mut wants = Vec::new();
    let mut targets = Vec::new();
    for ((key, node, indicator, provenance), words) in wanted.into_iter().zip(words) {
        let [success_th, numerator, denominator, disaggregation] = words.texts;
        let text = IndicatorText {
            success_th,
            numerator,
            denominator,
            disaggregation,
            ..indicator.text
        };
        let owner = indicator
            .owner
            .and_then(|code| organisations.get(&code).copied());
        for (period, shape) in indicator.targets {
            targets.push(Want {
                key: target_key(&key, period),
                provenance: Some(provenance.clone()),
                standing_wins: false,
                make: Box::new(move |id, _: Option<&IndicatorTarget>| IndicatorTarget {
                    id,
                    node,
                    period,
                    shape,
                }) as _,
            });
        }
        wants.push(Want {
            standing_wins: kept.contains(&key),
            key,
            provenance: (!words.kept).then_some(provenance),
            make: Box::new(move |_, _: Option<&(Indicator, IndicatorText)>| {
                (
                    Indicator {
                        node,
                        direction: indicator.direction,
                        owner,
                    },
                    text,
                )
            }) as _,
        });
    }
    desk.settle(
        "indicator",
        standing,
        of,
        |(indicator, _)| indicator.node,
        wants,
    )
    .await?;

    let standing = desk.standing::<IndicatorTarget>().await?;
    let key = |target: &IndicatorTarget| Some(target_key(keys.get(&target.node)?, target.period));
    desk.settle(
        "indicator_target",
        standing,
        key,
        |target| target.id,
        targets,
    )
    .await?;
    Ok(())
}

fn indicator_texts(text: &IndicatorText) -> Texts<4> {
    [
        text.success_th.clone(),
        text.numerator.clone(),
        text.denominator.clone(),
        text.disaggregation.clone(),
    ]
}

/// One target value per indicator and period.
fn target_key(NodeKey { edition, code }: &NodeKey, period: Period) -> String {
    format!("{edition} {code} {} {}", period.kind, period.year)
}

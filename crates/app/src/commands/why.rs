//! `saithong why`: the projects behind a figure of a node or target; their values total exactly the figure.

use crate::{
    cli::{Figure, Format, Why},
    outcome::{Outcome, Result},
    session::{Reading, Session, unknown},
    table::{Align, Table, clip},
};
use chain::{
    Measure,
    attribution::{How, WHOLE},
    why_node::{Because, NodeContribution},
};
use domain::{
    ids::NodeId,
    link::LinkState,
    locale::Locale,
    money::{Satang, group_thousands},
    project::Stage,
    time::FiscalYear,
};

pub async fn run(session: &Session, args: Why) -> Result {
    let reading = session.read().await?;
    let node = reading.known_node(&args.code, args.plan.as_deref())?;
    let edition = reading
        .snapshot
        .plans()
        .edition_of_node(node)
        .map(|edition| edition.id);
    let framework = reading
        .snapshot
        .plans()
        .edition_of_node(node)
        .is_some_and(|e| e.level.is_framework());
    let year = reading.year(args.year, edition.filter(|_| !framework))?;
    let measure = measure(args.figure);
    let mut rows = reading
        .snapshot
        .why_node(node, year, measure)
        .ok_or_else(|| unknown(&args.code))?;
    if let Some(plan) = &args.of {
        let edition = reading.edition(plan)?;
        rows.retain(|row| reading.lists(edition, row.project));
    }
    match args.format {
        Format::Json => sayln!("{:#}", json(&reading, node, &rows)),
        Format::Text => say!(
            "{}",
            text(&reading, node, (args.figure, year), &rows, session.locale)
        ),
    }
    Ok(Outcome::Clean)
}

const fn measure(figure: Figure) -> Measure {
    match figure {
        Figure::Projects => Measure::Projects,
        Figure::Requested => Measure::Money(Stage::Requested),
        Figure::Allotted => Measure::Money(Stage::Allotted),
        Figure::Transferred => Measure::Money(Stage::Transferred),
        Figure::Committed => Measure::Money(Stage::Committed),
        Figure::Disbursed => Measure::Money(Stage::Disbursed),
        Figure::People => Measure::People,
    }
}

const fn key(figure: Figure) -> &'static str {
    match figure {
        Figure::Projects => "figure.projects",
        Figure::Requested => "figure.requested",
        Figure::Allotted => "figure.allotted",
        Figure::Transferred => "figure.transferred",
        Figure::Committed => "figure.committed",
        Figure::Disbursed => "figure.disbursed",
        Figure::People => "figure.people",
    }
}

const fn because(row: &NodeContribution) -> &'static str {
    match row.because {
        Because::ListedHere => "why.because.listed",
        Because::Attributed(How::Linked) => "why.because.linked",
        Because::Attributed(_) => "why.because.aligned",
    }
}

/// Parts of the whole as ten-thousandths, as shares are written.
fn share(row: &NodeContribution) -> i64 {
    (u128::from(row.parts) * 10_000 / u128::from(WHOLE)) as i64
}

fn text(
    reading: &Reading,
    node: NodeId,
    (figure, year): (Figure, FiscalYear),
    rows: &[NodeContribution],
    locale: Locale,
) -> String {
    let value = |value: i64| match figure {
        Figure::Projects | Figure::People => group_thousands(value),
        _ => Satang(value).grouped(),
    };
    let args = [
        ("figure", locale.text(key(figure)).into_owned().into()),
        ("code", reading.names.nodes[&node].code.as_str().into()),
        ("name", reading.node_name(node, locale).into()),
        ("year", year.0.to_string().into()),
    ];
    let mut out = format!("{}\n", locale.fill("why.heading", &args));
    if rows.is_empty() {
        out.push_str(&format!("{}\n", locale.text("why.none")));
    } else {
        let heading = |key: &str, align| (locale.text(key).into_owned(), align);
        let mut table = Table::new([
            heading("why.project", Align::Left),
            heading("why.value", Align::Right),
            heading("why.share", Align::Right),
            heading("why.because", Align::Left),
            heading("why.title", Align::Left),
        ]);
        let mut sorted: Vec<_> = rows
            .iter()
            .map(|row| (&reading.names.projects[&row.project], row))
            .collect();
        sorted.sort_by(|a, b| a.0.code.cmp(&b.0.code));
        for (name, row) in sorted {
            table.row([
                name.code.clone(),
                value(row.value),
                group_thousands(share(row)),
                locale.text(because(row)).into_owned(),
                clip(&name.name_th),
            ]);
        }
        let total: i64 = rows.iter().map(|row| row.value).sum();
        let none = String::new;
        table.row([
            locale.text("coverage.total").into_owned(),
            value(total),
            none(),
            none(),
            none(),
        ]);
        out.push_str(&table.text());
    }
    let proposed = reading
        .snapshot
        .links_to(node)
        .iter()
        .filter(|link| link.state == LinkState::Proposed)
        .count();
    if proposed > 0 {
        out.push_str(&format!(
            "{}\n",
            locale.fill("why.proposed", &[("n", proposed.into())])
        ));
    }
    out
}

fn json(reading: &Reading, node: NodeId, rows: &[NodeContribution]) -> serde_json::Value {
    let contributions: Vec<_> = rows
        .iter()
        .map(|row| {
            serde_json::json!({
                "project": reading.names.projects[&row.project],
                "owner": reading.names.organisations[&row.owner],
                "value": row.value,
                "share": share(row),
                "because": because(row),
            })
        })
        .collect();
    let total: i64 = rows.iter().map(|row| row.value).sum();
    serde_json::json!({ "node": reading.names.nodes[&node], "total": total, "contributions": contributions })
}

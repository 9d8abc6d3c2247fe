//! `saithong coverage`: projects and money by node of a plan, and by target of a framework.

use crate::{
    cli::{By, Coverage, Format},
    outcome::{Outcome, Result, Trouble},
    session::{Reading, Session},
    table::{Align, Table, clip},
};
use chain::{Figures, listing::Listed, targets};
use domain::{
    ids::{EditionId, NodeId},
    locale::Locale,
    money::group_thousands,
    plan::NodeKind,
    project::Stage,
    time::FiscalYear,
};

pub async fn run(session: &Session, args: Coverage) -> Result {
    let reading = session.read().await?;
    if args.by == By::Organisation {
        return super::coverage_organisations::run(session, &reading, &args);
    }
    let edition = reading.listing_edition(args.plan.as_deref())?;
    let of_framework = reading
        .snapshot
        .plans()
        .edition(edition)
        .is_some_and(|e| e.level.is_framework());
    if of_framework {
        let plan = args.plan.clone().unwrap_or_default();
        return Err(Trouble::argument(
            "--plan",
            "ask.framework_lists_nothing",
            vec![("plan", plan.into())],
        ));
    }
    let framework = reading.edition(&args.framework)?;
    let year = reading.year(args.year, Some(edition))?;
    let gone = || Trouble::argument("--plan", "ask.no_projects", vec![]);
    let listed = reading.snapshot.listed(edition, year).ok_or_else(gone)?;
    let targets = reading
        .snapshot
        .targets(framework, targets::Scope::Edition(edition), year)
        .ok_or_else(gone)?;
    match args.format {
        Format::Json => sayln!("{:#}", json(&reading, edition, year, &listed, &targets)),
        Format::Text => {
            let locale = session.locale;
            sayln!("{}\n", reading.edition_heading(edition, year, locale));
            say!("{}", nodes(&reading, edition, &listed, locale));
            sayln!();
            say!("{}", framework_text(&reading, &targets, locale));
        }
    }
    Ok(Outcome::Clean)
}

/// Nodes worth a line: the top ones, and those that hold projects.
fn shown<'a>(
    reading: &'a Reading,
    listed: &'a Listed,
) -> impl Iterator<Item = (NodeId, &'a Figures)> + 'a {
    listed.rows.iter().filter_map(|(id, figures)| {
        let node = reading.snapshot.plans().node(*id)?;
        (node.parent.is_none() || figures.projects > 0).then_some((*id, figures))
    })
}

fn nodes(reading: &Reading, edition: EditionId, listed: &Listed, locale: Locale) -> String {
    let heading = |key: &str, align| (locale.text(key).into_owned(), align);
    let mut table = Table::new([
        heading("coverage.node", Align::Left),
        heading("coverage.projects", Align::Right),
        heading("coverage.allotted", Align::Right),
        heading("coverage.disbursed", Align::Right),
        heading("coverage.name", Align::Left),
    ]);
    let line = |label: String, figures: &Figures, name: String| {
        [
            label,
            group_thousands(i64::from(figures.projects)),
            money(figures, Stage::Allotted, locale),
            money(figures, Stage::Disbursed, locale),
            name,
        ]
    };
    for (id, figures) in shown(reading, listed) {
        let name = &reading.names.nodes[&id];
        let label = format!(
            "{} {}",
            name.label.as_deref().unwrap_or_default(),
            name.code
        );
        table.row(line(label, figures, clip(&reading.node_name(id, locale))));
    }
    let name = reading.names.editions[&edition].code.clone();
    table.row(line(
        locale.text("coverage.total").into_owned(),
        &listed.total,
        name,
    ));
    table.text()
}

fn framework_text(reading: &Reading, targets: &targets::Targets, locale: Locale) -> String {
    let name = &reading.names.editions[&targets.framework];
    let attributed = targets.total.projects - targets.unattributed.projects;
    let args = [
        ("framework", name.code.as_str().into()),
        ("label", name.label.clone().unwrap_or_default().into()),
        ("approved", i64::from(attributed).into()),
        ("proposed", i64::from(targets.only_proposed).into()),
        ("projects", i64::from(targets.total.projects).into()),
    ];
    let heading = |key: &str, align| (locale.text(key).into_owned(), align);
    let mut table = Table::new([
        heading("coverage.node", Align::Left),
        heading("coverage.approved", Align::Right),
        heading("coverage.proposed", Align::Right),
        heading("coverage.allotted", Align::Right),
        heading("coverage.name", Align::Left),
    ]);
    for row in of_targets(reading, targets) {
        table.row([
            reading.names.nodes[&row.node].code.clone(),
            row.approved.to_string(),
            row.proposed.to_string(),
            // Without an approved link no money can be attributed: neither zero nor missing.
            if row.approved == 0 {
                "–".to_owned()
            } else {
                money(&row.figures, Stage::Allotted, locale)
            },
            clip(&reading.node_name(row.node, locale)),
        ]);
    }
    table.row([
        locale.text("coverage.unattributed").into_owned(),
        targets.unattributed.projects.to_string(),
        String::new(),
        money(&targets.unattributed, Stage::Allotted, locale),
        String::new(),
    ]);
    format!(
        "{}\n{}{}\n",
        locale.fill("coverage.against", &args),
        table.text(),
        locale.text("coverage.note")
    )
}

/// The rows people read a framework by: SDG targets, or the top nodes of any other framework.
fn of_targets<'a>(
    reading: &'a Reading,
    targets: &'a targets::Targets,
) -> impl Iterator<Item = &'a targets::TargetRow> + 'a {
    let kind = |id: NodeId| {
        reading
            .snapshot
            .plans()
            .node(id)
            .map(|node| (node.kind, node.parent))
    };
    let has_targets = targets
        .rows
        .iter()
        .any(|row| matches!(kind(row.node), Some((NodeKind::Target, _))));
    targets.rows.iter().filter(move |row| match kind(row.node) {
        Some((kind, parent)) if has_targets => kind == NodeKind::Target && parent.is_some(),
        Some((_, parent)) => parent.is_none(),
        None => false,
    })
}

/// Baht, or the word for missing: nothing reported is not zero.
pub fn money(figures: &Figures, stage: Stage, locale: Locale) -> String {
    match figures.money(stage) {
        Some(money) => money.grouped(),
        None => locale.text("value.missing").into_owned(),
    }
}

fn json(
    reading: &Reading,
    edition: EditionId,
    year: FiscalYear,
    listed: &Listed,
    targets: &targets::Targets,
) -> serde_json::Value {
    let figures = |f: &Figures| {
        let money = Stage::ALL
            .iter()
            .map(|stage| (stage.code(), f.money(*stage).map(|money| money.0)));
        serde_json::json!({
            "projects": f.projects,
            "people": f.people(),
            "satang": money.collect::<std::collections::BTreeMap<_, _>>(),
        })
    };
    let nodes: Vec<_> = shown(reading, listed)
        .map(|(id, f)| serde_json::json!({ "node": reading.names.nodes[&id], "figures": figures(f) }))
        .collect();
    let rows: Vec<_> = of_targets(reading, targets)
        .map(|row| {
            serde_json::json!({
                "node": reading.names.nodes[&row.node],
                "approved": row.approved,
                "proposed": row.proposed,
                "figures": figures(&row.figures),
            })
        })
        .collect();
    serde_json::json!({
        "plan": reading.names.editions[&edition],
        "fiscal_year": year.0,
        "total": figures(&listed.total),
        "nodes": nodes,
        "framework": {
            "edition": reading.names.editions[&targets.framework],
            "targets": rows,
            "only_proposed": targets.only_proposed,
            "unattributed": figures(&targets.unattributed),
        },
    })
}

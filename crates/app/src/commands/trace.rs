//! `saithong trace`: the thread of a project up the two rails, or everything below a target or node.

use super::trace_words::{gap, mark, point, rail, status, via};
use crate::{
    cli::{Format, Trace},
    outcome::{Outcome, Result},
    session::{Reading, Session, unknown},
    table::clip,
};
use chain::trace::{
    Point, RailThread, Step, Thread,
    down::{Below, ProjectBelow},
};
use domain::{
    ids::{NodeId, ProjectId},
    link::LinkState,
    locale::Locale,
    project::{Project, ProjectYear, Stage},
};
use std::{collections::HashMap, fmt::Write};

/// Nodes shown below a target; the rest is counted.
const MOST_NODES: usize = 200;

pub async fn run(session: &Session, args: Trace) -> Result {
    let reading = session.read().await?;
    let locale = session.locale;
    if let Some(project) = reading.project(&args.code, args.plan.as_deref())? {
        let thread = reading
            .snapshot
            .trace(project)
            .ok_or_else(|| unknown(&args.code))?;
        match args.format {
            Format::Json => sayln!("{:#}", thread_json(&reading, &thread)),
            Format::Text => say!("{}", thread_text(&reading, &thread, locale)),
        }
        return Ok(ended(&thread));
    }
    let Some(node) = reading.node(&args.code, args.plan.as_deref())? else {
        return by_name(session, &reading, &args.code);
    };
    let below = reading
        .snapshot
        .trace_down(node, MOST_NODES)
        .ok_or_else(|| unknown(&args.code))?;
    match args.format {
        Format::Json => sayln!("{:#}", below_json(&reading, &below)),
        Format::Text => say!("{}", below_text(&reading, &below, locale)),
    }
    Ok(Outcome::Clean)
}

/// The thread of the one project whose title holds the words; several are listed with their codes.
fn by_name(session: &Session, reading: &Reading, words: &str) -> Result {
    let found = reading.projects_named(words);
    if let [project] = found[..] {
        let thread = reading
            .snapshot
            .trace(project)
            .ok_or_else(|| unknown(words))?;
        say!("{}", thread_text(reading, &thread, session.locale));
        return Ok(ended(&thread));
    }
    if found.is_empty() {
        return Err(unknown(words));
    }
    let args = [("n", found.len().into()), ("words", words.into())];
    sayln!("{}", session.locale.fill("trace.several", &args));
    for project in found {
        let name = &reading.names.projects[&project];
        sayln!("  {}  {}", name.code, clip(&name.name_th));
    }
    Ok(Outcome::Findings)
}

/// A thread that is not whole is something to look at.
fn ended(thread: &Thread) -> Outcome {
    let whole = thread
        .rails
        .iter()
        .all(|rail| rail.status == chain::trace::RailStatus::Connected);
    if whole {
        Outcome::Clean
    } else {
        Outcome::Findings
    }
}

fn thread_text(reading: &Reading, thread: &Thread, locale: Locale) -> String {
    let mut out = String::new();
    if let Some(project) = reading.snapshot.project(thread.project) {
        out.push_str(&project_heading(reading, &project, locale));
    }
    for one in &thread.gaps {
        let _ = writeln!(out, "  ! {}", gap(reading, one, locale));
    }
    for rail_thread in &thread.rails {
        out.push('\n');
        out.push_str(&rail_text(reading, thread.project, rail_thread, locale));
    }
    let activities = reading.snapshot.activities_of(thread.project).count();
    if activities > 0 {
        let _ = writeln!(
            out,
            "\n{}",
            locale.fill("trace.activities", &[("n", activities.into())])
        );
    }
    if thread.truncated {
        let _ = writeln!(out, "{}", locale.text("trace.truncated"));
    }
    out
}

/// Code, title, owner, year and what was allotted.
fn project_heading(reading: &Reading, project: &Project, locale: Locale) -> String {
    let name = &reading.names.projects[&project.id];
    let owner = reading.names.organisations.get(&project.owner);
    let year = match project.year {
        ProjectYear::Fiscal(year) => {
            locale.fill("coverage.year", &[("year", year.0.to_string().into())])
        }
        ProjectYear::Academic(year) => locale.fill(
            "trace.academic_year",
            &[("year", year.0.to_string().into())],
        ),
    };
    let figures = reading.snapshot.ledger().project(project.id);
    let allotted = figures
        .and_then(|ix| {
            reading
                .snapshot
                .ledger()
                .of_project(ix, project.year.fiscal())
                .money(Stage::Allotted)
        })
        .map_or(locale.text("trace.no_money").into_owned(), |money| {
            locale.fill("trace.allotted", &[("money", money.into())])
        });
    let owner = owner.map_or(String::new(), |owner| match (&owner.name_en, locale) {
        (Some(english), Locale::En) => english.clone(),
        _ => owner.name_th.clone(),
    });
    format!(
        "{}  {}\n{owner} · {year} · {allotted}\n",
        name.code, name.name_th
    )
}

fn rail_text(reading: &Reading, project: ProjectId, thread: &RailThread, locale: Locale) -> String {
    let mut out = format!(
        "{} — {}\n",
        rail(thread.rail, locale),
        status(thread.status, locale)
    );
    let mut from: HashMap<Point, Vec<&Step>> = HashMap::new();
    for step in &thread.steps {
        from.entry(step.from).or_default().push(step);
    }
    climb(
        reading,
        &mut from,
        Point::Project(project),
        1,
        locale,
        &mut out,
    );
    for one in &thread.gaps {
        let _ = writeln!(out, "  ! {}", gap(reading, one, locale));
    }
    out
}

/// Prints the steps that leave a point, each followed by those above it. A step is printed once: where paths meet again,
/// the lower line names the node and the rest stands above already.
fn climb(
    reading: &Reading,
    from: &mut HashMap<Point, Vec<&Step>>,
    point: Point,
    depth: usize,
    locale: Locale,
    out: &mut String,
) {
    for step in from.remove(&point).unwrap_or_default() {
        let _ = writeln!(
            out,
            "{}{}",
            "  ".repeat(depth),
            step_text(reading, step, locale)
        );
        climb(reading, from, Point::Node(step.to), depth + 1, locale, out);
    }
}

fn step_text(reading: &Reading, step: &Step, locale: Locale) -> String {
    let mut words = format!("{} {}", mark(step), point(reading, step.to, locale));
    let _ = write!(words, "  [{}", via(step.via, locale));
    if let Some(share) = step.share {
        let _ = write!(
            words,
            " · {}",
            locale.fill("trace.share", &[("share", i64::from(share.parts()).into())])
        );
    }
    if !matches!(
        step.via,
        chain::trace::Via::Parent | chain::trace::Via::Listing(_)
    ) {
        let _ = write!(words, " · {}", locale.text(step.state.key()));
    }
    if step.superseded {
        let _ = write!(words, " · {}", locale.text("trace.superseded"));
    }
    words + "]"
}

fn below_text(reading: &Reading, below: &Below, locale: Locale) -> String {
    let mut out = format!("{}\n", point(reading, below.node, locale));
    let listed = below
        .projects
        .iter()
        .filter(|project| is_listed(project))
        .count();
    if listed > 0 {
        let _ = writeln!(
            out,
            "{}",
            locale.fill("trace.listed_below", &[("n", listed.into())])
        );
    }
    let approved = below.approved.saturating_sub(listed);
    let counts = [
        ("approved", approved.into()),
        ("proposed", below.proposed.into()),
        ("rejected", below.rejected.into()),
    ];
    let _ = writeln!(out, "{}\n", locale.fill("trace.below", &counts));
    for project in &below.projects {
        let _ = writeln!(
            out,
            "{}",
            project_line(reading, project, below.node, locale)
        );
    }
    if below.projects.is_empty() {
        let _ = writeln!(out, "{}", locale.text("trace.nothing_below"));
    }
    out
}

/// In a plan by its list, not by a link that somebody approved.
fn is_listed(project: &ProjectBelow) -> bool {
    matches!(project.via, chain::trace::Via::Listing(_)) && project.state == LinkState::Approved
}

fn project_line(reading: &Reading, project: &ProjectBelow, top: NodeId, locale: Locale) -> String {
    let name = &reading.names.projects[&project.project];
    let mark = super::trace_words::state_mark(project.state);
    let at = if project.at == top {
        String::new()
    } else {
        format!(" ← {}", reading.names.nodes[&project.at].code)
    };
    format!(
        "  {mark} {}  {}  [{}{at}]",
        name.code,
        name.name_th,
        locale.text(if is_listed(project) {
            "via.listing"
        } else {
            project.state.key()
        })
    )
}

fn thread_json(reading: &Reading, thread: &Thread) -> serde_json::Value {
    let rails: Vec<_> = thread
        .rails
        .iter()
        .map(|one| {
            let steps: Vec<_> = one
                .steps
                .iter()
                .map(|step| step_json(reading, step))
                .collect();
            let gaps: Vec<_> = one.gaps.iter().map(|one| gap_json(reading, one)).collect();
            serde_json::json!({
                "rail": chain::trace::words::rail(one.rail),
                "status": chain::trace::words::status(one.status),
                "steps": steps,
                "gaps": gaps,
            })
        })
        .collect();
    let gaps: Vec<_> = thread
        .gaps
        .iter()
        .map(|one| gap_json(reading, one))
        .collect();
    serde_json::json!({
        "project": project_json(reading, thread.project),
        "gaps": gaps,
        "rails": rails,
        "truncated": thread.truncated,
    })
}

fn project_json(reading: &Reading, id: ProjectId) -> serde_json::Value {
    serde_json::json!({ "id": id, "name": reading.names.projects[&id] })
}

fn step_json(reading: &Reading, step: &Step) -> serde_json::Value {
    let from = match step.from {
        Point::Project(id) => serde_json::json!(reading.names.projects[&id]),
        Point::Node(id) => serde_json::json!(reading.names.nodes[&id]),
    };
    serde_json::json!({
        "from": from,
        "to": reading.names.nodes[&step.to],
        "via": chain::trace::words::via(step.via),
        "state": step.state,
        "share": step.share,
        "superseded": step.superseded,
        "wrong_level": step.wrong_level,
    })
}

fn gap_json(reading: &Reading, one: &chain::trace::Gap) -> serde_json::Value {
    serde_json::json!({
        "severity": one.severity,
        "th": gap(reading, one, Locale::Th),
        "en": gap(reading, one, Locale::En),
    })
}

fn below_json(reading: &Reading, below: &Below) -> serde_json::Value {
    let projects: Vec<_> = below
        .projects
        .iter()
        .map(|project| {
            serde_json::json!({
                "project": project_json(reading, project.project),
                "at": reading.names.nodes[&project.at],
                "state": project.state,
                "activities": project.activities.len(),
            })
        })
        .collect();
    serde_json::json!({
        "node": reading.names.nodes[&below.node],
        "approved": below.approved,
        "proposed": below.proposed,
        "rejected": below.rejected,
        "projects": projects,
    })
}

//! `saithong coverage --by organisation`: the roll-up by owner on a named axis, with n of N beside every total.

use super::coverage::money;
use crate::{
    cli::{Coverage, Format},
    outcome::{Outcome, Result, Trouble},
    session::{Reading, Session},
    table::{Align, Table, clip},
};
use chain::Figures;
use domain::{ids::OrganisationId, locale::Locale, money::group_thousands, project::Stage};

/// Prints every organisation that has projects of the year, its own or below it.
pub fn run(session: &Session, reading: &Reading, args: &Coverage) -> Result {
    if args.plan.is_some() {
        return Err(Trouble::argument("--by", "ask.owner_or_listing", vec![]));
    }
    let year = reading.year(args.year, None)?;
    let roll_up = reading.snapshot.roll_up(args.axis, year);
    let mut rows: Vec<(OrganisationId, Figures)> = reading
        .snapshot
        .organisations()
        .all()
        .map(|(ix, organisation)| (organisation.id, roll_up.of(ix)))
        .filter(|(_, figures)| figures.projects > 0)
        .collect();
    rows.sort_by_cached_key(|(id, _)| reading.names.list_place(*id));
    match args.format {
        Format::Json => {
            let rows: Vec<_> = rows
                .iter()
                .map(|(id, figures)| {
                    let stages = Stage::ALL.iter().map(|stage| {
                        let value = serde_json::json!({
                            "satang": figures.money(*stage).map(|money| money.0),
                            "reported": figures.reported[*stage as usize],
                        });
                        (stage.code(), value)
                    });
                    serde_json::json!({
                        "organisation": reading.names.organisations[id],
                        "projects": figures.projects,
                        "people": figures.people(),
                        "stages": stages.collect::<std::collections::BTreeMap<_, _>>(),
                    })
                })
                .collect();
            sayln!(
                "{:#}",
                serde_json::json!({ "axis": args.axis, "fiscal_year": year.0, "organisations": rows })
            );
        }
        Format::Text => {
            let locale = session.locale;
            let axis = locale.text(&format!("axis.{}", args.axis)).into_owned();
            let heading = [("axis", axis.into()), ("year", year.0.to_string().into())];
            sayln!("{}\n", locale.fill("coverage.by_organisation", &heading));
            say!("{}", text(reading, &rows, locale));
            sayln!("{}", locale.text("coverage.organisation_note"));
        }
    }
    Ok(Outcome::Clean)
}

fn text(reading: &Reading, rows: &[(OrganisationId, Figures)], locale: Locale) -> String {
    let heading = |key: &str, align| (locale.text(key).into_owned(), align);
    let mut table = Table::new([
        heading("coverage.projects", Align::Right),
        heading("coverage.allotted", Align::Right),
        heading("coverage.disbursed", Align::Right),
        heading("coverage.reported", Align::Right),
        heading("thing.organisation", Align::Left),
    ]);
    for (id, figures) in rows {
        let name = &reading.names.organisations[id];
        let english = name.name_en.as_ref().filter(|_| locale == Locale::En);
        table.row([
            group_thousands(i64::from(figures.projects)),
            money(figures, Stage::Allotted, locale),
            money(figures, Stage::Disbursed, locale),
            format!(
                "{}/{}",
                figures.reported[Stage::Disbursed as usize],
                figures.projects
            ),
            clip(english.unwrap_or(&name.name_th)),
        ]);
    }
    table.text()
}

//! `saithong import organisations`: a list of schools from CSV or Excel, looked at first, then taken in.

use crate::{
    cli::{Format, ImportOrganisations},
    outcome::{Outcome, Result, Trouble, issues_text},
    session::Session,
    table::{Align, Table},
};
use actions::organisations::{Difference, LineOutcome, SchoolsImport, import, preview_import};
use domain::{
    ids::OrganisationId,
    issue::Arg,
    locale::Locale,
    organisation::{Organisation, OrganisationText},
};
use exchange::schools::{read_schools, schools_template};
use std::{fs, path::Path};
use store::Store;

/// Lines of the preview that are printed; the rest is counted.
const SHOWN: usize = 40;

pub async fn run(session: &Session, asked: ImportOrganisations) -> Result {
    if let Some(path) = &asked.template {
        return template(session, path);
    }
    let Some(path) = &asked.path else {
        return Err(Trouble::argument("FILE", "ask.file_or_template", vec![]));
    };
    let bytes = fs::read(path).map_err(|error| unread(path, &error))?;
    let name = path
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let reading =
        read_schools(&name, &bytes).map_err(|error| Trouble::Issues(vec![error.issue()]))?;
    let blocked = reading.blocked();
    if blocked && reading.list.rows.is_empty() {
        return Err(Trouble::Issues(reading.issues));
    }
    let store = session.open().await?;
    let mut input = SchoolsImport::of(reading.list, &asked.province, &name, &bytes);
    input.on = asked.from.as_deref().map(day).transpose()?;
    if let Some(code) = &asked.parent {
        input.parent = Some(parent(&store, code, &asked.province).await?);
    }
    let mut ctx = session.ctx(asked.by)?;
    let done = if asked.preview || blocked {
        preview_import(&store, &mut ctx, &input).await
    } else {
        import(&store, &mut ctx, &input).await
    };
    // What the register says against the rows is said at once with what is wrong in the file.
    let difference = match done {
        Ok(difference) if !blocked => difference,
        Ok(difference) => {
            let all = reading.issues.into_iter().chain(difference.issues);
            return Err(Trouble::Issues(all.collect()));
        }
        Err(actions::Error::Invalid(more)) => {
            let all = reading.issues.into_iter().chain(more);
            return Err(Trouble::Issues(all.collect()));
        }
        Err(error) => return Err(error.into()),
    };
    let gone = codes(&store, &difference.gone).await?;
    store.close().await?;
    let locale = session.locale;
    match asked.format {
        Format::Json => {
            let json = serde_json::json!({
                "preview": asked.preview,
                "lines": difference.lines,
                "gone": gone,
                "issues": reading.issues.iter().chain(&difference.issues).collect::<Vec<_>>(),
            });
            sayln!("{json:#}");
        }
        Format::Text => {
            eprint!("{}", issues_text(&reading.issues, locale));
            eprint!("{}", issues_text(&difference.issues, locale));
            say!("{}", told(&difference, &gone, asked.preview, locale));
        }
    }
    let looked_at = difference.count(LineOutcome::Kept) + gone.len() + difference.issues.len();
    Ok(if looked_at > 0 {
        Outcome::Findings
    } else {
        Outcome::Clean
    })
}

fn template(session: &Session, path: &Path) -> Result {
    let bytes = schools_template().map_err(|error| Trouble::Other(error.to_string()))?;
    fs::write(path, bytes).map_err(|error| unread(path, &error))?;
    let args: [(&str, Arg); 1] = [("file", path.display().to_string().into())];
    sayln!("{}", session.locale.fill("import.template_written", &args));
    Ok(Outcome::Clean)
}

fn unread(path: &Path, error: &std::io::Error) -> Trouble {
    let code = match error.kind() {
        std::io::ErrorKind::NotFound => "import.not_found",
        _ => "import.cannot_read",
    };
    let file = path.display().to_string();
    let issue = domain::issue::Issue::error(domain::issue::Place::File { file }, code);
    Trouble::Issues(vec![issue.with("reason", error.to_string())])
}

fn day(text: &str) -> Result<jiff::civil::Date> {
    domain::time::parse_date(text)
        .map_err(|_| Trouble::argument("--from", "import.not_a_date", vec![("found", text.into())]))
}

async fn parent(store: &Store, code: &str, province: &str) -> Result<OrganisationId> {
    let mut found = store::texts::organisations(store, code).await?;
    found.retain(|kept| {
        kept.row
            .1
            .province
            .as_deref()
            .is_none_or(|of| of == province)
    });
    // The province's own comes before the national one.
    found.sort_by_key(|kept| kept.row.1.province.is_none());
    match found.first() {
        Some(kept) => Ok(kept.row.0.id),
        None => Err(Trouble::argument(
            "--parent",
            "import.unknown_agency_in_list",
            vec![("found", code.into())],
        )),
    }
}

async fn codes(store: &Store, ids: &[OrganisationId]) -> Result<Vec<String>> {
    let rows = store::get_many::<(Organisation, OrganisationText)>(store, ids).await?;
    let mut codes: Vec<String> = rows
        .into_iter()
        .map(|kept| format!("{} {}", kept.row.1.code, kept.row.1.name_th))
        .collect();
    codes.sort();
    Ok(codes)
}

fn told(difference: &Difference, gone: &[String], preview: bool, locale: Locale) -> String {
    let mut out = String::new();
    let title = if preview {
        "import.schools_preview"
    } else {
        "import.schools_done"
    };
    out.push_str(&format!("{}\n\n", locale.text(title)));
    let heading = |key: &str, align| (locale.text(key).into_owned(), align);
    let mut sums = Table::new([
        heading("import.outcome", Align::Left),
        heading("import.count", Align::Right),
    ]);
    for (outcome, key) in OUTCOMES {
        sums.row([
            locale.text(key).into_owned(),
            difference.count(outcome).to_string(),
        ]);
    }
    sums.row([
        locale.text("import.outcome.gone").into_owned(),
        gone.len().to_string(),
    ]);
    out.push_str(&sums.text());
    let changed: Vec<_> = difference
        .lines
        .iter()
        .filter(|line| matches!(line.outcome, LineOutcome::Changed | LineOutcome::Kept))
        .collect();
    if !changed.is_empty() {
        out.push('\n');
        let mut table = Table::new([
            heading("import.code", Align::Left),
            heading("import.field", Align::Left),
            heading("import.before", Align::Left),
            heading("import.after", Align::Left),
            heading("import.outcome", Align::Left),
        ]);
        let fields = changed
            .iter()
            .flat_map(|line| line.fields.iter().map(move |field| (line, field)));
        let count = fields.clone().count();
        for (line, field) in fields.take(SHOWN) {
            let key = if field.taken {
                "import.taken"
            } else {
                "import.kept"
            };
            table.row([
                line.code.clone(),
                field.field.to_owned(),
                field.before.clone().unwrap_or_else(|| "–".to_owned()),
                field.after.clone(),
                locale.text(key).into_owned(),
            ]);
        }
        out.push_str(&table.text());
        if count > SHOWN {
            let args: [(&str, Arg); 1] = [("n", (count - SHOWN).into())];
            out.push_str(&format!("{}\n", locale.fill("import.and_more", &args)));
        }
    }
    for line in gone {
        let args: [(&str, Arg); 1] = [("school", line.as_str().into())];
        out.push_str(&format!("{}\n", locale.fill("import.school_gone", &args)));
    }
    out
}

/// What becomes of rows, in the order in which it is told.
const OUTCOMES: [(LineOutcome, &str); 4] = [
    (LineOutcome::New, "import.outcome.new"),
    (LineOutcome::Changed, "import.outcome.changed"),
    (LineOutcome::Kept, "import.outcome.kept"),
    (LineOutcome::Unchanged, "import.outcome.unchanged"),
];

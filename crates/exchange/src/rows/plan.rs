//! The plan itself and its agencies.

use super::origin;
use crate::{
    plan::{AgencyRow, PlanRow},
    record::{Draft, Record, excerpt},
};
use domain::{issue::Issue, organisation::is_province, text::from_thai_digits};

/// A row of `plan`.
pub(crate) fn header(record: &mut Record<'_>) -> Draft<PlanRow> {
    let code = record.need("plan_code");
    let name_th = record.need("name_th");
    let (from_year, to_year) = (record.year("period_from"), record.year("period_to"));
    if let (Some(from), Some(to)) = (from_year, to_year)
        && from > to
    {
        let issue = Issue::error(record.at("period_to"), "import.period_reversed");
        let issue = issue
            .with("from", from.to_string())
            .with("to", to.to_string());
        record.tell(issue);
    }
    let name_en = record.text("name_en");
    let level = record.word("level");
    let period_kind = record.word("period_kind");
    let edition_label = record.text("edition_label");
    let province_dopa = province(record);
    let owner = record.text("owner_code");
    let note = record.text("note");
    let origin = origin(record);
    let value = code.clone().zip(name_th).map(|(code, name_th)| PlanRow {
        code,
        name_th,
        name_en,
        level,
        edition_label,
        period_kind,
        from_year,
        to_year,
        province_dopa,
        owner,
        note,
        origin,
    });
    Draft {
        row: record.number(),
        code,
        value,
    }
}

/// The two digits of a province, Thai digits too; a name or another number is no province and may not open a trail.
fn province(record: &mut Record<'_>) -> Option<String> {
    let written = record.text("province_dopa")?;
    let code = from_thai_digits(&written);
    if is_province(&code) {
        return Some(code);
    }
    let issue = Issue::error(record.at("province_dopa"), "import.unknown_province");
    record.tell(issue.with("found", excerpt(&written)));
    None
}

/// A row of `agencies`.
pub(crate) fn agency(record: &mut Record<'_>) -> Draft<AgencyRow> {
    let code = record.need("agency_code");
    let name_th = record.need("name_th");
    let short_name_th = record.text("short_name_th");
    let name_en = record.text("name_en");
    let origin = origin(record);
    let value = code.clone().zip(name_th).map(|(code, name_th)| AgencyRow {
        code,
        name_th,
        short_name_th,
        name_en,
        origin,
    });
    Draft {
        row: record.number(),
        code,
        value,
    }
}

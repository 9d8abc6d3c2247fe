//! Puts a difference into the register: new schools, changed fields, places.

use super::{
    super::{
        check::earliest,
        recode,
        register::{Ids, Register},
    },
    SchoolsImport,
    difference::{Difference, Line, Outcome},
};
use domain::{
    ids::OrganisationId,
    organisation::{Class, Organisation, OrganisationText},
    register::{CodeKind, DisplayOrder},
};
use exchange::schools::SchoolRow;
use jiff::civil::Date;

pub(super) fn apply(
    register: &mut Register,
    difference: &Difference,
    input: &SchoolsImport,
    today: Date,
    ids: &mut Ids<'_>,
) {
    let on = input.on.unwrap_or_else(|| earliest(today));
    for line in &difference.lines {
        let Some(row) = input.list.rows.get(line.row).map(|row| &row.value) else {
            continue;
        };
        match line.organisation {
            None => add(register, line, row, &input.province, ids),
            Some(id) if line.outcome == Outcome::Changed => {
                change(register, id, line, row, on, ids)
            }
            Some(_) => {}
        }
    }
}

fn add(register: &mut Register, line: &Line, row: &SchoolRow, province: &str, ids: &mut Ids<'_>) {
    let id = OrganisationId(ids());
    let organisation = Organisation {
        id,
        class: Some(row.class.unwrap_or(Class::School)),
        opened: row.opened,
        closed: None,
    };
    let text = OrganisationText {
        code: line.code.clone(),
        province: Some(province.to_owned()),
        name_th: row.name_th.clone(),
        name_en: row.name_en.clone(),
        short_name_th: row.short_name_th.clone(),
        kind: row.kind.clone(),
        affiliation_th: None,
        district_dopa: line.district.clone(),
    };
    register.organisations.put(id, (organisation, text));
    for (axis, parent) in &line.places {
        register.add_place(id, *axis, *parent, row.opened, None, ids);
    }
    for (kind, code) in &row.codes {
        recode::put(register, id, *kind, Some(code.clone()), ids);
    }
    if let Some(position) = row.position {
        register.orders.put(
            id,
            DisplayOrder {
                organisation: id,
                position,
            },
        );
    }
}

fn change(
    register: &mut Register,
    id: OrganisationId,
    line: &Line,
    row: &SchoolRow,
    on: Date,
    ids: &mut Ids<'_>,
) {
    let Some((mut organisation, mut text)) = register.organisations.get(id).cloned() else {
        return;
    };
    for field in line.fields.iter().filter(|field| field.taken) {
        let code = |kind| row.code_of(kind).map(str::to_owned);
        match field.field {
            "name_th" => text.name_th.clone_from(&row.name_th),
            "name_en" => text.name_en.clone_from(&row.name_en),
            "short_name_th" => text.short_name_th.clone_from(&row.short_name_th),
            "kind" => text.kind.clone_from(&row.kind),
            "district" => text.district_dopa.clone_from(&line.district),
            "class" => organisation.class = row.class,
            "opened" => organisation.opened = row.opened,
            "smis_code" => recode::put(register, id, CodeKind::Smis, code(CodeKind::Smis), ids),
            "ten_digit_code" => {
                recode::put(
                    register,
                    id,
                    CodeKind::TenDigit,
                    code(CodeKind::TenDigit),
                    ids,
                );
            }
            "dopa_code" => recode::put(register, id, CodeKind::Dopa, code(CodeKind::Dopa), ids),
            "display_order" => {
                if let Some(position) = row.position {
                    register.orders.put(
                        id,
                        DisplayOrder {
                            organisation: id,
                            position,
                        },
                    );
                }
            }
            _ => {}
        }
    }
    register.organisations.put(id, (organisation, text));
    for (axis, parent) in &line.places {
        register.place_from(id, *axis, Some(*parent), on, ids);
    }
}

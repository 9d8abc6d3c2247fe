//! Records of organisations that closed and that are read beside the record of whoever goes on for them.

use std::collections::HashMap;

use actions::permission::On;
use actions::steps::Duties;
use domain::file::File;
use domain::ids::{OrganisationId, StepRecordId};
use domain::organisation::{Organisation, OrganisationText};
use domain::permission::Act;
use domain::step::{KeptRecord, StepFile, StepRecord};
use maud::{Markup, html};
use store::Kept;

use super::found::Found;
use super::words::{cell_address, named, record_pill, said, step};
use crate::ui::{Card, Icon, Row, flow, icon, period, rows};
use crate::{Error, Viewer};

type Text = (Organisation, OrganisationText);

/// The records of others that are read at a cell, each with its files. One whose organisation answers for it again is
/// read at its own.
///
/// # Errors
/// When the database fails.
pub async fn at_cell(v: &Viewer, found: &Found) -> Result<Markup, Error> {
    let store = v.live()?.store();
    let kept: Vec<Kept<KeptRecord>> = store::of(store, &[found.organisation]).await?;
    let ids: Vec<StepRecordId> = kept.iter().map(|kept| kept.row.record).collect();
    let mut records: Vec<StepRecord> = Vec::new();
    for kept in store::get_many::<StepRecord>(store, &ids).await? {
        let record = kept.row;
        let here = (record.item, record.period) == (found.item, found.period);
        let (whose, item) = (record.organisation, record.item);
        if here
            && store::steps::duty(store, whose, item, record.period)
                .await?
                .is_none()
        {
            records.push(record);
        }
    }
    if records.is_empty() {
        return Ok(html! {});
    }
    let ids: Vec<StepRecordId> = records.iter().map(|record| record.id).collect();
    let links: Vec<Kept<StepFile>> = store::of(store, &ids).await?;
    let files: Vec<_> = links.iter().map(|link| link.row.file).collect();
    let files = store::files::about(store, &files).await?;
    let of: Vec<OrganisationId> = records.iter().map(|record| record.organisation).collect();
    let whose: Vec<Kept<Text>> = store::get_many(store, &of).await?;
    let whose: HashMap<OrganisationId, OrganisationText> = whose
        .into_iter()
        .map(|kept| (kept.row.0.id, kept.row.1))
        .collect();
    let proves = |record: &StepRecord, file: &File| {
        links
            .iter()
            .any(|link| link.row.record == record.id && link.row.file == file.id)
    };
    Ok(html! {
        @for record in &records {
            (one(v, &found.duties, record, whose.get(&record.organisation), files.iter().filter(|file| proves(record, file))))
        }
    })
}

fn one<'f>(
    v: &Viewer,
    duties: &Duties,
    record: &StepRecord,
    whose: Option<&OrganisationText>,
    files: impl Iterator<Item = &'f File>,
) -> Markup {
    let files: Vec<Row> = files
        .map(|file| Row {
            mark: Some(html! { span.ic { (icon(Icon::File)) } }),
            title: html! { (file.name) },
            href: Some(v.to(&format!("/files/{}", file.id))),
            line: None,
            aside: None,
        })
        .collect();
    let name = whose.map(|text| named(v, text)).unwrap_or_default();
    let title = v.say("board.kept");
    let card = Card::new(&title).aside(record_pill(v, record.state));
    card.line(flow(&name)).show(html! {
        div.stack {
            p.dim { (flow(&v.say("board.kept.why"))) }
            (said(v, duties, record))
            @if !files.is_empty() { (rows(files)) }
        }
    })
}

/// The records that an organisation keeps of others, and those of its own that others keep, for whoever may see them:
/// each leads to the cell at which it is read.
///
/// # Errors
/// When the database fails.
pub async fn of_organisation(v: &Viewer, id: OrganisationId) -> Result<Markup, Error> {
    if v.allows(Act::See, On::Organisation(id)).await.is_err() {
        return Ok(html! {});
    }
    let store = v.live()?.store();
    let mut kept: Vec<Kept<KeptRecord>> = store::of(store, &[id]).await?;
    let own: Vec<Kept<StepRecord>> = store::of(store, &[id]).await?;
    let own: Vec<StepRecordId> = own.iter().map(|kept| kept.row.id).collect();
    kept.extend(store::get_many::<KeptRecord>(store, &own).await?);
    let successors: HashMap<StepRecordId, OrganisationId> = kept
        .iter()
        .map(|kept| (kept.row.record, kept.row.successor))
        .collect();
    let ids: Vec<StepRecordId> = successors.keys().copied().collect();
    let mut records = store::get_many::<StepRecord>(store, &ids).await?;
    records.sort_by_key(|kept| (kept.row.period, kept.row.item as u8, kept.row.id));
    let mut ids: Vec<OrganisationId> = successors.values().copied().collect();
    ids.extend(records.iter().map(|kept| kept.row.organisation));
    let texts: Vec<Kept<Text>> = store::get_many(store, &ids).await?;
    let texts: HashMap<OrganisationId, OrganisationText> = texts
        .into_iter()
        .map(|kept| (kept.row.0.id, kept.row.1))
        .collect();
    let line = |kept: &Kept<StepRecord>| {
        let record = &kept.row;
        let at = texts.get(successors.get(&record.id)?)?;
        let whose = texts.get(&record.organisation)?;
        Some(Row {
            mark: None,
            title: html! { (flow(&step(v, record.item))) " · " (flow(&period(v.locale, record.period))) },
            href: Some(cell_address(v, &at.code, record.item, Some(record.period))),
            line: Some(flow(&named(v, whose))),
            aside: Some(record_pill(v, record.state)),
        })
    };
    let lines: Vec<Row> = records.iter().filter_map(line).collect();
    Ok(html! {
        @if !lines.is_empty() {
            (Card::new(&v.say("board.kept")).line(flow(&v.say("board.kept.why"))).flush().show(rows(lines)))
        }
    })
}

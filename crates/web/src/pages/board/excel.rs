//! The board as a workbook: the rows that the page shows, a second sheet with every single duty behind them.

use axum::extract::Query;
use axum::extract::rejection::QueryRejection;
use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use domain::duty::DutyItem;
use domain::file::MediaType;
use exchange::tables::{Sheet, workbook};

use super::load::load;
use super::show::Asked;
use super::words::{named, number, short, state_word};
use crate::ui::{of, short_day};
use crate::{Error, Viewer};

/// `GET /board.xlsx`, with the filters of the page.
///
/// # Errors
/// As the board.
pub async fn show(
    viewer: Viewer,
    question: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, Error> {
    let v = &viewer;
    let asked = Asked::of(question)?;
    let loaded = load(v, asked.year()).await?;
    let plain = |text: String| text.replace('\u{a0}', " ");
    let mut board = Sheet::new(&v.say("board.sheet"));
    board.headings.push(v.say("board.corner").into_owned());
    let heading = |item: &DutyItem| format!("{} {}", number(*item), short(v, *item));
    board.headings.extend(DutyItem::ALL.iter().map(heading));
    let mut duties = Sheet::new(&v.say("board.sheet.duties"));
    let headings = [
        "board.corner",
        "board.code",
        "ui.steps.step",
        "board.period",
        "board.due",
        "board.state",
        "board.counts_on",
    ];
    duties
        .headings
        .extend(headings.map(|key| v.say(key).into_owned()));
    for row in loaded.shown().filter(|row| asked.fits(&loaded, row)) {
        let Some(text) = loaded.texts.get(&row.organisation) else {
            continue;
        };
        let mut line = vec![named(v, text)];
        for cell in &row.cells {
            let state = state_word(v, cell.state(), cell.days_late(loaded.today));
            let figure = of(cell.n() as u64, cell.of() as u64);
            line.push(if cell.of() == 0 {
                state
            } else {
                format!("{figure} {state}")
            });
            for part in &cell.parts {
                let Some(text) = loaded.texts.get(&part.duty.organisation) else {
                    continue;
                };
                let late = (loaded.today - part.duty.due).get_days();
                let reported = part.duty.reported_on;
                duties.rows.push(vec![
                    named(v, text),
                    text.code.clone(),
                    number(part.duty.item).to_owned(),
                    plain(crate::ui::period(v.locale, part.duty.period)),
                    plain(short_day(v.locale, part.duty.due)),
                    state_word(v, part.state, Some(late)),
                    reported
                        .map(|day| plain(short_day(v.locale, day)))
                        .unwrap_or_default(),
                ]);
            }
        }
        board.rows.push(line);
    }
    let bytes = workbook(&[board, duties]).map_err(|error| Error::Failed(error.to_string()))?;
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(
        CONTENT_TYPE,
        HeaderValue::from_static(MediaType::Xlsx.code()),
    );
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    let name = format!("attachment; filename=\"steps-{}.xlsx\"", loaded.year.0);
    if let Ok(value) = HeaderValue::from_str(&name) {
        headers.insert(CONTENT_DISPOSITION, value);
    }
    Ok(response)
}

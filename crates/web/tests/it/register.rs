//! The register of organisations as it shows on other pages: the order of lists, and what becomes of records when
//! organisations close.

use crate::board_office::Office;
use crate::demo::{Demo, demo, planner};
use crate::editor::{DAY, ORGANISATIONS, fill, hidden, send, somebody};
use crate::portal::{get, plain};
use actions::Ctx;
use actions::organisations::{Close, Rename, close, rename};
use actions::steps::{
    Cell, Draft, NewFile, OpenYear, Record, Said, draft_on_behalf, open_year, record,
};
use axum::http::StatusCode;
use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};
use domain::duty::DutyItem;
use domain::ids::{FileId, OrganisationId};
use domain::people::Role;
use domain::step::StepRecord;
use domain::time::{FiscalYear, Period};
use jiff::civil::date;
use store::Store;

const YEAR: FiscalYear = FiscalYear(2570);

async fn org(store: &Store, code: &str) -> OrganisationId {
    store::texts::organisations(store, code).await.unwrap()[0]
        .row
        .0
        .id
}

/// Gives an organisation its display order, as the form for its words does.
async fn put(store: &Store, ctx: &mut Ctx, code: &str, position: u32) {
    let (organisation, text) = store::texts::organisations(store, code)
        .await
        .unwrap()
        .remove(0)
        .row;
    let input = Rename {
        organisation: organisation.id,
        version: None,
        text,
        class: organisation.class,
        position: Some(position),
        reason: "ตัวอย่าง".to_owned(),
    };
    rename(store, ctx, &input).await.unwrap();
}

/// Whether these stand in a text in this order.
fn in_order(text: &str, names: &[String]) -> bool {
    let places: Option<Vec<usize>> = names.iter().map(|name| text.find(name)).collect();
    places.is_some_and(|places| places.is_sorted())
}

#[tokio::test]
async fn a_display_order_could_be_entered_and_no_list_sorted_by_it() {
    let mut office = Office::open().await;
    let mut ctx = planner();
    for (code, position) in [("PHO-PNB", 1), ("SESAO-PNB", 2)] {
        put(&office.store, &mut ctx, code, position).await;
    }
    office.live.refresh().await.unwrap();
    let named = |around: fn(&str) -> String, codes: &[&str]| -> Vec<String> {
        codes.iter().map(|code| around(code)).collect()
    };
    // Two with a number, then by name: กรม… before สำนักงาน….
    let wanted = ["PHO-PNB", "SESAO-PNB", "DLA", "ESAO-PNB1"];
    let list = get(&office.portal, ORGANISATIONS).await.text();
    let (_, rows) = list.split_once("<ul class=\"rows\">").unwrap();
    assert!(
        in_order(rows, &named(|code| format!(">{code}<"), &wanted)),
        "{rows}"
    );

    let who = office.trusted(Role::Administrator, "PNBPEO").await;
    let form = office
        .get(&who, &format!("{ORGANISATIONS}/PVEC-PNB/move"))
        .await
        .text();
    let (_, choices) = form.split_once("<select class=\"in\" id=\"f-to\"").unwrap();
    assert!(
        in_order(choices, &named(|code| format!("value=\"{code}\""), &wanted)),
        "{choices}"
    );

    // The board stands by sector below those with a number of their own.
    let board = ["PHO-PNB", "SESAO-PNB", "PNBPEO", "ESAO-PNB1", "PVEC-PNB"];
    let page = office.get(&who, "/phetchabun/board").await.text();
    let (_, rows) = page.split_once("<tbody>").unwrap();
    assert!(
        in_order(rows, &named(|code| format!("/board/{code}/"), &board)),
        "{rows}"
    );
    let book = office.get(&who, "/phetchabun/board.xlsx").await;
    let mut book: Xlsx<_> = open_workbook_from_rs(std::io::Cursor::new(book.bytes)).unwrap();
    let sheet = book.worksheet_range("กระดาน").unwrap();
    let first: Vec<String> = sheet
        .rows()
        .skip(1)
        .map(|row| match &row[0] {
            Data::String(name) => name.clone(),
            other => other.to_string(),
        })
        .collect();
    let names = ["สาธารณสุข", "มัธยมศึกษา", "ศึกษาธิการจังหวัด", "เขต 1", "อาชีวศึกษา"];
    assert!(
        in_order(&first.join("\n"), &names.map(str::to_owned)),
        "{first:?}"
    );
}

#[tokio::test]
async fn the_matrix_of_coverage_follows_the_order_of_lists() {
    let demo = demo().await;
    let codes = |text: &str| -> Vec<String> {
        let rows = text.split("<th scope=\"row\">").skip(1);
        let code = |row: &str| {
            row.split("/organisations/")
                .nth(1)?
                .split('"')
                .next()
                .map(str::to_owned)
        };
        rows.filter_map(code).collect()
    };
    let before = codes(&get(&demo.portal, "/narathiwat/coverage").await.text());
    assert!(before.len() > 3, "{before:?}");
    let last = before.last().unwrap().clone();
    put(&demo.store, &mut planner(), &last, 1).await;
    demo.live.refresh().await.unwrap();
    let after = codes(&get(&demo.portal, "/narathiwat/coverage").await.text());
    assert_eq!(after[0], last);
    assert_eq!(
        after[1..],
        before[..before.len() - 1],
        "the others stay in Thai order"
    );
}

async fn opened(demo: &Demo) -> Ctx {
    let mut ctx = planner();
    let year = OpenYear {
        province: "67".to_owned(),
        year: YEAR,
    };
    open_year(&demo.store, &mut ctx, year).await.unwrap();
    ctx
}

async fn cell(store: &Store, code: &str, item: DutyItem) -> Cell {
    let organisation = org(store, code).await;
    let period = Period::fiscal(YEAR);
    let seen = store::steps::record(store, organisation, item, period)
        .await
        .unwrap();
    Cell {
        organisation,
        item,
        period,
        seen: seen.map(|kept| kept.stamp.version),
    }
}

async fn recorded(store: &Store, ctx: &mut Ctx, code: &str, item: DutyItem, note: &str) {
    let said = Said {
        done_on: "1 ต.ค. 2569".to_owned(),
        document: "ตัวอย่าง 1/2570".to_owned(),
        note: note.to_owned(),
        ..Said::default()
    };
    let cell = cell(store, code, item).await;
    record(store, ctx, Record::new(cell, said)).await.unwrap();
}

/// Drafts for an agency once more, with a file.
async fn drafted_with_file(store: &Store, ctx: &mut Ctx, code: &str, item: DutyItem) -> FileId {
    let said = Said {
        done_on: "1 ต.ค. 2569".to_owned(),
        document: "ตัวอย่าง 2/2570".to_owned(),
        ..Said::default()
    };
    let draft = Draft {
        cell: cell(store, code, item).await,
        said,
        letter_number: "ตัวอย่าง พช 2".to_owned(),
        letter_date: "1 ต.ค. 2569".to_owned(),
        files: vec![NewFile {
            name: "คำสั่ง.pdf".to_owned(),
            content: b"%PDF-1.7 sample".to_vec(),
        }],
    };
    draft_on_behalf(store, ctx, draft).await.unwrap().files[0]
}

#[tokio::test]
async fn closing_without_a_successor_lists_what_was_begun_and_asks_to_give_it_up() {
    let demo = demo().await;
    let mut ctx = opened(&demo).await;
    recorded(
        &demo.store,
        &mut ctx,
        "VEC-POLY-PNB",
        DutyItem::Step7_1,
        "ตัวอย่าง",
    )
    .await;
    demo.live.refresh().await.unwrap();
    let who = somebody(&demo, Role::Administrator).await;
    let page = format!("{ORGANISATIONS}/VEC-POLY-PNB/close");
    let typed = [&DAY[..], &[("reason", "คำสั่งตัวอย่าง ที่ 3/2570")]].concat();
    let held = fill(&demo, &who, &page, &typed, None).await;
    assert_eq!(held.status, StatusCode::UNPROCESSABLE_ENTITY);
    let text = held.text();
    assert!(
        text.contains("href=\"#f-give_up\"") && text.contains("7.1 (2570)"),
        "{text}"
    );
    // With somebody who goes on, it goes along; without, it is given up by name.
    let with = [&typed[..], &[("duties_to", "PVEC-PNB")]].concat();
    let seen = plain(&fill(&demo, &who, &page, &with, None).await.main());
    assert!(
        seen.contains("1 รายการย้ายไปพร้อมงาน") && !seen.contains("ยุติ"),
        "{seen}"
    );
    let given_up = [&typed[..], &[("give_up", "1")]].concat();
    let seen = fill(&demo, &who, &page, &given_up, None).await;
    assert_eq!(seen.status, StatusCode::OK, "{}", plain(&seen.main()));
    assert!(
        plain(&seen.main()).contains("บันทึกผลที่ยังไม่รับรอง 1 รายการยุติ"),
        "{}",
        plain(&seen.main())
    );
    let main = seen.text();
    assert!(
        main.contains("/phetchabun/board/VEC-POLY-PNB/7.1?year=2570"),
        "{main}"
    );
    let done = send(&demo, &who, &page, &hidden(&seen.text()), None).await;
    assert!(done.status.is_redirection(), "{}", plain(&done.main()));
    let left = cell(&demo.store, "VEC-POLY-PNB", DutyItem::Step7_1).await;
    assert_eq!(left.seen, None);
}

#[tokio::test]
async fn the_record_of_an_office_that_closed_is_read_with_its_file_at_the_cell_of_whoever_goes_on()
{
    let mut office = Office::open().await;
    let store = office.store.clone();
    let mut ctx = planner();
    // Both have a record of step 6, and neither is certified: drafted for the one, recorded by the other.
    let file = drafted_with_file(&store, &mut ctx, "TM-PNB", DutyItem::Step6).await;
    let theirs = org(&store, "TM-PNB").await;
    let closing = Close {
        organisation: theirs,
        on: date(2027, 1, 1),
        duties_to: Some(org(&store, "ESAO-PNB3").await),
        give_up: false,
        reason: "คำสั่งตัวอย่าง ที่ 4/2570".to_owned(),
    };
    let done = close(&store, &mut ctx, &closing).await.unwrap();
    assert_eq!(done.records_kept.len(), 1);
    office.live.refresh().await.unwrap();

    let successor = office.somebody(Role::Coordinator, "ESAO-PNB3").await;
    let page = office
        .get(&successor, "/phetchabun/board/ESAO-PNB3/6?year=2570")
        .await
        .text();
    let told = plain(&page);
    assert!(
        told.contains("บันทึกของหน่วยงานเดิม") && told.contains("เทศบาลเมืองเพชรบูรณ์"),
        "{told}"
    );
    let address = format!("/phetchabun/files/{file}");
    assert!(page.contains(&address), "{page}");
    assert_eq!(
        office.get(&successor, &address).await.bytes,
        b"%PDF-1.7 sample"
    );
    let shown = office
        .get(&successor, &format!("{ORGANISATIONS}/ESAO-PNB3"))
        .await
        .text();
    assert!(
        shown.contains("/phetchabun/board/ESAO-PNB3/6?year=2570"),
        "{shown}"
    );
    // What nobody certified is not for the public.
    let public = get(&office.portal, &format!("{ORGANISATIONS}/ESAO-PNB3"))
        .await
        .main();
    assert!(!public.contains("บันทึกของหน่วยงานเดิม"), "{public}");
    let kept = store::steps::record(&store, theirs, DutyItem::Step6, Period::fiscal(YEAR))
        .await
        .unwrap();
    let history = store::history::<StepRecord>(&store, kept.unwrap().row.id)
        .await
        .unwrap();
    assert_eq!(
        history.last().unwrap().row.organisation,
        theirs,
        "it stays that of who recorded it"
    );
}

#[tokio::test]
async fn the_file_of_a_kept_record_is_not_for_other_agencies() {
    let mut office = Office::open().await;
    let store = office.store.clone();
    let mut ctx = planner();
    let file = drafted_with_file(&store, &mut ctx, "TM-PNB", DutyItem::Step6).await;
    let closing = Close {
        organisation: org(&store, "TM-PNB").await,
        on: date(2027, 1, 1),
        duties_to: Some(org(&store, "ESAO-PNB3").await),
        give_up: false,
        reason: "คำสั่งตัวอย่าง ที่ 4/2570".to_owned(),
    };
    close(&store, &mut ctx, &closing).await.unwrap();
    office.live.refresh().await.unwrap();
    let stranger = office.somebody(Role::Coordinator, "ESAO-PNB1").await;
    let refused = office
        .get(&stranger, &format!("/phetchabun/files/{file}"))
        .await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn an_organisation_with_the_code_of_a_page_could_never_be_opened() {
    let demo = demo().await;
    let who = somebody(&demo, Role::Administrator).await;
    let page = format!("{ORGANISATIONS}/new");
    let typed = [
        ("code", "new"),
        ("name_th", "โรงเรียนตัวอย่าง"),
        ("reason", "ตัวอย่าง"),
    ];
    let refused = fill(&demo, &who, &page, &typed, None).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        plain(&refused.main()).contains("new ใช้เป็นรหัสไม่ได้"),
        "{}",
        plain(&refused.main())
    );
}

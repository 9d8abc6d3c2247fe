//! A list of seven hundred schools as an agency sends it, with the faults that such lists have.

use crate::demo::{Demo, demo};
use crate::editor::{ORGANISATIONS, fill, hidden, look, send, somebody};
use crate::portal::{Answer, plain};
use axum::http::StatusCode;
use domain::people::Role;
use rust_xlsxwriter::{Format, Workbook};

const HEADINGS: [&str; 6] = [
    "ลำดับ",
    "ชื่อโรงเรียน",
    "รหัส SMIS",
    "รหัส 10 หลัก",
    "สังกัด",
    "อำเภอ",
];
const DISTRICTS: [&str; 4] = ["เมืองเพชรบูรณ์", "ชนแดน", "หล่มสัก", "หล่มเก่า"];

/// One row: every name says that it is made up.
fn row(n: usize) -> [String; 6] {
    [
        n.to_string(),
        format!("โรงเรียนบ้านตัวอย่าง {n}"),
        format!("6701{n:04}"),
        format!("106701{n:04}"),
        format!("สพป.เพชรบูรณ์ เขต {}", n % 3 + 1),
        DISTRICTS[n % 4].to_owned(),
    ]
}

fn seven_hundred() -> Vec<[String; 6]> {
    (1..=700).map(row).collect()
}

fn csv(rows: &[[String; 6]]) -> Vec<u8> {
    let mut text = HEADINGS.join(",");
    for row in rows {
        text.push('\n');
        text.push_str(&row.join(","));
    }
    text.into_bytes()
}

/// The same as a workbook; the agency of the first three rows stands in one merged cell.
fn merged(rows: &[[String; 6]]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("โรงเรียน").unwrap();
    for (at, heading) in HEADINGS.iter().enumerate() {
        sheet.write(0, at as u16, *heading).unwrap();
    }
    for (n, row) in (1_u32..).zip(rows) {
        for (at, text) in row.iter().enumerate() {
            if !(at == 4 && n <= 3) {
                sheet.write(n, at as u16, text).unwrap();
            }
        }
    }
    sheet
        .merge_range(1, 4, 3, 4, "ESAO-PNB1", &Format::new())
        .unwrap();
    book.save_to_buffer().unwrap()
}

async fn sent(demo: &Demo, who: &str, file: &[u8]) -> Answer {
    let page = format!("{ORGANISATIONS}/import");
    fill(demo, who, &page, &[], Some(file)).await
}

/// What the page says, where it is all said in both languages.
async fn refused(demo: &Demo, who: &str, file: &[u8]) -> String {
    let answer = sent(demo, who, file).await;
    assert_eq!(
        answer.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "{}",
        plain(&answer.main())
    );
    plain(&answer.main())
}

#[tokio::test]
async fn the_faults_of_the_file_and_those_against_the_register_are_said_at_once() {
    let demo = demo().await;
    let who = somebody(&demo, Role::Planner).await;
    let mut rows = seven_hundred();
    rows[10][2] = rows[9][2].clone();
    rows[20][2] = "670100".to_owned();
    // Thai digits, spaces and dashes inside a code are no fault.
    rows[21][2] = "๖๗๐๑ ๐๐๒๒".to_owned();
    rows[22][3] = "10-6701\u{a0}0023".to_owned();
    rows[30][4] = String::new();
    rows[31][4] = "สพป.เชียงใหม่ เขต 9".to_owned();
    let said = refused(&demo, &who, &csv(&rows)).await;
    for wanted in [
        "แถว 12 คอลัมน์ รหัส SMIS",
        "รหัส 67010010 ซ้ำกับ list.csv แถว 11",
        "แถว 22 คอลัมน์ รหัส SMIS",
        "“670100” ไม่ใช่รหัส SMIS แปดหลัก",
        "แถว 32 คอลัมน์ สังกัด",
        "สถานศึกษาใหม่นี้ไม่มีหน่วยงานต้นสังกัด",
        "แถว 33 คอลัมน์ สังกัด",
        "สพป.เชียงใหม่ เขต 9",
    ] {
        assert!(said.contains(wanted), "{wanted}: {said}");
    }
    assert_eq!(
        said.matches("list.csv แถว").count(),
        5,
        "four places and the row of the first code: {said}"
    );
    assert!(said.contains("ไฟล์มีจุดที่ต้องแก้ไข"), "{said}");
}

#[tokio::test]
async fn one_fault_in_every_row_is_listed_in_part_and_counted() {
    let demo = demo().await;
    let who = somebody(&demo, Role::Planner).await;
    let mut rows = seven_hundred();
    for row in &mut rows {
        row[4] = String::new();
    }
    let said = refused(&demo, &who, &csv(&rows)).await;
    assert_eq!(said.matches("สถานศึกษาใหม่นี้ไม่มีหน่วยงานต้นสังกัด").count(), 50);
    assert!(said.contains("650"), "{said}");
}

#[tokio::test]
async fn what_is_no_list_says_what_it_is() {
    let demo = demo().await;
    let who = somebody(&demo, Role::Planner).await;
    for (file, wanted) in [
        (&b"\xD0\xCF\x11\xE0 old"[..], "แบบเก่า (.xls)"),
        (b"", "ว่างเปล่า"),
        (b"<html><table><tr><td>", "หน้าเว็บที่ตั้งชื่อเป็นไฟล์ Excel"),
        (b"PK\x03\x04 broken", "ไฟล์เสียหาย"),
        (b"a,b\n1,2\n", "ไม่พบแถวหัวตารางที่รู้จัก"),
    ] {
        let said = refused(&demo, &who, file).await;
        assert!(said.contains(wanted), "{wanted}: {said}");
    }
    let page = format!("{ORGANISATIONS}/import");
    let nothing = fill(&demo, &who, &page, &[], None).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(plain(&nothing.main()).contains("ยังไม่เลือกไฟล์"));
}

#[tokio::test]
async fn a_merged_cell_explains_why_the_rows_below_it_have_no_agency() {
    let demo = demo().await;
    let who = somebody(&demo, Role::Planner).await;
    let said = refused(&demo, &who, &merged(&seven_hundred())).await;
    assert!(
        said.contains("ถูกผสานไว้") && said.contains("ยกเลิกการผสานเซลล์"),
        "{said}"
    );
    assert_eq!(
        said.matches("สถานศึกษาใหม่นี้ไม่มีหน่วยงานต้นสังกัด").count(),
        2,
        "{said}"
    );
}

#[tokio::test]
async fn a_second_school_of_one_name_under_another_code_is_told_before_it_is_made() {
    let demo = demo().await;
    let who = somebody(&demo, Role::Planner).await;
    let mut rows = seven_hundred();
    // Two rows of one name, agency and district; and two of one name in two districts, which are two schools.
    for (at, of) in [(40, 39), (50, 49)] {
        rows[at][1] = rows[of][1].clone();
        rows[at][4] = rows[of][4].clone();
    }
    rows[40][5] = rows[39][5].clone();
    let seen = sent(&demo, &who, &csv(&rows)).await;
    assert_eq!(seen.status, StatusCode::OK);
    let said = plain(&seen.main());
    assert!(said.contains("แถว 42 คอลัมน์ ชื่อโรงเรียน"), "{said}");
    assert_eq!(said.matches("ชื่อเดียวกันและสังกัดเดียวกับแถว").count(), 1);
    let page = format!("{ORGANISATIONS}/import");
    let done = send(&demo, &who, &page, &hidden(&seen.text()), None).await;
    assert!(done.status.is_redirection(), "{}", plain(&done.main()));
    // The next list has another code for a school that stands: it would be made twice.
    rows[99][2] = "67019999".to_owned();
    rows[99][3] = "1067019999".to_owned();
    let said = plain(&sent(&demo, &who, &csv(&rows)).await.main());
    assert!(
        said.contains("ในทะเบียนมี โรงเรียนบ้านตัวอย่าง 100 (รหัส 1067010100)"),
        "{said}"
    );
}

#[tokio::test]
async fn seven_hundred_schools_are_found_by_words_agency_and_district_a_part_at_a_time() {
    let demo = demo().await;
    let who = somebody(&demo, Role::Administrator).await;
    let seen = sent(&demo, &who, &csv(&seven_hundred())).await;
    let page = format!("{ORGANISATIONS}/import");
    send(&demo, &who, &page, &hidden(&seen.text()), None).await;
    let list = async |question: &str| {
        plain(
            &look(&demo, &who, &format!("{ORGANISATIONS}{question}"))
                .await
                .main(),
        )
    };
    let rows = |text: &str| text.matches("โรงเรียนบ้านตัวอย่าง").count();
    let first = list("").await;
    assert!(first.contains("1–50 จาก 7"), "{first}");
    let all = look(&demo, &who, ORGANISATIONS).await.bytes.len();
    assert!(all < 100_000, "a telephone loads {all} bytes");
    // Words of a name, and codes of every register, in Thai digits too.
    assert_eq!(rows(&list("?q=ตัวอย่าง+๗๐๐").await), 1);
    assert_eq!(rows(&list("?q=67010007").await), 1);
    let one = list("?under=ESAO-PNB2&district=6703&page=2").await;
    assert!(one.contains("51–") && rows(&one) > 0, "{one}");
    assert!(list("?q=ไม่มีที่ใด").await.contains("ไม่มีหน่วยงานที่ตรงกับตัวกรอง"));
    // The form of a merger offers those beside it by district, and takes those that are ticked.
    let merge = format!("{ORGANISATIONS}/1067010003/merge");
    let form = look(&demo, &who, &merge).await;
    assert_eq!(form.status, StatusCode::OK);
    let text = form.text();
    assert!(text.matches("<details").count() >= 3, "by district");
    let other = store::texts::organisations(&demo.store, "1067010006")
        .await
        .unwrap()[0]
        .row
        .0
        .id;
    let box_of = format!("also-{other}");
    assert!(text.contains(&box_of));
    let typed = [
        ("on-day", "1"),
        ("on-month", "1"),
        ("on-year", "2570"),
        (box_of.as_str(), "1"),
        ("into", "1067010009"),
        ("reason", "คำสั่งตัวอย่าง ที่ 2/2570"),
    ];
    let seen = fill(&demo, &who, &merge, &typed, None).await;
    assert_eq!(seen.status, StatusCode::OK, "{}", plain(&seen.main()));
    assert!(
        plain(&seen.main()).contains("ปิด 2 หน่วยงาน"),
        "{}",
        plain(&seen.main())
    );
    let done = send(&demo, &who, &merge, &hidden(&seen.text()), None).await;
    assert!(done.status.is_redirection(), "{}", plain(&done.main()));
    // The day is still to come: until then they stand, and say from when they do not.
    let standing = list("?q=1067010006").await;
    assert!(standing.contains("ปิดตั้งแต่"), "{standing}");
}

#[tokio::test]
async fn an_agency_with_hundreds_of_schools_is_split_by_district_and_not_school_by_school() {
    let demo = demo().await;
    let who = somebody(&demo, Role::Administrator).await;
    let seen = sent(&demo, &who, &csv(&seven_hundred())).await;
    let page = format!("{ORGANISATIONS}/import");
    send(&demo, &who, &page, &hidden(&seen.text()), None).await;
    let agency = look(&demo, &who, &format!("{ORGANISATIONS}/ESAO-PNB1"))
        .await
        .text();
    assert!(
        agency.contains("/phetchabun/organisations?under=ESAO-PNB1"),
        "no way to its schools"
    );
    let split = format!("{ORGANISATIONS}/ESAO-PNB1/split");
    let one = store::texts::organisations(&demo.store, "1067010012")
        .await
        .unwrap()[0]
        .row
        .0
        .id;
    let own = format!("member-{one}");
    let form = look(&demo, &who, &split).await.text();
    assert!(form.contains("name=\"district-6701\"") && form.contains(&own));
    let typed = [
        ("on-day", "1"),
        ("on-month", "1"),
        ("on-year", "2570"),
        ("continues", "1"),
        ("parts.0.code", "ESAO-X1"),
        ("parts.0.name_th", "สำนักงานตัวอย่าง 1"),
        ("parts.1.code", "ESAO-X2"),
        ("parts.1.name_th", "สำนักงานตัวอย่าง 2"),
        ("district-6701", "0"),
        ("district-6702", "1"),
        // 1067010012 lies in the first district, and stays with the whole all the same.
        (own.as_str(), "stays"),
        ("reason", "คำสั่งตัวอย่าง ที่ 5/2570"),
    ];
    let seen = fill(&demo, &who, &split, &typed, None).await;
    assert_eq!(seen.status, StatusCode::OK, "{}", plain(&seen.main()));
    let done = send(&demo, &who, &split, &hidden(&seen.text()), None).await;
    assert!(done.status.is_redirection(), "{}", plain(&done.main()));
    let facts = demo.store.facts(None).await.unwrap();
    let ids = async |code: &str| {
        store::texts::organisations(&demo.store, code)
            .await
            .unwrap()[0]
            .row
            .0
            .id
    };
    let under = async |code: &str| {
        let parent = ids(code).await;
        let axis = domain::organisation::Axis::ReportsTo;
        let stands = |it: &&domain::organisation::Membership| {
            it.parent == parent && it.axis == axis && it.valid_to.is_none()
        };
        facts.memberships.iter().filter(stands).count()
    };
    // Every third school is of this agency, and every fourth lies in a district: 59 in the first, 58 in the second.
    let all = (1..=700).filter(|n| n % 3 == 0);
    let of = |district: usize| all.clone().filter(|n| n % 4 == district).count();
    assert_eq!(under("ESAO-X1").await, of(0) - 1);
    assert_eq!(under("ESAO-X2").await, of(1));
    assert_eq!(under("ESAO-PNB1").await, of(2) + of(3) + 1);
}

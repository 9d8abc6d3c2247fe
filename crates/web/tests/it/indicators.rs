//! Indicators: the list, the page of one, and that nothing is shown that nobody recorded.

use std::sync::Arc;

use actions::live::Live;
use axum::Router;
use axum::http::StatusCode;
use domain::ids::{BaselineId, IndicatorTargetId, NodeId, ObservationId, OrganisationId};
use domain::indicator::{Baseline, IndicatorTarget, Observation, Quantity, Reading, TargetShape};
use domain::time::{FiscalYear, Moment, Period};
use jiff::civil::{Date, date};
use store::New;
use web::{App, Assets, places};

use crate::demo::{Demo, demo};
use crate::pages::is_a_whole_page;
use crate::portal::{NOW, get};

/// The portal after values of 4.1.2 were recorded for agencies of Narathiwat.
async fn with_values(demo: &Demo, readings: &[(&str, i16, Date, Reading)]) -> Router {
    let (node, agencies): (NodeId, Vec<OrganisationId>) = demo.live.read(|now| {
        let sdg = now.plan("SDG4").unwrap().id;
        let node = now.node(now.edition_of(sdg).unwrap(), "4.1.2").unwrap();
        let agency = |code: &str| {
            let mut all = now.names.organisations.iter();
            *all.find(|(_, name)| name.code == code).unwrap().0
        };
        let agencies = readings.iter().map(|(code, ..)| agency(code)).collect();
        (node, agencies)
    });
    let period = |year| Period::fiscal(FiscalYear(year));
    let at = Moment(1_795_000_000_000_000);
    let tx = demo.store.begin().await.unwrap();
    let rows = readings.iter().zip(&agencies).zip(1_u128..);
    let rows = rows.map(
        |(((_, year, as_of, reading), organisation), n)| Observation {
            id: ObservationId::from_u128(n),
            indicator: node,
            organisation: *organisation,
            period: period(*year),
            as_of: *as_of,
            recorded_at: at,
            reading: *reading,
        },
    );
    store::record(&tx, at, rows.map(new)).await.unwrap();
    let baseline = Baseline {
        id: BaselineId::from_u128(90),
        node,
        period: period(2566),
        value: Quantity::whole(46),
    };
    let target = IndicatorTarget {
        id: IndicatorTargetId::from_u128(91),
        node,
        period: period(2570),
        shape: TargetShape::AtLeast {
            value: Quantity::whole(62),
        },
    };
    store::record(&tx, at, [new(baseline)]).await.unwrap();
    store::record(&tx, at, [new(target)]).await.unwrap();
    tx.commit().await.unwrap();
    let live = Arc::new(Live::load(demo.store.clone()).await.unwrap());
    let app = App::new(places::provinces(), Assets::embedded(), || NOW).with_live(live);
    web::router(&app)
}

/// A row to be recorded; its own id serves as that of its first version.
fn new<R: store::Row>(row: R) -> New<R> {
    New {
        version: row.id().into(),
        provenance: None,
        row,
    }
}

fn ratio(numerator: i64, denominator: i64) -> Reading {
    Reading::Ratio {
        numerator: Quantity::whole(numerator),
        denominator: Quantity::whole(denominator),
    }
}

#[tokio::test]
async fn an_indicator_without_values_says_so_and_shows_no_figure_and_no_picture() {
    let demo = demo().await;
    let path = "/en/phetchabun/indicators/SDG4/4.1.1";
    let answer = get(&demo.portal, path).await;
    let main = answer.main();
    for says in [
        "missing data, not zero",
        "Not set by the province yet",
        "not stated yet",
        "per cent",
        "Higher is better",
        "Read in the source",
        "Thai series",
        "4.1.1 (1)",
        "UN-2020-review",
    ] {
        assert!(main.contains(says), "{says} is not in: {main}");
    }
    assert!(!answer.text().contains("data-chart"), "{main}");
}

#[tokio::test]
async fn an_indicator_of_a_plan_shows_the_target_that_the_plan_prints_and_no_result() {
    let demo = demo().await;
    let path = "/narathiwat/indicators/narathiwat-2569/1.1.1";
    let main = get(&demo.portal, path).await.main();
    for says in ["ไม่น้อยกว่า 60", "ร้อยละ", "ปีงบประมาณ 2569", "ไม่มีข้อมูล"]
    {
        assert!(main.contains(says), "{says} is not in: {main}");
    }
    let list = get(&demo.portal, "/narathiwat/indicators").await.main();
    assert!(
        list.contains("1.1.1") && list.contains("4.1.1 (1)"),
        "{list}"
    );
    let foreign = "/phetchabun/indicators/narathiwat-2569/1.1.1";
    for path in [
        foreign,
        "/narathiwat/indicators/SDG4/4.1",
        "/narathiwat/indicators/SDG4/9.9",
    ] {
        let answer = get(&demo.portal, path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        is_a_whole_page(path, &answer);
    }
}

#[tokio::test]
async fn readings_of_agencies_are_added_and_divided_once_with_their_days() {
    let demo = demo().await;
    let (june, november) = (date(2026, 6, 10), date(2026, 11, 10));
    let portal = with_values(
        &demo,
        &[
            ("nara1", 2568, june, ratio(450, 1_000)),
            ("nara1", 2569, june, ratio(500, 1_000)),
            ("nara2", 2569, november, ratio(10, 20)),
            ("nara3", 2569, november, ratio(0, 480)),
        ],
    )
    .await;
    let path = "/en/narathiwat/indicators/SDG4/4.1.2";
    let answer = get(&portal, path).await;
    is_a_whole_page(path, &answer);
    let main = answer.main();
    // 510 of 1,500; the mean of the three percentages would be 33.33.
    for says in [
        "34 per cent",
        "510/1,500",
        "10 Jun 2026 – 10 Nov 2026",
        "at least 62",
        "fiscal year B.E. 2566",
        "Not yet due",
        "Organisations that reported3 Organisations",
    ] {
        assert!(main.contains(says), "{says} is not in: {main}");
    }
    let text = answer.text();
    assert!(text.contains("data-chart=\"line\""), "{text}");
    assert!(text.contains("[null,45.0,34.0,null]"), "{text}");
    assert!(!main.contains("33.3"), "{main}");
    let list = get(&portal, "/en/narathiwat/indicators?data=yes")
        .await
        .main();
    assert!(list.contains("1 of ") && list.contains("4.1.2"), "{list}");
    // The other province has nothing of it, and its page has no picture.
    let other = get(&portal, "/en/phetchabun/indicators/SDG4/4.1.2").await;
    assert!(!other.main().contains("510"), "{}", other.main());
}

#[tokio::test]
async fn a_rate_over_fewer_than_ten_is_not_shown_in_public() {
    let demo = demo().await;
    let few = [("nara1", 2569, date(2026, 6, 10), ratio(2, 6))];
    let portal = with_values(&demo, &few).await;
    let answer = get(&portal, "/en/narathiwat/indicators/SDG4/4.1.2").await;
    let main = answer.main();
    assert!(main.contains("Withheld"), "{main}");
    assert!(
        !main.contains("2/6") && !answer.text().contains("33.3"),
        "{main}"
    );
}

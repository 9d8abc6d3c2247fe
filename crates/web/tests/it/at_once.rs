//! More acts at once than there are threads: each has its turn.

use crate::board_office::Office;
use axum::http::StatusCode;
use std::sync::Arc;
use std::time::Duration;
use web::ACTS_AT_ONCE;

/// Every sign-in holds a thread while it waits for another one that works on its password.
#[test]
fn as_many_sign_ins_as_threads_waited_for_each_other_for_ever() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .max_blocking_threads(ACTS_AT_ONCE + 2)
        .enable_all()
        .build()
        .unwrap();
    let answers = runtime.block_on(async {
        let office = Arc::new(Office::open().await);
        let headers = [
            ("sec-fetch-site", "same-origin"),
            ("content-type", "application/x-www-form-urlencoded"),
        ];
        let tries: Vec<_> = (0..2 * ACTS_AT_ONCE)
            .map(|n| {
                let office = Arc::clone(&office);
                tokio::spawn(async move {
                    let form = format!("account=nobody-{n}&password=wrong");
                    let to = "/phetchabun/sign-in";
                    office.post(to, &headers, &form).await.status
                })
            })
            .collect();
        let mut answers = Vec::new();
        for one in tries {
            let answer = tokio::time::timeout(Duration::from_secs(120), one).await;
            let Ok(answer) = answer else {
                return None;
            };
            answers.push(answer.unwrap());
        }
        Some(answers)
    });
    // Threads that wait for each other end with the program alone.
    runtime.shutdown_background();
    let answers = answers.expect("they wait for each other");
    assert_eq!(
        answers,
        [StatusCode::UNPROCESSABLE_ENTITY; 2 * ACTS_AT_ONCE]
    );
}

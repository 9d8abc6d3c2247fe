//! Serves the pages that need no data, for looking at them while working on styles: `cargo run -p web --example portal`.

use domain::time::Moment;
use web::{App, Assets, Province};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let province = |slug: &str, name_th: &str, name_en: &str| Province {
        slug: slug.to_owned(),
        name_th: name_th.to_owned(),
        name_en: name_en.to_owned(),
    };
    let provinces = vec![
        province("phetchabun", "เพชรบูรณ์", "Phetchabun"),
        province("narathiwat", "นราธิวาส", "Narathiwat"),
    ];
    let app = App::new(provinces, Assets::embedded(), now);
    let address = std::env::args()
        .nth(1)
        .unwrap_or_else(|| "127.0.0.1:8090".to_owned());
    let listener = tokio::net::TcpListener::bind(&address).await?;
    println!("http://{address}/");
    axum::serve(listener, web::router(&app)).await?;
    Ok(())
}

#[expect(
    clippy::disallowed_methods,
    reason = "the outside world of this small program"
)]
fn now() -> Moment {
    let since = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap_or_default();
    Moment(i64::try_from(since.as_micros()).unwrap_or(i64::MAX))
}

//! How long it takes until an act of another process shows on a page of the running program.

use actions::{
    Ctx,
    links::{Decision, decide},
};
use domain::link::Link;
use std::{error::Error, net::SocketAddr, path::Path, time::Duration};
use store::{Kept, Options, Reason, Store};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::{Instant, sleep},
};

/// A page whose figures come from the snapshot.
const PAGE: &str = "/en/narathiwat/targets";
const BETWEEN_LOOKS: Duration = Duration::from_millis(5);
const PATIENCE: Duration = Duration::from_secs(30);

/// From the word that an act was done to the page that shows it, once per act, the shortest first. This process acts on
/// the database of the server: it approves a link and takes that back, in turn.
pub async fn run(
    server: SocketAddr,
    database: &Path,
    times: usize,
) -> Result<Vec<Duration>, Box<dyn Error>> {
    let place = database.to_str().ok_or("a path without letters")?;
    let store = Store::open(place, Options::default()).await?;
    let mut ctx = Ctx::system("ตัวอย่าง")?;
    let links: Vec<Kept<(Link, Reason)>> = store::all(&store).await?;
    let (link, _) = links.first().ok_or("no links")?.row;
    let mut took = Vec::new();
    for n in 0..times {
        let before = page(server).await?;
        let decision = match n % 2 {
            0 => Decision::Approve,
            _ => Decision::Reject,
        };
        let ends = (link.project, link.node);
        decide(&store, &mut ctx, ends, decision, "ตัวอย่าง").await?;
        let done = Instant::now();
        while page(server).await? == before {
            if done.elapsed() > PATIENCE {
                return Err("an act of another process never showed".into());
            }
            sleep(BETWEEN_LOOKS).await;
        }
        took.push(done.elapsed());
    }
    store.close().await?;
    took.sort();
    Ok(took)
}

/// The page without its head.
async fn page(server: SocketAddr) -> Result<String, Box<dyn Error>> {
    let mut stream = TcpStream::connect(server).await?;
    let request = format!("GET {PAGE} HTTP/1.0\r\nhost: {server}\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await?;
    let (_, body) = answer.split_once("\r\n\r\n").ok_or("no answer")?;
    Ok(body.to_owned())
}

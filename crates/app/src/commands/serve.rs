//! `saithong serve`: the pages of a database, until Ctrl-C.

use crate::{
    cli::Serve,
    outcome::{Outcome, Result, Trouble},
    progress::Progress,
    session::Session,
};
use actions::live::{Live, LiveError};
use domain::{locale::Locale, time::Moment};
use std::{net::SocketAddr, sync::Arc, time::Duration};
use store::Store;
use tokio::net::TcpListener;
use web::{App, Assets, places};

/// How often the trail is asked whether another process has recorded something.
const LOOK: Duration = Duration::from_secs(1);

pub async fn run(session: &Session, args: Serve) -> Result {
    let store = session.open().await?;
    serve(session.locale, store, args.listen).await
}

/// Serves the pages of a store until Ctrl-C or the order to end.
pub async fn serve(locale: Locale, store: Store, listen: SocketAddr) -> Result {
    // An address that is taken is told before anything is read.
    let listener = TcpListener::bind(listen).await.map_err(|error| {
        let args = [
            ("address", listen.to_string().into()),
            ("why", error.to_string().into()),
        ];
        Trouble::Other(locale.fill("serve.taken", &args))
    })?;
    let live = {
        let _progress = Progress::start(locale.text("progress.reading").into_owned());
        Live::load(store)
            .await
            .map_err(|error| unreadable(locale, error))?
    };
    let live = Arc::new(live);
    let following = {
        let live = live.clone();
        let tell = move |error| eprintln!("{}", unreadable(locale, error).text(locale).trim_end());
        tokio::spawn(async move { live.follow(LOOK, tell).await })
    };
    let app = App::new(places::provinces(), Assets::embedded(), now).with_live(live);
    let address = listener.local_addr().unwrap_or(listen);
    sayln!(
        "{}",
        locale.fill(
            "serve.ready",
            &[("address", format!("http://{address}/").into())]
        )
    );
    let served = web::serve(listener, &app, stop()).await;
    following.abort();
    match served {
        Ok(()) => Ok(Outcome::Clean),
        Err(error) => Err(Trouble::Other(error.to_string())),
    }
}

fn unreadable(locale: Locale, error: LiveError) -> Trouble {
    match error {
        LiveError::Store(error) => Trouble::Store(error),
        LiveError::Unsound(faults) => {
            let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
            Trouble::Other(faults.join("\n"))
        }
        LiveError::Stopped => Trouble::Other(locale.text("serve.stopped").into_owned()),
    }
}

/// Done when the person or the machine asks the program to end.
async fn stop() {
    let typed = async {
        if tokio::signal::ctrl_c().await.is_err() {
            // Without a way to hear Ctrl-C the program ends by the order of the machine alone.
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let ordered = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let ordered = std::future::pending::<()>();
    tokio::select! {
        () = typed => {}
        () = ordered => {}
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the program's shell hands the moment to the rooms that know no clock"
)]
fn now() -> Moment {
    Moment(jiff::Timestamp::now().as_microsecond())
}

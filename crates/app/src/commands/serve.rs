//! `saithong serve`: the pages of a database, until Ctrl-C.

use crate::{
    cli::Serve,
    log,
    outcome::{Outcome, Result, Trouble},
    progress::Progress,
    reach::{Certified, Reach},
    session::Session,
};
use actions::live::{Live, LiveError};
use domain::{locale::Locale, time::Moment};
use std::{sync::Arc, time::Duration};
use store::Store;
use tokio::{net::TcpListener, task::JoinHandle};
use web::{App, Assets, Patience, places};

/// How often the trail is asked whether another process has recorded something: often enough that with the reading it
/// shows within a second.
const LOOK: Duration = Duration::from_millis(500);
const _: () = assert!(
    LOOK.as_millis() < 1_000,
    "an act of one process shows in another within a second"
);

pub async fn run(session: &Session, args: Serve) -> Result {
    log::begin(args.log);
    // What is not safe is refused before the database is opened.
    let reach = Reach::asked(session.locale, args)?;
    let store = session.open().await?;
    serve(session.locale, store, reach).await
}

/// The setting of a database that holds made-up people and records, as that of the demonstration does.
pub const SAMPLE: &str = "sample";

/// Serves the pages of a store until Ctrl-C or the order to end.
pub async fn serve(locale: Locale, store: Store, reach: Reach) -> Result {
    let listen = reach.listen;
    // An address that is taken is told before anything is read.
    let listener = TcpListener::bind(listen).await.map_err(|error| {
        let args = [
            ("address", listen.to_string().into()),
            ("why", error.to_string().into()),
        ];
        Trouble::Other(locale.fill("serve.taken", &args))
    })?;
    let sample = store::accounts::setting(&store, SAMPLE).await?.is_some();
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
    let app = App::new(places::provinces(), Assets::embedded(), now)
        .with_live(live)
        .with_sample(sample)
        .with_safety(reach.safety.clone());
    let address = listener.local_addr().unwrap_or(listen);
    let renewing = reach.tls.clone().map(|tls| renew(locale, tls));
    let stop = stop();
    sayln!(
        "{}",
        locale.fill(
            "serve.ready",
            &[("address", format!("{}://{address}/", reach.scheme()).into())]
        )
    );
    let tls = reach.tls.map(|certified| certified.tls);
    let served = web::serve(listener, &app, tls, Patience::default(), stop).await;
    following.abort();
    if let Some(renewing) = renewing {
        renewing.abort();
    }
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

/// Reads certificate and key again whenever the machine says so (SIGHUP), as programs that renew them do.
fn renew(locale: Locale, certified: Certified) -> JoinHandle<()> {
    // Listened for before anybody is told that the program is there: until then the order would end it.
    #[cfg(unix)]
    let said = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::hangup());
    tokio::spawn(async move {
        #[cfg(unix)]
        if let Ok(mut said) = said {
            while said.recv().await.is_some() {
                match certified.read_again(locale) {
                    Ok(()) => eprintln!("{}", locale.text("serve.tls_renewed")),
                    Err(trouble) => eprintln!("{}", trouble.text(locale).trim_end()),
                }
            }
        }
        #[cfg(not(unix))]
        let _ = (locale, certified);
    })
}

/// Done when the person (Ctrl-C) or the machine (SIGTERM) asks the program to end. Listened for from the call on, not
/// from the first wait: until then such an order would end the program at once, whatever it was doing.
fn stop() -> impl Future<Output = ()> {
    #[cfg(unix)]
    let orders = {
        use tokio::signal::unix::{SignalKind, signal};
        // Without a way to hear one order the program ends by the other, or at once.
        [SignalKind::interrupt(), SignalKind::terminate()].map(|kind| signal(kind).ok())
    };
    async move {
        #[cfg(unix)]
        {
            let [typed, ordered] = orders.map(heard);
            tokio::select! {
                () = typed => {}
                () = ordered => {}
            }
        }
        #[cfg(not(unix))]
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

#[cfg(unix)]
async fn heard(order: Option<tokio::signal::unix::Signal>) {
    match order {
        Some(mut order) => {
            order.recv().await;
        }
        None => std::future::pending().await,
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the program's shell hands the moment to the rooms that know no clock"
)]
fn now() -> Moment {
    Moment(jiff::Timestamp::now().as_microsecond())
}

//! `saithong migrate`: brings the database to the structure of this version, or says where it stands.

use crate::{
    cli::Migrate,
    outcome::{Outcome, Result},
    session::Session,
};
use store::{Options, Store};

pub async fn run(session: &Session, args: Migrate) -> Result {
    let locale = session.locale;
    let store = Store::open(
        &session.place,
        Options {
            create: !args.status,
            ..Options::default()
        },
    )
    .await?;
    if args.status {
        let status = store.status().await?;
        sayln!(
            "{}",
            locale.fill("migrate.applied", &[("n", status.applied.len().into())])
        );
        for name in &status.pending {
            sayln!(
                "  {}",
                locale.fill("migrate.pending", &[("name", name.as_str().into())])
            );
        }
        return Ok(if status.pending.is_empty() {
            Outcome::Clean
        } else {
            Outcome::Findings
        });
    }
    let applied = store.migrate().await?;
    store.close().await?;
    if applied.is_empty() {
        sayln!("{}", locale.text("migrate.nothing"));
    }
    for name in applied {
        sayln!("{}", locale.fill("migrate.done", &[("name", name.into())]));
    }
    Ok(Outcome::Clean)
}

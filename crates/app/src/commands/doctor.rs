//! `saithong doctor`: does this database do what the program relies on?

use crate::{
    outcome::{Outcome, Result},
    session::Session,
};
use domain::issue::Arg;
use store::{Options, Store, doctor::Verdict};

pub async fn run(session: &Session) -> Result {
    let locale = session.locale;
    // Not migrated first: a doctor looks and changes nothing.
    let store = Store::open(&session.place, Options::default()).await?;
    let checks = store.doctor().await?;
    let mut worst = Verdict::Good;
    for check in &checks {
        let mark = match check.verdict {
            Verdict::Good => "✓",
            Verdict::Warning => "!",
            Verdict::Bad => "✕",
        };
        sayln!(
            "{mark} {}",
            locale.fill(&format!("doctor.{}", check.code), &check.args)
        );
        let wanted = check.args.iter().find(|(name, _)| *name == "wanted");
        if let (Verdict::Warning | Verdict::Bad, Some((_, wanted))) = (check.verdict, wanted) {
            let args: [(&str, Arg); 1] = [("wanted", wanted.clone())];
            sayln!("    → {}", locale.fill("doctor.wanted", &args));
        }
        worst = worst.max(check.verdict);
    }
    store.close().await?;
    sayln!(
        "{}",
        locale.text(match worst {
            Verdict::Good => "doctor.good",
            Verdict::Warning => "doctor.warning",
            Verdict::Bad => "doctor.bad",
        })
    );
    Ok(if worst == Verdict::Good {
        Outcome::Clean
    } else {
        Outcome::Findings
    })
}

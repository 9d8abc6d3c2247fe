//! `saithong user`: who has an account, links for new passwords, and sessions.

use crate::{
    cli::{Format, UserWhat},
    outcome::{Outcome, Result, Trouble},
    session::Session,
    table::{Align, Table, clip},
};
use actions::accounts::{
    Link, Policy, RESET_PATH, list_sessions, qr_text, reset_by_administrator, revoke_all,
    set_policy,
};
use domain::{
    locale::Locale,
    organisation::{Organisation, OrganisationText},
    people::{Person, Role},
    time::Moment,
};
use store::{Kept, Store, accounts, permission};

pub async fn run(session: &Session, what: UserWhat) -> Result {
    let store = session.open().await?;
    let outcome = match what {
        UserWhat::List { format } => list(session, &store, format).await,
        UserWhat::Reset {
            account,
            second_factor,
            address,
        } => reset(session, &store, &account, second_factor, address.as_deref()).await,
        UserWhat::Sessions { account } => sessions(session, &store, &account).await,
        UserWhat::Revoke { account } => revoke(session, &store, &account).await,
        UserWhat::Policy {
            idle,
            absolute,
            second_factor,
        } => policy(session, &store, idle, absolute, second_factor).await,
    };
    store.close().await?;
    outcome
}

async fn list(session: &Session, store: &Store, format: Format) -> Result {
    let locale = session.locale;
    let mut people: Vec<Kept<Person>> = store::all(store).await?;
    people.sort_by(|a, b| a.row.account.cmp(&b.row.account));
    let heading = |key: &str| (locale.text(key).into_owned(), Align::Left);
    let mut table = Table::new(
        [
            "user.account",
            "user.name",
            "user.roles",
            "user.factor",
            "user.state",
        ]
        .map(heading),
    );
    let mut json = Vec::new();
    for Kept { row: person, .. } in &people {
        let mut roles = Vec::new();
        for held in permission::held_by(store, person.id).await? {
            let on = store::get::<(Organisation, OrganisationText)>(store, held.grant.organisation)
                .await?;
            let code = on.map(|kept| kept.row.1.code).unwrap_or_default();
            roles.push((held.grant, code));
        }
        let kept = accounts::credentials(store, person.id).await?;
        let enrolled = kept.as_ref().is_some_and(|kept| kept.totp.is_some());
        let state = match (
            person.left.is_some_and(|left| left <= session.today()),
            &kept,
        ) {
            (true, _) => "left",
            (false, None) => "no_password",
            (false, Some(_)) => "active",
        };
        json.push(serde_json::json!({
            "account": person.account, "name": person.name, "position": person.position,
            "roles": roles.iter().map(|(grant, on)| serde_json::json!({
                "role": grant.role, "organisation": on, "from": grant.valid_from, "to": grant.valid_to,
            })).collect::<Vec<_>>(),
            "second_factor": enrolled, "state": state,
        }));
        let roles: Vec<String> = roles
            .iter()
            .map(|(grant, on)| format!("{} {on}", locale.text(grant.role.key())))
            .collect();
        let factor = if enrolled {
            "user.factor.yes"
        } else {
            "user.factor.no"
        };
        table.row([
            person.account.clone(),
            clip(&person.name),
            clip(&roles.join(", ")),
            locale.text(factor).into_owned(),
            locale.text(&format!("user.state.{state}")).into_owned(),
        ]);
    }
    match format {
        Format::Json => sayln!("{:#}", serde_json::Value::from(json)),
        Format::Text if people.is_empty() => sayln!("{}", locale.text("user.none")),
        Format::Text => say!("{}", table.text()),
    }
    Ok(Outcome::Clean)
}

async fn known(store: &Store, account: &str) -> Result<Person> {
    let found = permission::person(store, account.trim()).await?;
    found.map(|kept| kept.row).ok_or_else(|| {
        let args = vec![("account", account.into())];
        Trouble::argument("ACCOUNT", "ask.unknown_account", args)
    })
}

async fn reset(
    session: &Session,
    store: &Store,
    account: &str,
    second_factor: bool,
    address: Option<&str>,
) -> Result {
    let person = known(store, account).await?;
    let mut ctx = session.ctx(None)?;
    let link = reset_by_administrator(store, &mut ctx, person.id, second_factor).await?;
    let words = [
        ("account", person.account.into()),
        ("until", until(link.expires_at, session.locale).into()),
    ];
    sayln!("{}", session.locale.fill("user.reset.link", &words));
    say!("{}", printed_link(RESET_PATH, &link, address));
    Ok(Outcome::Clean)
}

async fn sessions(session: &Session, store: &Store, account: &str) -> Result {
    let locale = session.locale;
    let person = known(store, account).await?;
    let mut ctx = session.ctx(None)?;
    let list = list_sessions(store, &mut ctx, person.id).await?;
    if list.is_empty() {
        let words = [("account", person.account.into())];
        sayln!("{}", locale.fill("user.sessions.none", &words));
        return Ok(Outcome::Clean);
    }
    let heading = |key: &str| (locale.text(key).into_owned(), Align::Left);
    let mut table = Table::new(
        [
            "user.sessions.since",
            "user.sessions.seen",
            "user.sessions.from",
            "user.sessions.agent",
        ]
        .map(heading),
    );
    for one in list {
        table.row([
            until(one.created_at, locale),
            until(one.seen_at, locale),
            one.address.unwrap_or_default(),
            one.agent.unwrap_or_default(),
        ]);
    }
    say!("{}", table.text());
    Ok(Outcome::Clean)
}

async fn revoke(session: &Session, store: &Store, account: &str) -> Result {
    let person = known(store, account).await?;
    let mut ctx = session.ctx(None)?;
    let ended = revoke_all(store, &mut ctx, person.id, None).await?;
    let words = [
        ("account", person.account.into()),
        ("n", i64::try_from(ended).unwrap_or(i64::MAX).into()),
    ];
    sayln!("{}", session.locale.fill("user.revoked", &words));
    Ok(Outcome::Clean)
}

/// A moment as the clocks of Thailand show it.
pub fn until(at: Moment, locale: Locale) -> String {
    super::trail::in_thailand(at, locale)
}

/// A link to be handed over: whole and as a picture where the address of the system is known, else its path.
pub fn printed_link(path: &str, link: &Link, address: Option<&str>) -> String {
    let base = address.unwrap_or_default().trim_end_matches('/');
    let whole = format!("{base}{path}{}", link.token);
    match address {
        Some(_) => format!("{whole}\n\n{}", qr_text(&whole).unwrap_or_default()),
        None => format!("{whole}\n"),
    }
}

/// Changes what is given of what the installation asks of sign-ins, and says how it then stands.
async fn policy(
    session: &Session,
    store: &Store,
    idle: Option<i64>,
    absolute: Option<i64>,
    second_factor: Option<Vec<Role>>,
) -> Result {
    let locale = session.locale;
    let stands = Policy::read(store).await?;
    let wanted = Policy {
        idle_minutes: idle.unwrap_or(stands.idle_minutes),
        absolute_hours: absolute.unwrap_or(stands.absolute_hours),
        second_factor: match second_factor {
            Some(roles) => roles.into_iter().collect(),
            None => stands.second_factor.clone(),
        },
        ..stands.clone()
    };
    if wanted != stands {
        set_policy(store, &mut session.ctx(None)?, wanted.clone()).await?;
    }
    let roles: Vec<_> = wanted
        .second_factor
        .iter()
        .map(|role| locale.text(role.key()))
        .collect();
    let args = [
        ("idle", wanted.idle_minutes.into()),
        ("absolute", wanted.absolute_hours.into()),
        ("roles", roles.join(", ").into()),
    ];
    sayln!("{}", locale.fill("user.policy", &args));
    Ok(Outcome::Clean)
}

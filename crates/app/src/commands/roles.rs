//! `saithong roles`: who may do what and how far, with a reason for every no. It asks no database.

use crate::{
    cli::{Format, Roles},
    outcome::{Outcome, Result, Trouble},
    session::Session,
    table::{Align, Table},
};
use domain::{
    issue::Arg,
    locale::Locale,
    people::Role,
    permission::{Act, may_be_held, may_give, reach, why_not},
};

pub fn run(session: &Session, args: Roles) -> Result {
    let locale = session.locale;
    let asked = args.role.map(|code| named(&code)).transpose()?;
    let roles: Vec<Role> = match asked {
        Some(role) => vec![role],
        None => Role::ALL.to_vec(),
    };
    match (args.format, asked) {
        (Format::Json, _) => {
            let all: Vec<_> = roles.iter().map(|role| json(*role, locale)).collect();
            sayln!("{:#}", serde_json::Value::from(all));
        }
        (Format::Text, Some(role)) => say!("{}", one(role, locale)),
        (Format::Text, None) => say!("{}", all(locale)),
    }
    Ok(Outcome::Clean)
}

fn named(code: &str) -> Result<Role> {
    code.parse().map_err(|_| {
        let known: Vec<&str> = Role::ALL.iter().map(|role| role.code()).collect();
        Trouble::argument(
            "role",
            "ask.unknown_role",
            vec![("role", code.into()), ("known", known.join(", ").into())],
        )
    })
}

/// Every act against every role, with the codes by which a role can be asked for.
fn all(locale: Locale) -> String {
    let act = (locale.text("roles.act").into_owned(), Align::Left);
    let roles = Role::ALL
        .iter()
        .map(|role| (role.code().to_owned(), Align::Left));
    let mut table = Table::new(std::iter::once(act).chain(roles));
    for act in Act::ALL {
        let name = locale.text(act.key()).into_owned();
        let cells = Role::ALL.iter().map(|role| short(*role, *act, locale));
        table.row(std::iter::once(name).chain(cells));
    }
    let mut out = format!("{}\n\n{}\n", locale.text("roles.lead"), table.text());
    for role in Role::ALL {
        let words = [locale.text(role.key()), locale.text(role.what())];
        out.push_str(&format!("{}  {} · {}\n", role.code(), words[0], words[1]));
    }
    out
}

/// One role, in full.
fn one(role: Role, locale: Locale) -> String {
    let heading = |key: &str| (locale.text(key).into_owned(), Align::Left);
    let mut table = Table::new([
        heading("roles.act"),
        heading("roles.reach"),
        heading("roles.why_not"),
    ]);
    for act in Act::ALL {
        let why = why_not(role, *act).map_or_else(String::new, |key| locale.text(key).into());
        let far = match reach(role, *act) {
            Some(reach) => locale.text(reach.key()).into_owned(),
            None => locale.text("reach.none").into_owned(),
        };
        table.row([locale.text(act.key()).into_owned(), far, why]);
    }
    format!(
        "{} · {}\n{}\n{}\n\n{}",
        locale.text(role.key()),
        locale.text(role.what()),
        held_on(role, locale),
        gives(role, locale),
        table.text()
    )
}

fn short(role: Role, act: Act, locale: Locale) -> String {
    let key = reach(role, act).map_or("reach.none", |reach| reach.key());
    locale.text(&format!("{key}.short")).into_owned()
}

fn held_on(role: Role, locale: Locale) -> String {
    let seats = may_be_held(role).iter().map(|seat| seat.key()).collect();
    locale.fill("roles.held_on", &[("seats", Arg::Keys(seats))])
}

fn gives(role: Role, locale: Locale) -> String {
    let roles: Vec<_> = may_give(role).iter().map(|role| role.key()).collect();
    match roles.is_empty() {
        true => locale.text("roles.gives_none").into_owned(),
        false => locale.fill("roles.gives", &[("roles", Arg::Keys(roles))]),
    }
}

fn json(role: Role, locale: Locale) -> serde_json::Value {
    let acts = Act::ALL.iter().map(|act| {
        let why = why_not(role, *act);
        serde_json::json!({
            "act": act.code(),
            "words": locale.text(act.key()),
            "reach": reach(role, *act).map(|reach| reach.code()),
            "why_not": why.map(|key| locale.text(key)),
        })
    });
    serde_json::json!({
        "role": role.code(),
        "words": locale.text(role.key()),
        "what": locale.text(role.what()),
        "held_on": may_be_held(role).iter().map(|seat| seat.code()).collect::<Vec<_>>(),
        "gives": may_give(role).iter().map(|role| role.code()).collect::<Vec<_>>(),
        "acts": acts.collect::<Vec<_>>(),
    })
}

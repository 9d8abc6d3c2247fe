//! `saithong init`: the first administrator, with a password typed here or by a one-time link.

use crate::{
    cli::Init,
    commands::user::{printed_link, until},
    outcome::{Outcome, Result, Trouble},
    session::Session,
};
use actions::accounts::{INVITATION_PATH, NewAccount, init, init_link};
use domain::{
    ids::OrganisationId,
    organisation::{Organisation, OrganisationText},
    people::Role,
    permission::{Seat, may_be_held},
};
use std::io::BufRead;
use store::{Kept, Store};

pub async fn run(session: &Session, args: Init) -> Result {
    let locale = session.locale;
    if !args.link && (args.account.is_none() || args.name.is_none()) {
        let name = if args.account.is_none() {
            "--account"
        } else {
            "--name"
        };
        return Err(Trouble::argument(name, "ask.needed_for_init", vec![]));
    }
    let store = session.open_or_create().await?;
    let mut ctx = session.ctx(None)?;
    actions::catalogue::record(&store, &mut ctx).await?;
    let (organisation, name) = office(&store, args.organisation.as_deref()).await?;
    if args.link {
        let made = init_link(&store, &mut ctx, organisation).await?;
        let words = [
            ("organisation", name.into()),
            ("until", until(made.link.expires_at, locale).into()),
        ];
        sayln!("{}", locale.fill("init.link", &words));
        say!(
            "{}",
            printed_link(INVITATION_PATH, &made.link, args.address.as_deref())
        );
        return Ok(Outcome::Clean);
    }
    let account = args.account.unwrap_or_default();
    let new = NewAccount {
        account: account.clone(),
        name: args.name.unwrap_or_default(),
        position: args.position,
        ..NewAccount::default()
    };
    let password = match args.password_stdin {
        true => first_line()?,
        false => typed(session)?,
    };
    init(&store, &mut ctx, new, organisation, Some(&password)).await?;
    store.close().await?;
    let words = [("account", account.into()), ("organisation", name.into())];
    sayln!("{}", locale.fill("init.done", &words));
    Ok(Outcome::Clean)
}

/// The organisation that is administered: the one named, else the only provincial office there is.
async fn office(store: &Store, code: Option<&str>) -> Result<(OrganisationId, String)> {
    let all: Vec<Kept<(Organisation, OrganisationText)>> = store::all(store).await?;
    let seats = may_be_held(Role::Administrator);
    let fits = |kept: &&Kept<(Organisation, OrganisationText)>| {
        let (organisation, text) = &kept.row;
        match code {
            Some(code) => text.code == code,
            None => {
                Seat::of(organisation, text) == Seat::ProvincialOffice
                    && seats.contains(&Seat::ProvincialOffice)
            }
        }
    };
    let mut found: Vec<_> = all.iter().filter(fits).collect();
    found.sort_by_key(|kept| kept.row.1.code.clone());
    match (found[..].split_first(), code) {
        (Some((one, [])), _) => Ok((one.row.0.id, one.row.1.name_th.clone())),
        (None, Some(code)) => Err(Trouble::argument(
            "--organisation",
            "ask.unknown_office",
            vec![("code", code.into())],
        )),
        _ => {
            let offices: Vec<String> = found
                .iter()
                .map(|kept| format!("{} ({})", kept.row.1.code, kept.row.1.name_th))
                .collect();
            Err(Trouble::argument(
                "--organisation",
                "ask.which_office",
                vec![("offices", offices.join(", ").into())],
            ))
        }
    }
}

fn no_password() -> Trouble {
    Trouble::argument("--password-stdin", "ask.no_password", vec![])
}

/// The first line of the input, without its end; spaces inside it belong to the password.
fn first_line() -> Result<String> {
    let mut line = String::new();
    std::io::stdin()
        .lock()
        .read_line(&mut line)
        .map_err(|_| no_password())?;
    let password = line.trim_end_matches(['\n', '\r']);
    match password {
        "" => Err(no_password()),
        password => Ok(password.to_owned()),
    }
}

/// The password as typed twice at the terminal, where it is not shown.
fn typed(session: &Session) -> Result<String> {
    let ask = |key| rpassword::prompt_password(session.locale.text(key)).map_err(|_| no_password());
    let (one, two) = (ask("init.ask_password")?, ask("init.ask_again")?);
    match one == two {
        true => Ok(one),
        false => Err(Trouble::argument(
            "--password-stdin",
            "ask.password_differs",
            vec![],
        )),
    }
}

//! Makes an account with a password at once: the operator's way, for the first people and for demonstrations.

use super::{
    fields::{self, Fields},
    init, password, people,
    roles::{self, Given},
};
use crate::{
    Error,
    act::{Done, Told, Trail, perform},
    ctx::{Ctx, Who},
    permission::{On, authorise},
};
use data_encoding::BASE32_NOPAD;
use domain::{
    ids::PersonId,
    permission::{Act, Refusal},
};
use store::{Store, accounts};

/// An account to be made.
#[derive(Debug, Clone, Default)]
pub struct NewAccount {
    /// The name to sign in with.
    pub account: String,
    /// Name with prefix or rank.
    pub name: String,
    /// Position, where known.
    pub position: Option<String>,
    /// Roles from now on; at least one.
    pub roles: Vec<Given>,
}

/// An account that was made.
#[derive(Debug, Clone)]
pub struct Created {
    /// The person.
    pub person: PersonId,
    /// The password that was drawn, where none was given: shown once, kept nowhere.
    pub password: Option<String>,
}

/// Makes an account with a password; without one, a random password is drawn and given back to be printed.
///
/// # Errors
/// [`Error::Forbidden`] for anybody but the operator at the shell; [`Error::Invalid`] with everything that is wrong.
pub async fn create_with_password(
    store: &Store,
    ctx: &mut Ctx,
    new: NewAccount,
    given: Option<&str>,
) -> Result<Created, Error> {
    make(store, ctx, new, given, false).await
}

/// Refuses everybody but the operator at the shell.
pub(super) fn only_shell(ctx: &Ctx) -> Result<(), Error> {
    let (act, refusal) = (Act::ManagePeople, Refusal::NoRole);
    match ctx.who {
        Who::Shell => Ok(()),
        _ => Err(Error::Forbidden { act, refusal }),
    }
}

/// The same, also where only the first administrator may be made.
pub(super) async fn make(
    store: &Store,
    ctx: &mut Ctx,
    new: NewAccount,
    given: Option<&str>,
    first: bool,
) -> Result<Created, Error> {
    only_shell(ctx)?;
    let read = fields::read(&new.account, &new.name, new.position.as_deref());
    let (fields, mut issues) = match read {
        Ok(fields) => (Some(fields), Vec::new()),
        Err(issues) => (None, issues),
    };
    let drawn = given.is_none().then(|| draw(ctx));
    let password = given.or(drawn.as_deref()).unwrap_or_default();
    issues.extend(password::problems(
        "password",
        password,
        &[&new.account, &new.name],
    ));
    let today = ctx.now().thai_day();
    issues.extend(roles::problems(store, &new.roles, today).await?);
    let Some(fields) = fields.filter(|_| issues.is_empty()) else {
        return Err(Error::Invalid(issues));
    };
    let hash = password::hash(password, ctx.cost, ctx.secret()).await?;
    let trail = roles::trail_of(store, &new.roles).await?;
    // The first administrator is made while the whole installation holds still: two at once would both be the first.
    let trail = match first {
        true => Trail::Shared(&trail),
        false => Trail::Own(&trail),
    };
    let person = perform(store, ctx, trail, async |tx, ctx, at| {
        let by = authorise(tx, ctx, Act::ManagePeople, On::Nation, at).await?;
        if first {
            init::only_first(tx, at).await?;
            accounts::revoke_first_invitations(tx, at).await?;
        }
        let person: PersonId = ctx.id();
        let Fields { account, .. } = fields.clone();
        let row = people::record(tx, ctx, person, fields.clone(), at).await?;
        accounts::set_password(tx, person, &hash, at).await?;
        roles::give(tx, ctx, person, &new.roles, at).await?;
        let event = Some(Told {
            by,
            act: if first {
                "account.init"
            } else {
                "account.create"
            },
            subject: ("person", person.to_string()),
            payload: serde_json::json!({ "account": account, "after": row, "roles": new.roles }),
        });
        Ok(Done {
            answer: person,
            event,
        })
    })
    .await?;
    Ok(Created {
        person,
        password: drawn,
    })
}

/// A password of 100 random bits in groups that can be read aloud.
fn draw(ctx: &mut Ctx) -> String {
    let letters = BASE32_NOPAD.encode(&ctx.secret::<13>()).to_lowercase();
    let groups: Vec<&str> = (0..4)
        .filter_map(|i| letters.get(i * 5..i * 5 + 5))
        .collect();
    groups.join("-")
}
